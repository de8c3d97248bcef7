extension GraphQLError {
    /// That a document is not of the grammar: what was expected or found, and where.
    static func syntax(_ description: String, in source: Source, at offset: Int) -> GraphQLError {
        GraphQLError(
            "Syntax Error: \(description)",
            locations: [source.location(at: SourceOffset(truncatingIfNeeded: offset))],
            extensions: ["code": .string("GRAPHQL_PARSE_FAILED")]
        )
    }

    /// That a document is beyond one of the ``DocumentLimits``, and where the excess starts, if it has a place.
    static func tooComplex(
        _ description: String,
        limit: String,
        maximum: Int,
        actual: Int,
        in source: Source,
        at offset: Int?
    ) -> GraphQLError {
        GraphQLError(
            "Syntax Error: \(description) Parsing aborted.",
            locations: offset.map { [source.location(at: SourceOffset(truncatingIfNeeded: $0))] } ?? [],
            extensions: [
                "code": .string("QUERY_TOO_COMPLEX"),
                "limit": .string(limit),
                "maximum": .int(maximum),
                "actual": .int(actual),
            ]
        )
    }
}
