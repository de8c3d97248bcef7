internal import Pipeline

/// What happened to a job, before it has its place in the chain.
///
/// It names nobody and quotes nothing but a job's own requirements: texts stand in it as digests, notes not at all.
public struct JobEventDraft: Sendable, Equatable {
    /// Who did it.
    public let author: JobEventAuthor
    /// What was done.
    public let action: JobEvent.Action
    /// What it was done to; nil for several resumes.
    public let target: NodeID?
    /// What changed.
    public let changes: [JobEventChange]

    // MARK: - Jobs

    /// A job was made.
    public static func created(_ job: StoredJob, by author: JobEventAuthor) -> JobEventDraft {
        JobEventDraft(
            author: author,
            action: .jobCreated,
            target: NodeID(.job, job.id),
            changes: job.changes(since: nil)
        )
    }

    /// A job was changed by its recruiter.
    public static func changed(_ job: StoredJob, from before: StoredJob, by author: JobEventAuthor) -> JobEventDraft {
        JobEventDraft(
            author: author,
            action: job.content == before.content ? .jobStatusChanged : .jobUpdated,
            target: NodeID(.job, job.id),
            changes: job.changes(since: before)
        )
    }

    /// A job was deleted that had so many resumes.
    public static func deleted(_ job: ObjectID, resumes: Int, by author: JobEventAuthor) -> JobEventDraft {
        JobEventDraft(
            author: author,
            action: .jobDeleted,
            target: NodeID(.job, job),
            changes: .listing(("totalResumes", [String(resumes)], nil))
        )
    }

    /// A job's counters were set to what its resumes say.
    public static func repaired(_ job: ObjectID, from before: JobCounters, to after: JobCounters) -> JobEventDraft {
        let (before, after) = (before.fields, after.fields)
        return JobEventDraft(
            author: JobEventAuthor(.operator),
            action: .countersRepaired,
            target: NodeID(.job, job),
            changes: zip(before, after).filter { $0.value != $1.value }.map {
                JobEventChange(field: $0.name, before: $0.value, after: $1.value)
            }
        )
    }

    // MARK: - Resumes

    /// Resumes were added, all by one request.
    public static func registered(_ resumes: [StoredResume], by author: JobEventAuthor) -> JobEventDraft {
        JobEventDraft(
            author: author,
            action: .resumesRegistered,
            target: nil,
            changes: .listing(
                ("resumes", nil, resumes.map { NodeID(.resume, $0.id).description }),
                // In the same order; what lies elsewhere was not seen yet.
                ("sha256", nil, resumes.map { $0.file.sha256 ?? "" })
            )
        )
    }

    /// A resume was erased.
    ///
    /// - Parameters:
    ///   - resume: Which.
    ///   - status: What it was before.
    ///   - sha256: Of its content; nil where it was never seen.
    ///   - author: Who erased it.
    /// - Returns: What happened.
    public static func deleted(
        _ resume: ObjectID,
        status: ResumeStatus,
        sha256: String?,
        by author: JobEventAuthor
    ) -> JobEventDraft {
        JobEventDraft(
            author: author,
            action: .resumeDeleted,
            target: NodeID(.resume, resume),
            changes: .listing(("status", [status.rawValue], nil), ("sha256", sha256.map { [$0] }, nil))
        )
    }

    /// A recruiter decided about a resume: how, and whether the note is another; never what it says.
    public static func decided(
        _ resume: ObjectID,
        from before: Decision?,
        to after: Decision,
        by author: JobEventAuthor
    ) -> JobEventDraft {
        func withheld(_ note: String?) -> [String]? { note == nil ? nil : ["WITHHELD"] }
        var changes: [JobEventChange] = .listing(
            ("outcome", before.map { [$0.outcome.rawValue] }, [after.outcome.rawValue])
        )
        if before?.note?.bytes != after.note?.bytes {
            changes.append(
                JobEventChange(field: "note", before: withheld(before?.note), after: withheld(after.note))
            )
        }
        return JobEventDraft(
            author: author,
            action: .resumeDecided,
            target: NodeID(.resume, resume),
            changes: changes
        )
    }

    // MARK: - Batches

