import Dispatch
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore

@Suite struct MongoJobStoreTests {
    private static let start = Timestamp(milliseconds: 1_795_425_302_123)
    private let anna = ObjectID(at: start)
    private let ben = ObjectID(at: start)

    private func withStore<Result>(
        _ body: (MongoJobStore, MongoWorkers) async throws -> Result
    ) async throws -> Result {
        try await withDatabase { workers in
            try await workers.prepareDatabase(at: Self.start)
            return try await body(MongoJobStore(workers), workers)
        }
    }

    private func job(_ number: Int, of recruiter: ObjectID, at time: Int64? = nil) -> StoredJob {
        var content = JobContent(title: "Cook \(number)", description: "Cooks \(number) dishes.")
        content.company = number.isMultiple(of: 2) ? "Example" : nil
        content.requirements.requiredSkills = ["Baking"]
        content.requirements.minYearsExperience = 2
        content.requirements.minEducation = .bachelor
        let made = Timestamp(milliseconds: Self.start.milliseconds + (time ?? Int64(number)))
        var job = StoredJob(id: ObjectID(at: made), recruiterID: recruiter, content: content, createdAt: made)
        if number.isMultiple(of: 3) { job.status = .archived }
        return job
    }

    @Test func `a job is read as it was written`() async throws {
        try await withStore { store, _ in
            var written = job(3, of: anna)
            written.counters.histogram[9] = 4
            written.counters.skills[SkillKey.of("Baking")] = 2
            try await store.insert(written)
            #expect(try await store.jobs([written.id], of: anna) == [written])
        }
    }

    @Test func `every call keeps to one recruiter`() async throws {
        try await withStore { store, _ in
            let hers = job(1, of: anna)
            try await store.insert(hers)
            #expect(try await store.jobs([hers.id], of: ben).isEmpty)
            #expect(try await store.jobs(JobQuery(), of: ben).rows.isEmpty)
            #expect(try await store.update(hers.id, of: ben, at: Self.start) { $0.content.title = "x" } == nil)
            #expect(try await !store.delete(hers.id, of: ben, at: Self.start))
            #expect(try await store.jobs([hers.id], of: anna) == [hers])
        }
    }

