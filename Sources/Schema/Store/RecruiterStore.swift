/// Where accounts are kept.
public protocol RecruiterStore: Sendable {
    /// The account with this identifier; nil where there is none.
    func recruiter(_ id: ObjectID) async throws -> Recruiter?

    /// The account of this address, made where there is none.
    ///
    /// - Parameters:
    ///   - email: Compared without regard to case.
    ///   - name: Of a new account; an existing one keeps its own.
    ///   - now: When it is made.
    /// - Returns: Marked as verified, also where it was not: an operator vouches for it.
    /// - Throws: What the store says went wrong.
    func verifiedRecruiter(email: EmailAddress, name: String?, at now: Timestamp) async throws -> Recruiter
}
