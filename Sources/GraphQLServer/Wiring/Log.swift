internal import Foundation
internal import Pipeline
internal import Schema

/// Writes what happens to standard error, one line an event.
struct Log: Sendable {
    /// As swift-log has them.
    enum Level: String, CaseIterable, Sendable, Comparable {
        case trace, debug, info, notice, warning, error, critical

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .trace: 0
            case .debug: 1
            case .info: 2
            case .notice: 3
            case .warning: 4
            case .error: 5
            case .critical: 6
            }
        }
    }

    /// How lines look.
    enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    let level: Level
    let format: Format

    /// Lets this process go on where whoever reads its log has gone.
    static func outliveReader() { signal(SIGPIPE, SIG_IGN) }

    /// Writes a line, unless the level is below the one asked for.
    ///
    /// - Parameters:
    ///   - level: How grave it is.
    ///   - message: A fixed text; what varies belongs into `details`.
    ///   - details: In their order; not made where nothing is written. Their texts may come from strangers: line breaks in them are escaped.
    func write(_ level: Level, _ message: String, _ details: @autoclosure () -> KeyValuePairs<String, JSONValue> = [:])
    {
        guard level >= self.level else { return }
        let details = details()
        let time = Timestamp.now.description
        var line: String
        switch format {
        case .json:
            var members: [(key: String, value: JSONValue)] = [
                ("time", .string(time)), ("level", .string(level.rawValue)), ("message", .string(message)),
            ]
            for (key, value) in details { members.append((key, value)) }
            line = JSONValue.object(members).text
        case .text:
            line = "\(time) \(level.rawValue) \(message)"
            for (key, value) in details { line += " \(key)=\(value.text)" }
        }
        // One call a line: lines of several threads do not mix. What cannot be written is lost, and nothing else is.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}

extension Timestamp {
    /// By the machine's clock.
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
