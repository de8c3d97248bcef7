internal import Foundation
internal import Pipeline
public import Schema

/// Resumes in the collection `resumes`, with what belongs to them in `texts`, `embeddings` and `scoreCounts`.
public struct MongoResumeStore: ResumeStore {
    let workers: MongoWorkers
    private let rankReads: GatheredReads<ScorePlace, Int>

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
        rankReads = GatheredReads { places in
            try await workers.withClient { client in
                let places = Array(places)
                return Dictionary(uniqueKeysWithValues: zip(places, try ScoreCounts.ranks(places, client)))
            }
        }
    }

    // MARK: - Reading

    /// One round trip, however many there are.
    public func resumes(
        _ ids: [ObjectID],
        of recruiter: ObjectID,
        parts: ResumeParts
    ) async throws -> [StoredResume] {
        try await workers.withClient { client in
            try client.find(
                Collections.resumes.name,
                ["_id": ["$in": .array(ids.map(BSONValue.objectID))], "recruiterId": .objectID(recruiter)],
                Self.options(parts),
                isCommitted: true,
                decode: ResumeDocument.decode
            )
        }
    }

    /// For each query one round trip for the rows, and one each for the count and for what lies beyond a cursor, where they
    /// are asked for.
    public func resumes(_ queries: [ResumeQuery], of recruiter: ObjectID) async throws -> [Page<StoredResume>] {
        try await workers.withClient { client in
            try queries.map { query in
                // Without a filter the job knows its number.
                let total =
                    query.page.needsTotal && query.isUnfiltered
                    ? try query.jobTotal ?? Self.total(query.job, client) : nil
                return try KeysetQuery(query, of: recruiter).read(client, total: total, ResumeDocument.decode)
            }
        }
    }

    private static func total(_ job: ObjectID, _ client: borrowing MongoClient) throws -> Int {
        let found = try client.find(
            Collections.jobs.name,
            ["_id": .objectID(job)],
            ["limit": 1, "projection": ["counters.total": 1], "maxTimeMS": 10_000]
        )
        return try found.first?.document("counters").int("total") ?? 0
    }

    private static func options(_ parts: ResumeParts) -> BSONDocument {
        BSONWriter.document { writer in
            writer.append("projection", ResumeDocument.projection(parts))
            writer.append("maxTimeMS", 10_000)
        }
    }

    /// One round trip.
    public func resumes(
        withContent sha256: [String],
        in job: ObjectID,
        of recruiter: ObjectID
    ) async throws -> [StoredResume] {
        try await workers.withClient { client in
            try Self.find(sha256.map(FileMark.content), in: job, of: recruiter, client)
        }
    }

    /// The resumes of a job whose files have one of these marks, with their files and these parts.
    static func find(
        _ marks: [FileMark],
        in job: ObjectID,
        of recruiter: ObjectID,
        parts: ResumeParts = [],
        _ client: borrowing MongoClient
    ) throws -> [StoredResume] {
        guard !marks.isEmpty else { return [] }
        return try client.find(
            Collections.resumes.name,
            [
                "jobId": .objectID(job), "file.marks": ["$in": .strings(marks.map(\.text))],
                "recruiterId": .objectID(recruiter),
            ],
            options(parts.union(.file)),
            decode: ResumeDocument.decode
        )
    }

    /// One round trip for all who ask at the same time.
    public func ranks(_ places: [ScorePlace]) async throws -> [Int] {
        guard !places.isEmpty else { return [] }
        let ranks = try await rankReads.values(of: Set(places))
        // Each place has a rank, also where nobody has a score.
        return places.map { ranks[$0] ?? 1 }
    }

    /// Three round trips.
    public func material(
        of job: ObjectID,
        of recruiter: ObjectID,
        only: ObjectID?,
        limit: Int
    ) async throws -> [ScreeningMaterial] {
        try await workers.withClient { client in
            var query = ResumeQuery(job: job)
            query.statuses = [.completed]
            query.parts = [.scores, .file]
            query.page.limit = limit
            query.page.needsPrevious = false
            query.page.needsNext = false
            let rows =
                if let only {
                    try client.find(
                        Collections.resumes.name,
                        [
                            "_id": .objectID(only), "jobId": .objectID(job), "recruiterId": .objectID(recruiter),
                            "status": .string(ResumeStatus.completed.rawValue),
                        ],
                        Self.options([.scores, .file]),
                        decode: ResumeDocument.decode
                    )
                } else {
                    try KeysetQuery(query, of: recruiter).read(client, ResumeDocument.decode).rows
                }
            let texts = try Self.texts(rows.map(\.id), client)
            let vectors = try Self.vectors(rows.map(\.id), client)
            return rows.compactMap { row in
                texts[row.id].map { ScreeningMaterial(resume: row, document: $0, vectors: vectors[row.id]) }
            }
        }
    }

    // MARK: - Deciding

    /// One transaction: the resume and its job change together.
    public func decide(_ id: ObjectID, of recruiter: ObjectID, _ decision: Decision) async throws -> StoredResume? {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            try client.transaction { client in
                let query: BSONValue = ["_id": .objectID(id), "recruiterId": .objectID(recruiter)]
                let found = try client.find(
                    Collections.resumes.name,
                    ["_id": .objectID(id), "recruiterId": .objectID(recruiter)],
                    ["projection": ["jobId": 1, "decision": 1], "limit": 1]
                ).first
                guard let found else { return nil }
                let before = try found.first("decision")?.document().map(ResumeDocument.decision)
                let job = try Ledger.add(
                    CounterChange(),
                    to: found.objectID("jobId"),
                    of: recruiter,
                    at: decision.decidedAt,
                    events: [.decided(id, from: before, to: decision, by: author)],
                    client
                )
                guard let job else { return nil }
                let reply = try client.write([
                    "findAndModify": .string(Collections.resumes.name), "query": query,
                    "update": [
                        "$set": [
                            "decision": ResumeDocument.encode(decision), "lastUpdatedAt": .time(job.lastUpdatedAt),
                        ]
                    ],
                    "new": true,
                ])
                return try reply.first("value")?.document().map(ResumeDocument.decode)
            }
        }
    }

    // MARK: - Erasing

    /// One transaction, and what is left of the file after it.
    public func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredJob? {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            try Self.erase(
                ["_id": .objectID(id), "recruiterId": .objectID(recruiter)],
                id,
                by: author,
                at: now,
                client
            )
        }
    }

    /// Erases a resume with all that was derived from it.
    ///
    /// - Parameters:
    ///   - query: Matches the resume as long as it may be erased.
    ///   - id: Of the resume.
    ///   - jobFilter: What its job must match until the resume is gone; nil where any will do.
    ///   - author: Who erases it.
    ///   - now: When.
    ///   - client: Not in a transaction.
    /// - Returns: Its job as it is now; nil where none matches.
    /// - Throws: ``MongoError``.
    static func erase(
        _ query: BSONValue,
        _ id: ObjectID,
        in jobFilter: BSONDocument? = nil,
        by author: JobEventAuthor,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> StoredJob? {
        do {
            let deleted = try client.transaction { client in
                try remove(query, id, in: jobFilter, by: author, at: now, client)
            }
            if let file = deleted.file { try MongoFileStore.erase([file], client) }
            return deleted.job
        } catch is NotErased {
            return nil
        }
    }

    /// There is nothing to erase, or somebody else erases it with its job: what was begun is undone.
    private struct NotErased: Error {}

    /// What of an erasure is one transaction.
    private static func remove(
        _ query: BSONValue,
        _ id: ObjectID,
        in jobFilter: BSONDocument?,
        by author: JobEventAuthor,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> (job: StoredJob, file: ObjectID?) {
        // Read and then written in one transaction, so that a change at the same moment is not overlooked.
        if let jobFilter {
            let jobs = try client.find(Collections.jobs.name, jobFilter, ["projection": ["_id": 1], "limit": 1])
            guard !jobs.isEmpty else { throw NotErased() }
        }
        let reply = try client.write([
            "findAndModify": .string(Collections.resumes.name), "query": query, "remove": true,
            "fields": ResumeDocument.standingProjection,
        ])
        guard let document = try reply.first("value")?.document() else { throw NotErased() }
        let standing = try ResumeDocument.standing(document)
        let file = try document.document("file")
        let sha256 = try file.first("sha256")?.string
        var events: [JobEventDraft] = [.deleted(id, status: standing.status, sha256: sha256, by: author)]
        if let batch = try document.first("task")?.document()?.objectID("batchId") {
            // What was to be done in a batch will not be done any more.
            events += try Ledger.add(Ledger.BatchChange(cancelled: 1), to: batch, at: now, client)?.ending ?? []
        }
        let job = try Ledger.add(
            .from(standing, to: nil),
            to: document.objectID("jobId"),
            at: now,
            isWhole: true,
            events: events,
            client
        )
        guard let job else { throw NotErased() }
        for collection in [Collections.texts, Collections.embeddings] {
            try client.write([
                "delete": .string(collection.name), "deletes": [["q": ["_id": .objectID(id)], "limit": 1]],
            ])
        }
        let storeID = try file.first("storeId")?.objectID
        if let storeID { try Self.expire([storeID], at: now, client) }
        return (job, storeID)
    }

    /// Lets files go: nobody finds or registers them any more, and they are erased at once, or by the upkeep where that is
    /// broken off.
    static func expire(_ files: [ObjectID], at now: Timestamp, _ client: borrowing MongoClient) throws {
        try client.write([
            "update": .string(Collections.files.name),
            "updates": [
                [
                    "q": ["_id": ["$in": .array(files.map(BSONValue.objectID))]],
                    "u": [
                        "$set": [
                            "metadata.expiresAt": .time(now), "metadata.whole": false, "metadata.isErased": true,
                        ],
                        "$unset": ["metadata.resumeId": ""],
                    ],
                    "multi": true,
                ]
            ],
        ])
    }

    // MARK: - Texts and vectors

    static func texts(_ ids: [ObjectID], _ client: borrowing MongoClient) throws -> [ObjectID: ExtractedDocument] {
        var texts: [ObjectID: ExtractedDocument] = [:]
        guard !ids.isEmpty else { return texts }
        try client.find(
            Collections.texts.name,
            ["_id": ["$in": .array(ids.map(BSONValue.objectID))]],
            ["maxTimeMS": 30_000]
        ) { document in
            let json = try document.required("document") { $0.binary.map { Data($0) } }
            texts[try document.objectID("_id")] = try JSONDecoder().decode(ExtractedDocument.self, from: json)
            return true
        }
        return texts
    }

    static func encode(_ document: ExtractedDocument, of resume: ObjectID, in job: ObjectID) throws -> BSONDocument {
        [
            "_id": .objectID(resume), "jobId": .objectID(job),
            "document": .binary(Array(try JSONEncoder().encode(document))),
        ]
    }

    static func vectors(_ ids: [ObjectID], _ client: borrowing MongoClient) throws -> [ObjectID: ResumeVectors] {
        var vectors: [ObjectID: ResumeVectors] = [:]
        guard !ids.isEmpty else { return vectors }
        try client.find(
            Collections.embeddings.name,
            ["_id": ["$in": .array(ids.map(BSONValue.objectID))]],
            ["maxTimeMS": 30_000]
        ) { document in
            vectors[try document.objectID("_id")] = ResumeVectors(
                version: try document.string("version"),
                parts: try document.array("parts") { $0.binary.map(Self.floats) },
                titles: try document.first("titles")?.binary.map(Self.floats)
            )
            return true
        }
        return vectors
    }

    static func encode(_ vectors: ResumeVectors, of resume: ObjectID, in job: ObjectID) -> BSONDocument {
        BSONWriter.document { writer in
            writer.append("_id", .objectID(resume))
            writer.append("jobId", .objectID(job))
            writer.append("version", .string(vectors.version))
            writer.append("parts", .array(vectors.parts.map { .binary(Self.bytes($0)) }))
            if let titles = vectors.titles { writer.append("titles", .binary(Self.bytes(titles))) }
        }
    }

    /// Four bytes a number, the least significant first.
    private static func bytes(_ vector: [Float]) -> [UInt8] {
        vector.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) } }
    }

    private static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        stride(from: bytes.startIndex, to: bytes.endIndex - 3, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
        }
    }
}
