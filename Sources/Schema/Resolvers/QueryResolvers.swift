internal import GraphQL

extension Resolvers {
    /// `Query`.
    mutating func addQuery() {
        root("Query.viewer") { call -> Recruiter? in
            let context = try call.request()
            guard let id = context.recruiterID else { return nil }
            return try await context.recruiters.recruiter(id)
        }
        root("Query.job") { call -> StoredJob? in
            let (context, recruiter) = try call.signedIn()
            guard let id = NodeID(try call.arguments.requiredString("id")), id.kind == .job else { return nil }
            return try await context.jobs.jobs([id.key], of: recruiter).first
        }
        root("Query.jobs") { call -> JobConnection in
            let (context, recruiter) = try call.signedIn()
            let query = try JobQuery(call)
            return JobConnection(query: query, page: try await context.jobs.jobs(query, of: recruiter))
        }
        root("Query.node") { call -> Result<AbstractValue?, GraphQLError> in
            try await Self.nodes([try call.arguments.requiredString("id")], call)[0]
        }
        root("Query.nodes") { call -> [Result<AbstractValue?, GraphQLError>] in
            let ids = try call.arguments.list("ids") ?? []
            guard ids.count <= PageRequest.maxRows else {
                throw GraphQLError.badInput("At most \(PageRequest.maxRows) objects are given at once.", field: "ids")
            }
            return try await Self.nodes(
                ids.map { if case .string(let id) = $0 { id } else { "" } },
                call
            )
        }
    }

    /// The objects with these identifiers, in their order, with one question to each store.
    private static func nodes(
        _ texts: [String],
        _ call: FieldCall
    ) async throws -> [Result<AbstractValue?, GraphQLError>] {
        let (context, recruiter) = try call.signedIn()
        let ids = texts.map(NodeID.init)
        let jobKeys = Set(ids.compactMap { $0?.kind == .job ? $0?.key : nil })
        let jobs = jobKeys.isEmpty ? [] : try await context.jobs.jobs(jobKeys.sorted(), of: recruiter)
        let jobByKey = Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
        let isViewerAsked = ids.contains { $0?.kind == .recruiter && $0?.key == recruiter }
        let viewer = isViewerAsked ? try await context.recruiters.recruiter(recruiter) : nil
        return ids.map { id in
            switch id?.kind {
            case .job: .success(id.flatMap { jobByKey[$0.key] }.map { AbstractValue($0) })
            case .recruiter: .success(id?.key == recruiter ? viewer.map { AbstractValue($0) } : nil)
            case .resume, .batch: .failure(.unavailable("Resumes and batches are not served."))
            case nil: .success(nil)
            }
        }
    }
}

extension JobQuery {
    /// Reads the arguments of `Query.jobs`.
    ///
    /// - Parameter call: Of that field.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT`.
    init(_ call: FieldCall) throws {
        self.init()
        if let filter = try call.arguments.object("filter") {
            status = try filter.string("status").flatMap(JobStatus.init)
            if let search = try filter.string("search") {
                guard search.unicodeScalars.count <= 200 else {
                    throw GraphQLError.badInput("A search has at most 200 characters.", field: "filter.search")
                }
                words = TitleWords.words(search)
                // Signs alone match no word.
                if words.isEmpty, search.contains(where: { !$0.isWhitespace }) { words = [search] }
            }
        }
        if let orderBy = try call.arguments.object("orderBy") {
            switch try orderBy.requiredString("field") {
            case "CREATED_AT": order = .createdAt
            case "TITLE": order = .title
            default: order = .lastUpdatedAt
            }
            isDescending = try orderBy.requiredString("direction") == "DESC"
        }
        page = try PageRequest(call, order: order.rawValue)
        let selection = call.selection
        needsDescription =
            selection["nodes"].contains("description") || selection["edges"]["node"].contains("description")
    }
}
