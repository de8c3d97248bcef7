internal import GraphQL

extension Resolvers {
    /// `Query`.
    mutating func addQuery() {
        root("Query.viewer") { call -> Recruiter? in
            let context = try call.request()
            context.dependencies?.spoil()
            guard let id = context.recruiterID else { return nil }
            return try await context.stores.recruiters.recruiter(id)
        }
        root("Query.job") { call -> JobView? in
            let (context, recruiter) = try call.signedIn()
            guard let id = NodeID(try call.arguments.requiredString("id")), id.kind == .job else { return nil }
            let parts = JobParts(call.selection)
            let jobs = try await context.stores.jobs.jobs([id.key], of: recruiter, parts: parts)
            context.dependencies?.add(jobs: [id.key], found: jobs)
            return jobs.first.map(JobView.init)
        }
        root("Query.jobs") { call -> Connection<JobView> in
            let (context, recruiter) = try call.signedIn()
            context.dependencies?.spoil()
            let query = try JobQuery(call)
            let page = try await context.stores.jobs.jobs(query, of: recruiter)
            return Connection(page: page.map { JobView($0) }) { query.cursor(of: $0.stored) }
        }
        root("Query.resume") { call -> ResumeView? in
            // A resume is read before its job: the job's version may be that of a later change.
            try call.signedIn().context.dependencies?.spoil()
            guard let id = NodeID(try call.arguments.requiredString("id")), id.kind == .resume else { return nil }
            return try await Self.view(id.key, parts: ResumeParts(call.selection), call)
        }
        root("Query.batch") { call -> StoredBatch? in
            let (context, recruiter) = try call.signedIn()
            guard let id = NodeID(try call.arguments.requiredString("id")), id.kind == .batch else { return nil }
            let batches = try await context.stores.batches.batches([id.key], of: recruiter)
            context.dependencies?.add(batches: [id.key], found: batches)
            return batches.first
        }
        root("Query.node") { call -> AbstractValue? in
            try await Self.nodes([try call.arguments.requiredString("id")], call)[0]
        }
        root("Query.nodes") { call -> [AbstractValue?] in
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
    private static func nodes(_ texts: [String], _ call: FieldCall) async throws -> [AbstractValue?] {
        let (context, recruiter) = try call.signedIn()
        let ids = texts.map(NodeID.init)
        func keys(_ kind: NodeID.Kind) -> [ObjectID] {
            Set(ids.compactMap { $0?.kind == kind ? $0?.key : nil }).sorted()
        }
        var found: [NodeID: AbstractValue] = [:]
        for job in try await jobs(keys(.job), parts: JobParts(call.selection), call).values {
            found[NodeID(.job, job.id)] = AbstractValue(JobView(job))
        }
        if ids.contains(where: { $0?.kind == .resume || $0?.kind == .recruiter }) { context.dependencies?.spoil() }
        if !keys(.resume).isEmpty {
            let parts = ResumeParts(call.selection)
            let resumes = try await context.stores.resumes.resumes(keys(.resume), of: recruiter, parts: parts)
            for view in try await views(resumes, call) { found[NodeID(.resume, view.resume.id)] = AbstractValue(view) }
        }
        if !keys(.batch).isEmpty {
            let batches = try await context.stores.batches.batches(keys(.batch), of: recruiter)
            context.dependencies?.add(batches: keys(.batch), found: batches)
            for batch in batches {
                found[NodeID(.batch, batch.id)] = AbstractValue(batch)
            }
        }
        let own = NodeID(.recruiter, recruiter)
        if ids.contains(own) {
            found[own] = try await context.stores.recruiters.recruiter(recruiter).map { AbstractValue($0) }
        }
        return ids.map { $0.flatMap { found[$0] } }
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
                words = TitleWords.sought(search)
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
        parts = JobParts(selection["nodes"]).union(JobParts(selection["edges"]["node"]))
    }
}
