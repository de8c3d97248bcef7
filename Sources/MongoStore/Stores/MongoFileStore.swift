internal import Pipeline
public import Schema

/// Files in GridFS, in the bucket `files`.
///
/// A file's document is there from its first byte, marked as not whole, so that what a server that died left behind is found
/// and erased.
///
/// - Source: MongoDB's GridFS specification.
public struct MongoFileStore: FileStore {
    private let workers: MongoWorkers
    private let clock: @Sendable () -> Timestamp
    /// As GridFS has it: a document of MongoDB stays below two pages of its cache.
    private static let chunkBytes = 255 << 10
    /// A writer that has said nothing for so long is taken for dead.
    private static let silence = Duration.seconds(300)

    /// - Parameters:
    ///   - workers: Connected to a database that was prepared.
    ///   - clock: Tells the time.
    public init(_ workers: MongoWorkers, clock: @escaping @Sendable () -> Timestamp) {
        self.workers = workers
        self.clock = clock
    }

    /// Two round trips, and one transaction for each 255 KiB.
    ///
    /// A writer that was silent for too long is taken for dead, and another may take its place. Each has an identifier of its
    /// own, which is a condition of all that it does: should the dead one come back, it changes nothing.
    public func write(_ file: NewFile, _ next: @Sendable () async throws -> [UInt8]?) async throws -> StoredFile {
        let attempt = ObjectID(at: file.createdAt)
        try await begin(file, attempt)
        do {
            return try await fill(file, attempt, next)
        } catch {
            // Whoever left, nothing is left of it.
            _ = await Task { try await erase(file.id, of: attempt) }.result
            throw error
        }
    }

    private func begin(_ file: NewFile, _ attempt: ObjectID) async throws {
        let now = file.createdAt
        try await workers.withClient { client in
            let document: BSONDocument = [
                "_id": .objectID(file.id), "length": .int64(0), "chunkSize": .int(Self.chunkBytes),
                "uploadDate": .time(now), "filename": .string(file.name),
                "metadata": [
                    "recruiterId": .objectID(file.recruiterID), "mediaType": .string(file.mediaType), "whole": false,
                    "expiresAt": .time(file.expiresAt), "attempt": .objectID(attempt),
                ],
            ]
            let insert = BSONWriter.document { writer in
                writer.append("insert", .string(Collections.files.name))
                writer.appendArray("documents", [document])
            }
            do {
                try client.write(insert)
            } catch let error as MongoError where error.isDuplicateKey {
                // A writer that died must not keep others from trying again; a file that is being erased does.
                let stale = now.advanced(by: .zero - Self.silence)
                try client.transaction { client in
                    let reply = try client.write([
                        "delete": .string(Collections.files.name),
                        "deletes": [
                            [
                                "q": [
                                    "_id": .objectID(file.id), "metadata.whole": false,
                                    "metadata.isErased": ["$ne": true], "uploadDate": ["$lt": .time(stale)],
                                ],
                                "limit": 1,
                            ]
                        ],
                    ])
                    guard try reply.int("n") == 1 else { throw FileRefusal.alreadyWritten }
                    try Self.eraseChunks(of: [file.id], client)
                    try client.write(insert)
                }
            }
        }
    }

    private func fill(
        _ file: NewFile,
        _ attempt: ObjectID,
        _ next: @Sendable () async throws -> [UInt8]?
    ) async throws -> StoredFile {
        let digest = Digest()
        var pending: [UInt8] = []
        var (byteCount, number) = (0, 0)
        while let piece = try await next() {
            byteCount += piece.count
            guard byteCount <= file.maxBytes else { throw FileRefusal.tooLarge(maxBytes: file.maxBytes) }
            digest.update(piece)
            pending += piece
            while pending.count >= Self.chunkBytes {
                try await append(Array(pending.prefix(Self.chunkBytes)), number, to: file, attempt)
                pending.removeFirst(Self.chunkBytes)
                number += 1
            }
        }
        guard byteCount > 0 else { throw FileRefusal.empty }
        if !pending.isEmpty { try await append(pending, number, to: file, attempt) }
        let stored = StoredFile(
            id: file.id,
            recruiterID: file.recruiterID,
            name: file.name,
            mediaType: file.mediaType,
            byteCount: byteCount,
            sha256: digest.hexadecimal()
        )
        try await workers.withClient { client in
            let reply = try client.write([
                "update": .string(Collections.files.name),
                "updates": [
                    [
                        "q": Self.unfinished(file.id, attempt),
                        "u": [
                            "$set": [
                                "length": .int64(Int64(stored.byteCount)), "metadata.whole": true,
                                "metadata.sha256": .string(stored.sha256),
                            ]
                        ],
                    ]
                ],
            ])
            guard try reply.int("n") == 1 else { throw FileRefusal.alreadyWritten }
        }
        return stored
    }

