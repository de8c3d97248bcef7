internal import Foundation
internal import Schema

/// A folder with one `.eml` file a message, for development.
struct MailFolder: MailTransport {
    let path: String
    /// Files are written there, and nowhere that a task waits.
    private let queue = DispatchQueue(label: "mail folder")

    init(path: String) { self.path = path }

    func deliver(
        _ message: [UInt8],
        named identifier: String,
        from sender: EmailAddress,
        to recipient: EmailAddress
    ) async throws {
        try await onQueue {
            let url = try writePart(message, identifier)
            try FileManager.default.moveItem(at: url, to: url.deletingPathExtension())
        }
    }

    func check() async throws -> String {
        try await onQueue { try FileManager.default.removeItem(at: writePart([], "check")) }
        return "messages become files in \(path)"
    }

    private func onQueue(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async {
                continuation.resume(
                    with: Result {
                        do {
                            try body()
                        } catch {
                            throw MailFailure(description: "the folder of MAIL_URL: \(error)", isFinal: false)
                        }
                    }
                )
            }
        }
    }

    /// Under a name that is not yet its own: whoever reads the folder finds whole files alone.
    private func writePart(_ message: [UInt8], _ identifier: String) throws -> URL {
        let files = FileManager.default
        try files.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let time = Timestamp.now.description.filter { $0 != ":" }
        let part = URL(fileURLWithPath: path).appendingPathComponent("\(time)-\(identifier).eml.part")
        guard files.createFile(atPath: part.path, contents: Data(message), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        return part
    }
}
