internal import GraphQL

/// What stands in a variable in place of a file of a multipart request: its place among ``RequestContext/uploads``.
public enum UploadReference {
    private static let prefix = "upload:"

    /// The value that the transport puts in place of the null that a client sent.
    ///
    /// - Parameter place: Among the request's files, from 0.
    /// - Returns: What ``file(_:in:)`` understands.
    public static func text(place: Int) -> String { "\(prefix)\(place)" }

    /// The file that a value means; nil for a text that is no reference, or one to a file that did not come.
    static func file(_ text: String, in uploads: [UploadedFile]) -> UploadedFile? {
        guard text.hasPrefix(prefix), let place = Int(text.dropFirst(prefix.count)), uploads.indices.contains(place)
        else { return nil }
        return uploads[place]
    }
}
