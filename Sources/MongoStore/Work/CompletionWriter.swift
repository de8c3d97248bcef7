internal import Foundation
internal import Pipeline
internal import Schema

/// Writes what workers bring back: one writer a process, many results a transaction.
///
/// A result counts if its resume is still lent under its lease when the transaction commits, and then exactly once: resume,
/// job, batch and scores change together or not at all. While one transaction is under way the next results gather, so the
/// busier the process, the more of them share one; a lone result does not wait.
actor CompletionWriter {
    /// A result on its way.
    struct Entry: Sendable {
        /// What becomes of the resume.
        enum Change: Sendable {
            case completed(Completion)
            case failed(ProcessingFailure)
            /// It waits for another attempt; in a batch that was cancelled it fails instead.
            case postponed(ProcessingFailure, until: Timestamp)
            /// It waits as if it had not been begun; in a batch that was cancelled it is what it was before that.
            case released
            /// It was begun, or goes on: only marks batch and job as changed.
            case touched
        }

        /// What a completed resume becomes, written by whoever brings the result: a transaction holds up all others of its job.
        struct Completion: Sendable {
            let standing: ResumeStanding
            /// Of the resume's document.
            let fields: [(key: String, value: BSONValue)]

            init(_ screened: ScreenedResume, mediaType: String?, of lease: ResumeLease, at now: Timestamp) {
                let result = ScreeningResult(screened)
                standing = ResumeStanding(
                    status: .completed,
                    passFail: result.passFail,
                    finalScore: result.finalScore,
                    shownSkills: result.shownSkills
                )
                let key = StoredResume.rankKey(
                    finalScore: result.finalScore,
                    requiredSkillsMet: result.requiredSkillsMet,
                    sha256: lease.contentSHA256
                )
                let name = screened.profile.name
                let names = [name, lease.fileName].compactMap { $0 }.joined(separator: " ")
                fields =
                    [
                        ("status", "COMPLETED"), ("rankKey", .string(key)),
                        ("passFail", .string(result.passFail.rawValue)),
                        ("result", .encoded(ResultDocument.encode(screened))),
                        ("nameKey", .string(TitleWords.key(name ?? lease.fileName))),
                        ("words", .strings(TitleWords.words(names))), ("processedAt", .time(now)),
                    ] + (mediaType.map { [("file.mediaType", .string($0))] } ?? [])
            }
        }

        let lease: ResumeLease
        let change: Change
        /// What is stored beside it.
        var text: BSONDocument?
        var vectors: BSONDocument?
        let at: Timestamp
    }

    /// Documents of at most so many bytes, and so many results, share a transaction.
    private static let maxBytes = 4 << 20
    private static let maxEntries = 192
    /// So long a mark waits for a result that takes it along.
    private static let maxLinger = Duration.milliseconds(200)

    private let workers: MongoWorkers
    private let onCommit: (@Sendable (CommitReport) -> Void)?
    private var pending: [(entry: Entry, whenDone: CheckedContinuation<Bool, any Error>?)] = []
    private var isWriting = false
    private var isLingering = false

    init(_ workers: MongoWorkers, onCommit: (@Sendable (CommitReport) -> Void)? = nil) {
        self.workers = workers
        self.onCommit = onCommit
    }

    /// Writes a result.
    ///
    /// - Returns: False where it does not count: the lease was lost, or the resume is gone.
    func write(_ entry: Entry) async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            pending.append((entry, continuation))
            start()
        }
    }

    /// Marks batch and job as changed, some time soon.
    ///
    /// The next result takes it along: a worker begins one resume when it has ended another, and a transaction for each of the
    /// two would be twice the work.
    func touch(_ entry: Entry) {
        pending.append((entry, nil))
        guard !isWriting, !isLingering else { return }
        isLingering = true
        Task {
            try? await Task.sleep(for: Self.maxLinger)
            isLingering = false
            start()
        }
    }

    private func start() {
        guard !isWriting, !pending.isEmpty else { return }
        isWriting = true
        Task { await run() }
    }

    private func run() async {
        while !pending.isEmpty {
            let portion = takePortion()
            let entries = portion.map(\.entry)
            do {
                let counted = try await writeTogether(entries)
                for (item, counts) in zip(portion, counted) { item.whenDone?.resume(returning: counts) }
            } catch {
                await writeAlone(portion, after: error)
            }
        }
        isWriting = false
    }

    /// - Returns: For each result whether it counts.
    private func writeTogether(_ entries: [Entry]) async throws -> [Bool] {
        let (counts, report) = try await workers.withClient { client in try Self.write(entries, client) }
        if let report { onCommit?(report) }
        return counts
    }

    /// Writes results one by one that could not be written together, so that one which never can be keeps no other.
    private func writeAlone(
        _ portion: [(entry: Entry, whenDone: CheckedContinuation<Bool, any Error>?)],
        after error: any Error
    ) async {
        let isUnreachable = (error as? MongoError)?.isUnreachable ?? false
        guard portion.count > 1, !isUnreachable else {
            for item in portion { item.whenDone?.resume(throwing: error) }
            return
        }
        for item in portion {
            do {
                let counted = try await writeTogether([item.entry])
                item.whenDone?.resume(returning: counted[0])
            } catch {
                item.whenDone?.resume(throwing: error)
            }
        }
    }

    /// The oldest results, all of one job: transactions of one job would only wait for each other.
    private func takePortion() -> [(entry: Entry, whenDone: CheckedContinuation<Bool, any Error>?)] {
        var portion: [(entry: Entry, whenDone: CheckedContinuation<Bool, any Error>?)] = []
        var left: [(entry: Entry, whenDone: CheckedContinuation<Bool, any Error>?)] = []
        var bytes = 0
        for item in pending {
            let size = (item.entry.text?.byteCount ?? 0) + (item.entry.vectors?.byteCount ?? 0) + 20_000
            let fits = portion.isEmpty || (portion.count < Self.maxEntries && bytes + size <= Self.maxBytes)
            if fits, portion.first.map({ $0.entry.lease.job == item.entry.lease.job }) ?? true {
                portion.append(item)
                bytes += size
            } else {
                left.append(item)
            }
        }
        pending = left
        return portion
    }

    // MARK: - On a thread of the driver

    /// Some of the leases were lost.
    private struct LeasesLost: Error {}
    /// The job was deleted: nothing is written of its resumes any more.
    private struct JobGone: Error {}

    /// - Returns: For each result whether it counts, and what was committed; nil where nothing was.
    private static func write(
        _ entries: [Entry],
        _ client: borrowing MongoClient
    ) throws -> (counts: [Bool], report: CommitReport?) {
        var counts = [Bool](repeating: true, count: entries.count)
        // A lease ends once: of several results under it the first counts.
        var ended: Set<ObjectID> = []
        for place in entries.indices where !entries[place].isTouch {
            counts[place] = ended.insert(entries[place].lease.id).inserted
        }
        while true {
            let held = entries.indices.filter { counts[$0] }
            guard !held.isEmpty else { return (counts, nil) }
            do {
                return (counts, try client.transaction { client in try transact(held.map { entries[$0] }, client) })
            } catch is JobGone {
                return (counts.map { _ in false }, nil)
            } catch is LeasesLost {
                let valid = try validLeases(held.map { entries[$0].lease }, client)
                let lost = held.filter { !entries[$0].isTouch && !valid.contains(entries[$0].lease.id) }
                // None was lost, and yet one did not match: better an error than to try that for ever.
                guard !lost.isEmpty else { throw MongoError(code: 1, message: "a held lease did not match") }
                for place in lost { counts[place] = false }
            }
        }
    }

    private static func validLeases(_ leases: [ResumeLease], _ client: borrowing MongoClient) throws -> Set<ObjectID> {
        var valid: Set<ObjectID> = []
        try client.find(
            Collections.resumes.name,
            ["_id": ["$in": .array(leases.map { .objectID($0.resume) })], "status": "PROCESSING"],
            ["projection": ["task.lease": 1]]
        ) { document in
            if let lease = try document.first("task")?.document()?.first("lease")?.objectID { valid.insert(lease) }
            return true
        }
        return valid
    }

    private static func transact(_ entries: [Entry], _ client: borrowing MongoClient) throws -> CommitReport {
        var report = CommitReport()
        guard let job = entries.first?.lease.job, let now = entries.map(\.at).max() else { return report }
        let endings = try endings(entries, client)
        var change = CounterChange()
        var batches: [ObjectID: Ledger.BatchChange] = [:]
        for (entry, ending) in endings {
            change.add(counted(ending))
            add(ending, to: &batches[entry.lease.batch, default: .init()])
            add(ending, to: &report)
        }
        guard let stamp = try Ledger.stamp(job, at: now, client) else { throw JobGone() }
        let updates = try endings.filter { !$0.entry.isTouch }.map { try update($0.entry, $0.ending, stamp) }
        if !updates.isEmpty {
            let reply = try client.write(["update": .string(Collections.resumes.name), "updates": .array(updates)])
            guard try reply.int("n") == updates.count else { throw LeasesLost() }
        }
        let touched = Set(entries.filter(\.isTouch).map(\.lease.resume)).sorted()
        if !touched.isEmpty {
            try client.write([
                "update": .string(Collections.resumes.name),
                "updates": [
                    [
                        "q": ["_id": ["$in": .array(touched.map(BSONValue.objectID))], "jobId": .objectID(job)],
                        "u": ["$set": ["lastUpdatedAt": .time(stamp)]], "multi": true,
                    ]
                ],
            ])
        }
        try store(entries.compactMap(\.text), in: Collections.texts, client)
        try store(entries.compactMap(\.vectors), in: Collections.embeddings, client)
        // Single results are no events: that of a batch which they end is.
        var events: [JobEventDraft] = []
        for (batch, change) in batches.sorted(by: { $0.key < $1.key }) {
            events += try Ledger.add(change, to: batch, at: now, client)?.ending ?? []
        }
        guard let after = try Ledger.add(change, to: job, at: stamp, events: events, client) else { throw JobGone() }
        try MongoUsageStore.count(entries.count(where: \.isRead), of: after.recruiterID, at: now, client)
        return report
    }

    /// How an entry ends, once it is known which batches were cancelled.
    private enum Ending {
        case completed(Entry.Completion)
        case failed(ProcessingFailure)
        case postponed(ProcessingFailure, until: Timestamp)
        case released
        /// Nobody waits for it any more: it is put back to what it was before its batch.
        case stopped(BatchedResume)
        case touched
    }

    private static func endings(
        _ entries: [Entry],
        _ client: borrowing MongoClient
    ) throws -> [(entry: Entry, ending: Ending)] {
        let cancelled = try cancelledBatches(entries, client)
        let stopped = try released(entries.filter { cancelled.contains($0.lease.batch) }, client)
        return entries.map { entry in
            let ending: Ending =
                switch entry.change {
                case .completed(let completion): .completed(completion)
                case .postponed(let failure, let time) where !cancelled.contains(entry.lease.batch):
                    .postponed(failure, until: time)
                case .failed(let failure), .postponed(let failure, _): .failed(ProcessingFailure(failure.error))
                case .released: stopped[entry.lease.resume].map(Ending.stopped) ?? .released
                case .touched: .touched
                }
            return (entry, ending)
        }
    }

    private static func counted(_ ending: Ending) -> CounterChange {
        let processing = ResumeStanding(status: .processing)
        switch ending {
        case .completed(let completion): return .from(processing, to: completion.standing)
        case .failed: return .from(processing, to: ResumeStanding(status: .failed))
        case .stopped(let resume): return resume.stopping
        case .postponed, .released, .touched: return CounterChange()
        }
    }

    private static func add(_ ending: Ending, to batch: inout Ledger.BatchChange) {
        switch ending {
        case .completed: batch.completed += 1
        case .failed: batch.failed += 1
        case .stopped: batch.cancelled += 1
        case .postponed, .released, .touched: batch.hasBegun = true
        }
    }

    private static func add(_ ending: Ending, to report: inout CommitReport) {
        switch ending {
        case .completed: report.completed += 1
        case .failed(let failure): report.failed[failure.error.code, default: 0] += 1
        case .postponed: report.postponed += 1
        case .released, .stopped, .touched: break
        }
    }

    /// The update that only matches while the resume is lent under this lease.
    private static func update(_ entry: Entry, _ ending: Ending, _ stamp: Timestamp) throws -> BSONValue {
        [
            "q": [
                "_id": .objectID(entry.lease.resume), "status": "PROCESSING", "task.lease": .objectID(entry.lease.id),
            ],
            "u": try change(entry, ending, stamp),
        ]
    }

    private static func change(_ entry: Entry, _ ending: Ending, _ stamp: Timestamp) throws -> BSONValue {
        var set: [(key: String, value: BSONValue)] = [("lastUpdatedAt", .time(stamp))]
        let unset: BSONValue
        switch ending {
        case .completed(let completion):
            set += completion.fields
            unset = ["task": "", "stage": "", "failure": ""]
        case .postponed(let failure, let time):
            set += [("status", "QUEUED"), ("task.availableAt", .time(time))] + marks(failure)
            unset = ["task.lease": ""]
        case .failed(let failure):
            set += [("status", "FAILED"), ("processedAt", .time(entry.at))] + marks(failure)
            unset = ["task": ""]
        case .released:
            set += [
                ("status", "QUEUED"), ("task.availableAt", .time(entry.at)),
                ("attempts", .int(entry.lease.attempt - 1)),
            ]
            unset = ["task.lease": "", "stage": ""]
        case .stopped(let resume): return try resume.restoration(at: stamp)
        case .touched: unset = [:]
        }
        return ["$set": .document(set), "$unset": unset]
    }

    private static func marks(_ failure: ProcessingFailure) -> [(key: String, value: BSONValue)] {
        [("failure", ResumeDocument.encode(failure)), ("stage", .string(failure.error.stage.rawValue))]
    }

    /// Those batches of resumes that would wait again which were cancelled.
    ///
    /// Read and then written in one transaction, so that a
    /// cancellation at the same moment is not overlooked.
    private static func cancelledBatches(_ entries: [Entry], _ client: borrowing MongoClient) throws -> Set<ObjectID> {
        let batches = Set(
            entries.compactMap { entry in
                switch entry.change {
                case .postponed, .released: entry.lease.batch
                case .completed, .failed, .touched: nil
                }
            }
        )
        guard !batches.isEmpty else { return [] }
        return Set(
            try client.find(
                Collections.batches.name,
                ["_id": ["$in": .array(batches.map(BSONValue.objectID))], "isCancelled": true],
                ["projection": ["_id": 1]]
            ).map { try $0.objectID("_id") }
        )
    }

    /// The resumes that are released, as they are: what they were before their batch stands there.
    private static func released(
        _ entries: [Entry],
        _ client: borrowing MongoClient
    ) throws -> [ObjectID: BatchedResume] {
        let ids = entries.compactMap { entry in
            if case .released = entry.change { BSONValue.objectID(entry.lease.resume) } else { nil }
        }
        guard !ids.isEmpty else { return [:] }
        let resumes = try client.find(
            Collections.resumes.name,
            ["_id": ["$in": .array(ids)], "status": "PROCESSING"],
            ["projection": ResumeDocument.standingProjection]
        ).map(BatchedResume.init)
        return Dictionary(resumes.map { ($0.id, $0) }) { $1 }
    }

    private static func store(
        _ documents: [BSONDocument],
        in collection: Collection,
        _ client: borrowing MongoClient
    ) throws {
        guard !documents.isEmpty else { return }
        let size = documents.reduce(0) { $0 + $1.byteCount + 100 }
        let updates = try documents.map { document in
            let id = try document.objectID("_id")
            return BSONWriter.document(capacity: document.byteCount + 100) { writer in
                writer.append("q", ["_id": .objectID(id)] as BSONValue)
                writer.append("u", document)
                writer.append("upsert", true)
            }
        }
        try client.write(
            BSONWriter.document(capacity: size) { writer in
                writer.append("update", .string(collection.name))
                writer.appendArray("updates", updates)
            }
        )
    }
}

extension CompletionWriter.Entry {
    /// Whether a file was read for it, and not only a stored text scored again.
    fileprivate var isRead: Bool { if case .completed = change { text != nil } else { false } }

    /// Whether it changes no resume.
    fileprivate var isTouch: Bool { if case .touched = change { true } else { false } }
}
