internal import GraphQL

extension Resolvers {
    /// What the contract has and this server cannot answer: each says so, and none makes anything up.
    ///
    /// - Parameter schema: Tells the fields of types that nothing here gives.
    mutating func addUnavailable(in schema: GraphQLSchema) {
        for coordinate in Self.unavailableFields { addUnavailable(coordinate) }
        for name in Self.unreachedTypes {
            for field in (schema.type(name) as? ObjectType)?.fields ?? [] { addUnavailable("\(name).\(field.name)") }
        }
    }

    private mutating func addUnavailable(_ coordinate: String) {
        inlineRoot(coordinate) { call -> NoValue in
            // Who may not ask is told so first, as everywhere.
            _ = try call.signedIn()
            throw Self.refusal(of: call.coordinate)
        }
    }

    private static func refusal(of coordinate: String) -> GraphQLError {
        .unavailable("\(coordinate) is not served.")
    }

    /// Fields of types that are served.
    private static let unavailableFields = ["Mutation.analyzeResume"]

    /// Types of which no field above gives an object.
    private static let unreachedTypes = ["Analysis", "AnalysisPoint"]
}

/// What stands in the columns of resolvers that always throw: nothing.
private struct NoObject: ObjectValue {}

/// What a resolver gives that always throws: it fits every type, and there is none.
private enum NoValue: OutputValue {
    static var shape: OutputShape { .any }

    struct Builder: ColumnBuilder {
        private var objects: ObjectBuilder<NoObject>

        init(capacity: Int) { objects = ObjectBuilder(capacity: capacity) }

        mutating func append(_ element: NoValue) {}
        mutating func appendNull() { objects.appendNull() }
        mutating func appendFailure(_ error: any Error) { objects.appendFailure(error) }
        mutating func finish() -> Column { objects.finish() }
    }
}
