public import GraphQL
public import Pipeline

/// Makes and reads the links under which files are written and read, in the server's own store or in a cloud.
///
/// A link carries all that it allows, signed, so that handing one out writes nothing.
public protocol FileLinks: Sendable {
    /// Where a file may be written, once, until a moment.
    func upload(_ file: NewFile) throws -> UploadLink

    /// Where a recruiter's file of the server's own store may be read for a while.
    func download(_ file: ObjectID, of recruiter: ObjectID, now: Timestamp) throws -> String

    /// What a URL means that is to be registered.
    func place(of url: String) -> FilePlace
}

/// What a URL means.
public enum FilePlace: Sendable, Equatable {
    /// A file of the server's own store, as ``UploadLink/fileURL`` names it; it need not be there.
    case stored(ObjectID)
    /// A file that will be fetched when it is processed.
    case elsewhere
    /// Nothing that can be registered.
    case refused(PipelineError)
}

/// Where to write a file, and what to register afterwards.
public struct UploadLink: Sendable, Equatable {
    /// Takes the file's bytes: as the body where there are no ``fields``, else as the last part of a form.
    public var url: String
    /// `PUT`, or `POST` for a form.
    public var method: String
    /// What stands before the file in the form, in this order.
    public var fields: [FormField]
    /// What is registered.
    public var fileURL: String
    /// When `url` stops working.
    public var expiresAt: Timestamp

    /// Each parameter is the property of its name.
    public init(
        url: String,
        method: String = "PUT",
        fields: [FormField] = [],
        fileURL: String,
        expiresAt: Timestamp
    ) {
        self.url = url
        self.method = method
        self.fields = fields
        self.fileURL = fileURL
        self.expiresAt = expiresAt
    }
}

/// A field of a form.
public struct FormField: ObjectValue, Equatable {
    /// What it is called.
    public var name: String
    /// What it says.
    public var value: String

    /// Each parameter is the property of its name.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
