import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The built program, serving on a port of its own and a database of its own.
final class RunningServer {
    let url: URL
    private let process: Process
    private let complaints: Complaints
    private let environment: [String: String]

    /// What the server wrote on standard error so far.
    private final class Complaints: @unchecked Sendable {  // `condition` guards `text`
        private let condition = NSCondition()
        private var text = ""

        func add(_ more: String) {
            condition.lock()
            text += more
            condition.broadcast()
            condition.unlock()
        }

        var all: String {
            condition.lock()
            defer { condition.unlock() }
            return text
        }

        /// Waits until `find` finds something; nil after the deadline.
        func wait<Found>(seconds: Double, _ find: (String) -> Found?) -> Found? {
            let deadline = Date().addingTimeInterval(seconds)
            condition.lock()
            defer { condition.unlock() }
            while true {
                if let found = find(text) { return found }
                guard condition.wait(until: deadline) else { return find(text) }
            }
        }
    }

    /// Starts on a database of its own, and waits until the server says where it listens.
    ///
    /// - Parameter settings: Variables of the environment, beyond what every test needs.
    /// - Returns: A server that answers.
    /// - Throws: ``Failure`` with what it wrote, where it did not start.
    static func start(with settings: [String: String] = [:]) async throws -> RunningServer {
        try await start(ownDatabase().merging(settings) { $1 })
    }

    /// Settings that name a database of their own.
    static func ownDatabase() throws -> [String: String] {
        let uri = try #require(
            ProcessInfo.processInfo.environment["MONGODB_URI"],
            "MONGODB_URI is not set: run Scripts/test, or Scripts/with-mongod swift test"
        )
        var components = try #require(URLComponents(string: uri))
        components.path = "/acceptance-\(UInt64.random(in: 0...UInt64.max))"
        return ["MONGODB_URI": try #require(components.string), "LOG_FORMAT": "json"]
    }

    /// Starts with these settings, and waits until the server says where it listens.
    ///
    /// - Parameters:
    ///   - environment: With a log in JSON.
    ///   - port: Where it listens; 0 picks a free one.
    /// - Returns: A server that answers.
    /// - Throws: ``Failure`` with what it wrote, where it did not start.
    static func start(_ environment: [String: String], port: Int = 0) async throws -> RunningServer {
        try await onThread { try RunningServer(environment, port: port) }
    }

    private init(_ environment: [String: String], port: Int) throws {
        self.environment = environment
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = ["serve", "--port", "\(port)"]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Wherever it is started from.
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        // It outlives tests that crash, and whoever reads what they write would wait for its end.
        process.standardOutput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        let complaints = Complaints()
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            complaints.add(String(decoding: data, as: UTF8.self))
        }
        try process.start()
        let found = complaints.wait(seconds: 60) { text in
            text.split(separator: "\n").first { $0.contains(#""message":"serving""#) }
                .flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }?["url"] as? String
        }
        guard let found, let url = URL(string: found) else {
            let state = process.isRunning ? Self.threads(of: process.processIdentifier) : "it has ended"
            process.terminate()
            throw Failure(description: "the server did not start: \(state); \(complaints.all)")
        }
        self.url = url
        self.process = process
        self.complaints = complaints
    }

    /// Each thread's name and where in the kernel it waits.
    private static func threads(of process: Int32) -> String {
        let folder = URL(fileURLWithPath: "/proc/\(process)/task")
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return threads.map { thread in
            ["comm", "wchan", "syscall"].map { name in
                let text = try? String(contentsOf: folder.appendingPathComponent("\(thread)/\(name)"), encoding: .utf8)
                return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "?"
            }.joined(separator: " ")
        }.joined(separator: ", ")
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// An access token from the command beside the server.
    func token(_ email: String) async throws -> String {
        let outcome = try await Program.run(["token", "--email", email], environment: environment)
        let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: String]
        return try #require(answer?["accessToken"], "\(outcome.complaint)")
    }

