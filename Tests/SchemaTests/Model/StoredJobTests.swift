import Pipeline
import Testing

@testable import Schema

@Suite struct StoredJobTests {
    static let start = Timestamp(milliseconds: 1_000_000)

    static func job(_ title: String = "Cook") -> StoredJob {
        var content = JobContent(title: title, description: "Cooks.")
        content.requirements.requiredSkills = ["Menu planning", "Baking"]
        content.requirements.preferredSkills = ["Wine"]
        return StoredJob(id: ObjectID(at: start), recruiterID: .least, content: content, createdAt: start)
    }

    @Test func `a new job counts nothing, for each skill apart`() {
        let job = Self.job()
        #expect(job.revision == 1 && job.version == 1 && job.status == .open)
        #expect(job.skillCoverage.map(\.skill) == ["Menu planning", "Baking", "Wine"])
        #expect(job.skillCoverage.map(\.isRequired) == [true, true, false])
        #expect(job.counters.histogram == Array(repeating: 0, count: 10))
    }

    @Test(
        arguments: [
            { $0.content.title = "Chef" }, { $0.content.description = "Leads." },
            { $0.content.requirements.minYearsExperience = 3 }, { $0.content.weights.semantic = 0.9 },
        ] as [@Sendable (inout StoredJob) -> Void]
    )
    func `what scores depend on makes a new revision`(change: @Sendable (inout StoredJob) -> Void) {
        var job = Self.job()
        let hasChanged = job.apply(at: Self.start.advanced(by: .seconds(1)), change)
        #expect(hasChanged)
        #expect(job.revision == 2 && job.version == 2)
        #expect(job.lastUpdatedAt == Self.start.advanced(by: .seconds(1)))
    }

    @Test(
        arguments: [
            { $0.content.company = "Example" }, { $0.content.location = "Bern" }, { $0.content.isBlind = true },
            { $0.status = .archived },
        ] as [@Sendable (inout StoredJob) -> Void]
    )
    func `anything else is a change without a new revision`(change: @Sendable (inout StoredJob) -> Void) {
        var job = Self.job()
        let hasChanged = job.apply(at: Self.start.advanced(by: .seconds(1)), change)
        #expect(hasChanged)
        #expect(job.revision == 1 && job.version == 2)
    }

    @Test func `a change to what stands already is none`() {
        var job = Self.job()
        let hasChanged = job.apply(at: Self.start.advanced(by: .seconds(1))) { $0.content.title = "Cook" }
        #expect(!hasChanged)
        #expect(job == Self.job().with(id: job.id))
    }

    @Test(
        arguments: [
            { $0.content.title = $1 }, { $0.content.description = $1 },
            { $0.content.requirements.requiredSkills[1] = $1 }, { $0.content.requirements.preferredSkills[0] = $1 },
            { $0.content.company = $1 }, { $0.content.location = $1 },
        ] as [@Sendable (inout StoredJob, String) -> Void]
    )
    func `a text that only looks the same is a change like any other`(
        write: @Sendable (inout StoredJob, String) -> Void
    ) {
        func changed(from old: String, to new: String) -> (job: StoredJob, event: JobEventDraft) {
            var before = Self.job()
            write(&before, old)
            var job = before
            let hasChanged = job.apply(at: Self.start) { write(&$0, new) }
            #expect(hasChanged)
            return (job, JobEventDraft.changed(job, from: before, by: JobEventAuthor(.retention)))
        }
        let (expected, found) = (changed(from: "A", to: "B"), changed(from: "Caf\u{E9}", to: "Cafe\u{301}"))
        #expect(found.job.version == 2 && found.job.revision == expected.job.revision)
        #expect(found.event.action == .jobUpdated)
        #expect(found.event.changes.map(\.field) == expected.event.changes.map(\.field))
    }

    @Test func `two changes at one instant, or against the clock, are told apart by their times`() {
        var job = Self.job()
        _ = job.apply(at: Self.start) { $0.content.title = "Chef" }
        let first = job.lastUpdatedAt
        _ = job.apply(at: Timestamp(milliseconds: 5)) { $0.content.title = "Baker" }
        #expect(Self.start < first && first < job.lastUpdatedAt)
    }

    @Test func `counts of skills that stay are kept`() {
        var job = Self.job()
        job.counters.skills[SkillKey.of("Baking")] = 7
        _ = job.apply(at: Self.start) {
            $0.content.requirements.requiredSkills = ["Grilling"]
            $0.content.requirements.preferredSkills = ["baking"]
        }
        #expect(job.skillCoverage.map(\.resumes) == [0, 7])
    }

    @Test(arguments: [
        ("Café-Bar  Chef (m/f)", ["cafe", "bar", "chef", "m", "f"]), ("C++ / C#", ["c"]), ("", []), ("日本語", ["日本語"]),
    ])
    func `a title's words are folded, each once`(title: String, words: [String]) {
        #expect(TitleWords.words(title) == words)
    }
}

extension StoredJob {
    fileprivate func with(id: ObjectID) -> StoredJob {
        var job = self
        job.id = id
        return job
    }
}
