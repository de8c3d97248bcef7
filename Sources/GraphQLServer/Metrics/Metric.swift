internal import Synchronization

/// One series, or one histogram, of a family.
protocol Metric: Sendable {
    /// - Parameters:
    ///   - name: Of the family.
    ///   - labels: As ``MetricsText/labels(_:)`` gives them.
    ///   - text: Is added to.
    func write(_ name: String, _ labels: String, into text: inout MetricsText)
}

/// Grows only.
final class Counter: Metric {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment(by amount: Int = 1) { count.wrappingAdd(amount, ordering: .relaxed) }

    func write(_ name: String, _ labels: String, into text: inout MetricsText) {
        text.sample(name, labels, value)
    }
}

/// A counter whose series is left out as long as nothing was counted: for combinations of which most never come up.
final class SparseCounter: Metric {
    private let counter = Counter()

    func increment(by amount: Int = 1) { counter.increment(by: amount) }

    func write(_ name: String, _ labels: String, into text: inout MetricsText) {
        if counter.value > 0 { counter.write(name, labels, into: &text) }
    }
}

/// A value that somebody else keeps, read when it is asked for; left out while it is nil.
struct Reading: Metric {
    let read: @Sendable () -> Double?

    func write(_ name: String, _ labels: String, into text: inout MetricsText) {
        if let value = read() { text.sample(name, labels, value) }
    }
}
