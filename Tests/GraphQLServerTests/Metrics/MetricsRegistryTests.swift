import Testing

@testable import GraphQLServer

@Suite struct MetricsRegistryTests {
    @Test func `a family is told once, its series in the order of their making`() {
        let registry = MetricsRegistry()
        let first = registry.counter("a_total", "First.", ["x": "1"])
        registry.reading("b", .gauge, "Second.") { 2.5 }
        let second = registry.counter("a_total", "First.", ["x": "2"])
        first.increment(by: 3)
        second.increment()
        #expect(
            registry.text == """
                # HELP a_total First.
                # TYPE a_total counter
                a_total{x="1"} 3
                a_total{x="2"} 1
                # HELP b Second.
                # TYPE b gauge
                b 2.5

                """
        )
    }

    @Test func `what would end a line or a label is escaped, and read back as it was`() throws {
        let registry = MetricsRegistry()
        let strange = "a\"b\\c\nd"
        registry.reading("m", .gauge, "One \\ line,\nnot two \"lines\".", ["l": strange]) { 1 }
        #expect(registry.text.hasPrefix("# HELP m One \\\\ line,\\nnot two \"lines\".\n"))
        #expect(try Exposition(registry.text).value("m", ["l": strange]) == 1)
    }

    @Test(
        arguments: [
            (0, "0"), (3, "3"), (-2, "-2"), (0.0005, "0.0005"), (2.5, "2.5"), (1e15, "1000000000000000"),
            (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ] as [(Double, String)]
    )
    func `numbers are as Prometheus reads them`(value: Double, text: String) {
        #expect(MetricsText.number(value) == text)
    }

    @Test func `a histogram's buckets are cumulative, and its bounds belong to the lower one`() throws {
        let registry = MetricsRegistry()
        let histogram = registry.histogram(
            "d_seconds",
            "Durations.",
            ["x": "1"],
            buckets: .durations([.milliseconds(1), .milliseconds(10), .seconds(1)])
        )
        for milliseconds in [0, 1, 2, 10, 11, 5_000] { histogram.observe(.milliseconds(milliseconds)) }
        let shown = try Exposition(registry.text)
        let buckets = ["0.001", "0.01", "1", "+Inf"].map { shown.value("d_seconds_bucket", ["x": "1", "le": $0]) }
        #expect(buckets == [2, 4, 5, 6])
        #expect(shown.value("d_seconds_sum", ["x": "1"]) == 5.024)
        #expect(shown.value("d_seconds_count", ["x": "1"]) == 6)
    }

    @Test func `a reading of nothing and a combination that never came up are left out`() throws {
        let registry = MetricsRegistry()
        registry.reading("g", .gauge, "Gone.") { nil }
        let seldom = registry.sparseCounter("c_total", "Seldom.", ["x": "1"])
        #expect(try Exposition(registry.text).values.isEmpty)
        seldom.increment()
        #expect(try Exposition(registry.text).value("c_total", ["x": "1"]) == 1)
    }

    @Test func `nothing that many threads count is lost`() async throws {
        let registry = MetricsRegistry()
        let counter = registry.counter("c_total", "Counted.")
        let histogram = registry.histogram("h", "Sizes.", buckets: .counts([10, 100]))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for value in 0..<1_000 {
                        counter.increment()
                        histogram.observe(value)
                    }
                }
            }
        }
        let shown = try Exposition(registry.text)
        #expect(shown.value("c_total") == 8_000 && shown.value("h_count") == 8_000)
        #expect(shown.value("h_bucket", ["le": "10"]) == 88 && shown.value("h_sum") == 8 * 499_500)
    }

    @Test func `the process tells its memory, time, descriptors and start`() throws {
        let registry = MetricsRegistry()
        ProcessMetrics.add(to: registry, version: "1.2")
        let shown = try Exposition(registry.text)
        #expect(try #require(shown.value("process_resident_memory_bytes")) > 1_000_000)
        #expect(try #require(shown.value("process_cpu_seconds_total")) > 0)
        let open = try #require(shown.value("process_open_fds"))
        let most = try #require(shown.value("process_max_fds"))
        #expect(open >= 3 && open <= most)
        #expect(try #require(shown.value("process_start_time_seconds")) > 1_700_000_000)
        #expect(shown.value("shortlist_build_info", ["version": "1.2"]) == 1)
    }
}
