internal import Pipeline
internal import Schema

// Marking resumes of a batch as queued, and as stopped, portion by portion.
extension MongoBatchStore {
    /// The resumes that were looked at are not as they were: they are looked at again.
    private struct Overtaken: Error {}

    /// A resume that changes, as far as its change depends on it.
    private struct Row {
        let id: ObjectID
        let standing: ResumeStanding
        let before: ResumeStatus?
        let document: BSONDocument

        init(_ document: BSONDocument) throws {
            id = try document.objectID("_id")
            standing = try ResumeDocument.standing(document)
            before = try document.first("task")?.document()?.first("before")?.string.flatMap(ResumeStatus.init)
            self.document = document
        }
    }

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
        switch try BatchDocument.target(found) {
        case .resumes(let ids):
            for start in stride(from: 0, to: ids.count, by: Self.portion) {
                let portion = ids[start..<min(ids.count, start + Self.portion)]
                _ = try await mark(in: batch, as: "SCREEN", at: now) { client in
                    try client.find(
                        Collections.resumes.name,
                        [
                            "_id": ["$in": .array(portion.map(BSONValue.objectID))], "jobId": .objectID(batch.jobID),
                            "status": ["$in": ["REGISTERED", "COMPLETED", "FAILED"]],
                            "batchId": ["$ne": .objectID(id)],
                        ],
                        ["projection": ResumeDocument.standingProjection]
                    )
                }
            }
        case .registered:
            while try await mark(in: batch, as: "SCREEN", at: now, { try Self.select(.registered, batch, $0) }) != nil {
            }
        case .failed:
            while try await mark(in: batch, as: "SCREEN", at: now, { try Self.select(.failed, batch, $0) }) != nil {}
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
            var start: String? = ""
            while let from = start {
                start = try await mark(in: batch, as: "RESCORE", at: now) {
                    try Self.selectStale(batch, before: revision, from: from, $0)
                }
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

    /// A portion of the job's resumes in a status, not that of completed ones, that are not in the batch already.
    private static func select(
        _ status: ResumeStatus,
        _ batch: StoredBatch,
        _ client: borrowing MongoClient
    ) throws -> [BSONDocument] {
        try portion(
            [
                "jobId": .objectID(batch.jobID), "status": .string(status.rawValue), "passFail": .null,
                "batchId": ["$ne": .objectID(batch.id)],
            ],
            by: ["jobId": 1, "status": 1, "passFail": 1, "rankKey": 1, "_id": 1],
            client
        )
    }

    /// A portion of the job's completed resumes that were scored against an older revision, in the order of ranks.
    private static func selectStale(
        _ batch: StoredBatch,
        before revision: Int,
        from rankKey: String,
        _ client: borrowing MongoClient
    ) throws -> [BSONDocument] {
        try portion(
            [
                "jobId": .objectID(batch.jobID),
                "rankKey": ["$gte": .string(rankKey), "$lt": .string(StoredResume.unranked)], "status": "COMPLETED",
                "batchId": ["$ne": .objectID(batch.id)], "result.jobRevision": ["$lt": .int(revision)],
            ],
            by: ["jobId": 1, "rankKey": 1, "_id": 1],
            client
        )
    }

    /// The first resumes that match, in the order of an index, with what a change of them depends on.
    private static func portion(
        _ filter: BSONDocument,
        by index: BSONValue,
        _ client: borrowing MongoClient
    ) throws -> [BSONDocument] {
        try client.find(
            Collections.resumes.name,
            filter,
            ["projection": ResumeDocument.standingProjection, "limit": .int(portion), "hint": index]
        )
    }

    /// Marks a portion as queued.
    ///
    /// - Returns: Where the portion ended in the order of ranks; nil where there was none, or the batch is filled no more.
    private func mark(
        in batch: StoredBatch,
        as kind: String,
        at now: Timestamp,
        _ select: @escaping @Sendable (borrowing MongoClient) throws -> [BSONDocument]
    ) async throws -> String? {
        try await workers.withClient { client in
            while true {
                let rows = try select(client).map(Row.init)
                guard let last = rows.last else { return nil }
                do {
                    try client.transaction { client in try Self.mark(rows, in: batch, as: kind, at: now, client) }
                    return try last.document.string("rankKey")
                } catch is Overtaken {
                    continue
                } catch is Ended {
                    return nil
                }
            }
        }
    }

    private static func mark(
        _ rows: [Row],
        in batch: StoredBatch,
        as kind: String,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws {
        // Cancelled meanwhile: nothing more begins.
        let current = try Ledger.add(Ledger.BatchChange(total: rows.count), to: batch.id, at: now, client)
        guard let current, current.batch.isFilling else { throw Ended() }
        var change = CounterChange()
        for row in rows { change.add(.from(row.standing, to: row.standing.with(.queued))) }
        guard let stamp = try Ledger.stamp(batch.jobID, at: now, client) else { throw Ended() }
        let updates = Dictionary(grouping: rows) { $0.standing.status }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { status, rows -> BSONValue in
                [
                    "q": [
                        "_id": ["$in": .array(rows.map { .objectID($0.id) })], "status": .string(status.rawValue),
                    ],
                    "u": [
                        "$set": [
                            "status": "QUEUED", "batchId": .objectID(batch.id), "attempts": 0,
                            "rankKey": .string(StoredResume.rankKey(unrankedIn: batch.id)),
                            "lastUpdatedAt": .time(stamp),
                            "task": [
                                "batchId": .objectID(batch.id), "before": .string(status.rawValue),
                                "kind": .string(kind), "availableAt": .time(now),
                            ],
                        ],
                        "$unset": ["passFail": "", "stage": ""],
                    ],
                    "multi": true,
                ]
            }
        let reply = try client.write(["update": .string(Collections.resumes.name), "updates": .array(updates)])
        guard try reply.int("n") == rows.count else { throw Overtaken() }
        _ = try Ledger.add(change, to: batch.jobID, at: stamp, client)
    }

    /// The batch was cancelled, or the job deleted: nothing of the portion was marked.
    private struct Ended: Error {}

    // MARK: - Stopping

    /// Puts what waits in a batch back to what it was before the batch.
    ///
    /// Two may do it at once, and each may be broken off.
    func stop(_ id: ObjectID, at now: Timestamp) async throws {
        try await workers.withClient { client in
            while true {
                let rows = try Self.waiting(in: id, client)
                do {
                    try client.transaction { client in
                        guard !rows.isEmpty else {
                            let stopped = Ledger.BatchChange(isStopped: true)
                            if let (batch, ending) = try Ledger.add(stopped, to: id, at: now, client) {
                                _ = try Ledger.add(CounterChange(), to: batch.jobID, at: now, events: ending, client)
                            }
                            return
                        }
                        try Self.restore(rows, of: id, at: now, client)
                    }
                } catch is Overtaken {
                    continue
                } catch is Ended {
                    return
                }
                if rows.isEmpty { return }
            }
        }
    }

    /// A portion of what waits in a batch.
    private static func waiting(in batch: ObjectID, _ client: borrowing MongoClient) throws -> [Row] {
        let found = try client.find(
            Collections.batches.name,
            ["_id": .objectID(batch)],
            ["projection": ["jobId": 1], "limit": 1]
        ).first
        guard let found else { return [] }
        return try portion(
            [
                "jobId": .objectID(try found.objectID("jobId")), "status": "QUEUED", "passFail": .null,
                "rankKey": .string(StoredResume.rankKey(unrankedIn: batch)), "task.batchId": .objectID(batch),
            ],
            by: ["jobId": 1, "status": 1, "passFail": 1, "rankKey": 1, "_id": 1],
            client
        ).map(Row.init)
    }

    private static func restore(
        _ rows: [Row],
        of batch: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws {
        var change = CounterChange()
        for row in rows { change.add(.from(row.standing, to: row.standing.with(row.before ?? .registered))) }
        // Without a job there is nothing to put back.
        guard let jobID = try rows.first?.document.objectID("jobId"),
            let stamp = try Ledger.stamp(jobID, at: now, client)
        else { throw Ended() }
        let updates = try rows.map { row -> BSONValue in
            let status = row.before ?? .registered
            var set: [(key: String, value: BSONValue)] = [
                ("status", .string(status.rawValue)), ("lastUpdatedAt", .time(stamp)),
            ]
            if status == .completed {
                set.append(("rankKey", .string(try rankKey(row.document, in: batch))))
                if let label = row.standing.passFail { set.append(("passFail", .string(label.rawValue))) }
            }
            return [
                "q": ["_id": .objectID(row.id), "task.batchId": .objectID(batch), "status": "QUEUED"],
                "u": ["$set": .document(set), "$unset": ["task": "", "stage": ""]],
            ]
        }
        let reply = try client.write(["update": .string(Collections.resumes.name), "updates": .array(updates)])
        guard try reply.int("n") == rows.count else { throw Overtaken() }
        let after = try Ledger.add(Ledger.BatchChange(cancelled: rows.count), to: batch, at: now, client)
        _ = try Ledger.add(change, to: jobID, at: stamp, events: after?.ending ?? [], client)
    }

    /// What the resume was ranked by before it was queued.
    private static func rankKey(_ document: BSONDocument, in batch: ObjectID) throws -> String {
        guard let result = try document.first("result")?.document() else {
            return StoredResume.rankKey(unrankedIn: batch)
        }
        return StoredResume.rankKey(
            finalScore: try result.int("finalScore"),
            requiredSkillsMet: try result.int("requiredSkillsMet"),
            sha256: try document.document("file").first("sha256")?.string
        )
    }
}