    private func append(_ bytes: [UInt8], _ number: Int, to file: NewFile, _ attempt: ObjectID) async throws {
        let now = clock()
        try await workers.withClient { client in
            let chunk: BSONDocument = [
                "_id": .objectID(ObjectID(at: now)), "files_id": .objectID(file.id),
                "n": .int(number), "data": .binary(bytes),
            ]
            let insert = BSONWriter.document(capacity: bytes.count + 256) { writer in
                writer.append("insert", .string(Collections.chunks.name))
                writer.appendArray("documents", [chunk])
            }
            try client.transaction { client in
                // Also a sign of life.
                let reply = try client.write([
                    "update": .string(Collections.files.name),
                    "updates": [
                        ["q": Self.unfinished(file.id, attempt), "u": ["$max": ["uploadDate": .time(now)]]]
                    ],
                ])
                guard try reply.int("n") == 1 else { throw FileRefusal.alreadyWritten }
                try client.write(insert)
            }
        }
    }

    /// A file that this writer writes, and no other.
    private static func unfinished(_ file: ObjectID, _ attempt: ObjectID) -> BSONValue {
        ["_id": .objectID(file), "metadata.whole": false, "metadata.attempt": .objectID(attempt)]
    }

    /// One round trip.
    public func files(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredFile] {
        try await workers.withClient { client in
            try client.find(
                Collections.files.name,
                [
                    "_id": ["$in": .array(ids.map(BSONValue.objectID))], "metadata.recruiterId": .objectID(recruiter),
                    "metadata.whole": true,
                ],
                ["maxTimeMS": 10_000]
            ).map(Self.decode)
        }
    }

    private static func decode(_ document: BSONDocument) throws -> StoredFile {
        let metadata = try document.document("metadata")
        return StoredFile(
            id: try document.objectID("_id"),
            recruiterID: try metadata.objectID("recruiterId"),
            name: try document.string("filename"),
            mediaType: try metadata.string("mediaType"),
            byteCount: try document.int("length"),
            sha256: try metadata.string("sha256")
        )
    }

    /// One round trip for each 255 KiB.
    public func read(_ file: StoredFile, _ write: @Sendable ([UInt8]) async throws -> Void) async throws {
        var (read, number) = (0, 0)
        while read < file.byteCount {
            let place = number
            let piece = try await workers.withClient { client -> [UInt8] in
                let chunks = try client.find(
                    Collections.chunks.name,
                    ["files_id": .objectID(file.id), "n": .int(place)],
                    ["limit": 1, "maxTimeMS": 10_000]
                )
                return try chunks.first?.required("data") { $0.binary.map { Array($0) } } ?? []
            }
            guard !piece.isEmpty else { throw MongoError(code: 1, message: "the file \(file.id) is not whole") }
            read += piece.count
            number += 1
            try await write(piece)
        }
    }

    /// One round trip.
    public func release(_ ids: [ObjectID], of recruiter: ObjectID, at now: Timestamp) async throws {
        try await workers.withClient { client in
            _ = try client.write([
                "update": .string(Collections.files.name),
                "updates": [
                    [
                        "q": [
                            "_id": ["$in": .array(ids.map(BSONValue.objectID))],
                            "metadata.recruiterId": .objectID(recruiter), "metadata.resumeId": ["$exists": false],
                        ],
                        "u": ["$set": ["metadata.expiresAt": .time(now)]], "multi": true,
                    ]
                ],
            ])
        }
    }

    /// Erases what a writer has written of a file, unless another has taken its place, or it is whole.
    private func erase(_ file: ObjectID, of attempt: ObjectID) async throws {
        try await workers.withClient { client in
            try client.transaction { client in
                let reply = try client.write([
                    "delete": .string(Collections.files.name),
                    "deletes": [["q": Self.unfinished(file, attempt), "limit": 1]],
                ])
                if try reply.int("n") == 1 { try Self.eraseChunks(of: [file], client) }
            }
        }
    }

    /// Erases files: their documents last, so that what was broken off is found again.
    static func erase(_ files: [ObjectID], _ client: borrowing MongoClient) throws {
        guard !files.isEmpty else { return }
        try eraseChunks(of: files, client)
        try client.write([
            "delete": .string(Collections.files.name),
            "deletes": [["q": ["_id": ["$in": .array(files.map(BSONValue.objectID))]], "limit": 0]],
        ])
    }

    private static func eraseChunks(of files: [ObjectID], _ client: borrowing MongoClient) throws {
        try client.write([
            "delete": .string(Collections.chunks.name),
            "deletes": [["q": ["files_id": ["$in": .array(files.map(BSONValue.objectID))]], "limit": 0]],
        ])
    }
}
