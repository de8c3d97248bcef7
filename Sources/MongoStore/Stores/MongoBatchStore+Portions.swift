internal import Pipeline
internal import Schema

// Marking resumes of a batch as queued, and as stopped, portion by portion.
extension MongoBatchStore {
    /// Marks the resumes that a batch was made for, and ends its filling.
    ///
    /// Two may do it at once, and each may be broken off: a resume is marked once.
    ///
    /// - Returns: The batch as it is then; nil where it is gone.
    func fill(_ id: ObjectID, at now: Timestamp) async throws -> StoredBatch? {
        let found = try await workers.withClient { client in
            try client.find(Collections.batches.name, ["_id": .objectID(id)], ["limit": 1]).first
        }
        guard let found else { return nil }
        let batch = try BatchDocument.decode(found)
        guard batch.isFilling else { return batch }
        let target = try BatchDocument.target(found)
        let filling = Filling(
            batch: batch,
            limit: try BatchDocument.limit(found),
            kind: target == .stale ? "RESCORE" : "SCREEN",
            time: now
        )
        switch target {
        case .resumes(let ids):
            var left = ids[...]
            let filter: BSONDocument = [
                "jobId": .objectID(batch.jobID), "status": Self.markableStatus, "batchId": ["$ne": .objectID(id)],
            ]
            while !left.isEmpty {
                let portion = Array(left.prefix(Self.portion))
                guard let count = try await mark(portion, matching: filter, filling) else {
                    break
                }
                left = left.dropFirst(count)
            }
        case .registered:
            try await markAll(filling) { _ in Self.selection(of: .registered, for: batch) }
        case .failed:
            try await markAll(filling) { _ in Self.selection(of: .failed, for: batch) }
        case .stale:
            let revision = try await workers.withClient { client in
                try client.find(
                    Collections.jobs.name,
                    ["_id": .objectID(batch.jobID)],
                    ["projection": ["revision": 1], "limit": 1]
                ).first?.int("revision")
            }
            guard let revision else { return nil }
            // Those that are not stale stay where they are in the index: each portion begins where the last one ended.
            try await markAll(filling) { rankKey in
                Self.selection(ofStale: revision, from: rankKey, for: batch)
            }
        }
        return try await workers.withClient { client in
            try client.transaction { client in
                let after = try Ledger.add(Ledger.BatchChange(isFilled: true), to: id, at: now, client)
                _ = try Ledger.add(CounterChange(), to: batch.jobID, at: now, events: after?.ending ?? [], client)
                return after?.batch
            }
        }
    }

    /// A batch that is being filled.
    private struct Filling {
        let batch: StoredBatch
        /// How many resumes it may have; nil for any number.
        let limit: Int?
        /// What is done with them.
        let kind: String
        let time: Timestamp
    }

    /// Which resumes a batch takes, and the index that leads to them.
    private struct Selection {
        let filter: BSONDocument
        let index: BSONValue
    }

    /// The job's resumes in a status, not that of completed ones, that are not in the batch already.
    private static func selection(of status: ResumeStatus, for batch: StoredBatch) -> Selection {
        Selection(
            filter: [
                "jobId": .objectID(batch.jobID), "status": .string(status.rawValue), "passFail": .null,
                "batchId": ["$ne": .objectID(batch.id)],
            ],
            index: ["jobId": 1, "status": 1, "passFail": 1, "rankKey": 1, "_id": 1]
        )
    }

    /// The job's completed resumes that were scored against an older revision, in the order of ranks.
    private static func selection(
        ofStale revision: Int,
        from rankKey: String,
        for batch: StoredBatch
    ) -> Selection {
        Selection(
            filter: [
                "jobId": .objectID(batch.jobID),
                "rankKey": ["$gte": .string(rankKey), "$lt": .string(StoredResume.unranked)], "status": "COMPLETED",
                "batchId": ["$ne": .objectID(batch.id)], "result.jobRevision": ["$lt": .int(revision)],
            ],
            index: ["jobId": 1, "rankKey": 1, "_id": 1]
        )
    }

