import Pipeline
import Schema
import Testing

@testable import MongoStore

/// An event exists exactly if the change does that it tells of.
@Suite struct EventChainTests {
    @Test func `a job's whole life is told, single results are not`() async throws {
        try await World.with { world in
            let (upkeep, anna) = (MongoUpkeep(world.workers, batches: world.batches), world.anna)
            let job = try await world.job()
            let resumes = try await world.register(4, in: job)
            _ = try await world.register(0, in: job)
            let batch = try await world.batch(.registered, of: job, key: "k")
            _ = try await world.batch(.registered, of: job, key: "k")
            #expect(try await world.complete() == 4)
            let decision = Decision(outcome: .hold, note: "n", decidedBy: anna, decidedAt: world.clock.now)
            _ = try await world.resumes.decide(resumes[0].id, of: anna, decision)
            let again = try await world.batch(.resumes(resumes.map(\.id)), of: job)
            _ = try await world.batches.cancel(again.id, of: anna, at: world.clock.now)
            _ = try await world.batches.cancel(again.id, of: anna, at: world.clock.now)
            _ = try await world.resumes.delete(resumes[1].id, of: anna, at: world.clock.now)
            _ = try await world.jobs.update(job.id, of: anna, at: world.clock.now) { $0.content.retentionDays = 1 }
            _ = try await world.jobs.update(job.id, of: anna, at: world.clock.now) { $0.content.retentionDays = 1 }
            _ = try await world.jobs.update(job.id, of: anna, at: world.clock.now) { $0.status = .archived }
            world.clock.advance(by: .seconds(2 * 86_400))
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 3)

            let events = try await world.events(job)
            #expect(
                events.map(\.action) == [
                    .jobCreated, .resumesRegistered, .batchCreated, .batchFinished, .resumeDecided, .batchCreated,
                    .batchCancelled, .batchFinished, .resumeDeleted, .jobUpdated, .jobStatusChanged, .resumeDeleted,
                    .resumeDeleted, .resumeDeleted,
                ]
            )
            #expect(events.map(\.number) == Array(1...14))
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.digest == $1.previousDigest && $0.at <= $1.at })
            let systems = [
                3: JobEventAuthor.Actor.pipeline, 7: .pipeline, 11: .retention, 12: .retention, 13: .retention,
            ]
            for (place, event) in events.enumerated() {
                #expect(event.author.actor == systems[place] ?? .recruiter)
                #expect(event.author.recruiterID == (systems[place] == nil ? anna : nil))
            }
            #expect(events[3].target == NodeID(.batch, batch.id) && events[4].target == NodeID(.resume, resumes[0].id))
            #expect(events[3].details?.changes.map(\.after) == [["COMPLETED"], ["4"], ["4"], ["0"], ["0"]])
            #expect(events[7].details?.changes.map(\.after) == [["CANCELLED"], ["4"], ["0"], ["0"], ["4"]])
            #expect(events[1].details?.changes[0].after == resumes.map { NodeID(.resume, $0.id).description })
            #expect(events[1].details?.changes[1].after == resumes.map { $0.file.sha256 ?? "none" })
            // The dashboard tells the time of the last one.
            #expect(try await world.current(job).lastUpdatedAt == events.last?.at)
            try await world.expectConsistent()
        }
    }

    @Test func `counters that are set right are told, with what they were`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            try await world.workers.withClient { client in
                _ = try client.write([
                    "update": "jobs", "updates": [["q": [:], "u": ["$set": ["counters.total": 5]]]],
                ])
            }
            #expect(
                try await CounterAudit(world.workers).run(isRepairing: true, at: world.clock.now).findings.count == 1
            )
            let event = try #require(try await world.events(job).last)
            #expect(event.action == .countersRepaired && event.author == JobEventAuthor(.operator))
            #expect(event.details?.changes == [JobEventChange(field: "totalResumes", before: ["5"], after: ["2"])])
            #expect(try await world.current(job).version == 3)
            try await world.expectConsistent()
        }
    }

    @Test func `the request that did it is named`() async throws {
        try await World.with { world in
            let job = try await CurrentRequest.$id.withValue("r-7") { try await world.job() }
            #expect(try await world.events(job).map(\.author.requestID) == ["r-7"])
        }
    }

    @Test func `of those who write at once each has its place in the chain`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resumes = try await world.register(4, in: job)
            let another = try world.another()
            let jobs = [world.jobs, MongoJobStore(another)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        if number.isMultiple(of: 2) {
                            _ = try await jobs[number / 2 % 2].update(job.id, of: world.anna, at: World.start) {
                                $0.content.requirements.preferredSkills.append("skill \(number)")
                            }
                        } else {
                            let decision = Decision(
                                outcome: .hold,
                                note: "\(number)",
                                decidedBy: world.anna,
                                decidedAt: World.start
                            )
                            _ = try await world.resumes.decide(resumes[number % 4].id, of: world.anna, decision)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await another.shutDown()
            #expect(try await world.events(job).map(\.number) == Array(1...26))
            try await world.expectConsistent()
        }
    }

    private struct Broken: Error {}

    @Test func `what is not committed leaves no event`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let before = try await world.events(job)
            await #expect(throws: Broken.self) {
                try await world.jobs.update(job.id, of: world.anna, at: World.start) { _ in throw Broken() }
            }
            // The event is written, and then something fails.
            await #expect(throws: Broken.self) {
                try await world.workers.withClient { client in
                    try client.transaction { client in
                        let event = JobEventDraft.cancelled(job.id, by: JobEventAuthor(.pipeline))
                        _ = try Ledger.add(CounterChange(), to: job.id, at: World.start, events: [event], client)
                        throw Broken()
                    }
                }
            }
            #expect(try await world.resumes.delete(job.id, of: world.anna, at: World.start) == nil)
            #expect(
                try await world.jobs.update(job.id, of: world.ben, at: World.start) { $0.status = .archived } == nil
            )
            #expect(try await !world.jobs.delete(job.id, of: world.ben, at: World.start))
            #expect(try await world.events(job) == before && before.count == 1)
            try await world.expectConsistent()
        }
    }

    @Test func `pages go both ways, and are someone's own`() async throws {
        try await World.with { world in
            let job = try await world.job()
            for number in 2...9 {
                _ = try await world.jobs.update(job.id, of: world.anna, at: World.start) {
                    $0.content.title = "\(number)"
                }
            }
            let store = MongoEventStore(world.workers)
            for isBackward in [false, true] {
                var (seen, query): ([Int], EventQuery) = ([], EventQuery(job: job.id))
                query.page.limit = 4
                query.page.isBackward = isBackward
                query.page.needsTotal = true
                while true {
                    let page = try await store.events([query], of: world.anna)[0]
                    #expect(page.total == 9)
                    #expect((isBackward ? page.hasNext : page.hasPrevious) == !seen.isEmpty)
                    let numbers = page.rows.map(\.number)
                    seen = isBackward ? numbers + seen : seen + numbers
                    guard let edge = isBackward ? page.rows.first : page.rows.last,
                        (isBackward ? page.hasPrevious : page.hasNext) == true
                    else { break }
                    if isBackward {
                        query.page.before = query.cursor(of: edge)
                    } else {
                        query.page.after = query.cursor(of: edge)
                    }
                }
                #expect(seen == (1...9).reversed())
            }
            var query = EventQuery(job: job.id, needsDetails: false)
            query.page.needsTotal = true
            let own = try await store.events([query], of: world.anna)[0]
            #expect(own.rows.count == 9 && own.rows.allSatisfy { $0.details == nil })
            let others = try await store.events([query], of: world.ben)[0]
            #expect(others.rows.isEmpty && others.total == 0)
        }
    }
}
