/// Where the contents of files are kept, piece by piece: no file is ever whole in memory.
///
/// A file that no resume holds is erased some time after ``NewFile/expiresAt``.
public protocol FileStore: Sendable {
    /// Writes a file.
    ///
    /// - Parameters:
    ///   - file: What is known before its first byte.
    ///   - next: The next piece, never empty; nil after the last. What it throws ends the writing, and nothing is left.
    /// - Returns: The file, with what its bytes told.
    /// - Throws: ``FileRefusal`` for a file that is empty or too large; what `next` throws; what the store says went wrong.
    func write(_ file: NewFile, _ next: @Sendable () async throws -> [UInt8]?) async throws -> StoredFile

    /// The files with these identifiers, those that are not there left out, in no order.
    func files(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredFile]

    /// Reads a file that was found, from its start to its end.
    ///
    /// - Parameters:
    ///   - file: As the store gave it.
    ///   - write: Takes each piece; what it throws ends the reading.
    /// - Throws: What `write` throws; what the store says went wrong, also where the file has gone meanwhile.
    func read(_ file: StoredFile, _ write: @Sendable ([UInt8]) async throws -> Void) async throws

    /// Lets go of files: those that no resume holds may be erased from now on.
    func release(_ ids: [ObjectID], of recruiter: ObjectID, at now: Timestamp) async throws
}

/// A file before its first byte.
public struct NewFile: Sendable {
    /// In the store; a second file under the same identifier is refused.
    public var id: ObjectID
    /// Whose it is.
    public var recruiterID: ObjectID
    /// As the client calls it; only shown.
    public var name: String
    /// As the client says; only shown, until the content was seen.
    public var mediaType: String
    /// More bytes are refused.
    public var maxBytes: Int
    /// When writing begins.
    public var createdAt: Timestamp
    /// When it may be erased if no resume holds it by then.
    public var expiresAt: Timestamp

    /// Each parameter is the property of its name.
    public init(
        id: ObjectID,
        recruiterID: ObjectID,
        name: String,
        mediaType: String,
        maxBytes: Int,
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.recruiterID = recruiterID
        self.name = name
        self.mediaType = mediaType
        self.maxBytes = maxBytes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// A file that is whole.
public struct StoredFile: Sendable, Equatable {
    /// In the store.
    public var id: ObjectID
    /// Whose it is.
    public var recruiterID: ObjectID
    /// As the client calls it.
    public var name: String
    /// As the client says.
    public var mediaType: String
    /// Never 0.
    public var byteCount: Int
    /// Of the content, in lower-case hexadecimal.
    public var sha256: String

    /// Each parameter is the property of its name.
    public init(
        id: ObjectID,
        recruiterID: ObjectID,
        name: String,
        mediaType: String,
        byteCount: Int,
        sha256: String
    ) {
        self.id = id
        self.recruiterID = recruiterID
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

/// Why a file is not taken.
public enum FileRefusal: Error, Equatable, Sendable {
    case empty
    case tooLarge(maxBytes: Int)
    /// There is a file under this identifier already.
    case alreadyWritten
}

/// A file of a multipart request: written before the operation runs, or refused.
public struct UploadedFile: Sendable {
    /// As the client calls it.
    public var name: String
    /// What became of it.
    public var outcome: Result<StoredFile, FileRefusal>

    /// Each parameter is the property of its name.
    public init(name: String, outcome: Result<StoredFile, FileRefusal>) {
        self.name = name
        self.outcome = outcome
    }
}
