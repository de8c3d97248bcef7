internal import Foundation

/// A line on a terminal's standard error that shows how far long work has come.
///
/// Prints nothing elsewhere.
final class ProgressBar {
    private let label: String
    private let total: Int
    private let isShown: Bool
    private var done = 0
    private var failed = 0
    private let start = ContinuousClock.now

    /// Draws an empty bar.
    init(label: String, total: Int, isShown: Bool = Terminal.errorIsTerminal) {
        self.label = label
        self.total = total
        self.isShown = isShown
        draw()
    }

    /// One more is done.
    func advance(failed isFailure: Bool = false) {
        done += 1
        if isFailure { failed += 1 }
        draw()
    }

    /// So many are done.
    func show(done: Int, failed: Int) {
        self.done = done
        self.failed = failed
        draw()
    }

    /// Wipes the bar.
    func finish() {
        if isShown { Terminal.writeError("\r\u{1B}[K") }
    }

    private func draw() {
        guard isShown, total > 0 else { return }
        let width = 30
        let filled = width * done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        var line = "\r\u{1B}[K\(label) \(bar) \(done)/\(total)"
        if failed > 0 { line += ", \(failed) failed" }
        if done > 0, done < total {
            let left = (ContinuousClock.now - start) * (total - done) / done
            line += ", \(max(1, left.components.seconds)) s left"
        }
        Terminal.writeError(line)
    }
}
