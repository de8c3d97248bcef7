internal import Schema

/// A batch as its document holds it.
enum BatchDocument {
    /// Of a batch without resumes.
    static func encode(_ batch: StoredBatch, _ target: BatchTarget) -> BSONDocument {
        [
            "_id": .objectID(batch.id), "recruiterId": .objectID(batch.recruiterID), "jobId": .objectID(batch.jobID),
            "status": .string(batch.status.rawValue), "total": .int(batch.total), "completed": .int(batch.completed),
            "failed": .int(batch.failed), "cancelled": .int(batch.cancelled), "version": .int64(batch.version),
            "isFilling": true,
            "target": encode(target), "createdAt": .time(batch.createdAt), "lastUpdatedAt": .time(batch.lastUpdatedAt),
        ]
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
