internal import Schema

/// Adds to the chains of events: the only place that does, always inside the transaction that makes the change.
///
/// The end of a job's chain stands in the job, or for a deleted one in `eventHeads`. Whoever changes a job reads and writes its
/// document in the transaction, so two that add to one chain cannot both be committed on the same end.
enum EventChain {
    /// The next events of a job's chain, and where it then ends.
    struct Links {
        let documents: [BSONDocument]
        /// As a job has it.
        let head: BSONValue

        /// Each parameter is one of ``EventChain/append(_:to:of:after:at:_:)``.
        init(
            _ drafts: [JobEventDraft],
            to job: ObjectID,
            of recruiter: ObjectID,
            after head: JobEventHead?,
            at now: Timestamp
        ) {
            var head = head
            documents = drafts.map { draft in
                let event = JobEvent(draft, to: job, of: recruiter, after: head, at: now)
                head = event.head
                return EventDocument.encode(event)
            }
            self.head = .optional(head, EventDocument.encode)
        }
    }

    /// Adds events whose end is written by the caller.
    static func insert(_ links: Links, _ client: borrowing MongoClient) throws {
        try client.write(
            BSONWriter.document(capacity: links.documents.reduce(128) { $0 + $1.byteCount + 16 }) { writer in
                writer.append("insert", .string(Collections.events.name))
                writer.appendArray("documents", links.documents)
            }
        )
    }

    /// Adds events to a job's chain.
    ///
    /// - Parameters:
    ///   - drafts: At least one, in their order.
    ///   - job: Which.
    ///   - recruiter: Whose.
    ///   - head: Where the chain ends in this transaction; nil where it begins.
    ///   - now: The job's `lastUpdatedAt` after the change.
    ///   - client: In a transaction.
    /// - Returns: Where the chain ends now, as the caller writes it beside the change.
    /// - Throws: ``MongoError``.
    static func append(
        _ drafts: [JobEventDraft],
        to job: ObjectID,
        of recruiter: ObjectID,
        after head: JobEventHead?,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> BSONValue {
        let links = Links(drafts, to: job, of: recruiter, after: head, at: now)
        try insert(links, client)
        return links.head
    }

    /// Takes a recruiter's words out of the events of a deleted job.
    ///
    /// Nothing else ever changes an event, and this changes no digest.
    static func eraseWords(of job: ObjectID, _ client: borrowing MongoClient) throws {
        let actions = JobEvent.Action.allCases.filter(\.hasWords).map { BSONValue.string($0.rawValue) }
        try client.write([
            "update": .string(Collections.events.name),
            "updates": [
                [
                    "q": ["jobId": .objectID(job), "action": ["$in": .array(actions)]],
                    "u": ["$unset": ["changes": "", "salt": ""]], "multi": true,
                ]
            ],
        ])
    }
}
