import GraphQL

/// A schema whose one field answers with the arguments that it got.
enum Coercion {
    static let sdl = """
        type Query {
          echo(
            int: Int
            float: Float
            string: String
            boolean: Boolean
            id: ID
            color: Color
            ints: [Int!]
            grid: [[Int]]
            point: Point
            one: One
            day: Day
            withDefault: Int = 7
          ): String
          must(int: Int!): String
          mustWithDefault(int: Int! = 5): String
        }
        enum Color { RED GREEN BLUE }
        input Point { x: Int!, y: Int = 2, color: Color, next: Point }
        input One @oneOf { a: Int, b: String }
        scalar Day
        """

    /// Lets only `monday` through.
    static let day = ScalarCoercion(
        coerceInput: { value in
            guard value == .string("monday") else { throw ScalarCoercion.Refusal("no working day") }
            return .int(1)
        },
        coerceResult: { $0 }
    )

    static func respond(
        _ text: String,
        _ variables: Value.Object = [:],
        options: ExecutionOptions = ExecutionOptions()
    ) async throws -> String {
        var resolvers = Resolvers()
        for coordinate in ["Query.echo", "Query.must", "Query.mustWithDefault"] {
            resolvers.field(coordinate, on: RootObject.self) { _, call in
                var buffer = ResponseBuffer()
                buffer.write(value: .object(call.arguments.values))
                return String(decoding: buffer.bytes, as: UTF8.self)
            }
        }
        resolvers.scalar("Day", day)
        let schema = try ExecutableSchema(
            GraphQLSchema.build(from: Source(sdl)),
            resolvers: resolvers,
            options: options
        )
        let plan = try OperationPlan(parse(Source(text)), on: schema)
        return String(decoding: await plan.execute(variables: variables).json, as: UTF8.self)
    }

    /// The arguments that the resolver of `echo` got, as JSON.
    static func arguments(_ text: String, _ variables: Value.Object = [:]) async throws -> String {
        let response = try await respond(text, variables)
        let start = #"{"data":{"echo":""#
        guard response.hasPrefix(start) else { return response }
        return response.dropFirst(start.count).dropLast(3).split(separator: "\\").joined()
    }
}
