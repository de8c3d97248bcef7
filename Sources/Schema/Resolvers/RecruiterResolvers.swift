internal import GraphQL

extension Resolvers {
    /// `Recruiter`.
    mutating func addRecruiter() {
        field("Recruiter.id", on: Recruiter.self) { NodeID(.recruiter, $0.id).description }
        field("Recruiter.email", on: Recruiter.self) { $0.email.description }
        field("Recruiter.name", on: Recruiter.self) { $0.name }
        field("Recruiter.emailVerified", on: Recruiter.self) { $0.isEmailVerified }
        field("Recruiter.createdAt", on: Recruiter.self) { $0.createdAt.description }
    }
}
