import Foundation

@testable import GraphQL

/// A schema that answers introspection and nothing else.
enum IntrospectionHarness {
    private struct Nothing: ObjectValue {}

    /// Resolvers that fail, at every coordinate, since introspection needs none of them.
    static func executable(_ schema: GraphQLSchema) throws -> ExecutableSchema {
        var resolvers = Resolvers()
        for case let type as ObjectType in schema.types where !type.name.hasPrefix("__") {
            for field in type.fields {
                let coordinate = "\(type.name).\(field.name)"
                resolvers.column(coordinate, on: Nothing.self) { _, _ in throw GraphQLError("Not resolved.") }
                if type === schema.subscriptionType {
                    resolvers.subscription(coordinate) { _ in AsyncStream<Nothing> { $0.finish() } }
                }
            }
        }
        return try ExecutableSchema(schema, resolvers: resolvers)
    }

    /// The response as text.
    static func respond(_ query: String, in schema: GraphQLSchema) async throws -> String {
        let plan = try OperationPlan(parse(Source(query)), on: executable(schema))
        return String(decoding: await plan.execute().json, as: UTF8.self)
    }

    /// A file of `Tests/Fixtures/Introspection`.
    static func fixture(_ name: String) throws -> String {
        // …/Tests/GraphQLTests/Introspection/IntrospectionHarness.swift
        var tests = URL(filePath: #filePath)
        for _ in 0..<3 { tests.deleteLastPathComponent() }
        return try String(contentsOf: tests.appending(path: "Fixtures/Introspection/\(name)"), encoding: .utf8)
    }
}
