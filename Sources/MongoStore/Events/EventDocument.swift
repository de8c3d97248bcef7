internal import Schema

/// A link of a job's chain as its document holds it, and the end of a chain.
enum EventDocument {
    /// Every field.
    static func encode(_ event: JobEvent) -> BSONDocument {
        BSONWriter.document(capacity: 1024) { writer in
            writer.append("_id", .objectID(event.id))
            writer.append("recruiterId", .objectID(event.recruiterID))
            writer.append("jobId", .objectID(event.jobID))
            writer.append("number", .int(event.number))
            writer.append("at", .time(event.at))
            writer.append("actor", .string(event.author.actor.rawValue))
            if let id = event.author.recruiterID { writer.append("actorId", .objectID(id)) }
            writer.append("action", .string(event.action.rawValue))
            if let target = event.target { writer.append("target", .string(target.description)) }
            if let request = event.author.requestID { writer.append("requestId", .string(request)) }
            if let details = event.details {
                writer.append("salt", .string(details.salt))
                writer.append("changes", .array(details.changes.map(encode)))
            }
            writer.append("changesDigest", .string(event.detailsDigest))
            if let digest = event.previousDigest { writer.append("previousDigest", .string(digest)) }
            writer.append("digest", .string(event.digest))
        }
    }

    private static func encode(_ change: JobEventChange) -> BSONValue {
        [
            "field": .string(change.field), "before": .optional(change.before, BSONValue.strings),
            "after": .optional(change.after, BSONValue.strings),
        ]
    }

    /// Leaves the details out.
    static let headProjection: BSONValue = ["salt": 0, "changes": 0]

    /// - Parameter document: Whole, or without the details.
    /// - Returns: The event, be its digests right or not.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> JobEvent {
        var details: JobEvent.Details?
        if let salt = try document.first("salt")?.string {
            details = JobEvent.Details(
                salt: salt,
                changes: try document.array("changes") { try $0.document().map(change) }
            )
        }
        return JobEvent(
            id: try document.objectID("_id"),
            recruiterID: try document.objectID("recruiterId"),
            jobID: try document.objectID("jobId"),
            number: try document.int("number"),
            at: try document.timestamp("at"),
            author: JobEventAuthor(
                try document.required("actor") { $0.string.flatMap(JobEventAuthor.Actor.init) },
                recruiterID: try document.first("actorId")?.objectID,
                requestID: try document.first("requestId")?.string
            ),
            action: try document.required("action") { $0.string.flatMap(JobEvent.Action.init) },
            target: try document.first("target")?.string.flatMap(NodeID.init),
            details: details,
            detailsDigest: try document.string("changesDigest"),
            previousDigest: try document.first("previousDigest")?.string,
            digest: try document.string("digest")
        )
    }

    private static func change(_ document: BSONDocument) throws -> JobEventChange {
        JobEventChange(
            field: try document.string("field"),
            before: try document.first("before")?.array { $0.string },
            after: try document.first("after")?.array { $0.string }
        )
    }

    // MARK: - Heads

    static func encode(_ head: JobEventHead) -> BSONValue {
        ["number": .int(head.number), "digest": .string(head.digest)]
    }

    /// - Parameter document: Of a job, or of a chain that was closed.
    /// - Returns: Where the chain ends; nil where the job has none.
    /// - Throws: ``BSONError``.
    static func head(of document: BSONDocument) throws -> JobEventHead? {
        guard let head = try document.first("eventHead")?.document() else { return nil }
        return JobEventHead(number: try head.int("number"), digest: try head.string("digest"))
    }
}
