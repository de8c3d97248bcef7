internal import Foundation
public import Schema

/// Tells of changes of jobs and batches: those of this process when they are committed, those of others by a change stream.
///
/// One stream a process, on a thread and a connection of its own, whoever waits and however many they are. Its events say no
/// more than which job or batch; resumes are left out, since each change of one changes its job, too.
public final class MongoChangeFeed: ChangeFeed {
    /// What happens to the stream.
    public enum Event: Sendable {
        /// Changes of other processes are told from now on.
        case opened
        /// It broke, or did not open; it is tried again after a while.
        case broken(MongoError)
        /// An event does not say what changed: everybody looks, and the stream goes on.
        case unreadable(BSONError)
        /// This MongoDB has no change streams.
        case impossible(MongoError)
    }

    private let workers: MongoWorkers
    private let hub = ChangeHub()
    private let reads: GatheredReads<Owned, Int64>
    private let tell: @Sendable (Event) -> Void
    private let patience: Patience

    /// How long is waited between two attempts.
    public struct Patience: Sendable {
        /// After the first failure; doubled after each further one.
        public var first = 0.1
        /// The longest.
        public var longest = 5.0

        /// The defaults.
        public init() {}
    }

    /// - Parameters:
    ///   - workers: Connected to a database that was prepared. They tell this feed, and no other, what they change.
    ///   - patience: Between attempts to open the stream.
    ///   - tell: Is told what happens to the stream, on its thread.
    public init(
        _ workers: MongoWorkers,
        patience: Patience = Patience(),
        tell: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.workers = workers
        self.patience = patience
        self.tell = tell
        reads = GatheredReads { keys in try await workers.withClient { client in try Self.versions(keys, client) } }
        workers.onChange { [hub] topics in hub.signal(topics) }
    }

    /// Begins to follow other processes, until the workers are shut down; once.
    public func start() {
        workers.startApart("mongo-changes") { client in self.follow(client) }
    }

    /// Ends every wait, now and from now on.
    public func close() { hub.close() }

    /// How many watches there are.
    public var watchCount: Int { hub.watchCount }

    /// Listens from now on.
    public func watch(_ topics: Set<ChangeTopic>) -> ChangeWatch { hub.watch(topics) }

    /// What is read of whom.
    private struct Owned: Hashable, Sendable {
        let topic: ChangeTopic
        let recruiter: ObjectID
    }

    /// One round trip for jobs and one for batches, of a few bytes for each, for all who ask at the same time.
    public func versions(
        of topics: Set<ChangeTopic>,
        of recruiter: ObjectID
    ) async throws -> [ChangeTopic: Int64] {
        let found = try await reads.values(of: Set(topics.map { Owned(topic: $0, recruiter: recruiter) }))
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key.topic, $0.value) })
    }

    private static func versions(
        _ keys: Set<Owned>,
        _ client: borrowing MongoClient
    ) throws -> [Owned: Int64] {
        let jobs = keys.compactMap { if case .job(let id) = $0.topic { id } else { nil } }
        let batches = keys.compactMap { if case .batch(let id) = $0.topic { id } else { nil } }
        let found =
            try versions(jobs, in: Collections.jobs, client) { .job($0) }
            + versions(batches, in: Collections.batches, client) { .batch($0) }
        // What is someone else's was not asked for, and is left out.
        return Dictionary(found) { first, _ in first }.filter { keys.contains($0.key) }
    }

    private static func versions(
        _ ids: [ObjectID],
        in collection: Collection,
        _ client: borrowing MongoClient,
        _ topic: (ObjectID) -> ChangeTopic
    ) throws -> [(Owned, Int64)] {
        guard !ids.isEmpty else { return [] }
        return try client.find(
            collection.name,
            ["_id": ["$in": .array(ids.map(BSONValue.objectID))]],
            ["projection": ["version": 1, "recruiterId": 1], "limit": .int(ids.count), "maxTimeMS": 10_000],
            isCommitted: true
        ).map { row in
            let owned = Owned(topic: topic(try row.objectID("_id")), recruiter: try row.objectID("recruiterId"))
            return (owned, try row.first("version")?.int ?? 0)
        }
    }

    // MARK: - On the stream's thread

    /// Which events, and how little of them.
    private static let pipeline: [BSONValue] = [
        [
            "$match": [
                "$or": [
                    [
                        "ns.coll": ["$in": [.string(Collections.jobs.name), .string(Collections.batches.name)]],
                        "operationType": ["$in": ["insert", "update", "replace", "delete"]],
                    ],
                    // The last event of a stream: the database was dropped.
                    ["operationType": "invalidate"],
                ]
            ]
        ],
        ["$project": ["ns.coll": 1, "documentKey._id": 1]],
    ]

    /// So long the server holds a question for events; and so long it takes at most until the thread notices its end.
    private static let awaitMilliseconds = 500

    private func follow(_ client: borrowing MongoClient) {
        var token: BSONDocument?
        var pause = patience.first
        while !workers.isClosed {
            var isOpen = false
            do {
                try client.followChanges(Self.pipeline, Self.options(after: token)) { event, next in
                    if !isOpen {
                        isOpen = true
                        pause = patience.first
                        // Whoever began to wait before may have missed something: everyone is woken.
                        hub.setComplete(true)
                        tell(.opened)
                    }
                    // Moved first: whatever the event is, it is not met again.
                    token = next ?? token
                    if let event { try signal(event) }
                    return !workers.isClosed
                }
                return
            } catch is Ended {
                hub.setComplete(false)
                token = nil
            } catch {
                let error = error as? MongoError ?? MongoError(code: 1, message: "an event is damaged: \(error)")
                hub.setComplete(false)
                if error.code == Self.needsReplicaSet {
                    tell(.impossible(error))
                    return
                }
                tell(.broken(error))
                // Too old, or not a token any more: what was missed is read again by everyone.
                if !isOpen, !error.isUnreachable { token = nil }
                rest(pause)
                pause = min(pause * 2, patience.longest)
            }
        }
    }

    private func signal(_ event: BSONDocument) throws {
        do {
            guard let topic = try Self.topic(event) else { throw Ended() }
            hub.signal([topic])
        } catch let error as BSONError {
            hub.signalAll()
            tell(.unreadable(error))
        }
    }

    /// The database was dropped: a stream from its token cannot be had.
    private struct Ended: Error {}

    private func rest(_ seconds: TimeInterval) {
        let end = Date(timeIntervalSinceNow: seconds)
        while !workers.isClosed, end.timeIntervalSinceNow > 0 {
            Thread.sleep(forTimeInterval: min(0.05, max(0, end.timeIntervalSinceNow)))
        }
    }

    private static let needsReplicaSet: UInt32 = 40573

    private static func options(after token: BSONDocument?) -> BSONDocument {
        BSONWriter.document { writer in
            writer.append("maxAwaitTimeMS", .int64(Int64(awaitMilliseconds)))
            if let token { writer.append("resumeAfter", token) }
        }
    }

    private static func topic(_ event: BSONDocument) throws -> ChangeTopic? {
        guard let key = try event.first("documentKey")?.document() else { return nil }
        let id = try key.objectID("_id")
        return try event.document("ns").string("coll") == Collections.jobs.name ? .job(id) : .batch(id)
    }
}
