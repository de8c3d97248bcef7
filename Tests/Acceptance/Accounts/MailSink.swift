import Foundation
import Testing

/// A mail as it arrived.
struct Mail {
    /// Whole, with headers.
    let data: String
    let isEncrypted: Bool
    let user: String?

    /// The recipient's.
    var to: String { header("To") }

    func header(_ name: String) -> String {
        let line = data.components(separatedBy: "\r\n").first { $0.hasPrefix("\(name): ") } ?? ""
        return String(line.dropFirst(name.count + 2))
    }

    /// The only six digits in it.
    func code() throws -> String {
        let runs = data.split { !$0.isNumber && !$0.isLetter }.filter { $0.count == 6 && $0.allSatisfy(\.isNumber) }
        #expect(Set(runs).count == 1, "\(runs)")
        return String(try #require(runs.first, "\(data)"))
    }
}

/// A mail server of a test's own, which speaks SMTP over a socket.
final class MailSink {
    let port: Int
    private let process: Process
    /// The process ends with it.
    private let input: Pipe
    private let lines: Lines

    private final class Lines: @unchecked Sendable {  // `lock` guards the rest
        private let lock = NSLock()
        private var pending = Data()
        private var whole: [Data] = []

        func add(_ data: Data) {
            lock.lock()
            defer { lock.unlock() }
            pending += data
            while let end = pending.firstIndex(of: 0x0A) {
                whole.append(Data(pending[..<end]))
                pending = Data(pending[(end + 1)...])
            }
        }

        var all: [Data] {
            lock.lock()
            defer { lock.unlock() }
            return whole
        }
    }

    /// Starts one, with arguments of `smtp-sink.py`.
    static func start(_ arguments: [String] = []) async throws -> MailSink {
        let lines = Lines()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = Program.package.appendingPathComponent("Tests/Acceptance/Accounts/smtp-sink.py").path
        process.arguments = ["python3", script] + arguments
        let (input, pipe) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = pipe
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            lines.add(data)
        }
        try process.start()
        for _ in 0..<200 where lines.all.isEmpty { try await Frontend.pause(milliseconds: 50) }
        let first = try #require(lines.all.first, "the mail server did not start")
        let answer = try JSONSerialization.jsonObject(with: first) as? [String: Int]
        return MailSink(port: try #require(answer?["port"]), process, input, lines)
    }

    private init(port: Int, _ process: Process, _ input: Pipe, _ lines: Lines) {
        self.port = port
        self.process = process
        self.input = input
        self.lines = lines
    }

    /// What has arrived, in order.
    var mails: [Mail] {
        lines.all.dropFirst().compactMap { line in
            let object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any]
            return (object?["data"] as? String).map {
                Mail(data: $0, isEncrypted: object?["encrypted"] as? Bool ?? false, user: object?["user"] as? String)
            }
        }
    }

    /// Waits until so many mails have come for an address, and gives the last.
    func mail(to address: String, count: Int = 1, seconds: Int = 30) async throws -> Mail {
        for _ in 0..<(seconds * 20) {
            let found = mails.filter { $0.to == address }
            if found.count >= count, let last = found.last { return last }
            try await Frontend.pause(milliseconds: 50)
        }
        throw RunningServer.Failure(description: "no mail came for \(address)")
    }

    func stop() {
        guard process.isRunning else { return }
        // A child inherits which signals are held back: only this one always comes.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit { stop() }
}

/// A folder that a server writes its mail to.
struct MailFolderReader {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    var url: String { "file://\(workspace.url.path)" }

    /// What has been written, in order.
    var mails: [Mail] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace.url.path)) ?? []
        return names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { name in
            (try? String(contentsOf: workspace.url.appendingPathComponent(name), encoding: .utf8)).map {
                Mail(data: $0, isEncrypted: false, user: nil)
            }
        }
    }

    /// Waits until so many mails have come for an address, and gives the last.
    func mail(to address: String, count: Int = 1) async throws -> Mail {
        for _ in 0..<600 {
            let found = mails.filter { $0.to == address }
            if found.count >= count, let last = found.last { return last }
            try await Frontend.pause(milliseconds: 50)
        }
        throw RunningServer.Failure(description: "no mail came for \(address)")
    }
}