    @Test func `who asks at the same time shares a read, and sees no more than what is theirs`() async throws {
        try await withStore { store, workers in
            let (hers, his) = (job(1, of: anna), job(2, of: ben))
            try await store.insert(hers)
            try await store.insert(his)
            let before = workers.commandCount
            let asked = try await withThrowingTaskGroup(of: (ObjectID, [StoredJob]).self) { group in
                for number in 0..<100 {
                    let recruiter = number.isMultiple(of: 2) ? anna : ben
                    // Each in another order, and some of them less of it.
                    let ids = number.isMultiple(of: 3) ? [hers.id, his.id] : [his.id, hers.id]
                    let parts: JobParts = number.isMultiple(of: 5) ? [] : .all
                    group.addTask { (recruiter, try await store.jobs(ids, of: recruiter, parts: parts)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (recruiter, found) in asked { #expect(found.map(\.id) == [recruiter == anna ? hers.id : his.id]) }
            #expect(asked.count == 100)
            #expect(workers.commandCount - before < 100)
        }
    }

    /// Every page of a query, read one after the other.
    private func walk(
        _ store: MongoJobStore,
        _ start: JobQuery,
        limit: Int,
        isBackward: Bool
    ) async throws -> [[StoredJob]] {
        var query = start
        query.page.limit = limit
        query.page.isBackward = isBackward
        var pages: [[StoredJob]] = []
        while true {
            let page = try await store.jobs(query, of: anna)
            #expect((isBackward ? page.hasNext : page.hasPrevious) == !pages.isEmpty)
            pages.append(page.rows)
            let goesOn = isBackward ? page.hasPrevious : page.hasNext
            guard goesOn == true, let edge = isBackward ? page.rows.first : page.rows.last else { return pages }
            // As a client sends it.
            let cursor = try #require(PageCursor(query.cursor(of: edge).text))
            if isBackward { query.page.before = cursor } else { query.page.after = cursor }
        }
    }

    @Test(arguments: JobQuery.Order.allCases, [true, false])
    func `pages forwards and backwards give every job once, in order`(
        order: JobQuery.Order,
        isDescending: Bool
    ) async throws {
        try await withStore { store, _ in
            // Several at one instant: their identifiers decide.
            let jobs = (0..<23).map { job($0, of: anna, at: Int64($0 / 4)) }
            for job in jobs.shuffled() { try await store.insert(job) }
            try await store.insert(job(99, of: ben))
            for status in [nil, JobStatus.open] {
                var query = JobQuery()
                query.order = order
                query.isDescending = isDescending
                query.status = status
                func precedes(_ left: StoredJob, _ right: StoredJob) -> Bool {
                    switch (query.cursor(of: left).key, query.cursor(of: right).key) {
                    case (.time(let first), .time(let second)) where first != second: first < second
                    case (.text(let first), .text(let second)) where first != second: first < second
                    default: left.id < right.id
                    }
                }
                var expected = jobs.filter { status == nil || $0.status == status }.sorted(by: precedes)
                if isDescending { expected.reverse() }
                let forward = try await walk(store, query, limit: 5, isBackward: false)
                #expect(forward.flatMap { $0 } == expected)
                let backward = try await walk(store, query, limit: 5, isBackward: true)
                #expect(backward.reversed().flatMap { $0 } == expected)
            }
        }
    }

    @Test(arguments: [true, false])
    func `pages by title pass one that holds U+0000`(isBackward: Bool) async throws {
        try await withStore { store, _ in
            let titles = ["cook", "cook\u{0}", "cook\u{0}a", "cook a"]
            for title in titles {
                var job = job(1, of: anna)
                job.content.title = title
                try await store.insert(job)
            }
            var query = JobQuery()
            query.order = .title
            query.isDescending = false
            let pages = try await walk(store, query, limit: 1, isBackward: isBackward)
            #expect((isBackward ? pages.reversed() : pages).map { $0.map(\.content.title) } == titles.map { [$0] })
        }
    }

    @Test func `a cursor stays right when rows come, go and move`() async throws {
        try await withStore { store, _ in
            let jobs = (0..<6).map { job($0 * 2 + 1, of: anna) }
            for job in jobs { try await store.insert(job) }
            var query = JobQuery()
            query.page.limit = 2
            let first = try await store.jobs(query, of: anna)
            #expect(first.rows.map(\.content.title) == ["Cook 11", "Cook 9"])
            query.page.after = query.cursor(of: first.rows[1])
            // The row of the cursor moves to the front, a new one comes before it, one behind it goes.
            _ = try await store.update(jobs[4].id, of: anna, at: Self.start.advanced(by: .seconds(9))) {
                $0.content.title = "Chef"
            }
            try await store.insert(job(20, of: anna, at: 10))
            #expect(try await store.delete(jobs[3].id, of: anna, at: Self.start))
            #expect(try await store.jobs(query, of: anna).rows.map(\.content.title) == ["Cook 5", "Cook 3"])
        }
    }

    @Test func `rows between two cursors, and none between neighbours`() async throws {
        try await withStore { store, _ in
            let jobs = (0..<6).map { job($0, of: anna) }
            for job in jobs { try await store.insert(job) }
            var query = JobQuery()
            query.isDescending = false
            query.page.after = query.cursor(of: jobs[1])
            query.page.before = query.cursor(of: jobs[4])
            let page = try await store.jobs(query, of: anna)
            #expect(page.rows == [jobs[2], jobs[3]] && page.hasPrevious == true && page.hasNext == true)
            query.page.before = query.cursor(of: jobs[2])
            #expect(try await store.jobs(query, of: anna).rows.isEmpty)
            query.page.before = query.cursor(of: jobs[0])
            #expect(try await store.jobs(query, of: anna).rows.isEmpty)
        }
    }

    @Test(arguments: [
        ("cook", 5), ("COOK 1", 1), ("coo", 5), ("ook", 0), ("12", 0), ("chef cook", 0), (".*", 0), ("\\E", 0),
        ("\u{0}", 0), ("cook\u{0}1", 1), ("", 5),
    ])
    func `a search matches the beginnings of words`(search: String, count: Int) async throws {
        try await withStore { store, _ in
            for number in 0..<5 { try await store.insert(job(number, of: anna)) }
            var query = JobQuery()
            query.words = TitleWords.sought(search)
            query.page.needsTotal = true
            let page = try await store.jobs(query, of: anna)
            #expect(page.rows.count == count && page.total == count)
        }
    }

    @Test(
        arguments: [
            [], .description, .requirements, .weights, .skills, .company, .location, .retentionDays, .all,
        ] as [JobParts]
    )
    func `a part is read where it is asked for, and all else always`(parts: JobParts) async throws {
        try await withStore { store, _ in
            var whole = job(2, of: anna)
            whole.content.location = "Bern"
            whole.content.retentionDays = 30
            whole.content.isBlind = true
            whole.content.weights = ScoringWeights(
                semantic: 1,
                requiredSkills: 0,
                preferredSkills: 0,
                experience: 0,
                education: 0
            )
            whole.counters.skills[SkillKey.of("Baking")] = 2
            try await store.insert(whole)
            var expected = whole
            let bare = JobContent(title: "", description: "")
            if !parts.contains(.description) { expected.content.description = "" }
            if !parts.contains(.requirements) { expected.content.requirements = bare.requirements }
            if !parts.contains(.weights) { expected.content.weights = bare.weights }
            if !parts.contains(.skills) { expected.counters.skills = [:] }
            if !parts.contains(.company) { expected.content.company = nil }
            if !parts.contains(.location) { expected.content.location = nil }
            if !parts.contains(.retentionDays) { expected.content.retentionDays = nil }
            var query = JobQuery()
            query.parts = parts
            #expect(try await store.jobs(query, of: anna).rows == [expected])
            #expect(try await store.jobs([whole.id], of: anna, parts: parts) == [expected])
        }
    }

    @Test func `of changes at the same time none is lost`() async throws {
        try await withStore { store, _ in
            let job = job(1, of: anna)
            try await store.insert(job)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        _ = try await store.update(job.id, of: anna, at: Self.start) {
                            $0.content.requirements.requiredSkills.append("skill \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let stored = try #require(try await store.jobs([job.id], of: anna).first)
            #expect(stored.content.requirements.requiredSkills.count == 21)
            #expect(stored.revision == 21 && stored.version == 21 && stored.skillCoverage.count == 21)
        }
    }

    @Test func `an update answers what it stored, also where old and new only look the same`() async throws {
        try await withStore { store, _ in
            var job = job(1, of: anna)
            job.content.title = "Caf\u{E9}"
            try await store.insert(job)
            let answered = try await store.update(job.id, of: anna, at: Self.start) {
                $0.content.title = "Cafe\u{301}"
            }
            let stored = try await store.jobs([job.id], of: anna)
            for title in [answered?.content.title, stored.first?.content.title] {
                #expect(title.map { Array($0.utf8) } == Array("Cafe\u{301}".utf8))
            }
            #expect(stored.first == answered)
        }
    }

    @Test func `an update leaves the counters of others alone`() async throws {
        try await withStore { store, workers in
            let job = job(1, of: anna)
            try await store.insert(job)
            let id = job.id
            let hasCounted = Mutex(false)
            _ = try await store.update(id, of: anna, at: Self.start) { job in
                job.content.title = "Chef"
                // Another server counts a resume between reading and writing.
                guard !hasCounted.withLock({ $0 }) else { return }
                hasCounted.withLock { $0 = true }
                try blocking { try await Self.count(id, workers) }
            }
            let stored = try #require(try await store.jobs([id], of: anna).first)
            #expect(stored.counters.total == 1 && stored.content.title == "Chef" && stored.version == 3)
        }
    }

    private static func count(_ id: ObjectID, _ workers: MongoWorkers) async throws {
        try await workers.withClient { client in
            _ = try client.write([
                "update": "jobs",
                "updates": [
                    ["q": ["_id": .objectID(id)], "u": ["$inc": ["counters.total": 1, "version": .int64(1)]]]
                ],
            ])
        }
    }

    // MARK: - What the server does for it

    @Test(arguments: JobQuery.Order.allCases, [true, false])
    func `a page reads its own rows and one more, by an index`(
        order: JobQuery.Order,
        isDescending: Bool
    ) async throws {
        try await withStore { store, workers in
            let jobs = (0..<60).map { job($0, of: $0 < 50 ? anna : ben) }
            for job in jobs { try await store.insert(job) }
            for (status, isBackward) in [(nil, false), (nil, true), (JobStatus.open, false), (JobStatus.open, true)] {
                var query = JobQuery()
                query.order = order
                query.isDescending = isDescending
                query.status = status
                query.page.limit = 7
                query.page.isBackward = isBackward
                let middle = query.cursor(of: jobs[25])
                if isBackward { query.page.before = middle } else { query.page.after = middle }
                let keyset = KeysetQuery(query, of: anna)
                let page = try await explain(try #require(keyset.rows), on: keyset.collection, workers)
                #expect(page.returned == 8 && page.documents == 8 && page.keys <= 9)
                #expect(
                    page.plan.contains("IXSCAN") && !page.plan.contains("COLLSCAN") && !page.plan.contains("\"SORT\"")
                )
                let probe = try await explain(
                    try #require(keyset.beyond(middle, isBefore: !isBackward)),
                    on: keyset.collection,
                    workers
                )
                #expect(probe.returned == 1 && probe.documents == 1)
            }
        }
    }
}

/// Waits for asynchronous work on a thread that may block, as those that talk to MongoDB may.
private func blocking(_ body: @escaping @Sendable () async throws -> Void) throws {
    let result = Mutex<Result<Void, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task {
        do {
            try await body()
            result.withLock { $0 = .success(()) }
        } catch {
            result.withLock { $0 = .failure(error) }
        }
        done.signal()
    }
    done.wait()
    try result.withLock { try $0?.get() }
}
