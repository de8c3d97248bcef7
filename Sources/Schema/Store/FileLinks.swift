/// Makes and reads the links under which files of the server's own store are written and read.
///
/// A link carries all that it allows, signed, so that handing one out writes nothing.
public protocol FileLinks: Sendable {
    /// Where a file may be written, once, until a moment.
    func upload(_ file: NewFile) throws -> UploadLink

    /// Where a recruiter's file may be read for a while.
    func download(_ file: ObjectID, of recruiter: ObjectID, now: Timestamp) throws -> String

    /// The file that a ``UploadLink/fileURL`` means; nil for every other URL.
    func file(at url: String) -> ObjectID?
}

/// Where to write a file, and what to register afterwards.
public struct UploadLink: Sendable, Equatable {
    /// Takes the file's bytes by `PUT`.
    public var url: String
    /// What is registered; nobody can read it.
    public var fileURL: String
    /// When `url` stops working.
    public var expiresAt: Timestamp

    /// Each parameter is the property of its name.
    public init(url: String, fileURL: String, expiresAt: Timestamp) {
        self.url = url
        self.fileURL = fileURL
        self.expiresAt = expiresAt
    }
}
