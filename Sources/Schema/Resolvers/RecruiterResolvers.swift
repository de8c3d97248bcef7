internal import GraphQL

/// What a recruiter has used up, and may use up.
struct Usage: ObjectValue {
    let stored: StoredUsage
    let resumesQuota: Int?
}

extension Resolvers {
    /// `Recruiter`.
    mutating func addRecruiter() {
        field("Recruiter.id", on: Recruiter.self) { NodeID(.recruiter, $0.id) }
        field("Recruiter.email", on: Recruiter.self) { $0.email.description }
        field("Recruiter.name", on: Recruiter.self) { $0.name }
        field("Recruiter.emailVerified", on: Recruiter.self) { $0.isEmailVerified }
        field("Recruiter.createdAt", on: Recruiter.self) { $0.createdAt }
        batch("Recruiter.usage", on: Recruiter.self) { recruiters, call -> [Usage] in
            let context = try call.request()
            guard let store = context.stores.usage else {
                throw GraphQLError.unavailable("\(call.coordinate) is not served.")
            }
            // What is used up grows without any job changing.
            context.dependencies?.spoil()
            // All that a recruiter sees is their own account, however often.
            var known: [ObjectID: Usage] = [:]
            for recruiter in recruiters where known[recruiter.id] == nil {
                known[recruiter.id] = Usage(
                    stored: try await store.usage(of: recruiter.id, at: context.now),
                    resumesQuota: context.resumesQuota
                )
            }
            return recruiters.compactMap { known[$0.id] }
        }
        field("Usage.periodStart", on: Usage.self) { $0.stored.periodStart }
        field("Usage.resumesProcessed", on: Usage.self) { $0.stored.resumesProcessed }
        field("Usage.resumesQuota", on: Usage.self) { $0.resumesQuota }
        field("Usage.analyses", on: Usage.self) { $0.stored.analyses }
        field("Usage.analysesQuota", on: Usage.self) { _ -> Int? in nil }
        field("Usage.promptTokens", on: Usage.self) { $0.stored.promptTokens }
        field("Usage.completionTokens", on: Usage.self) { $0.stored.completionTokens }
    }
}
