internal import Foundation

/// What the system says of this process, under the names that all of Prometheus's clients use.
///
/// - Source: Prometheus, "Writing client libraries", process metrics; proc(5).
enum ProcessMetrics {
    static func add(to registry: MetricsRegistry, version: String) {
        func gauge(_ name: String, _ help: String, _ value: @escaping @Sendable (ProcessStatus) -> Double?) {
            registry.reading(name, .gauge, help) { ProcessStatus.read().flatMap(value) }
        }
        gauge("process_resident_memory_bytes", "Resident memory size in bytes.") {
            $0.pages.map { Double($0 * Self.pageBytes) }
        }
        gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.") { $0.virtualBytes.map(Double.init) }
        registry.reading(
            "process_cpu_seconds_total",
            .counter,
            "Total user and system CPU time spent in seconds."
        ) { ProcessStatus.read()?.ticks.map { Double($0) / Double(Self.ticksPerSecond) } }
        gauge("process_threads", "Number of OS threads in the process.") { $0.threads.map(Double.init) }
        registry.reading("process_open_fds", .gauge, "Number of open file descriptors.") {
            // The folder that is read is open meanwhile.
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
        }
        registry.reading("process_max_fds", .gauge, "Maximum number of open file descriptors.") {
            var limit = rlimit()
            guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
            return Double(limit.rlim_cur)
        }
        let start = Self.startTime()
        registry.reading(
            "process_start_time_seconds",
            .gauge,
            "Start time of the process since unix epoch in seconds."
        ) { start }
        registry.reading("shortlist_build_info", .gauge, "1, with the version as a label.", ["version": version]) { 1 }
    }

    private static let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))
    private static let ticksPerSecond = max(1, sysconf(Int32(_SC_CLK_TCK)))

    /// Since 1970.
    private static func startTime() -> Double? {
        guard let ticks = ProcessStatus.read()?.startTicks,
            let system = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") })?.split(separator: " ")
                .last,
            let seconds = Double(boot)
        else { return nil }
        return seconds + Double(ticks) / Double(ticksPerSecond)
    }
}

/// Some fields of `/proc/self/stat`.
private struct ProcessStatus {
    let ticks: Int?
    let threads: Int?
    let startTicks: Int?
    let virtualBytes: Int?
    let pages: Int?

    static func read() -> ProcessStatus? {
        guard let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            // The second field is the program's name, which may hold anything.
            let nameEnd = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: nameEnd)...].split(separator: " ").map { Int($0) }
        // By their numbers in proc(5), of which the third is the first one here.
        func field(_ number: Int) -> Int? { number - 3 < fields.count ? fields[number - 3] : nil }
        return ProcessStatus(
            ticks: field(14).flatMap { user in field(15).map { user + $0 } },
            threads: field(20),
            startTicks: field(22),
            virtualBytes: field(23),
            pages: field(24)
        )
    }
}
