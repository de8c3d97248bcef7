internal import Synchronization

/// Counts values by size.
///
/// Values are whole numbers of a small unit, so that their sum is exact. An observation takes one lock that nobody holds for
/// longer than another observation.
final class Histogram: Metric {
    /// Which sizes are told apart.
    struct Buckets: Sendable {
        /// Upper bounds, in ascending order; what is above the last one is counted, too.
        let bounds: [Int]
        /// So many make one of the unit that is shown.
        let scale: Int

        /// In seconds, told apart to the nanosecond.
        static func durations(_ bounds: [Duration]) -> Buckets {
            Buckets(bounds: bounds.map(\.nanoseconds), scale: 1_000_000_000)
        }

        static func counts(_ bounds: [Int]) -> Buckets { Buckets(bounds: bounds, scale: 1) }
    }

    private struct State {
        /// One for each bound, and one for what is above all; not cumulative.
        var counts: [Int]
        var sum = 0
    }

    private let buckets: Buckets
    private let state: Mutex<State>

    init(_ buckets: Buckets) {
        precondition(zip(buckets.bounds, buckets.bounds.dropFirst()).allSatisfy(<), "bounds ascend")
        self.buckets = buckets
        state = Mutex(State(counts: [Int](repeating: 0, count: buckets.bounds.count + 1)))
    }

    func observe(_ duration: Duration) { observe(duration.nanoseconds) }

    func observe(_ value: Int) {
        var place = 0
        while place < buckets.bounds.count, value > buckets.bounds[place] { place += 1 }
        state.withLock { state in
            state.counts[place] += 1
            state.sum &+= value
        }
    }

    func write(_ name: String, _ labels: String, into text: inout MetricsText) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        let separator = labels.isEmpty ? "" : ","
        let series = name + "_bucket"
        var cumulative = 0
        for (bound, count) in zip(buckets.bounds, counts) {
            cumulative += count
            let limit = Double(bound) / Double(buckets.scale)
            text.sample(series, "\(labels)\(separator)le=\"\(MetricsText.number(limit))\"", cumulative)
        }
        cumulative += counts.last ?? 0
        text.sample(series, "\(labels)\(separator)le=\"+Inf\"", cumulative)
        text.sample(name + "_sum", labels, Double(sum) / Double(buckets.scale))
        text.sample(name + "_count", labels, cumulative)
    }
}

extension Duration {
    /// Cut to whole ones; beyond 292 years the most that there are.
    var nanoseconds: Int {
        let (seconds, attoseconds) = components
        let (product, overflows) = Int(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflows else { return seconds < 0 ? .min : .max }
        return product + Int(attoseconds / 1_000_000_000)
    }
}
