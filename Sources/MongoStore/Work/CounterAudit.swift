internal import Pipeline
public import Schema

/// Compares what is counted with what the resumes say, and mends it.
///
/// Counters follow from the resumes alone: jobs, batches and counts of scores must equal what their resumes add up to.
public struct CounterAudit: Sendable {
    private let workers: MongoWorkers
    /// A job that changes while it is looked at is looked at again, so often at most.
    private static let attempts = 20

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// What an audit saw.
    public struct Report: Sendable, Equatable {
        /// How many jobs were looked at.
        public var jobs = 0
        /// How many resumes they have.
        public var resumes = 0
        /// What is wrong; nothing where all is well.
        public var findings: [AuditFinding] = []
        /// Jobs that did not hold still: nothing is known of them.
        public var unsettled: [ObjectID] = []
    }

    /// Looks at every job.
    ///
    /// - Parameters:
    ///   - isRepairing: Whether what is wrong is set right.
    ///   - now: When.
    /// - Returns: What was seen, before anything was set right.
    /// - Throws: What the store says went wrong.
    public func run(isRepairing: Bool, at now: Timestamp) async throws -> Report {
        let jobs = try await workers.withClient { client in
            try client.find(Collections.jobs.name, [:], ["projection": ["_id": 1]]).map { try $0.objectID("_id") }
        }
        var report = Report()
        for job in jobs {
            try await workers.withClient { client in try Self.audit(job, isRepairing, at: now, client) }.add(
                to: &report
            )
        }
        report.findings += try await workers.withClient { client in try Self.orphans(client) }
        return report
    }

    /// What one job gave.
    private enum Outcome: Sendable {
        case settled(resumes: Int, problems: [AuditFinding])
        case unsettled(ObjectID)
        case gone

        func add(to report: inout Report) {
            switch self {
            case .settled(let resumes, let problems):
                report.jobs += 1
                report.resumes += resumes
                report.findings += problems
            case .unsettled(let job): report.unsettled.append(job)
            case .gone: break
            }
        }
    }

    private static func job(_ id: ObjectID, _ client: borrowing MongoClient) throws -> StoredJob? {
        try client.find(Collections.jobs.name, ["_id": .objectID(id)], ["limit": 1]).first.map {
            try JobDocument.decode($0)
        }
    }

