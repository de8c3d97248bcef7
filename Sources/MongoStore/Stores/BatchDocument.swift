internal import Schema

/// A batch as its document holds it.
enum BatchDocument {
    /// Every field; `limit` is how many resumes it may have, nil for any number.
    static func encode(_ batch: StoredBatch, _ target: BatchTarget, limit: Int? = nil) -> BSONDocument {
        BSONWriter.document { writer in
            writer.append("_id", .objectID(batch.id))
            writer.append("recruiterId", .objectID(batch.recruiterID))
            writer.append("jobId", .objectID(batch.jobID))
            writer.append("status", .string(batch.status.rawValue))
            writer.append("total", .int(batch.total))
            writer.append("completed", .int(batch.completed))
            writer.append("failed", .int(batch.failed))
            writer.append("cancelled", .int(batch.cancelled))
            writer.append("version", .int64(batch.version))
            // An index holds those that have the field.
            if batch.isFilling { writer.append("isFilling", true) }
            writer.append("target", encode(target))
            if let limit { writer.append("limit", .int(limit)) }
            writer.append("createdAt", .time(batch.createdAt))
            writer.append("lastUpdatedAt", .time(batch.lastUpdatedAt))
            if let time = batch.finishedAt { writer.append("finishedAt", .time(time)) }
        }
    }

    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> StoredBatch {
        var batch = StoredBatch(
            id: try document.objectID("_id"),
            recruiterID: try document.objectID("recruiterId"),
            jobID: try document.objectID("jobId"),
            createdAt: try document.timestamp("createdAt")
        )
        batch.status = try document.required("status") { $0.string.flatMap(BatchStatus.init) }
        batch.total = try document.int("total")
        batch.completed = try document.int("completed")
        batch.failed = try document.int("failed")
        batch.cancelled = try document.int("cancelled")
        batch.version = try document.first("version")?.int ?? 0
        batch.isFilling = try document.first("isFilling")?.bool ?? false
        batch.isCancelled = try document.first("isCancelled")?.bool ?? false
        batch.lastUpdatedAt = try document.timestamp("lastUpdatedAt")
        batch.finishedAt = try document.first("finishedAt")?.date.map(Timestamp.init(milliseconds:))
        return batch
    }

    static func encode(_ target: BatchTarget) -> BSONValue {
        switch target {
        case .resumes(let ids): ["resumes": .array(ids.map(BSONValue.objectID))]
        case .registered: ["selection": "REGISTERED"]
        case .failed: ["selection": "FAILED"]
        case .stale: ["selection": "STALE"]
        }
    }

    /// How many resumes a batch may have: as many as it asked for of the month's quota when it was made; nil for any number.
    ///
    /// - Throws: ``BSONError``.
    static func limit(_ document: BSONDocument) throws -> Int? { try document.first("limit")?.int.map { Int($0) } }

    /// - Throws: ``BSONError``.
    static func target(_ document: BSONDocument) throws -> BatchTarget {
        let target = try document.document("target")
        switch try target.first("selection")?.string {
        case "REGISTERED": return .registered
        case "FAILED": return .failed
        case "STALE": return .stale
        default: return .resumes(try target.array("resumes") { $0.objectID })
        }
    }
}
