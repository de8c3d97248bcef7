import Pipeline
import Schema
import Testing

@testable import MongoStore

/// Each way in which something is read: by an index, no more than is given, and with how many round trips.
@Suite struct ReadPathTests {
    /// A job with 40 resumes: 30 completed, of which 15 passed, 5 failed, 5 registered.
    private static func filled(_ world: World) async throws -> StoredJob {
        let job = try await world.job(["Baking"])
        _ = try await world.register(35, in: job)
        _ = try await world.batch(.registered, of: job)
        for number in 0..<35 {
            let claimed = try #require(try await world.queue.claim())
            if number < 30 {
                let skills = number.isMultiple(of: 3) ? ["Baking"] : []
                let result = World.processed(score: number * 200 + 50, skills: skills, claimed.job)
                try await world.queue.complete(claimed.lease, result)
            } else {
                try await world.queue.fail(claimed.lease, PipelineError(.noText, "none", stage: .extract))
            }
        }
        _ = try await world.register(5, in: job, prefix: "new")
        return job
    }

    @Test(arguments: ResumeQuery.Order.allCases, [false, true])
    func `a page of resumes reads its own rows and one more, in every order and both ways`(
        order: ResumeQuery.Order,
        isBackward: Bool
    ) async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            var query = ResumeQuery(job: job.id)
            query.order = order
            query.page.limit = 7
            let all = try await world.all(job)
            let middle = query.cursor(of: all[20])
            query.page.isBackward = isBackward
            if isBackward { query.page.before = middle } else { query.page.after = middle }
            let keyset = KeysetQuery(query, of: world.anna)
            let rows = try await explain(try #require(keyset.rows), on: keyset.collection, world.workers)
            #expect(rows.returned == 8 && rows.documents == 8 && rows.keys <= 9 && rows.isOrderedByIndex, "\(rows)")
            let beyond = try #require(keyset.beyond(middle, isBefore: !isBackward))
            let probe = try await explain(beyond, on: keyset.collection, world.workers)
            #expect(probe.returned == 1 && probe.documents == 1 && probe.isOrderedByIndex)
        }
    }

    @Test func `the ranked table under its usual filters reads no row that it does not show`() async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            var filters: [(name: String, query: ResumeQuery, total: Int)] = []
            func add(_ name: String, _ total: Int, _ change: (inout ResumeQuery) -> Void) {
                var query = ResumeQuery(job: job.id)
                change(&query)
                query.page.limit = 4
                query.page.needsTotal = true
                filters.append((name, query, total))
            }
            add("all", 40) { _ in }
            add("completed", 30) { $0.statuses = [.completed] }
            add("failed", 5) { $0.statuses = [.failed] }
            add("passed", 15) { $0.passFail = .passed }
            add("rejected", 15) { $0.passFail = .failed }
            add("skill", 10) { $0.skills = [SkillKey.of("baking")] }
            add("registered", 5) { $0.statuses = [.registered] }
            add("passed and failed", 0) {
                $0.passFail = .passed
                $0.statuses = [.failed]
            }
            add("scores", 11) { $0.scores = 1_000...3_100 }
            add("passed with scores", 6) {
                $0.passFail = .passed
                $0.scores = 0...4_100
            }
            for (name, query, total) in filters {
                let page = try await world.resumes.resumes([query], of: world.anna)[0]
                #expect(page.rows.count == min(4, total) && page.total == total, "\(name): \(page.total ?? -1)")
                let keyset = KeysetQuery(query, of: world.anna)
                let rows = try await explain(try #require(keyset.rows), on: keyset.collection, world.workers)
                #expect(rows.documents == rows.returned && rows.isOrderedByIndex, "\(name): \(rows)")
            }
        }
    }

    @Test func `pages of one skill follow one another both ways, also among resumes without a rank`() async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            _ = try await world.batch(.resumes(try await world.all(job).prefix(20).map(\.id)), of: job)
            var whole = ResumeQuery(job: job.id)
            whole.skills = [SkillKey.of("Baking")]
            whole.page.limit = 100
            let expected = try await world.resumes.resumes([whole], of: world.anna)[0].rows.map(\.id)
            #expect(expected.count == 10)
            for isBackward in [false, true] {
                var (seen, query): ([ObjectID], ResumeQuery) = ([], whole)
                query.page.limit = 3
                query.page.isBackward = isBackward
                while true {
                    let page = try await world.resumes.resumes([query], of: world.anna)[0]
                    seen = isBackward ? page.rows.map(\.id) + seen : seen + page.rows.map(\.id)
                    guard let next = isBackward ? page.rows.first : page.rows.last,
                        (isBackward ? page.hasPrevious : page.hasNext) == true
                    else { break }
                    if isBackward {
                        query.page.before = query.cursor(of: next)
                    } else {
                        query.page.after = query.cursor(of: next)
                    }
                }
                #expect(seen == expected)
            }
        }
    }

    @Test func `every filter finds what it names`() async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            let all = try await world.all(job)
            let decided = all[3]
            _ = try await world.resumes.decide(
                decided.id,
                of: world.anna,
                Decision(outcome: .advance, note: "n", decidedBy: world.anna, decidedAt: World.start)
            )
            let revised = try #require(
                try await world.jobs.update(job.id, of: world.anna, at: World.start) { $0.content.title = "Chef" }
            )
            let batch = try await world.batch(.failed, of: job)
            func total(_ change: (inout ResumeQuery) -> Void) async throws -> Int? {
                var query = ResumeQuery(job: job.id)
                change(&query)
                query.page.limit = 100
                query.page.needsTotal = true
                let page = try await world.resumes.resumes([query], of: world.anna)[0]
                #expect(page.rows.count == page.total)
                return page.total
            }
            #expect(try await total { $0.decision = .advance } == 1)
            #expect(try await total { $0.decision = .reject } == 0)
            #expect(try await total { $0.mustBeDecided = true } == 1)
            #expect(try await total { $0.isFlagged = true } == 30)
            #expect(try await total { $0.isFlagged = false } == 10)
            #expect(try await total { $0.staleness = (true, revised.revision) } == 30)
            #expect(try await total { $0.staleness = (false, revised.revision) } == 10)
            #expect(try await total { $0.batch = batch.id } == 5)
            #expect(try await total { $0.minYears = 3.5 } == 30)
            #expect(try await total { $0.minYears = 3.6 } == 0)
            #expect(try await total { $0.words = ["jan"] } == 30)
            #expect(try await total { $0.words = ["jane", "12"] } == 1)
            #expect(try await total { $0.words = ["\\E.*"] } == 0)
            #expect(try await total { $0.statuses = [.registered, .queued] } == 10)
            #expect(try await total { $0.statuses = [] } == 0)
            #expect(
                try await total {
                    $0.order = .createdAt
                    $0.scores = 1_000...3_100
                } == 11
            )
        }
    }

    @Test func `the queue, cancelling and marking find their resumes by an index`() async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            let batch = try await world.batch(.registered, of: job)
            let due = try await explain(
                [
                    ("find", "resumes"), ("filter", ["task.availableAt": ["$lte": .time(World.start)]]),
                    ("sort", ["task.availableAt": 1]), ("limit", 1),
                ],
                world.workers
            )
            #expect(due.keys == 1 && due.documents == 1 && due.isOrderedByIndex, "\(due)")
            let waiting = try await explain(
                [
                    ("find", "resumes"),
                    (
                        "filter",
                        [
                            "jobId": .objectID(job.id), "status": "QUEUED", "passFail": .null,
                            "rankKey": .string(StoredResume.rankKey(unrankedIn: batch.id)),
                        ]
                    ),
                ],
                world.workers
            )
            #expect(waiting.documents == 5 && waiting.isOrderedByIndex, "\(waiting)")
            let known = try await explain(
                [
                    ("find", "resumes"),
                    ("filter", ["jobId": .objectID(job.id), "file.marks": ["$in": ["sha256:none", "url:none"]]]),
                ],
                world.workers
            )
            #expect(known.documents == 0 && known.keys <= 3 && known.isOrderedByIndex, "\(known)")
            let expired = try await explain(
                [("find", "files.files"), ("filter", ["metadata.expiresAt": ["$lte": .time(World.start)]])],
                world.workers
            )
            #expect(expired.documents == 0 && expired.isOrderedByIndex, "\(expired)")
        }
    }

    @Test(arguments: [false, true])
    func `a page of events reads its own rows and one more, both ways`(isBackward: Bool) async throws {
        try await World.with { world in
            let job = try await world.job()
            for number in 2...30 {
                _ = try await world.jobs.update(job.id, of: world.anna, at: World.start) {
                    $0.content.title = "\(number)"
                }
            }
            var query = EventQuery(job: job.id)
            query.page.limit = 7
            let middle = query.cursor(of: try await world.events(job)[14])
            query.page.isBackward = isBackward
            if isBackward { query.page.before = middle } else { query.page.after = middle }
            let keyset = KeysetQuery(query, of: world.anna)
            let rows = try await explain(try #require(keyset.rows), on: keyset.collection, world.workers)
            #expect(rows.returned == 8 && rows.documents == 8 && rows.keys <= 9 && rows.isOrderedByIndex, "\(rows)")
            let beyond = try #require(keyset.beyond(middle, isBefore: !isBackward))
            let probe = try await explain(beyond, on: keyset.collection, world.workers)
            #expect(probe.returned == 1 && probe.documents == 1 && probe.isOrderedByIndex)
            let newest = try await explain(
                [
                    ("find", "events"),
                    ("filter", ["jobId": .objectID(job.id), "recruiterId": .objectID(world.anna)]),
                    ("sort", ["number": -1]), ("limit", 1),
                ],
                world.workers
            )
            #expect(newest.documents == 1 && newest.keys == 1 && newest.isOrderedByIndex, "\(newest)")
        }
    }

    @Test func `a result pays for an event only where it ends its batch`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(4, in: job)
            _ = try await world.batch(.registered, of: job)
            // Claiming marks job and batch, some time soon: before the first result is written.
            var claimed: [ClaimedResume<ResumeLease>] = []
            while let next = try await world.queue.claim() { claimed.append(next) }
            var trips: [Int] = []
            for (number, claimed) in claimed.enumerated() {
                let before = world.workers.commandCount
                let result = World.processed(score: 4_000 + number, skills: [], claimed.job)
                try await world.queue.complete(claimed.lease, result)
                trips.append(world.workers.commandCount - before)
            }
            // The end of the batch, the event, and the end of the chain.
            #expect(trips.count == 4 && trips[2] == trips[1] && trips[3] == trips[2] + 3, "\(trips)")
            #expect(try await world.events(job).map(\.action).last == .batchFinished)
            #expect(try await world.events(job).count == 4)
        }
    }

    @Test func `each call makes so many round trips and no more`() async throws {
        try await World.with { world in
            let job = try await Self.filled(world)
            let all = try await world.all(job)
            let batch = try await world.batch(.failed, of: job)
            func trips(_ name: String, _ most: Int, _ body: () async throws -> Void) async throws {
                let before = world.workers.commandCount
                try await body()
                let made = world.workers.commandCount - before
                #expect(made == most, "\(name): \(made)")
            }
            let (jobs, resumes, batches, anna) = (world.jobs, world.resumes, world.batches, world.anna)
            try await trips("job", 1) { _ = try await jobs.jobs([job.id], of: anna) }
            try await trips("jobs", 1) {
                var query = JobQuery()
                query.page.needsTotal = false
                _ = try await jobs.jobs(query, of: anna)
            }
            try await trips("resume", 1) { _ = try await resumes.resumes([all[0].id], of: anna, parts: .all) }
            try await trips("first page", 1) { _ = try await resumes.resumes([ResumeQuery(job: job.id)], of: anna) }
            try await trips("first page and total", 2) {
                var query = ResumeQuery(job: job.id)
                query.page.needsTotal = true
                _ = try await resumes.resumes([query], of: anna)
            }
            try await trips("page between two others", 2) {
                var query = ResumeQuery(job: job.id)
                query.page.limit = 5
                query.page.after = query.cursor(of: all[9])
                _ = try await resumes.resumes([query], of: anna)
            }
            try await trips("ranks of a page", 1) {
                _ = try await resumes.ranks(
                    all.prefix(25).map { ScorePlace(job: job.id, score: $0.result?.finalScore ?? 0) }
                )
            }
            try await trips("batch", 1) { _ = try await batches.batches([batch.id], of: anna) }
            try await trips("batches", 1) {
                _ = try await batches.batches([BatchQuery(job: job.id, page: PageRequest())], of: anna)
            }
            let events = MongoEventStore(world.workers)
            try await trips("events", 1) { _ = try await events.events([EventQuery(job: job.id)], of: anna) }
            try await trips("events and total", 2) {
                var query = EventQuery(job: job.id)
                query.page.needsTotal = true
                _ = try await events.events([query], of: anna)
            }
            // Job, event, job, commit.
            try await trips("update of a job", 4) {
                _ = try await jobs.update(job.id, of: anna, at: World.start.advanced(by: .seconds(5))) {
                    $0.status = .archived
                }
            }
            // Whose it is, job, event, end of the chain, resume, commit.
            try await trips("decision", 6) {
                let time = World.start.advanced(by: .seconds(9))
                let decision = Decision(outcome: .hold, note: nil, decidedBy: anna, decidedAt: time)
                _ = try await resumes.decide(all[0].id, of: anna, decision)
            }
        }
    }
}
