import Pipeline
import Schema
import Testing

@testable import MongoStore

@Suite struct MongoResumeStoreTests {
    @Test func `a completed resume is read as it was screened`() async throws {
        try await World.with { world in
            let job = try await world.job(["Baking", "C++ (17)"])
            let registered = try await world.register(1, in: job)[0]
            #expect(registered.status == .registered && registered.file.byteCount > 0)
            _ = try await world.batch(.registered, of: job)
            let claimed = try #require(try await world.queue.claim())
            let processed = World.processed(score: 8_765, skills: ["Baking", "C++ (17)"], claimed.job)
            try await world.queue.complete(claimed.lease, processed)

            let stored = try #require(try await world.all(job, parts: .all).first)
            #expect(stored.status == .completed && stored.attempts == 1 && stored.stage == nil)
            #expect(stored.result == ScreeningResult(processed.screened))
            #expect(stored.rankKey == stored.derivedRankKey)
            #expect(stored.rankKey.hasPrefix("01235"))
            let brief = try #require(try await world.all(job).first?.result)
            #expect(
                brief.finalScore == 8_765 && brief.profile == nil && brief.explanation == nil && brief.scores == nil
            )

            let material = try await world.resumes.material(of: job.id, of: world.anna, only: nil, limit: 10)
            #expect(material.first?.document == processed.document && material.first?.vectors == processed.vectors)
            let after = try await world.current(job)
            #expect(after.counters.completed == 1 && after.counters.histogram[8] == 1 && after.counters.passed == 1)
            #expect(after.skillCoverage.map(\.resumes) == [1, 1])
            try await world.expectConsistent()
        }
    }

    @Test func `any parts can be read without the others`() async throws {
        try await World.with { world in
            let job = try await world.job(["Baking"])
            _ = try await world.register(1, in: job)
            _ = try await world.batch(.registered, of: job)
            _ = try await world.complete()
            let whole = try #require(try await world.all(job, parts: .all).first?.result)
            // The server refuses a projection that names a field and one of its own fields.
            for bit in 0..<15 {
                for parts in [
                    ResumeParts(rawValue: 1 << bit), ResumeParts.all.subtracting(ResumeParts(rawValue: 1 << bit)),
                ] {
                    let read = try #require(try await world.all(job, parts: parts).first?.result, "\(parts)")
                    #expect(read.scores == (parts.contains(.scores) ? whole.scores : nil))
                    #expect(read.integrity == (parts.contains(.integrity) ? whole.integrity : nil))
                    let resume = try #require(try await world.all(job, parts: parts).first)
                    #expect(resume.file.name == "0.txt" && (resume.file.sha256 != nil) == parts.contains(.file))
                    #expect((resume.file.byteCount > 0) == parts.contains(.file))
                    #expect((read.profile == nil) == parts.isDisjoint(with: .profile))
                    #expect((read.explanation == nil) == parts.isDisjoint(with: .explanation))
                    if let profile = read.profile { #expect(profile.experience.isEmpty != parts.contains(.experience)) }
                }
            }
            let row = try #require(try await world.all(job, parts: [.profileHead, .skills, .summary]).first?.result)
            #expect(row.profile?.name == whole.profile?.name && row.profile?.yearsExperience == 3.5)
            #expect(row.profile?.skills == [CandidateSkill(name: "Baking", evidence: [])])
            #expect(row.profile?.experience == [] && row.profile?.education == [])
            #expect(row.explanation?.summary == "s" && row.explanation?.notes == [])
        }
    }

    @Test func `a content is in a job once, also when it comes twice at the same instant`() async throws {
        try await World.with { world in
            let (job, other) = (try await world.job(), try await world.job())
            var files: [StoredFile] = []
            for number in 0..<12 { files.append(try await world.file("content \(number % 3)")) }
            let all = files
            let outcomes = try await withThrowingTaskGroup(of: [Registration].self) { group in
                for start in 0..<4 {
                    group.addTask {
                        try await world.resumes.register(
                            all[(start * 3)..<(start * 3 + 3)].map(ResumeFile.init),
                            in: job.id,
                            of: world.anna,
                            at: World.start
                        )?.resumes ?? []
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let fresh = outcomes.filter { if case .registered = $0 { true } else { false } }
            #expect(fresh.count == 3 && outcomes.count == 12)
            #expect(try await world.current(job).counters.total == 3)

            let again = try await world.file("content 0")
            let first = try #require(
                try await world.resumes.register([ResumeFile(again)], in: job.id, of: world.anna, at: World.start)
            )
            guard case .duplicate(let existing) = first.resumes[0] else { throw World.Unexpected() }
            #expect(existing.file.sha256 == again.sha256)
            // The same content, and even the same file, may be in another job: but a file belongs to one resume.
            let second = try #require(
                try await world.resumes.register([ResumeFile(again)], in: other.id, of: world.anna, at: World.start)
            )
            guard case .registered = second.resumes[0] else { throw World.Unexpected() }
            let job3 = try await world.job()
            let third = try #require(
                try await world.resumes.register([ResumeFile(again)], in: job3.id, of: world.anna, at: World.start)
            )
            #expect(third.resumes == [.unavailable])
            try await world.expectConsistent()
        }
    }

    @Test func `a resume that is there already is given as it stands, with what is asked of it`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resume = try await world.register(1, in: job)[0]
            _ = try await world.batch(.registered, of: job)
            _ = try await world.complete()
            for parts in [[], .scores, .explanation, .all] as [ResumeParts] {
                let outcome = try await world.resumes.register(
                    [resume.file],
                    in: job.id,
                    of: world.anna,
                    at: World.start,
                    parts: parts
                )
                let stored = try await world.resumes.resumes([resume.id], of: world.anna, parts: parts.union(.file))
                #expect(outcome?.resumes == stored.map { .duplicate($0) } && stored.count == 1)
            }
        }
    }

    @Test func `a file that lies elsewhere is known by its URL, and by what is said and seen of its content`()
        async throws
    {
        try await World.with { world in
            func foreign(_ url: String, _ claim: String? = nil) -> ResumeFile {
                ResumeFile(
                    name: "a.txt",
                    mediaType: "text/plain",
                    byteCount: 1,
                    sha256: nil,
                    storeID: nil,
                    url: "https://files.example/\(url)",
                    claimedSHA256: claim
                )
            }
            func register(_ files: [ResumeFile], in job: StoredJob) async throws -> [String] {
                let outcome = try await world.resumes.register(files, in: job.id, of: world.anna, at: World.start)
                return try #require(outcome).resumes.map { registration in
                    switch registration {
                    case .registered: "new"
                    case .duplicate(let resume): resume.file.url ?? "stored"
                    case .unavailable: "unavailable"
                    }
                }
            }
            let (job, other) = (try await world.job(), try await world.job())
            let stored = try await world.file("content")
            let claim = String(repeating: "c", count: 64)
            #expect(
                try await register(
                    [
                        foreign("a"), foreign("a"), foreign("b", claim), foreign("c", claim), ResumeFile(stored),
                        foreign("d", stored.sha256),
                    ],
                    in: job
                ) == ["new", "https://files.example/a", "new", "https://files.example/b", "new", "stored"]
            )
            #expect(
                try await register([foreign("a"), foreign("e", claim), foreign("f", stored.sha256)], in: job)
                    == ["https://files.example/a", "https://files.example/b", "stored"]
            )
            #expect(try await register([foreign("a"), foreign("b", claim)], in: other) == ["new", "new"])
            // At the same moment too.
            let outcomes = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 { group.addTask { try await register([foreign("x"), foreign("y")], in: job) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(outcomes.count { $0 == "new" } == 2)
            try await world.expectConsistent()
        }
    }

    @Test func `registering answers with what is stored, whatever the clocks say`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let (first, second) = (try await world.file("one"), try await world.file("two"))
            let files = [first, second, first].map(ResumeFile.init)
            // Another server's clock is ahead.
            let now = world.clock.now.advanced(by: .seconds(-5))
            let outcome = try #require(try await world.resumes.register(files, in: job.id, of: world.anna, at: now))
            let answered = outcome.resumes.compactMap { registration -> StoredResume? in
                switch registration {
                case .registered(let resume), .duplicate(let resume): resume
                case .unavailable: nil
                }
            }
            let stored = try await world.all(job)
            #expect(stored.count == 2 && answered.count == 3)
            for resume in answered {
                let same = try #require(stored.first { $0.id == resume.id })
                #expect(resume.lastUpdatedAt == same.lastUpdatedAt && resume.createdAt == same.createdAt)
            }
            #expect(stored.allSatisfy { $0.lastUpdatedAt == outcome.job.lastUpdatedAt })
        }
    }

    @Test func `nobody sees, changes or fills what is someone else's`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resume = try await world.register(1, in: job)[0]
            let batch = try await world.batch(.registered, of: job)
            let (resumes, ben) = (world.resumes, world.ben)
            #expect(try await resumes.resumes([resume.id], of: ben, parts: .all).isEmpty)
            #expect(try await resumes.resumes([ResumeQuery(job: job.id)], of: ben)[0].rows.isEmpty)
            #expect(try await resumes.delete(resume.id, of: ben, at: World.start) == nil)
            let decision = Decision(outcome: .hold, note: nil, decidedBy: ben, decidedAt: World.start)
            #expect(try await resumes.decide(resume.id, of: ben, decision) == nil)
            #expect(try await resumes.material(of: job.id, of: ben, only: nil, limit: 9).isEmpty)
            #expect(try await resumes.resumes(withContent: [resume.file.sha256 ?? ""], in: job.id, of: ben).isEmpty)
            let file = try await world.file("mine", of: ben)
            #expect(try await resumes.register([ResumeFile(file)], in: job.id, of: ben, at: World.start) == nil)
            #expect(try await world.batches.batches([batch.id], of: ben).isEmpty)
            #expect(try await world.batches.cancel(batch.id, of: ben, at: World.start) == nil)
            let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: nil)
            #expect(try await world.batches.create(request, of: ben, at: World.start) == .noJob)
            #expect(try await world.files.files([resume.file.storeID ?? ben], of: ben).isEmpty)
            #expect(try await world.all(job).count == 1)
        }
    }

    @Test func `deleting takes everything along, and gives the counters back`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resumes = try await world.register(3, in: job)
            let batch = try await world.batch(.resumes(resumes.prefix(2).map(\.id)), of: job)
            let claimed = try #require(try await world.queue.claim())
            try await world.queue.complete(
                claimed.lease,
                World.processed(score: 5_000, skills: ["Baking"], claimed.job)
            )
            // One is completed, one waits, one was only registered.
            for (count, resume) in resumes.enumerated() {
                let after = try #require(try await world.resumes.delete(resume.id, of: world.anna, at: World.start))
                #expect(after.counters.total == 2 - count && after.content.description == "Cooks dishes.")
                try await world.expectConsistent()
            }
            let last = try await world.current(job)
            #expect(
                last.counters.skills.values.allSatisfy { $0 == 0 } && last.counters.histogram == JobCounters().histogram
            )
            let ended = try await world.current(batch)
            #expect(ended.status == .completed && ended.completed == 1 && ended.cancelled == 1)
            for collection in [
                Collections.texts, Collections.embeddings, Collections.files, Collections.chunks, Collections.resumes,
            ] { #expect(try await world.count(collection) == 0, "\(collection.name)") }
            #expect(try await world.resumes.delete(resumes[0].id, of: world.anna, at: World.start) == nil)
        }
    }

    @Test func `what lies under a job goes with it, and a broken erasure is taken up`() async throws {
        try await World.with { world in
            let (job, other) = (try await world.job(), try await world.job())
            _ = try await world.register(3, in: job)
            _ = try await world.register(2, in: other, prefix: "other")
            _ = try await world.batch(.registered, of: job)
            _ = try await world.complete()
            _ = try await world.batch(.registered, of: other)
            #expect(try await world.jobs.delete(job.id, of: world.anna, at: World.start))
            #expect(try await !world.jobs.delete(job.id, of: world.anna, at: World.start))
            for collection in [
                Collections.texts, Collections.embeddings, Collections.scoreCounts, Collections.erasures,
            ] { #expect(try await world.count(collection) == 0, "\(collection.name)") }
            #expect(try await world.all(other).count == 2)
            try await world.expectConsistent()

            // A server that died between the job and what lies under it.
            try await world.workers.withClient { client in
                try client.write(["delete": "jobs", "deletes": [["q": ["_id": .objectID(other.id)], "limit": 1]]])
                try client.write([
                    "insert": "erasures",
                    "documents": [["_id": .objectID(other.id), "deletedAt": .time(World.start)]],
                ])
            }
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            #expect(try await upkeep.run(at: World.start).erasedJobs == 0)
            world.clock.advance(by: .seconds(40))
            #expect(try await upkeep.run(at: world.clock.now).erasedJobs == 1)
            for collection in [Collections.resumes, Collections.files, Collections.chunks, Collections.batches] {
                #expect(try await world.count(collection) == 0, "\(collection.name)")
            }
        }
    }

    @Test func `ranks are exact and shared by equal scores`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(8, in: job)
            _ = try await world.batch(.registered, of: job)
            let scores = [9_000, 8_999, 8_999, 8_500, 8_499, 500, 499, 10_000]
            _ = try await world.complete { scores[$0] }
            let rows = try await world.all(job)
            let ranks = try await world.resumes.ranks(
                rows.map { ScorePlace(job: job.id, score: $0.result?.finalScore ?? 0) }
            )
            #expect(rows.compactMap { $0.result?.finalScore } == [10_000, 9_000, 8_999, 8_999, 8_500, 8_499, 500, 499])
            #expect(ranks == [1, 2, 3, 3, 5, 6, 7, 8])
            _ = try await world.resumes.delete(rows[0].id, of: world.anna, at: World.start)
            #expect(try await world.resumes.ranks([ScorePlace(job: job.id, score: 499)]) == [7])
        }
    }
}
