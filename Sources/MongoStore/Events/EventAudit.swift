public import Schema

/// Follows every chain of events from its beginning to its end.
///
/// A chain is looked at event by event, and jobs some hundreds at a time, so that memory does not grow with either. A job without
/// events is as it should be: it was made before there were any.
public struct EventAudit: Sendable {
    private let workers: MongoWorkers
    /// How many chains are looked up at once.
    private static let portion = 500
    /// A chain that grows while it is looked at is looked at again, so often at most.
    private static let attempts = 20
    /// How many chains of no job are named.
    private static let maxOrphans = 100

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// What an audit saw.
    public struct Report: Sendable, Equatable {
        /// How many chains have an event.
        public var chains = 0
        /// How many events follow from the ones before.
        public var events = 0
        /// The first that does not, of each chain; of what follows after it nothing is known.
        public var findings: [AuditFinding] = []
        /// Jobs that did not hold still: nothing is known of their chains.
        public var unsettled: [ObjectID] = []
    }

    /// Looks at every chain.
    ///
    /// - Returns: What was seen.
    /// - Throws: What the store says went wrong.
    public func run() async throws -> Report {
        var report = Report()
        for collection in [Collections.jobs, Collections.eventHeads] {
            var last = ObjectID.least
            while true {
                let after = last
                let ends = try await workers.withClient { try Self.ends(in: collection, after: after, $0) }
                guard let next = ends.last?.job else { break }
                for end in ends {
                    try await workers.withClient { client in try Self.audit(end, client) }.add(to: &report, of: end.job)
                }
                last = next
            }
        }
        report.findings += try await workers.withClient { try Self.orphans($0) }
        return report
    }

    /// Where a chain must end.
    private struct End: Sendable, Equatable {
        let job: ObjectID
        let recruiter: ObjectID
        /// Nil where there is none.
        let head: JobEventHead?
        /// Whether the job is deleted.
        let isClosed: Bool
    }

    /// What one chain gave.
    private enum Outcome: Sendable {
        case settled(events: Int, problem: String?)
        case unsettled
        /// The job was deleted meanwhile: its chain is looked at among the closed ones.
        case gone

        func add(to report: inout Report, of job: ObjectID) {
            switch self {
            case .settled(let events, let problem):
                if events > 0 { report.chains += 1 }
                report.events += events
                if let problem { report.findings.append(AuditFinding(job: job, problem: problem)) }
            case .unsettled: report.unsettled.append(job)
            case .gone: break
            }
        }
    }

    private static func ends(
        in collection: Collection,
        after last: ObjectID,
        _ client: borrowing MongoClient
    ) throws -> [End] {
        try client.find(
            collection.name,
            ["_id": ["$gt": .objectID(last)]],
            ["sort": ["_id": 1], "limit": .int(portion), "projection": ["recruiterId": 1, "eventHead": 1]],
            isCommitted: true
        ).map { try end($0, in: collection) }
    }

    private static func end(_ document: BSONDocument, in collection: Collection) throws -> End {
        End(
            job: try document.objectID("_id"),
            recruiter: try document.objectID("recruiterId"),
            head: try EventDocument.head(of: document),
            isClosed: collection.name == Collections.eventHeads.name
        )
    }

    private static func audit(_ end: End, _ client: borrowing MongoClient) throws -> Outcome {
        var end = end
        for _ in 0..<attempts {
            var head: JobEventHead?
            var problem: String?
            var isLastDeletion = false
            try client.find(
                Collections.events.name,
                ["jobId": .objectID(end.job)],
                ["sort": ["number": 1]],
                isCommitted: true
            ) { document in
                guard let event = try? EventDocument.decode(document) else {
                    problem = "has an event after event \(head?.number ?? 0) that cannot be read"
                    return false
                }
                problem = event.flaw(after: head, of: end.recruiter, isErased: end.isClosed)
                guard problem == nil else { return false }
                head = event.head
                isLastDeletion = event.action == .jobDeleted
                return true
            }
            if problem == nil { problem = self.problem(head, end, isLastDeletion) }
            guard problem != nil, !end.isClosed else { return .settled(events: head?.number ?? 0, problem: problem) }
            // What was written since the end was read is no flaw.
            guard let now = try current(end.job, client) else { return .gone }
            if now == end { return .settled(events: head?.number ?? 0, problem: problem) }
            end = now
        }
        return .unsettled
    }

    /// What is wrong with the end of a chain whose events follow from each other.
    private static func problem(_ head: JobEventHead?, _ end: End, _ isLastDeletion: Bool) -> String? {
        let (found, expected) = (head?.number ?? 0, end.head?.number ?? 0)
        if found < expected { return "ends with event \(found), and lacks event \(found + 1) to \(expected)" }
        if found > expected { return "has event \(expected + 1), and should end with event \(expected)" }
        if head != end.head { return "event \(found) is not the one that the job names as its last" }
        return end.isClosed && !isLastDeletion ? "is deleted, and event \(found) does not say so" : nil
    }

    private static func current(_ job: ObjectID, _ client: borrowing MongoClient) throws -> End? {
        try client.find(
            Collections.jobs.name,
            ["_id": .objectID(job)],
            ["limit": 1, "projection": ["recruiterId": 1, "eventHead": 1]],
            isCommitted: true
        ).first.map { try end($0, in: Collections.jobs) }
    }

    /// Chains of which neither a job nor a deletion is known.
    private static func orphans(_ client: borrowing MongoClient) throws -> [AuditFinding] {
        func lookup(_ collection: Collection, as field: String) -> BSONValue {
            [
                "$lookup": [
                    "from": .string(collection.name), "localField": "_id", "foreignField": "_id", "as": .string(field),
                    "pipeline": [["$project": ["_id": 1]]],
                ]
            ]
        }
        let reply = try client.read([
            "aggregate": .string(Collections.events.name),
            "pipeline": [
                // Told from the index alone, one key a job.
                ["$group": ["_id": "$jobId"]], lookup(Collections.jobs, as: "job"),
                lookup(Collections.eventHeads, as: "head"),
                ["$match": ["job": ["$size": 0], "head": ["$size": 0]]], ["$limit": .int(maxOrphans)],
            ],
            "cursor": ["batchSize": .int(maxOrphans)],
        ])
        return try reply.document("cursor").array("firstBatch") { try $0.document() }.map { chain in
            // An event that names no job is nobody's.
            AuditFinding(
                job: try chain.first("_id")?.objectID ?? .least,
                problem: "has events, and neither is there nor was deleted"
            )
        }
    }
}
