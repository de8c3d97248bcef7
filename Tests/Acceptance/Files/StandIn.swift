import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A server of files elsewhere, of a test's own: see `stand-in.py`.
final class StandIn {
    let url: String
    /// The same under a certificate that nobody vouches for.
    let encryptedURL: String
    private let process: Process
    private let input: Pipe

    private init(_ url: String, _ encryptedURL: String, _ process: Process, _ input: Pipe) {
        self.url = url
        self.encryptedURL = encryptedURL
        self.process = process
        self.input = input
    }

    static func start() async throws -> StandIn {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = Program.package.appendingPathComponent("Tests/Acceptance/Files/stand-in.py")
        process.arguments = ["python3", script.path]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.start()
        let line = await withCheckedContinuation { continuation in
            Thread {
                var line = Data()
                while line.last != UInt8(ascii: "\n") {
                    let more = output.fileHandleForReading.availableData
                    if more.isEmpty { break }
                    line += more
                }
                continuation.resume(returning: line)
            }.start()
        }
        let ports = String(decoding: line, as: UTF8.self).dropLast().split(separator: " ")
        try #require(ports.count == 2, "the stand-in did not start")
        return StandIn("http://127.0.0.1:\(ports[0])", "https://127.0.0.1:\(ports[1])", process, input)
    }

    /// What came, in order.
    func requests() async throws -> [[String: Any]] {
        let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: url + "/requests")))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    /// How often a path was asked for.
    func count(_ path: String) async throws -> Int {
        try await requests().count { $0["path"] as? String == path }
    }

    deinit { try? input.fileHandleForWriting.close() }
}
