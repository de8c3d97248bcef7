@testable import GraphQL

/// What the attacks are aimed at: a small schema with everything that nests, and the whole way of a request through it.
enum Target {
    static let sdl = """
        directive @tag(with: String) repeatable on FIELD
        scalar Any
        interface Node { id: ID!, name: String, self: Node, other: Node }
        type Query implements Node {
          id: ID!, name: String, self: Query, other: Query, list(first: Int): [Query!]!, nodes(ids: [ID!]!): [Query]!
          node: Node, search(in: Filter, any: Any, list: [Int], deep: \(open)Int\(close)): String, broken: String
          secretName: String
        }
        type Leaf implements Node { id: ID!, name: String, self: Leaf, other: Node }
        input Filter { name: String, not: Filter, and: [Filter!], kind: Kind, secretField: Int }
        enum Kind { PLAIN SECRET_KIND }
        """

    /// A list type as deep as a document may nest.
    static let (open, close) = (String(repeating: "[", count: 98), String(repeating: "]", count: 98))

    struct Item: ObjectValue {}
    struct Leaf: ObjectValue {}

    static let schema: GraphQLSchema = built()

    private static func built() -> GraphQLSchema {
        do {
            return try GraphQLSchema.build(from: Source(sdl, name: "schema"))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    static func executable(_ change: (inout ExecutionOptions) -> Void = { _ in }) throws -> ExecutableSchema {
        var options = ExecutionOptions()
        change(&options)
        var all = Resolvers()
        all.scalar("Any", ScalarCoercion(coerceInput: { $0 }, coerceResult: { $0 }))
        all.field("Query.id", on: Item.self) { _ in "1" }
        all.field("Query.name", on: Item.self) { _ in "n" }
        all.field("Query.secretName", on: Item.self) { _ in "n" }
        all.field("Query.self", on: Item.self) { Optional($0) }
        all.field("Query.other", on: Item.self) { Optional($0) }
        all.field("Query.broken", on: Item.self) { _ -> String? in throw GraphQLError("It is broken.") }
        all.field("Query.search", on: Item.self) { _, _ in "found" }
        all.field("Query.node", on: Item.self) { AbstractValue($0) }
        all.batch("Query.list", on: Item.self) { items, call in
            let count = try call.arguments.int("first") ?? 20
            return items.map { Array(repeating: $0, count: count) }
        }
        all.field("Query.nodes", on: Item.self) { item, call -> [Item?] in
            (try call.arguments.list("ids") ?? []).map { _ in item }
        }
        all.field("Leaf.id", on: Leaf.self) { _ in "1" }
        all.field("Leaf.name", on: Leaf.self) { _ in "n" }
        all.field("Leaf.self", on: Leaf.self) { Optional($0) }
        all.field("Leaf.other", on: Leaf.self) { AbstractValue($0) }
        return try ExecutableSchema(built(), resolvers: all, options: options)
    }

    /// What came back.
    struct Answer {
        let errors: [GraphQLError]
        let json: [UInt8]
        var code: String? { errors.first?.code }
        var limit: Value? { errors.first?.extensions["limit"] }
        var actual: Value? { errors.first?.extensions["actual"] }
        var text: String { String(decoding: json, as: UTF8.self) }
    }

    /// What there is to a server, as far as the engine goes.
    struct Server {
        var executable: ExecutableSchema
        let preparer: DocumentPreparer
        var json = JSONParser()

        /// With every limit at its default.
        init() throws {
            executable = try Target.executable()
            preparer = Target.preparer(on: executable.schema)
        }

        /// Without the limits of documents and operations, but with those of depth, which protect the stack.
        init(liftingLimitsBut change: (inout ExecutionOptions) -> Void) throws {
            executable = try Target.executable { options in
                options.cost.maxCost = .max
                change(&options)
            }
            preparer = Target.preparer(on: executable.schema) { options in
                options.document = .unlimited
                options.operation = .unlimited
            }
            json = JSONParser(maxDepth: 100)
        }

        /// Reads the variables, prepares, plans, executes and writes the response.
        func answer(_ query: String, variables: [UInt8] = Array("{}".utf8)) async -> Answer {
            do {
                guard case .object(let variables) = try json.parse(variables) else {
                    return Answer(errors: [], json: [])
                }
                let document = try preparer.prepare(OperationRequest(query: Array(query.utf8)))
                let plan = try document.plan(on: executable)
                let result = await plan.execute(variables: variables, root: Item())
                return Answer(errors: result.errors, json: result.json)
            } catch let failure as RequestErrors {
                let result = ExecutionResult(failure)
                return Answer(errors: result.errors, json: result.json)
            } catch let error as GraphQLError {
                return Answer(errors: [error], json: Array(error.message.utf8))
            } catch {
                return Answer(errors: [GraphQLError("\(error)")], json: [])
            }
        }
    }

    static func preparer(
        on schema: GraphQLSchema = schema,
        _ change: (inout DocumentPreparer.Options) -> Void = { _ in }
    ) -> DocumentPreparer {
        var options = DocumentPreparer.Options()
        change(&options)
        return DocumentPreparer(schema: schema, options: options, sha256: DocumentPreparerTests.hash)
    }
}

extension String {
    /// `text` as often as it fits into `bytes`.
    init(filling bytes: Int, with text: String) {
        self.init(repeating: text, count: bytes / text.utf8.count)
    }
}

/// Parts made from the numbers from 0 on, with spaces between them.
func many(_ count: Int, _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined(separator: " ")
}
