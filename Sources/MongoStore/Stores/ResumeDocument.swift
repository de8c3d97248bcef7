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
        writer.append("file", .document(file))
        writer.append("status", .string(resume.status.rawValue))
        writer.append("attempts", .int(resume.attempts))
        writer.append("rankKey", .string(resume.rankKey))
        writer.append("nameKey", .string(resume.nameKey))
        writer.append("words", .strings(resume.nameWords))
        writer.append("createdAt", .time(resume.createdAt))
        writer.append("lastUpdatedAt", .time(resume.lastUpdatedAt))
    }

    /// Leaves out the parts that nobody asked for.
    static func projection(_ parts: ResumeParts) -> BSONValue {
        .document((leftOut(parts) + ["words", "task"]).map { ($0, 0) })
    }

    /// No field with one of its own fields: the server takes only one of the two.
    private static func leftOut(_ parts: ResumeParts) -> [String] {
        func unless(_ part: ResumeParts, _ fields: [String]) -> [String] { parts.contains(part) ? [] : fields }
        var fields = ["result.skillKeys", "result.years"]
        fields += unless(.shownSkills, ["result.shownSkills"])
        fields += unless(.scores, ["result.scores"])
        fields += unless(.prefilter, ["result.prefilter"])
        fields += unless(.integrity, ["result.integrity"])
        if parts.isDisjoint(with: .profile) {
            fields.append("result.profile")
        } else {
            fields += unless(
                .profileDetails,
                ["emails", "phones", "links", "summary", "certifications", "languages"].map { "result.profile.\($0)" }
            )
            fields += unless(.experience, ["result.profile.experience"])
            fields += unless(.education, ["result.profile.education"])
            fields +=
                parts.isDisjoint(with: [.skills, .skillEvidence])
                ? ["result.profile.skills"] : unless(.skillEvidence, ["result.profile.skills.evidence"])
        }
        if parts.isDisjoint(with: .explanation) {
            fields.append("result.explanation")
        } else {
            fields += unless(
                .reasons,
                ["matchedSkills", "missingSkills", "strengths", "gaps", "notes"].map { "result.explanation.\($0)" }
            )
        }
        return fields
    }

    /// The fields that ``standing(_:)`` reads.
    static let standingProjection: BSONValue = [
        "status": 1, "rankKey": 1, "result.passFail": 1, "result.finalScore": 1, "result.shownSkills": 1,
        "result.requiredSkillsMet": 1, "file.sha256": 1, "task.batchId": 1, "task.before": 1, "batchId": 1,
        "file.storeId": 1, "jobId": 1,
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

    /// - Parameter document: With every field but those that ``projection(_:)`` leaves out.
    /// - Returns: The resume, with the parts that were read.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> StoredResume {
        let file = try document.document("file")
        var resume = StoredResume(
            id: try document.objectID("_id"),
            recruiterID: try document.objectID("recruiterId"),
            jobID: try document.objectID("jobId"),
            file: ResumeFile(
                name: try file.string("name"),
                mediaType: try file.string("mediaType"),
                byteCount: try file.int("byteCount"),
                sha256: try file.first("sha256")?.string,
                storeID: try file.first("storeId")?.objectID,
                url: try file.first("url")?.string,
                claimedSHA256: try file.first("claimedSha256")?.string
            ),
            createdAt: try document.timestamp("createdAt")
        )
        var elements = document.makeElements()
        while let element = try elements.next() {
            switch element.key {
            case "status": resume.status = try document.required("status") { $0.string.flatMap(ResumeStatus.init) }
            case "stage": resume.stage = element.string.flatMap(PipelineError.Stage.init)
            case "attempts": resume.attempts = element.int.map { Int($0) } ?? 0
            case "failure": resume.failure = try element.document().map(failure)
            case "batchId": resume.batchID = element.objectID
            case "result": resume.result = try element.document().map(ResultDocument.decode)
            case "decision": resume.decision = try element.document().map(decision)
            case "lastUpdatedAt": resume.lastUpdatedAt = try document.timestamp("lastUpdatedAt")
            case "processedAt": resume.processedAt = element.date.map(Timestamp.init(milliseconds:))
            case "nameKey": resume.storedNameKey = element.string
            default: break
            }
        }
        return resume
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

    private static func decision(_ document: BSONDocument) throws -> Decision {
        Decision(
            outcome: try document.required("outcome") { $0.string.flatMap(Decision.Outcome.init) },
            note: try document.first("note")?.string,
            decidedBy: try document.objectID("decidedBy"),
            decidedAt: try document.timestamp("decidedAt")
        )
    }
}