    /// Marks what is selected, portion by portion; `selection` is told where the last one ended in the order of ranks.
    private func markAll(
        _ filling: Filling,
        _ selection: (String) -> Selection
    ) async throws {
        var rankKey = ""
        while true {
            let selected = selection(rankKey)
            let found = try await workers.withClient { client in
                try client.find(
                    Collections.resumes.name,
                    selected.filter,
                    ["projection": ["rankKey": 1], "limit": .int(Self.portion), "hint": selected.index]
                )
            }
            let ids = try found.map { try $0.objectID("_id") }
            guard !ids.isEmpty,
                let count = try await mark(ids, matching: selected.filter, filling)
            else { return }
            rankKey = try found[count - 1].string("rankKey")
        }
    }

    /// Marks as queued those of a portion that are as they were selected.
    ///
    /// - Returns: How many of the portion, from its start, were looked at; nil where the batch is filled no more.
    private func mark(
        _ ids: [ObjectID],
        matching filter: BSONDocument,
        _ filling: Filling
    ) async throws -> Int? {
        try await changePortion(of: filling.batch.jobID) { size, client in
            let part = Array(ids.prefix(size))
            try Self.mark(part, matching: filter, filling, client)
            return part.count
        }
    }

    private static func mark(
        _ ids: [ObjectID],
        matching filter: BSONDocument,
        _ filling: Filling,
        _ client: borrowing MongoClient
    ) throws {
        let (batch, now) = (filling.batch, filling.time)
        // Cancelled meanwhile: nothing more begins.
        guard let stamp = try Ledger.hold(batch.jobID, at: now, client),
            let current = try Ledger.add(Ledger.BatchChange(), to: batch.id, at: now, client), current.batch.isFilling
        else { throw Ended() }
        let room = min(ids.count, filling.limit.map { $0 - current.batch.total } ?? ids.count)
        guard room > 0 else { throw Ended() }
        // Here and not before: what is given back is what each adds to the counters at the moment when it is marked.
        let rows = try client.find(
            Collections.resumes.name,
            ["_id": ["$in": .array(ids.map(BSONValue.objectID))], "$and": [.encoded(filter)]],
            [
                "projection": ResumeDocument.standingProjection, "limit": .int(room), "batchSize": .int(room),
                "hint": ["_id": 1],
            ]
        ).map(BatchedResume.init)
        var change = CounterChange()
        for row in rows { change.add(.from(row.standing, to: row.standing.with(.queued))) }
        let tasks = try rows.map { row in (id: row.id, task: try row.task(filling.kind, in: batch.id, at: now)) }
        let updates = Dictionary(grouping: tasks) { $0.task.bytes }.values.map { alike -> BSONValue in
            [
                "q": ["_id": ["$in": .array(alike.map { .objectID($0.id) })]],
                "u": [
                    "$set": [
                        "status": "QUEUED", "batchId": .objectID(batch.id), "attempts": 0,
                        "rankKey": .string(StoredResume.rankKey(unrankedIn: batch.id)),
                        "lastUpdatedAt": .time(stamp), "task": .encoded(alike[0].task),
                    ],
                    "$unset": ["passFail": "", "stage": ""],
                ],
                "multi": true,
            ]
        }
        if !updates.isEmpty {
            try client.write(["update": .string(Collections.resumes.name), "updates": .array(updates)])
        }
        try Ledger.add(Ledger.BatchChange(total: rows.count), to: batch.id, at: now, client)
        _ = try Ledger.add(change, to: batch.jobID, at: stamp, client)
    }

    /// The batch was cancelled or has all that it may have, or the job was deleted: nothing of the portion was changed.
    private struct Ended: Error {}

