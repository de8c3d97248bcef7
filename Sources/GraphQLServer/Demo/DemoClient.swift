internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// Asks a server as a frontend does: over HTTP.
struct DemoClient: Sendable {
    let url: String
    let token: String

    /// What went wrong, in words for a person.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A part of an answer, reached by names and places.
    struct Answer {
        let value: Any?

        subscript(name: String) -> Answer { Answer(value: (value as? [String: Any])?[name]) }
        var list: [Answer] { (value as? [Any] ?? []).map(Answer.init) }
        var string: String? { value as? String }
        var int: Int? { (value as? NSNumber)?.intValue }
        var double: Double? { (value as? NSNumber)?.doubleValue }
    }

    /// Sends an operation.
    ///
    /// - Parameters:
    ///   - operation: The document.
    ///   - variables: As JSON would have them.
    /// - Returns: The answer's data.
    /// - Throws: ``Failure`` with the first error's message.
    func ask(_ operation: String, _ variables: [String: Any] = [:]) async throws -> Answer {
        let body = try JSONSerialization.data(withJSONObject: ["query": operation, "variables": variables])
        let data = try await send(
            "POST",
            url + "/graphql",
            ["Content-Type": "application/json", "Authorization": "Bearer \(token)"],
            body
        )
        let answer = Answer(value: try JSONSerialization.jsonObject(with: data))
        if let error = answer["errors"].list.first {
            throw Failure(description: error["message"].string ?? "no answer")
        }
        return answer["data"]
    }

    /// Sends a file's bytes.
    func put(_ file: Data, to target: String) async throws {
        _ = try await send("PUT", target, ["Content-Type": "application/octet-stream"], file)
    }

    private func send(_ method: String, _ url: String, _ fields: [String: String], _ body: Data) async throws -> Data {
        guard let target = URL(string: url) else { throw Failure(description: "\(url) is no URL") }
        var request = URLRequest(url: target)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw Failure(
                description: "\(method) \(target.path): status \(status): \(String(decoding: data, as: UTF8.self))"
            )
        }
        return data
    }
}
