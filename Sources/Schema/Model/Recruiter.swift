public import GraphQL

/// An account.
public struct Recruiter: ObjectValue, Equatable {
    /// In the store.
    public var id: ObjectID
    /// As it was given, with case.
    public var email: EmailAddress
    /// As it was given.
    public var name: String
    /// Whether mail to the address is known to arrive.
    public var isEmailVerified: Bool
    /// When the account was made.
    public var createdAt: Timestamp

    /// Each parameter is the property of its name.
    public init(id: ObjectID, email: EmailAddress, name: String, isEmailVerified: Bool, createdAt: Timestamp) {
        self.id = id
        self.email = email
        self.name = name
        self.isEmailVerified = isEmailVerified
        self.createdAt = createdAt
    }
}
