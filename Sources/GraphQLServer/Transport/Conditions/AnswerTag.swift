internal import Schema

/// What an answer's `ETag` holds: a digest of its bytes, and the states that it was made from where these are all it hangs on.
///
/// The states are there for the server alone. As long as they stand, the answer need not be made again to know that it is the
/// same. They are under a code, so that nobody else's question, and no other answer, can be passed off by them.
struct AnswerTag: Equatable, Sendable {
    /// By job and batch; a few at most.
    typealias Versions = [ChangeTopic: Int64]

    /// The first 16 bytes of the SHA-256 of the answer.
    let digest: [UInt8]
    /// Empty where nothing is known.
    let versions: Versions
    /// Of all above and the question; empty without versions.
    let code: [UInt8]

    static let digestBytes = 16
    static let codeBytes = 12
    /// An answer that hangs on more has none of them in its tag, which is a header field.
    static let maxVersions = 8
    private static let versionBytes = 21

    /// The value of `ETag`.
    var text: String {
        "\"" + Base64URL.encode(versions.isEmpty ? digest : digest + Self.encode(versions) + code) + "\""
    }

    init(digest: [UInt8], versions: Versions = [:], code: [UInt8] = []) {
        self.digest = digest
        self.versions = versions
        self.code = code
    }

    /// - Parameter text: As a client sent it; nil for what is none of ours.
    init?(_ text: Substring) {
        var text = text
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        let quote = UInt8(ascii: "\"")
        guard (2...400).contains(text.utf8.count), text.utf8.first == quote, text.utf8.last == quote,
            let bytes = Base64URL.decode(text.dropFirst().dropLast()), bytes.count >= Self.digestBytes
        else { return nil }
        digest = Array(bytes.prefix(Self.digestBytes))
        if bytes.count == Self.digestBytes {
            (versions, code) = ([:], [])
            return
        }
        code = Array(bytes.suffix(Self.codeBytes))
        guard let versions = Self.decode(bytes.dropFirst(Self.digestBytes).dropLast(Self.codeBytes)) else { return nil }
        self.versions = versions
    }

    /// The tags of an `If-None-Match`, each as sent, without those that are none of ours.
    static func list(_ values: [String]) -> [(text: String, tag: AnswerTag)] {
        // None of ours has a comma.
        values.flatMap { $0.split(separator: ",") }.prefix(16).compactMap { entry in
            let text = Substring(trimmed(entry.utf8))
            return AnswerTag(text).map { (String(text), $0) }
        }
    }

    /// Without spaces at its ends.
    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let last = text.lastIndex(where: { !isSpace($0) }) else { return text[..<text.startIndex] }
        return text[...last].drop(while: isSpace)
    }

    /// The same bytes for the same versions, in any order.
    static func encode(_ versions: Versions) -> [UInt8] {
        versions.compactMap { topic, version -> [UInt8]? in
            let (kind, id): (Character, ObjectID)
            switch topic {
            case .job(let job): (kind, id) = ("j", job)
            case .batch(let batch): (kind, id) = ("b", batch)
            case .anything: return nil
            }
            let number = UInt64(bitPattern: version)
            return [kind.asciiValue ?? 0] + id.bytes
                + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
        }.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
    }

    private static func decode(_ bytes: some Collection<UInt8>) -> Versions? {
        let bytes = Array(bytes)
        guard !bytes.isEmpty, bytes.count % versionBytes == 0, bytes.count <= maxVersions * versionBytes else {
            return nil
        }
        var versions: Versions = [:]
        for start in stride(from: 0, to: bytes.count, by: versionBytes) {
            guard let id = ObjectID(bytes: bytes[start + 1..<start + 13]) else { return nil }
            let number = bytes[start + 13..<start + 21].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            switch bytes[start] {
            case UInt8(ascii: "j"): versions[.job(id)] = Int64(bitPattern: number)
            case UInt8(ascii: "b"): versions[.batch(id)] = Int64(bitPattern: number)
            default: return nil
            }
        }
        return versions
    }
}