    /// Has the program compare every counter with the resumes, once nothing moves any more.
    func expectConsistentCounters(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        var outcome = try await doctor()
        // Jobs that change while they are looked at are looked at again.
        for _ in 0..<20 where outcome.output.contains("busy  ") { outcome = try await doctor() }
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaint)", sourceLocation: sourceLocation)
        #expect(outcome.output.contains("ok       Counters"), sourceLocation: sourceLocation)
        #expect(outcome.output.contains("ok       Events"), sourceLocation: sourceLocation)
    }

    /// What `shortlist doctor` says of the server's database.
    func doctor() async throws -> Program.Outcome { try await Program.run(["doctor"], environment: environment) }

    /// The connection string of the server's database.
    var databaseURI: String { environment["MONGODB_URI"] ?? "" }

    /// The log so far.
    var log: String { complaints.all }

    /// Waits for a line of the log.
    func logged(_ text: String) async throws -> Bool {
        try await Self.onThread { [complaints] in
            complaints.wait(seconds: 20) { $0.contains(text) ? true : nil } ?? false
        }
    }

    var processIdentifier: Int32 { process.processIdentifier }

    /// Waits for the end, and tells the exit status.
    ///
    /// - Throws: ``Failure`` with where its threads wait, where it does not end within 60 s.
    func wait() async throws -> Int32 {
        let process = UncheckedProcess(process: process)
        return try await Self.onThread { [complaints] in
            let process = process.process
            guard process.ends(within: 60) else {
                let state = Self.threads(of: process.processIdentifier)
                kill(process.processIdentifier, SIGKILL)
                throw Failure(description: "the server does not end: \(state); \(complaints.all)")
            }
            return process.terminationStatus
        }
    }

    deinit { if process.isRunning { process.terminate() } }

    private struct UncheckedProcess: @unchecked Sendable {  // waited for on one thread alone
        let process: Process
    }

    private static func onThread<Result>(_ body: @escaping @Sendable () throws -> sending Result) async throws -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
        }
    }
}

/// Asks a server as a frontend would.
struct GraphQLClient {
    let url: URL
    let token: String?

    /// What the server answered.
    struct Answer {
        let data: [String: Any]?
        let errors: [[String: Any]]

        /// The codes of the errors.
        var codes: [String] {
            errors.map { ($0["extensions"] as? [String: Any])?["code"] as? String ?? "none" }
        }

        /// The value at a way of names and indices, such as `jobs.nodes.0.title`.
        func value<Value>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
            var value: Any? = data
            for step in path.split(separator: ".") {
                value =
                    if let index = Int(step) { (value as? [Any])?[index] } else {
                        (value as? [String: Any])?[String(step)]
                    }
            }
            return try #require(value as? Value, "\(path): \(errors)")
        }
    }

    func ask(_ query: String, _ variables: [String: Any] = [:]) async throws -> Answer {
        var request = URLRequest(url: url.appendingPathComponent("graphql"))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        request.httpBody = try JSONSerialization.data(withJSONObject: ["query": query, "variables": variables])
        let (body, _) = try await URLSession.shared.data(for: request)
        let answer = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        return Answer(data: answer["data"] as? [String: Any], errors: answer["errors"] as? [[String: Any]] ?? [])
    }
}

extension RunningServer {
    /// Returns once so many requests wait for news, as the metrics tell.
    ///
    /// - Parameter count: How many.
    /// - Throws: ``Failure`` where that is not so within 30 s.
    func hasWaiting(_ count: Double) async throws {
        try await shows("shortlist_graphql_waiting") { $0 == count }
    }

    /// Returns once a gauge is right.
    ///
    /// - Throws: ``Failure`` where that is not so within 30 s.
    func shows(_ name: String, _ isRight: (Double) -> Bool) async throws {
        let gauge = Exposition.Series(name: name, labels: [:])
        let deadline = Date().addingTimeInterval(30)
        while true {
            let metrics = try await HTTP.get(url.appendingPathComponent("metrics").absoluteString)
            let value = try Exposition(String(decoding: metrics.body, as: UTF8.self)).values[gauge]
            if let value, isRight(value) { return }
            guard Date() < deadline else { throw Failure(description: "\(name) is \(value ?? 0) still") }
            try await Frontend.pause(milliseconds: 20)
        }
    }
}
