public import GraphQL

/// The contract and what answers it.
public enum ServedSchema {
    /// The text of `schema.graphql`, UTF-8.
    public static var sdl: [UInt8] { PackageResources.schema_graphql }

    /// The schema with its resolvers, which expect a ``RequestContext``.
    ///
    /// - Parameter options: Bounds, and what becomes of unexpected errors.
    /// - Returns: A schema of its own.
    /// - Throws: What is wrong with the text, or which fields lack a resolver.
    public static func executable(options: ExecutionOptions = ExecutionOptions()) throws -> ExecutableSchema {
        var options = options
        // Compares up to a thousand resumes, however few rows it shows.
        options.cost.fixedCosts["Job.preview"] = 25_000
        let schema = try GraphQLSchema.build(from: Source(bytes: sdl))
        return try ExecutableSchema(schema, resolvers: resolvers(for: schema), options: options)
    }

    /// For every field of the contract.
    static func resolvers(for schema: GraphQLSchema) -> Resolvers {
        var all = Resolvers()
        all.addScalars()
        all.addQuery()
        all.addMutation()
        all.addRecruiter()
        all.addAccounts()
        all.addJob()
        all.addJobParts()
        all.addResume()
        all.addScreening()
        all.addRescoring()
        all.addResumeMutations()
        all.addBatches()
        all.addEvents()
        all.addConnections()
        all.addSubscription()
        all.addUnavailable(in: schema)
        return all
    }
}
