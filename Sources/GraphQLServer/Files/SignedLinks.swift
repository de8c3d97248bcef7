internal import Schema
internal import Synchronization

/// Links to files of the server's own store, which carry what they allow under a signature.
///
/// `BASE/files/TOKEN`, where the token is the text of what is allowed and its HMAC with SHA-256, both in Base64 for URLs. What is
/// registered is `BASE/files/ID`: it allows nothing.
final class SignedLinks: Sendable {
    /// What a link allows.
    enum Permission: Equatable {
        case write(NewFile)
        case read(file: ObjectID, recruiter: ObjectID)

        static func == (left: Permission, right: Permission) -> Bool {
            switch (left, right) {
            case (.write(let left), .write(let right)): left.id == right.id
            case (.read(let left, let owner), .read(let right, let other)): left == right && owner == other
            default: false
            }
        }
    }

    /// How long a link for reading works.
    static let readingLifetime = Duration.seconds(15 * 60)

    private let keys: [[UInt8]]
    private let base = Mutex("")

    /// - Parameter secrets: The first signs, all verify; not empty.
    /// - Throws: ``Cryptography/Failure``.
    init(secrets: [[UInt8]]) throws {
        precondition(!secrets.isEmpty, "links need a secret")
        // A key of its own, so that no link can be taken for a token.
        keys = try secrets.map { try Cryptography.hmacSHA256(Array("links to files".utf8), key: $0) }
    }

    /// Where the server is reached, without a slash at the end; set once, before the first request is answered.
    func setBase(_ url: String) { base.withLock { $0 = url } }

    private var root: String { base.withLock { $0 } + FileEndpoint.path }

    func upload(_ file: NewFile) throws -> UploadLink {
        let text = [
            "w", file.id.description, file.recruiterID.description, "\(file.maxBytes)",
            "\(file.expiresAt.milliseconds)",
            Base64URL.encode(Array(file.mediaType.utf8)), Base64URL.encode(Array(file.name.utf8)),
        ]
        return UploadLink(
            url: root + (try sign(text)),
            fileURL: url(of: file.id),
            expiresAt: file.expiresAt
        )
    }

    func download(_ file: ObjectID, of recruiter: ObjectID, now: Timestamp) throws -> String {
        // To the minute, so that a page that is asked for again is the same page.
        let minute = now.milliseconds / 60_000 * 60_000
        let expires = Timestamp(milliseconds: minute).advanced(by: Self.readingLifetime + .seconds(60))
        return root
            + (try sign(["r", file.description, recruiter.description, "\(expires.milliseconds)"]))
    }

    /// What is registered of a file.
    func url(of file: ObjectID) -> String { root + file.description }

    /// Whether a URL is one of this server.
    func isOwn(_ url: String) -> Bool { url.hasPrefix(base.withLock { $0 } + "/") }

    /// The file that a ``UploadLink/fileURL`` means; nil for every other URL.
    func file(at url: String) -> ObjectID? {
        guard url.hasPrefix(root) else { return nil }
        return ObjectID(String(url.dropFirst(root.count)))
    }

    /// What a token allows.
    ///
    /// - Returns: Nil for what we did not sign, and for what has expired.
    func permission(_ token: String, at now: Timestamp) -> Permission? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, token.utf8.count <= 2_000, let text = Base64URL.decode(parts[0]),
            let code = Base64URL.decode(parts[1]), isSigned(text, code)
        else { return nil }
        let fields = String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init)
        switch fields.first {
        case "w" where fields.count == 7: return writing(fields, at: now)
        case "r" where fields.count == 4:
            guard let file = ObjectID(fields[1]), let recruiter = ObjectID(fields[2]), let expires = Int64(fields[3]),
                now.milliseconds < expires
            else { return nil }
            return .read(file: file, recruiter: recruiter)
        default: return nil
        }
    }

    private func writing(_ fields: [String], at now: Timestamp) -> Permission? {
        guard let id = ObjectID(fields[1]), let recruiter = ObjectID(fields[2]), let maxBytes = Int(fields[3]),
            let expires = Int64(fields[4]), now.milliseconds < expires,
            let mediaType = Base64URL.decode(Substring(fields[5])), let name = Base64URL.decode(Substring(fields[6]))
        else { return nil }
        return .write(
            NewFile(
                id: id,
                recruiterID: recruiter,
                name: String(decoding: name, as: UTF8.self),
                mediaType: String(decoding: mediaType, as: UTF8.self),
                maxBytes: maxBytes,
                createdAt: now,
                expiresAt: now.advanced(by: UploadRules.unregisteredLifetime)
            )
        )
    }

    private func sign(_ fields: [String]) throws -> String {
        let text = Array(fields.joined(separator: " ").utf8)
        return Base64URL.encode(text) + "." + Base64URL.encode(try Cryptography.hmacSHA256(text, key: keys[0]))
    }

    private func isSigned(_ text: [UInt8], _ code: [UInt8]) -> Bool {
        var isSigned = false
        for key in keys {
            guard let expected = try? Cryptography.hmacSHA256(text, key: key) else { continue }
            if Cryptography.areEqual(expected, code) { isSigned = true }
        }
        return isSigned
    }
}
