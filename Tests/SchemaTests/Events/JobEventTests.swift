import Pipeline
import Testing

@testable import Schema

@Suite struct JobEventTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_123)
    private static let marker = "Quizzaciously"

    private static func id(_ number: UInt32) -> ObjectID { ObjectID(high: 0x1122_3344_5566_7788, low: number) }

    @Test func `a note of other bytes is another note, also where it looks the same`() {
        func decision(_ note: String) -> Decision {
            Decision(outcome: .hold, note: note, decidedBy: Self.id(1), decidedAt: Self.now)
        }
        func fields(from before: String, to after: String) -> [String] {
            JobEventDraft.decided(
                Self.id(3),
                from: decision(before),
                to: decision(after),
                by: JobEventAuthor(.recruiter, recruiterID: Self.id(1))
            ).changes.map(\.field)
        }
        #expect(fields(from: "\u{E9}", to: "e\u{301}") == ["note"])
        #expect(fields(from: "\u{E9}", to: "\u{E9}") == [])
    }

    @Test func `digests are those that anybody computes from what the API shows`() {
        let draft = JobEventDraft.decided(
            Self.id(3),
            from: nil,
            to: Decision(outcome: .hold, note: "n", decidedBy: Self.id(1), decidedAt: Self.now),
            by: JobEventAuthor(.recruiter, recruiterID: Self.id(1), requestID: "r-1")
        )
        let made = JobEvent(
            draft,
            to: Self.id(2),
            of: Self.id(1),
            after: JobEventHead(number: 6, digest: "ab"),
            at: Self.now
        )
        #expect(
            made.number == 7 && made.previousDigest == "ab"
                && made.flaw(after: .init(number: 6, digest: "ab"), of: Self.id(1), isErased: false) == nil
        )
        let details = JobEvent.Details(salt: "00ff", changes: draft.changes)
        // Both by Python's hashlib over json.dumps.
        #expect(details.digest == "3cfbe4374c3bb04b3af83d66a44ec2b932e2c41d3788df8712ea367fe7eabaac")
        let event = JobEvent(
            id: Self.id(4),
            recruiterID: Self.id(1),
            jobID: Self.id(2),
            number: 7,
            at: Self.now,
            author: draft.author,
            action: draft.action,
            target: draft.target,
            details: details,
            detailsDigest: details.digest,
            previousDigest: "ab",
            digest: ""
        )
        #expect(event.computedDigest == "58a5e151ffa1dcf8e61b0f0f1cd19780379e81e4c76643e2f04d7a532a8dbb0e")
    }

    @Test(
        arguments: [
            ("a\"b\\c", #""a\"b\\c""#), ("\u{8}\t\n\u{C}\r\u{1}\u{1f}", #""\b\t\n\f\r\u0001\u001f""#),
            ("/\u{7f}\u{2028}é🙂", "\"/\u{7f}\u{2028}é🙂\""),
        ]
    )
    func `texts are escaped as RFC 8785 has it, and no more`(text: String, json: String) {
        #expect(CanonicalJSON.text(text).text == json)
        #expect(CanonicalJSON.array([.text(nil), .number(12), .array([])]).text == "[null,12,[]]")
    }

    /// A job with the marker in every text that a recruiter writes but requirements.
    private static var job: StoredJob {
        var content = JobContent(title: marker, description: marker)
        content.company = marker
        content.location = marker
        content.requirements.requiredSkills = ["Baking", "Frying"]
        content.requirements.minYearsExperience = 2.5
        content.requirements.minEducation = .bachelor
        content.weights.semantic = 0.25
        content.retentionDays = 30
        return StoredJob(id: id(2), recruiterID: id(1), content: content, createdAt: now)
    }

    @Test func `no event quotes anything but a job's requirements`() {
        let author = JobEventAuthor.recruiter(Self.id(1))
        var changed = Self.job
        changed.content.description += Self.marker
        let file = ResumeFile(
            name: Self.marker,
            mediaType: Self.marker,
            byteCount: 1,
            sha256: nil,
            storeID: nil,
            url: Self.marker,
            claimedSHA256: Self.marker
        )
        let resume = StoredResume(
            id: Self.id(3),
            recruiterID: Self.id(1),
            jobID: Self.id(2),
            file: file,
            createdAt: Self.now
        )
        func decision(_ note: String?) -> Decision {
            Decision(outcome: .hold, note: note, decidedBy: Self.id(1), decidedAt: Self.now)
        }
        let drafts: [JobEventDraft] = [
            .created(Self.job, by: author), .changed(changed, from: Self.job, by: author),
            .registered([resume], by: author),
            .decided(Self.id(3), from: decision(Self.marker), to: decision(Self.marker + "2"), by: author),
        ]
        for draft in drafts { #expect(!"\(draft)".contains(Self.marker), "\(draft)") }
        #expect(
            drafts[0].changes.contains(
                JobEventChange(field: "requiredSkills", before: nil, after: ["Baking", "Frying"])
            )
        )
        #expect(drafts[1].changes.map(\.field) == ["descriptionSha256"])
        #expect(drafts[3].changes == [JobEventChange(field: "note", before: ["WITHHELD"], after: ["WITHHELD"])])
    }

    @Test func `an update tells what changed, with before and after, and nothing else`() throws {
        let author = JobEventAuthor.recruiter(Self.id(1))
        var job = Self.job
        let hasChanged = job.apply(at: Self.now) { job in
            job.content.requirements.requiredSkills = ["Frying"]
            job.content.requirements.minYearsExperience = 3
            job.content.weights.semantic = 0.5
            job.content.retentionDays = nil
        }
        let draft = JobEventDraft.changed(job, from: Self.job, by: author)
        #expect(hasChanged && draft.action == .jobUpdated)
        #expect(
            draft.changes == [
                JobEventChange(field: "revision", before: ["1"], after: ["2"]),
                JobEventChange(field: "retentionDays", before: ["30"], after: nil),
                JobEventChange(field: "requiredSkills", before: ["Baking", "Frying"], after: ["Frying"]),
                JobEventChange(field: "minYearsExperience", before: ["2.5"], after: ["3"]),
                JobEventChange(field: "weights.semantic", before: ["0.25"], after: ["0.5"]),
            ]
        )
        var archived = Self.job
        _ = archived.apply(at: Self.now) { $0.status = .archived }
        let status = JobEventDraft.changed(archived, from: Self.job, by: author)
        #expect(status.action == .jobStatusChanged)
        #expect(status.changes == [JobEventChange(field: "status", before: ["OPEN"], after: ["ARCHIVED"])])
    }
}
