internal import Pipeline
internal import Schema

/// A resume as its document holds it.
enum ResumeDocument {
    /// Of a resume that was just registered.
    static func encode(registered resume: StoredResume) -> BSONDocument {
        BSONWriter.document(capacity: 512) { appendRegistered(resume, to: &$0) }
    }

    /// Of a resume that comes completed.
    static func encode(completed resume: StoredResume, _ screened: ScreenedResume) -> BSONDocument {
        BSONWriter.document(capacity: 16_384) { writer in
            appendRegistered(resume, to: &writer)
            writer.append("passFail", .string(screened.prefilter.passFail.rawValue))
            writer.append("result", ResultDocument.encode(screened))
            if let batch = resume.batchID { writer.append("batchId", .objectID(batch)) }
            writer.append("processedAt", .time(resume.processedAt ?? resume.lastUpdatedAt))
        }
    }

    private static func appendRegistered(_ resume: StoredResume, to writer: inout BSONWriter) {
        writer.append("_id", .objectID(resume.id))
        writer.append("recruiterId", .objectID(resume.recruiterID))
        writer.append("jobId", .objectID(resume.jobID))
        var file: [(key: String, value: BSONValue)] = [
            ("name", .string(resume.file.name)), ("mediaType", .string(resume.file.mediaType)),
            ("byteCount", .int(resume.file.byteCount)),
        ]
        if let sha256 = resume.file.sha256 { file.append(("sha256", .string(sha256))) }
        if let id = resume.file.storeID { file.append(("storeId", .objectID(id))) }
        if let url = resume.file.url { file.append(("url", .string(url))) }
        if let sha256 = resume.file.claimedSHA256 { file.append(("claimedSha256", .string(sha256))) }
        file.append(("marks", .strings(resume.file.marks.map(\.text))))
        writer.append("file", .document(file))
        writer.append("status", .string(resume.status.rawValue))
        writer.append("attempts", .int(resume.attempts))
        writer.append("rankKey", .string(resume.rankKey))
        writer.append("nameKey", .string(resume.nameKey))
        writer.append("words", .strings(resume.nameWords))
        writer.append("createdAt", .time(resume.createdAt))
        writer.append("lastUpdatedAt", .time(resume.lastUpdatedAt))
    }

    /// What ``decode(_:)`` reads of a resume with these parts, and nothing else.
    ///
    /// - Parameters:
    ///   - parts: Which are read.
    ///   - more: Fields that the caller reads itself.
    /// - Returns: As `find` takes it.
    static func projection(_ parts: ResumeParts, and more: [String] = []) -> BSONValue {
        more.isEmpty
            ? .encoded(projections[parts]) : .document((rowFields + parts.fields + more).map { (key: $0, value: 1) })
    }

    private static let projections = Projections<ResumeParts> { rowFields + $0.fields }

    /// What every reader gets.
    private static let rowFields =
        [
            "recruiterId", "jobId", "status", "stage", "attempts", "failure", "batchId", "decision", "createdAt",
            "lastUpdatedAt", "processedAt",
        ] + ["passFail", "finalScore", "requiredSkillsMet", "jobRevision", "flagged"].map { "result.\($0)" }

    /// The fields that ``standing(_:)`` reads, and what else those who change a standing need.
    static let standingProjection: BSONValue = [
        "status": 1, "rankKey": 1, "result.passFail": 1, "result.finalScore": 1, "result.shownSkills": 1,
        "result.requiredSkillsMet": 1, "file.sha256": 1, "task": 1, "attempts": 1, "failure": 1, "stage": 1,
        "batchId": 1, "file.storeId": 1, "jobId": 1,
    ]

    /// What the counters depend on.
    ///
    /// - Throws: ``BSONError``.
    static func standing(_ document: BSONDocument) throws -> ResumeStanding {
        let result = try document.first("result")?.document()
        return ResumeStanding(
            status: try document.required("status") { $0.string.flatMap(ResumeStatus.init) },
            passFail: try result?.first("passFail")?.string.flatMap(PassFail.init),
            finalScore: try result?.first("finalScore")?.int.map { Int($0) },
            shownSkills: try result?.array("shownSkills") { $0.string } ?? []
        )
    }

