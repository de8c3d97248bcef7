internal import Pipeline

extension JobEvent {
    /// Makes the event that follows.
    ///
    /// - Parameters:
    ///   - draft: What happened.
    ///   - job: To which job.
    ///   - recruiter: Whose job it is.
    ///   - head: Where the job's chain ends; nil where it begins.
    ///   - now: The job's `lastUpdatedAt` after the change.
    public init(
        _ draft: JobEventDraft,
        to job: ObjectID,
        of recruiter: ObjectID,
        after head: JobEventHead?,
        at now: Timestamp
    ) {
        let details = Details(salt: Self.freshSalt, changes: draft.changes)
        let body = JobEvent(
            id: ObjectID(at: now),
            recruiterID: recruiter,
            jobID: job,
            number: (head?.number ?? 0) + 1,
            at: now,
            author: draft.author,
            action: draft.action,
            target: draft.target,
            details: details,
            detailsDigest: details.digest,
            previousDigest: head?.digest,
            digest: ""
        )
        self = body.with(digest: body.computedDigest)
    }

    /// Where the chain ends that ends with this event.
    public var head: JobEventHead { JobEventHead(number: number, digest: digest) }

    /// Why this event is not the one that follows in the chain of a job; nil where it is.
    ///
    /// - Parameters:
    ///   - head: Where the chain ended before; nil where it begins.
    ///   - recruiter: Whose job it is.
    ///   - isErased: Whether the job is deleted: then words may be gone.
    /// - Returns: What is wrong, in some words.
    public func flaw(after head: JobEventHead?, of recruiter: ObjectID, isErased: Bool) -> String? {
        let expected = (head?.number ?? 0) + 1
        if number != expected { return "has event \(number) where event \(expected) should be" }
        if previousDigest != head?.digest { return "event \(number) does not follow from the one before" }
        if recruiterID != recruiter { return "event \(number) is another recruiter's" }
        if let details {
            if details.digest != detailsDigest { return "event \(number) has other changes than its digest says" }
        } else if !(isErased && action.hasWords) {
            return "event \(number) has lost its changes"
        }
        return computedDigest == digest ? nil : "event \(number) is not what its digest says"
    }

    /// What ``digest`` must be: the contract says of what.
    var computedDigest: String {
        CanonicalJSON.array([
            .text(previousDigest), .text(NodeID(.event, id).description), .text(NodeID(.job, jobID).description),
            .text(NodeID(.recruiter, recruiterID).description), .number(number), .text(at.description),
            .text(author.actor.rawValue), .text(author.recruiterID.map { NodeID(.recruiter, $0).description }),
            .text(action.rawValue), .text(target?.description), .text(author.requestID), .text(detailsDigest),
        ]).digest
    }

    private func with(digest: String) -> JobEvent {
        JobEvent(
            id: id,
            recruiterID: recruiterID,
            jobID: jobID,
            number: number,
            at: at,
            author: author,
            action: action,
            target: target,
            details: details,
            detailsDigest: detailsDigest,
            previousDigest: previousDigest,
            digest: digest
        )
    }

    private static var freshSalt: String {
        var random = SystemRandomNumberGenerator()
        return [random.next(), random.next()].map { (half: UInt64) in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}

extension JobEvent.Details {
    /// What ``JobEvent/detailsDigest`` must be: the contract says of what.
    var digest: String {
        func list(_ texts: [String]?) -> CanonicalJSON { texts.map { .array($0.map { .text($0) }) } ?? .text(nil) }
        let rows = changes.map { CanonicalJSON.array([.text($0.field), list($0.before), list($0.after)]) }
        return CanonicalJSON.array([.text(salt), .array(rows)]).digest
    }
}

/// JSON in the one form that everybody writes who follows RFC 8785, as `JSON.stringify` does.
///
/// - Source: RFC 8785, §3.2.
enum CanonicalJSON {
    /// Nil for null.
    case text(String?)
    case number(Int)
    case array([CanonicalJSON])

    /// SHA-256 of the UTF-8, in lower-case hexadecimal.
    var digest: String { Digest.sha256(Array(text.utf8)) }

    /// Without white space.
    var text: String {
        switch self {
        case .text(nil): "null"
        case .text(let text?): Self.quoted(text)
        case .number(let number): String(number)
        case .array(let items): "[\(items.map(\.text).joined(separator: ","))]"
        }
    }

    /// Only what must be escaped is: elsewhere we escape more, to be safe in pages.
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{8}": out += "\\b"
            case "\t": out += "\\t"
            case "\n": out += "\\n"
            case "\u{C}": out += "\\f"
            case "\r": out += "\\r"
            case _ where scalar.value < 0x20:
                out += scalar.value < 0x10 ? "\\u000" : "\\u00"
                out += String(scalar.value, radix: 16)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