    /// A batch was made.
    public static func created(
        _ batch: ObjectID,
        for target: BatchTarget,
        by author: JobEventAuthor
    ) -> JobEventDraft {
        let changes: [JobEventChange] =
            switch target {
            case .resumes(let ids): .listing(("resumes", nil, [String(ids.count)]))
            case .registered: .listing(("selection", nil, ["REGISTERED"]))
            case .failed: .listing(("selection", nil, ["FAILED"]))
            case .stale: .listing(("selection", nil, ["STALE"]))
            }
        return JobEventDraft(
            author: author,
            action: .batchCreated,
            target: NodeID(.batch, batch),
            changes: changes
        )
    }

    /// A batch is to end without beginning anything more.
    public static func cancelled(_ batch: ObjectID, by author: JobEventAuthor) -> JobEventDraft {
        JobEventDraft(author: author, action: .batchCancelled, target: NodeID(.batch, batch), changes: [])
    }

    /// The last resume of a batch was through.
    public static func finished(_ batch: StoredBatch) -> JobEventDraft {
        JobEventDraft(
            author: JobEventAuthor(.pipeline),
            action: .batchFinished,
            target: NodeID(.batch, batch.id),
            changes: .listing(
                ("status", nil, [batch.status.rawValue]),
                ("total", nil, [String(batch.total)]),
                ("completed", nil, [String(batch.completed)]),
                ("failed", nil, [String(batch.failed)]),
                ("cancelled", nil, [String(batch.cancelled)])
            )
        )
    }
}

extension [JobEventChange] {
    /// Those of these fields that changed.
    fileprivate static func listing(
        _ fields: (name: String, before: [String]?, after: [String]?)...
    ) -> [JobEventChange] {
        fields.filter { $0.before != $0.after }.map {
            JobEventChange(field: $0.name, before: $0.before, after: $0.after)
        }
    }
}

extension StoredJob {
    /// What a recruiter set, and when it was another before.
    fileprivate func changes(since before: StoredJob?) -> [JobEventChange] {
        let old = before?.recordedFields
        return recordedFields.enumerated().compactMap { place, field in
            let was = old?[place].value
            let isSame = was?.map(\.bytes) == field.value?.map(\.bytes)
            return isSame ? nil : JobEventChange(field: field.name, before: was, after: field.value)
        }
    }

    /// Every field that a recruiter sets, always the same ones in the same order.
    private var recordedFields: [(name: String, value: [String]?)] {
        let requirements = content.requirements
        let weights = content.weights
        return [
            ("status", [status.rawValue]),
            ("revision", [String(revision)]),
            ("titleSha256", Self.digest(content.title)),
            ("companySha256", content.company.flatMap(Self.digest)),
            ("locationSha256", content.location.flatMap(Self.digest)),
            ("descriptionSha256", Self.digest(content.description)),
            ("blind", [String(content.isBlind)]),
            ("retentionDays", content.retentionDays.map { [String($0)] }),
            ("requiredSkills", Self.list(requirements.requiredSkills)),
            ("preferredSkills", Self.list(requirements.preferredSkills)),
            ("minYearsExperience", requirements.minYearsExperience.map(Self.number)),
            ("maxYearsExperience", requirements.maxYearsExperience.map(Self.number)),
            ("minEducation", requirements.minEducation.map { [$0.rawValue] }),
            ("weights.semantic", Self.number(weights.semantic)),
            ("weights.requiredSkills", Self.number(weights.requiredSkills)),
            ("weights.preferredSkills", Self.number(weights.preferredSkills)),
            ("weights.experience", Self.number(weights.experience)),
            ("weights.education", Self.number(weights.education)),
        ]
    }

    private static func digest(_ text: String) -> [String]? { [Digest.sha256(Array(text.utf8))] }
    private static func list(_ texts: [String]) -> [String]? { texts.isEmpty ? nil : texts }
    private static func number(_ number: Double) -> [String] { [JSONValue.double(number).text] }
}

extension JobCounters {
    /// Every counter but those of skills, always in the same order.
    fileprivate var fields: [(name: String, value: [String]?)] {
        [
            ("totalResumes", [String(total)]), ("queuedResumes", [String(queued)]),
            ("completedResumes", [String(completed)]), ("failedResumes", [String(failed)]),
            ("passedResumes", [String(passed)]), ("rejectedResumes", [String(rejected)]),
            ("scoreHistogram", histogram.map { String($0) }),
        ]
    }
}
