/// What is wrong with bytes that should be BSON, or with a field that should be there.
public struct BSONError: Error, Equatable, CustomStringConvertible, Sendable {
    /// One line, with the offset or the field's name.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