    private static func audit(
        _ id: ObjectID,
        _ isRepairing: Bool,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> Outcome {
        for _ in 0..<attempts {
            guard let before = try job(id, client) else { return .gone }
            var sum = CounterChange()
            var problems: [String] = []
            var waiting: [ObjectID: Int] = [:]
            try client.find(
                Collections.resumes.name,
                ["jobId": .objectID(id)],
                ["projection": ResumeDocument.projection([.shownSkills, .file, .rankKey], and: ["passFail"])]
            ) { document in
                let resume = try ResumeDocument.decode(document)
                sum.add(ResumeStanding(resume).contribution)
                problems += try self.problems(resume, document)
                if resume.status == .queued || resume.status == .processing, let batch = resume.batchID {
                    waiting[batch, default: 0] += 1
                }
                return true
            }
            var expected = JobCounters()
            expected.add(sum)
            var counted = before.counters
            counted.skills = counted.skills.filter { $0.value != 0 }
            if counted != expected { problems.append("counted \(counted), should be \(expected)") }
            let scores = try ScoreCounts.all(of: id, client)
            if scores.scores != sum.scores || scores.ranges != ScoreCounts.ranges(of: sum.scores) {
                problems.append("the counts of scores differ from the resumes")
            }
            let batches = try client.find(Collections.batches.name, ["jobId": .objectID(id)]).map(BatchDocument.decode)
            problems += batches.compactMap { Self.problem($0, waiting: waiting[$0.id] ?? 0) }
            guard let after = try job(id, client) else { return .gone }
            // Whatever changes a counter changes the version, too.
            guard after.version == before.version else { continue }
            if isRepairing, !problems.isEmpty {
                do {
                    try mend(before, expected, sum.scores, at: now, client)
                } catch is Overtaken {
                    continue
                }
            }
            return .settled(resumes: expected.total, problems: problems.map { AuditFinding(job: id, problem: $0) })
        }
        return .unsettled(id)
    }

    /// What in a resume does not fit together.
    private static func problems(_ resume: StoredResume, _ document: BSONDocument) throws -> [String] {
        var problems: [String] = []
        let name = NodeID(.resume, resume.id)
        if resume.storedRankKey != resume.derivedRankKey { problems.append("\(name) has a wrong rank key") }
        let label = try document.first("passFail")?.string
        if label != (resume.status == .completed ? resume.result?.passFail.rawValue : nil) {
            problems.append("\(name) has a wrong label")
        }
        if resume.status == .completed, resume.result == nil {
            problems.append("\(name) is completed without a result")
        }
        return problems
    }

    private static func problem(_ batch: StoredBatch, waiting: Int) -> String? {
        let through = batch.completed + batch.failed + batch.cancelled
        let name = NodeID(.batch, batch.id)
        if batch.total - through != waiting {
            return "\(name) has \(batch.total - through) resumes to go, and \(waiting) that wait"
        }
        if batch.finishedAt == nil, waiting == 0, !batch.isFilling { return "\(name) is through but not finished" }
        if batch.finishedAt != nil, waiting > 0 { return "\(name) is finished but not through" }
        return nil
    }

    /// The job has changed since it was looked at: nothing was set.
    private struct Overtaken: Error {}

    /// Sets the job's counters.
    private static func mend(
        _ job: StoredJob,
        _ counters: JobCounters,
        _ scores: [Int: Int],
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws {
        try client.transaction { client in
            let event = JobEventDraft.repaired(job.id, from: job.counters, to: counters)
            let current = try Ledger.add(CounterChange(), to: job.id, at: now, events: [event], client)
            guard let current, current.version == job.version + 1 else { throw Overtaken() }
            try client.write([
                "update": .string(Collections.jobs.name),
                "updates": [
                    [
                        "q": ["_id": .objectID(job.id)], "u": ["$set": ["counters": JobDocument.encode(counters)]],
                    ]
                ],
            ])
            try client.write([
                "delete": .string(Collections.scoreCounts.name),
                "deletes": [["q": ["jobId": .objectID(job.id)], "limit": 0]],
            ])
            let updates = ScoreCounts.updates(scores, of: job.id)
            if !updates.isEmpty {
                try client.write(["update": .string(Collections.scoreCounts.name), "updates": .array(updates)])
            }
        }
    }

    /// Texts, vectors and files whose resume is not there.
    private static func orphans(_ client: borrowing MongoClient) throws -> [AuditFinding] {
        var findings: [AuditFinding] = []
        for (collection, field) in [
            (Collections.texts, "_id"), (Collections.embeddings, "_id"), (Collections.files, "metadata.resumeId"),
        ] {
            let pipeline: BSONValue = [
                ["$match": .document([(key: field, value: ["$exists": true] as BSONValue)])],
                ["$project": ["resume": .string("$" + field), "jobId": 1]],
                [
                    "$lookup": [
                        "from": .string(Collections.resumes.name), "localField": "resume", "foreignField": "_id",
                        "as": "found", "pipeline": [["$project": ["_id": 1]]],
                    ]
                ],
                ["$match": ["found": ["$size": 0]]], ["$limit": 100],
            ]
            let reply = try client.read([
                "aggregate": .string(collection.name), "pipeline": pipeline, "cursor": ["batchSize": 100],
            ])
            for orphan in try reply.document("cursor").array("firstBatch", of: { try $0.document() }) {
                findings.append(
                    AuditFinding(
                        job: try orphan.first("jobId")?.objectID ?? .least,
                        problem: "\(collection.name) keeps what belongs to no resume: \(try orphan.objectID("_id"))"
                    )
                )
            }
        }
        return findings
    }
}
