internal import Foundation
internal import Schema

/// Erases resumes that are older than their jobs keep them, counted from their registration.
///
/// A job's `erasesAt` says when the next of them may be due. Whoever finds one that has come moves it a while ahead, which
/// keeps others from doing the same, and sets it right when it is done. A resume that is being processed is left until it is
/// through.
struct RetentionEraser {
    private let workers: MongoWorkers
    private static let portion = 100
    /// Whoever died is followed by another after so long.
    private static let lease = Duration.seconds(300)
    /// When a resume is looked at again that was being processed.
    private static let pause = Duration.seconds(60)

    init(_ workers: MongoWorkers) { self.workers = workers }

    /// A job whose time has come.
    private struct Due: Sendable {
        let job: ObjectID
        let days: Int
        /// What `erasesAt` is as long as nobody else changes it.
        let lease: Timestamp

        /// The job, unless a recruiter keeps its resumes otherwise by now, or another has the lease.
        var filter: BSONDocument {
            ["_id": .objectID(job), "erasesAt": .time(lease), "retentionDays": .int(days)]
        }
    }

    /// Erases what is due.
    ///
    /// - Returns: How many resumes were erased.
    /// - Throws: What the store says went wrong; the rest is done another time.
    func run(at now: Timestamp) async throws -> Int {
        var count = 0
        var failures = Failures()
        while let due = try await claim(at: now) {
            // What fails is left to whoever comes when its lease is over, and keeps no other job's.
            await failures.passing {
                let oldest = now.advanced(by: .seconds(-86_400 * due.days))
                var erased = 0
                repeat {
                    erased = try await erasePortion(of: due, createdBefore: oldest, at: now)
                    count += erased
                } while erased == Self.portion
                try await settle(due, at: now)
            }
        }
        if let first = failures.first { throw first }
        return count
    }

    private func claim(at now: Timestamp) async throws -> Due? {
        let lease = now.advanced(by: Self.lease)
        return try await workers.withClient { client in
            let reply = try client.write([
                "findAndModify": .string(Collections.jobs.name), "query": ["erasesAt": ["$lte": .time(now)]],
                "sort": ["erasesAt": 1], "update": ["$set": ["erasesAt": .time(lease)]],
                "fields": ["retentionDays": 1],
            ])
            guard let job = try reply.first("value")?.document() else { return nil }
            // Without a number of days nothing is due; the mark goes when it is settled.
            let days = try job.first("retentionDays")?.int.map { Int($0) } ?? Int(Int32.max)
            return Due(job: try job.objectID("_id"), days: days, lease: lease)
        }
    }

    /// - Returns: How many were erased; fewer than a portion where none are left but those that are being processed, or where
    ///   the job was changed meanwhile.
    private func erasePortion(of due: Due, createdBefore oldest: Timestamp, at now: Timestamp) async throws -> Int {
        let ids = try await workers.withClient { client in
            try client.find(
                Collections.resumes.name,
                [
                    "jobId": .objectID(due.job), "createdAt": ["$lte": .time(oldest)], "status": ["$ne": "PROCESSING"],
                ],
                ["projection": ["_id": 1], "limit": .int(Self.portion), "maxTimeMS": 10_000]
            ).map { try $0.objectID("_id") }
        }
        var erased = 0
        for id in ids {
            // One at a time, so that requests find a thread in between.
            let isErased = try await workers.withClient { client in
                let query: BSONValue = [
                    "_id": .objectID(id), "createdAt": ["$lte": .time(oldest)], "status": ["$ne": "PROCESSING"],
                ]
                let author = JobEventAuthor(.retention)
                return try MongoResumeStore.erase(query, id, in: due.filter, by: author, at: now, client) != nil
            }
            if isErased { erased += 1 }
        }
        return erased
    }

    /// Says when the next resume is due, unless the job was changed meanwhile and says so itself.
    private func settle(_ due: Due, at now: Timestamp) async throws {
        try await workers.withClient { client in
            let oldest = try client.find(
                Collections.resumes.name,
                ["jobId": .objectID(due.job)],
                ["projection": ["createdAt": 1], "sort": ["createdAt": 1, "_id": 1], "limit": 1, "maxTimeMS": 10_000]
            ).first?.timestamp("createdAt")
            let span = Duration.seconds(86_400 * due.days)
            let next = max((oldest ?? now).advanced(by: span), now.advanced(by: Self.pause))
            try client.write([
                "update": .string(Collections.jobs.name),
                "updates": [
                    ["q": .encoded(due.filter), "u": ["$set": ["erasesAt": .time(next)]]]
                ],
            ])
        }
    }
}
