import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Asks a server for what is new, in each of the ways that there are.
struct Poller {
    let url: URL
    let token: String?

    init(_ server: RunningServer, token: String?) {
        url = server.url
        self.token = token
    }

    static let job =
        "subscription($id: ID!) { jobChanged(id: $id) { title totalResumes completedResumes lastUpdatedAt } }"
    static let batch =
        "subscription($id: ID!) { batchProgress(id: $id) { status total completed failed progress finishedAt } }"
    static let resume = "subscription($id: ID!) { resumeChanged(jobId: $id) { id status lastUpdatedAt } }"

    /// What a poll was told.
    struct State: Sendable {
        /// JSON.
        let bytes: Data
        let codes: [String]
        let cursor: String
        let hasChanged: Bool
        let isDone: Bool
        let retryAfterMs: Int
        let status: Int
        let fields: [String: String]

        var data: [String: Any] { (try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]) ?? [:] }

        /// The value at a way of names.
        func value<Value>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
            let value = path.split(separator: ".").reduce(data as Any?) { ($0 as? [String: Any])?[String($1)] }
            return try #require(value as? Value, "\(path): \(data) \(codes)")
        }
    }

    func request(
        _ query: String,
        _ variables: [String: Any],
        extensions: [String: Any] = [:],
        fields: [String: String] = [:]
    ) throws -> URLRequest {
        var request = URLRequest(url: url.appendingPathComponent("graphql"))
        request.httpMethod = "POST"
        request.timeoutInterval = 60
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = try JSONSerialization.data(
            withJSONObject: ["query": query, "variables": variables, "extensions": extensions]
        )
        return request
    }

    /// One poll of a subscription.
    func poll(_ query: String, _ id: String, after cursor: String? = nil, waitMs: Int = 0) async throws -> State {
        var subscription: [String: Any] = ["waitMs": waitMs]
        if let cursor { subscription["cursor"] = cursor }
        return try await state(of: try request(query, ["id": id], extensions: ["subscription": subscription]))
    }

    func state(of request: URLRequest) async throws -> State {
        let (body, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let answer = body.isEmpty ? [:] : try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
        return Self.state(answer, http)
    }

    static func state(_ answer: [String: Any], _ http: HTTPURLResponse? = nil) -> State {
        let told = (answer["extensions"] as? [String: Any])?["subscription"] as? [String: Any] ?? [:]
        let errors = answer["errors"] as? [[String: Any]] ?? []
        var fields: [String: String] = [:]
        for (name, value) in http?.allHeaderFields ?? [:] { fields["\(name)".lowercased()] = "\(value)" }
        return State(
            bytes: (try? JSONSerialization.data(withJSONObject: answer["data"] as? [String: Any] ?? [:])) ?? Data(),
            codes: errors.map { ($0["extensions"] as? [String: Any])?["code"] as? String ?? "none" },
            cursor: told["cursor"] as? String ?? "",
            hasChanged: told["changed"] as? Bool ?? false,
            isDone: told["done"] as? Bool ?? false,
            retryAfterMs: told["retryAfterMs"] as? Int ?? -1,
            status: http?.statusCode ?? 0,
            fields: fields
        )
    }

    /// A query under conditions.
    func ask(_ query: String, _ variables: [String: Any] = [:], _ fields: [String: String] = [:]) async throws -> State
    {
        try await state(of: try request(query, variables, fields: fields))
    }

    /// Opens a stream.
    func stream(
        _ query: String,
        _ id: String,
        _ accept: String = "text/event-stream",
        after cursor: String? = nil
    ) throws -> EventReader {
        var fields = ["Accept": accept]
        if let cursor { fields["Last-Event-ID"] = cursor }
        return EventReader(try request(query, ["id": id], fields: fields))
    }
}

/// Reads a stream piece by piece.
///
/// `@unchecked Sendable`: `condition` guards what varies.
final class EventReader: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let condition = NSCondition()
    private var text = ""
    private var hasEnded = false
    private var response: HTTPURLResponse?
    private var session: URLSession?

    init(_ request: URLRequest) {
        super.init()
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        self.session = session
        session.dataTask(with: request).resume()
    }

    /// Closes the connection.
    func leave() { session?.invalidateAndCancel() }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        locked { self.response = response as? HTTPURLResponse }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        locked { text += String(decoding: data, as: UTF8.self) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        locked { hasEnded = true }
        session.finishTasksAndInvalidate()
    }

    private func locked(_ change: () -> Void) {
        condition.lock()
        change()
        condition.broadcast()
        condition.unlock()
    }

    /// What came so far.
    var all: String {
        condition.lock()
        defer { condition.unlock() }
        return text
    }

    /// The response's field of this name, once there is one.
    func field(_ name: String) -> String? {
        condition.lock()
        defer { condition.unlock() }
        return response?.value(forHTTPHeaderField: name)
    }

    /// The next event's name, place and data, taken away; nil at the end, and after the deadline.
    func event(seconds: Double = 20) async -> (name: String, id: String?, state: Poller.State)? {
        while let block = await piece("\n\n", seconds: seconds) {
            var fields: [String: String] = [:]
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2 { fields[String(parts[0])] = String(parts[1].drop { $0 == " " }) }
            }
            guard let name = fields["event"] else { continue }
            let data = try? JSONSerialization.jsonObject(with: Data((fields["data"] ?? "").utf8)) as? [String: Any]
            return (name, fields["id"], Poller.state(data ?? [:]))
        }
        return nil
    }

    /// The next part's payload of a multipart stream; nil at the end, and after the deadline.
    func part(seconds: Double = 20) async -> Poller.State? {
        while let block = await piece("\r\n--graphql", seconds: seconds) {
            guard let start = block.range(of: "\r\n\r\n") else { continue }
            let body = Data(block[start.upperBound...].utf8)
            let part = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
            if let payload = part?["payload"] as? [String: Any] { return Poller.state(payload) }
        }
        return nil
    }

    /// Waits for the end of the response.
    func ended(seconds: Double = 20) async -> Bool {
        await wait(seconds) { self.hasEnded ? true : nil } ?? false
    }

    private func piece(_ end: String, seconds: Double) async -> String? {
        await wait(seconds) {
            guard let range = self.text.range(of: end) else { return self.hasEnded ? .some(nil) : nil }
            defer { self.text.removeSubrange(..<range.upperBound) }
            return .some(String(self.text[..<range.lowerBound]))
        } ?? nil
    }

    /// Waits, on a thread of its own, until `find` finds something.
    private func wait<Found: Sendable>(_ seconds: Double, _ find: @escaping @Sendable () -> Found?) async -> Found? {
        await withCheckedContinuation { continuation in
            Thread {
                let deadline = Date().addingTimeInterval(seconds)
                self.condition.lock()
                defer { self.condition.unlock() }
                while true {
                    if let found = find() { return continuation.resume(returning: found) }
                    guard self.condition.wait(until: deadline) else { return continuation.resume(returning: find()) }
                }
            }.start()
        }
    }
}