    /// - Parameter document: Whole, or with the fields of ``projection(_:)``.
    /// - Returns: The resume, with the parts that were read.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> StoredResume {
        try document.lent { try decode($0) }
    }

    /// What ``decode(_:)`` gives, of a document that is lent.
    static func decode(_ document: BSONField) throws -> StoredResume {
        var (id, recruiter, job, created): (ObjectID?, ObjectID?, ObjectID?, Timestamp?)
        var (status, changed): (ResumeStatus?, Timestamp?)
        var (batch, processed): (ObjectID?, Timestamp?)
        var attempts = 0
        // Read where they are needed: what a closure writes is copied out of it.
        var (file, stage, failure, result): (BSONField?, BSONField?, BSONField?, BSONField?)
        var (decision, rankKey, nameKey): (BSONField?, BSONField?, BSONField?)
        try document.eachField { field in
            switch field {
            case "_id": id = field.objectID
            case "recruiterId": recruiter = field.objectID
            case "jobId": job = field.objectID
            case "file": file = field
            case "status": status = field.value(of: ResumeStatus.self)
            case "stage": stage = field
            case "attempts": attempts = field.int ?? 0
            case "failure": failure = field
            case "batchId": batch = field.objectID
            case "result": result = field
            case "decision": decision = field
            case "createdAt": created = field.timestamp
            case "lastUpdatedAt": changed = field.timestamp
            case "processedAt": processed = field.timestamp
            case "rankKey": rankKey = field
            case "nameKey": nameKey = field
            default: break
            }
        }
        guard let id, let recruiter, let job, let file, let created, let status, let changed else {
            throw BSONError("a resume lacks a field, or has one of an unexpected type")
        }
        var resume = StoredResume(
            id: id,
            recruiterID: recruiter,
            jobID: job,
            file: try Self.file(file),
            createdAt: created
        )
        resume.status = status
        resume.stage = stage?.string.flatMap(PipelineError.Stage.init)
        resume.attempts = attempts
        resume.failure = try failure?.document().map(Self.failure)
        resume.batchID = batch
        resume.result = try result.map(ResultDocument.decode)
        resume.decision = try decision?.document().map(Self.decision)
        resume.lastUpdatedAt = changed
        resume.processedAt = processed
        resume.storedRankKey = rankKey?.string
        resume.storedNameKey = nameKey?.string
        return resume
    }

    private static func file(_ field: BSONField) throws -> ResumeFile {
        // As pages are read.
        if let name = field.onlyText(named: "name") {
            return ResumeFile(name: name, mediaType: "", byteCount: 0, sha256: nil, storeID: nil)
        }
        var (name, mediaType, byteCount): (String?, String?, Int?)
        var (sha256, storeID): (String?, ObjectID?)
        var (url, claimedSHA256): (String?, String?)
        try field.eachField { field in
            switch field {
            case "name": name = field.string
            case "mediaType": mediaType = field.string
            case "byteCount": byteCount = field.int
            case "sha256": sha256 = field.string
            case "storeId": storeID = field.objectID
            case "url": url = field.string
            case "claimedSha256": claimedSHA256 = field.string
            default: break
            }
        }
        guard let name, let mediaType, let byteCount else {
            throw BSONError("a resume's file lacks a field, or has one of an unexpected type")
        }
        return ResumeFile(
            name: name,
            mediaType: mediaType,
            byteCount: byteCount,
            sha256: sha256,
            storeID: storeID,
            url: url,
            claimedSHA256: claimedSHA256
        )
    }

    // MARK: - Parts

    static func encode(_ failure: ProcessingFailure) -> BSONValue {
        var fields: [(key: String, value: BSONValue)] = [
            ("code", .string(failure.error.code.rawValue)), ("message", .string(failure.error.message)),
            ("stage", .string(failure.error.stage.rawValue)), ("retryable", .bool(failure.error.retryable)),
        ]
        if let time = failure.nextAttemptAt { fields.append(("nextAttemptAt", .time(time))) }
        return .document(fields)
    }

    private static func failure(_ document: BSONDocument) throws -> ProcessingFailure {
        ProcessingFailure(
            PipelineError(
                try document.required("code") { $0.string.flatMap(PipelineError.Code.init) },
                try document.string("message"),
                stage: try document.required("stage") { $0.string.flatMap(PipelineError.Stage.init) },
                retryable: try document.bool("retryable")
            ),
            nextAttemptAt: try document.first("nextAttemptAt")?.date.map(Timestamp.init(milliseconds:))
        )
    }

    static func encode(_ decision: Decision) -> BSONValue {
        var fields: [(key: String, value: BSONValue)] = [
            ("outcome", .string(decision.outcome.rawValue)), ("decidedBy", .objectID(decision.decidedBy)),
            ("decidedAt", .time(decision.decidedAt)),
        ]
        if let note = decision.note { fields.append(("note", .string(note))) }
        return .document(fields)
    }

    static func decision(_ document: BSONDocument) throws -> Decision {
        Decision(
            outcome: try document.required("outcome") { $0.string.flatMap(Decision.Outcome.init) },
            note: try document.first("note")?.string,
            decidedBy: try document.objectID("decidedBy"),
            decidedAt: try document.timestamp("decidedAt")
        )
    }
}

extension ResumeParts {
    /// Where a resume's document has the parts; no field is inside of another.
    fileprivate var fields: [String] {
        [contains(.file) ? "file" : "file.name"]
            + Self.places.flatMap { part, fields in isDisjoint(with: part) ? [] : fields }
            + (contains(.skillEvidence)
                ? ["result.profile.skills"] : contains(.skills) ? ["result.profile.skills.name"] : [])
    }

    private static let places: [(ResumeParts, [String])] = [
        (.scores, ["result.scores"]),
        (.prefilter, ["result.prefilter"]),
        (.integrity, ["result.integrity"]),
        (.shownSkills, ["result.shownSkills"]),
        (.summary, ["result.explanation.summary"]),
        (.reasons, explanation("matchedSkills", "missingSkills", "strengths", "gaps", "notes")),
        (.profileHead, profile("name", "location", "yearsExperience")),
        (
            .profileDetails,
            profile(
                "emails",
                "phones",
                "links",
                "headline",
                "summary",
                "highestEducation",
                "textLanguage",
                "certifications",
                "languages"
            )
        ),
        (.experience, profile("experience")),
        (.education, profile("education")),
        (.rankKey, ["rankKey"]),
        (.nameKey, ["nameKey"]),
    ]

    private static func profile(_ names: String...) -> [String] { names.map { "result.profile.\($0)" } }
    private static func explanation(_ names: String...) -> [String] { names.map { "result.explanation.\($0)" } }
}