    /// Changes a portion in one transaction: half as many each time that somebody else comes first.
    ///
    /// Where workers are at the job, they have as long for what they bring as the portion took: until it is through, they wait.
    ///
    /// - Parameters:
    ///   - job: Whose resumes they are.
    ///   - body: Is given how many resumes it may change.
    /// - Returns: What `body` does; nil where it throws ``Ended``.
    /// - Throws: ``MongoError``, or what `body` throws.
    private func changePortion<Result: Sendable>(
        of job: ObjectID,
        _ body: @Sendable (Int, borrowing MongoClient) throws -> Result
    ) async throws -> Result? {
        let begun = ContinuousClock.now
        let (result, isBusy) = try await workers.withClient { client -> (Result?, Bool) in
            var size = Self.portion
            do {
                let result = try client.transaction { client in
                    defer { size = max(Self.smallestPortion, size / 2) }
                    return try body(size, client)
                }
                return (result, try Self.hasWorkers(job, client))
            } catch is Ended {
                return (nil, false)
            }
        }
        if isBusy { try await Task.sleep(for: min(.now - begun, Self.longestPause)) }
        return result
    }

    private static func hasWorkers(_ job: ObjectID, _ client: borrowing MongoClient) throws -> Bool {
        try !client.find(
            Collections.resumes.name,
            ["jobId": .objectID(job), "status": "PROCESSING"],
            ["projection": ["_id": 1], "limit": 1]
        ).isEmpty
    }

    // MARK: - Stopping

    /// Puts what waits in a batch back to what it was before the batch.
    ///
    /// Two may do it at once, and each may be broken off.
    func stop(_ id: ObjectID, at now: Timestamp) async throws {
        let found = try await workers.withClient { client in
            try client.find(
                Collections.batches.name,
                ["_id": .objectID(id)],
                ["projection": ["jobId": 1], "limit": 1]
            ).first?.objectID("jobId")
        }
        guard let job = found else { return }
        while try await changePortion(
            of: job,
            { size, client in try Self.stop(id, of: job, upTo: size, at: now, client) }
        ) == true {}
    }

    /// - Returns: Whether there was something to stop.
    private static func stop(
        _ id: ObjectID,
        of job: ObjectID,
        upTo size: Int,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> Bool {
        // Without a job there is nothing to put back.
        guard let stamp = try Ledger.hold(job, at: now, client) else { throw Ended() }
        let rows = try waiting(in: id, of: job, upTo: size, client)
        let after = try Ledger.add(.init(cancelled: rows.count, isStopped: rows.isEmpty), to: id, at: now, client)
        if !rows.isEmpty { try restore(rows, at: stamp, client) }
        var change = CounterChange()
        for row in rows { change.add(row.stopping) }
        _ = try Ledger.add(change, to: job, at: stamp, events: after?.ending ?? [], client)
        return !rows.isEmpty
    }

    /// A portion of what waits in a batch, the youngest first: workers begin with the oldest.
    private static func waiting(
        in batch: ObjectID,
        of job: ObjectID,
        upTo size: Int,
        _ client: borrowing MongoClient
    ) throws -> [BatchedResume] {
        try client.find(
            Collections.resumes.name,
            [
                "jobId": .objectID(job), "status": "QUEUED", "passFail": .null,
                "rankKey": .string(StoredResume.rankKey(unrankedIn: batch)), "task.batchId": .objectID(batch),
            ],
            [
                "projection": ResumeDocument.standingProjection, "limit": .int(size), "batchSize": .int(size),
                "sort": ["_id": -1], "hint": ["jobId": 1, "status": 1, "passFail": 1, "rankKey": 1, "_id": 1],
            ]
        ).map(BatchedResume.init)
    }

    private static func restore(_ rows: [BatchedResume], at stamp: Timestamp, _ client: borrowing MongoClient) throws {
        let updates = try rows.map { row -> BSONValue in
            ["q": ["_id": .objectID(row.id)], "u": try row.restoration(at: stamp)]
        }
        try client.write(["update": .string(Collections.resumes.name), "updates": .array(updates)])
    }
}
