internal import Synchronization

/// Every metric of the process, in the order in which their families came.
///
/// Names and labels are looked at when a metric is made, and never when it is used: whoever measures keeps the metric.
final class MetricsRegistry: Sendable {
    private struct Family {
        let name: String
        let kind: MetricsText.Kind
        let help: String
        var metrics: [(labels: String, metric: any Metric)] = []
    }

    private struct State {
        var families: [Family] = []
        var places: [String: Int] = [:]
    }

    private let state = Mutex(State())

    func counter(_ name: String, _ help: String, _ labels: KeyValuePairs<String, String> = [:]) -> Counter {
        add(Counter(), name, .counter, help, labels)
    }

    func sparseCounter(_ name: String, _ help: String, _ labels: KeyValuePairs<String, String>) -> SparseCounter {
        add(SparseCounter(), name, .counter, help, labels)
    }

    func histogram(
        _ name: String,
        _ help: String,
        _ labels: KeyValuePairs<String, String> = [:],
        buckets: Histogram.Buckets
    ) -> Histogram {
        add(Histogram(buckets), name, .histogram, help, labels)
    }

    /// Shows what somebody else keeps: `read` is called each time the metrics are written, from any thread.
    ///
    /// It must be quick. Nil leaves the series out.
    func reading(
        _ name: String,
        _ kind: MetricsText.Kind,
        _ help: String,
        _ labels: KeyValuePairs<String, String> = [:],
        _ read: @escaping @Sendable () -> Double?
    ) {
        _ = add(Reading(read: read), name, kind, help, labels)
    }

    /// All metrics with their values.
    var text: String {
        // Written outside of the lock: metrics have locks of their own.
        let families = state.withLock { $0.families }
        var text = MetricsText()
        for family in families {
            text.family(family.name, family.kind, family.help)
            for (labels, metric) in family.metrics { metric.write(family.name, labels, into: &text) }
        }
        return text.text
    }

    private func add<M: Metric>(
        _ metric: M,
        _ name: String,
        _ kind: MetricsText.Kind,
        _ help: String,
        _ labels: KeyValuePairs<String, String>
    ) -> M {
        precondition(Self.isName(name, allowing: ":"), "\(name) is no name of a metric")
        precondition(labels.allSatisfy { Self.isName($0.key, allowing: "_") && $0.key != "le" }, "a label is no label")
        let labels = MetricsText.labels(labels)
        state.withLock { state in
            let place = state.places[name] ?? state.families.count
            if place == state.families.count {
                state.places[name] = place
                state.families.append(Family(name: name, kind: kind, help: help))
            }
            precondition(state.families[place].kind == kind, "\(name) is of two kinds")
            precondition(!state.families[place].metrics.contains { $0.labels == labels }, "\(name) is there already")
            state.families[place].metrics.append((labels, metric))
        }
        return metric
    }

    private static func isName(_ name: String, allowing other: Character) -> Bool {
        let letters = "abcdefghijklmnopqrstuvwxyz_"
        guard let first = name.lowercased().first, letters.contains(first) else { return false }
        return name.lowercased().allSatisfy { letters.contains($0) || ("0"..."9").contains($0) || $0 == other }
    }
}
