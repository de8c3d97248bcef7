internal import Pipeline
internal import Schema

/// A resume that is marked or stopped, as far as its change depends on it.
struct BatchedResume {
    let id: ObjectID
    let standing: ResumeStanding
    /// What it was before it was marked.
    let before: ResumeStatus
    private let document: BSONDocument
    /// The fields that say why a resume failed.
    private static let reason = ["failure", "stage"]

    /// - Parameter document: With the fields of ``ResumeDocument/standingProjection``.
    /// - Throws: ``BSONError``.
    init(_ document: BSONDocument) throws {
        id = try document.objectID("_id")
        standing = try ResumeDocument.standing(document)
        let task = try document.first("task")?.document()
        before = try task?.first("before")?.string.flatMap(ResumeStatus.init) ?? .registered
        self.document = document
    }

    /// What a worker is to do with it, and what it is put back to where it is stopped.
    func task(_ kind: String, in batch: ObjectID, at now: Timestamp) throws -> BSONDocument {
        // Only a failed one has a reason of its own.
        let kept = try (["attempts"] + (standing.status == .failed ? Self.reason : [])).compactMap { name in
            try document.first(name).map { (name, try $0.value()) }
        }
        return BSONWriter.document { writer in
            writer.append("batchId", .objectID(batch))
            writer.append("before", .string(standing.status.rawValue))
            writer.append("kind", .string(kind))
            writer.append("availableAt", .time(now))
            for (name, value) in kept { writer.append(name, value) }
        }
    }

    /// What stopping it changes of its job's counters.
    var stopping: CounterChange { .from(standing, to: standing.with(before)) }

    /// The update that puts it back to what it was before it was marked.
    func restoration(at stamp: Timestamp) throws -> BSONValue {
        var set: [(key: String, value: BSONValue)] = [
            ("status", .string(before.rawValue)), ("lastUpdatedAt", .time(stamp)),
        ]
        var unset: [(key: String, value: BSONValue)] = [("task", "")]
        let task = try document.document("task")
        if let attempts = try task.first("attempts")?.value() { set.append(("attempts", attempts)) }
        for name in Self.reason {
            if let kept = try task.first(name)?.value() {
                set.append((name, kept))
            } else if before != .failed {
                // That of an attempt in this batch.
                unset.append((name, ""))
            }
        }
        if before == .completed {
            set.append(("rankKey", .string(try rankKey(unrankedIn: task.objectID("batchId")))))
            if let label = standing.passFail { set.append(("passFail", .string(label.rawValue))) }
        }
        return ["$set": .document(set), "$unset": .document(unset)]
    }

    /// What it was ranked by before it was queued.
    private func rankKey(unrankedIn batch: ObjectID) throws -> String {
        guard let result = try document.first("result")?.document() else {
            return StoredResume.rankKey(unrankedIn: batch)
        }
        return StoredResume.rankKey(
            finalScore: try result.int("finalScore"),
            requiredSkillsMet: try result.int("requiredSkillsMet"),
            sha256: try document.document("file").first("sha256")?.string
        )
    }
}
