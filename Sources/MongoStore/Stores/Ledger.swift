internal import Schema

/// Adds to the counters of jobs and batches, inside the transaction that changes the resumes.
enum Ledger {
    /// The time that a transaction stamps on what it changes of a job: later than that of every change before.
    ///
    /// Since transactions of one job follow one another, the times of its resumes tell in which order their changes became
    /// visible.
    ///
    /// - Parameters:
    ///   - job: Which.
    ///   - now: The time by the clock; that of another server may be ahead.
    ///   - client: In a transaction, which ends with ``add(_:to:of:at:isWhole:_:)`` at this time.
    /// - Returns: Nil where there is no such job.
    /// - Throws: ``MongoError``.
    static func stamp(_ job: ObjectID, at now: Timestamp, _ client: borrowing MongoClient) throws -> Timestamp? {
        let found = try client.find(
            Collections.jobs.name,
            ["_id": .objectID(job)],
            ["projection": ["lastUpdatedAt": 1], "limit": 1]
        )
        return try (found.first?.timestamp("lastUpdatedAt")).map { later(than: $0, now) }
    }

    /// Takes the job for this transaction before it reads anything else: whoever changes the job at the same moment makes way
    /// for it, and it is not given up after all its work.
    ///
    /// - Parameters:
    ///   - job: Which.
    ///   - now: The time by the clock.
    ///   - client: In a transaction.
    /// - Returns: As ``stamp(_:at:_:)``.
    /// - Throws: ``MongoError``.
    static func hold(_ job: ObjectID, at now: Timestamp, _ client: borrowing MongoClient) throws -> Timestamp? {
        let reply = try client.write([
            "findAndModify": .string(Collections.jobs.name), "query": ["_id": .objectID(job)],
            "update": ["$inc": ["version": .int64(1)]], "fields": ["lastUpdatedAt": 1],
        ])
        return try (reply.first("value")?.document()?.timestamp("lastUpdatedAt")).map { later(than: $0, now) }
    }

    private static func later(than last: Timestamp, _ now: Timestamp) -> Timestamp {
        max(now, Timestamp(milliseconds: last.milliseconds + 1))
    }

    /// Adds to a job's counters, and marks the job as changed.
    ///
    /// - Parameters:
    ///   - change: May change nothing: then the job is marked only.
    ///   - job: Which.
    ///   - recruiter: Whose; nil for work that no recruiter asks for at the moment.
    ///   - now: When.
    ///   - isWhole: Whether the job is given with its description, which is long.
    ///   - events: What is added to the job's chain of events.
    ///   - client: In a transaction.
    /// - Returns: The job as it is then; nil where there is none.
    /// - Throws: ``MongoError``.
    static func add(
        _ change: CounterChange,
        to job: ObjectID,
        of recruiter: ObjectID? = nil,
        at now: Timestamp,
        isWhole: Bool = false,
        events: [JobEventDraft] = [],
        _ client: borrowing MongoClient
    ) throws -> StoredJob? {
        var query: [(key: String, value: BSONValue)] = [("_id", .objectID(job))]
        if let recruiter { query.append(("recruiterId", .objectID(recruiter))) }
        let reply = try client.write([
            "findAndModify": .string(Collections.jobs.name), "query": .document(query),
            "update": ["$inc": .document(increments(change)), "$max": ["lastUpdatedAt": .time(now)]],
            "fields": isWhole ? [:] : ["description": 0],
        ])
        guard let before = try reply.first("value")?.document() else { return nil }
        client.note(.job(job))
        var after = try JobDocument.decode(before)
        after.counters.add(change)
        after.version += 1
        var set: [(key: String, value: BSONValue)] = []
        if after.lastUpdatedAt >= now {
            // Another server's clock is ahead, or two changes fall on one moment: who compares times must see both.
            after.lastUpdatedAt = Timestamp(milliseconds: after.lastUpdatedAt.milliseconds + 1)
            set.append(("lastUpdatedAt", .time(after.lastUpdatedAt)))
        } else {
            after.lastUpdatedAt = now
        }
        if !events.isEmpty {
            let head = try EventChain.append(
                events,
                to: job,
                of: after.recruiterID,
                after: EventDocument.head(of: before),
                at: after.lastUpdatedAt,
                client
            )
            set.append(("eventHead", head))
        }
        if !set.isEmpty {
            try client.write([
                "update": .string(Collections.jobs.name),
                "updates": [["q": ["_id": .objectID(job)], "u": ["$set": .document(set)]]],
            ])
        }
        let scores = ScoreCounts.updates(change.scores, of: job)
        if !scores.isEmpty {
            try client.write(["update": .string(Collections.scoreCounts.name), "updates": .array(scores)])
        }
        return after
    }

