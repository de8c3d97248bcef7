extension Resolvers {
    /// The resolvers of `__schema`, `__type` and of the types of introspection, in `schema`.
    static func introspection(of schema: GraphQLSchema) -> Resolvers {
        Resolvers()
    }
}
