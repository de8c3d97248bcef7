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
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async {
                continuation.resume(
                    with: Result {
                        do {
                            try write(message, identifier)
                        } catch {
                            throw MailFailure(description: "the folder of MAIL_URL: \(error)", isFinal: false)
                        }
                    }
                )
            }
        }
    }

    /// Under another name first: whoever reads the folder finds whole files alone.
    private func write(_ message: [UInt8], _ identifier: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let time = Timestamp.now.description.filter { $0 != ":" }
        let url = URL(fileURLWithPath: path).appendingPathComponent("\(time)-\(identifier).eml")
        let partial = url.appendingPathExtension("part")
        guard files.createFile(atPath: partial.path, contents: Data(message), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        try files.moveItem(at: partial, to: url)
    }
}