    private static func increments(_ change: CounterChange) -> [(key: String, value: BSONValue)] {
        var increments: [(key: String, value: BSONValue)] = [("version", .int64(1))]
        func add(_ name: String, _ count: Int) {
            if count != 0 { increments.append(("counters.\(name)", .int(count))) }
        }
        add("total", change.total)
        add("queued", change.queued)
        add("completed", change.completed)
        add("failed", change.failed)
        add("passed", change.passed)
        add("rejected", change.rejected)
        for (place, count) in change.histogram.enumerated() { add("histogram.\(place)", count) }
        for (skill, count) in change.skills.sorted(by: { $0.key < $1.key }) { add("skills.\(skill)", count) }
        return increments
    }

    /// What is added to a batch.
    struct BatchChange {
        var total = 0
        var completed = 0
        var failed = 0
        var cancelled = 0
        /// Whether the batch's resumes are all in it now.
        var isFilled = false
        /// Whether all that had not begun was stopped.
        var isStopped = false
        /// Whether work on it has begun.
        var hasBegun = false
    }

    /// Adds to a batch's counters, and ends the batch where that makes it whole.
    ///
    /// - Returns: The batch as it is then, and where it ended by this, what the job's chain is told; nil where there is none.
    @discardableResult
    static func add(
        _ change: BatchChange,
        to batch: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> (batch: StoredBatch, ending: [JobEventDraft])? {
        var increments: [(key: String, value: BSONValue)] = [("version", .int64(1))]
        for (name, count) in [
            ("total", change.total), ("completed", change.completed), ("failed", change.failed),
            ("cancelled", change.cancelled),
        ] where count != 0 { increments.append((name, .int(count))) }
        var update: [(key: String, value: BSONValue)] = [
            ("$max", ["lastUpdatedAt": .time(now)]), ("$inc", .document(increments)),
        ]
        var unset: [(key: String, value: BSONValue)] = []
        if change.isFilled { unset.append(("isFilling", "")) }
        if change.isStopped { unset.append(("isCancelling", "")) }
        if !unset.isEmpty { update.append(("$unset", .document(unset))) }
        let reply = try client.write([
            "findAndModify": .string(Collections.batches.name), "query": ["_id": .objectID(batch)],
            "update": .document(update), "new": true,
        ])
        guard let document = try reply.first("value")?.document() else { return nil }
        client.note(.batch(batch))
        var after = try BatchDocument.decode(document)
        var changes: [(key: String, value: BSONValue)] = []
        var ending: [JobEventDraft] = []
        if after.status == .queued, change.hasBegun || change.completed + change.failed > 0 {
            after.status = .running
            changes.append(("status", .string(BatchStatus.running.rawValue)))
        }
        if after.finishedAt == nil, !after.isFilling, after.completed + after.failed + after.cancelled >= after.total {
            // Not before what another server's clock said last.
            after.finishedAt = after.lastUpdatedAt
            after.status = after.isCancelled ? .cancelled : .completed
            changes = [("status", .string(after.status.rawValue)), ("finishedAt", .time(after.lastUpdatedAt))]
            ending = [.finished(after)]
        }
        if !changes.isEmpty {
            try client.write([
                "update": .string(Collections.batches.name),
                "updates": [["q": ["_id": .objectID(batch)], "u": ["$set": .document(changes)]]],
            ])
        }
        return (after, ending)
    }
}
