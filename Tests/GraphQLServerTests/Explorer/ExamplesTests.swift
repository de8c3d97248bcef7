import Foundation
import GraphQL
import Schema
import Testing

@testable import GraphQLServer

/// What the explorer offers, read as `explorer.js` reads it.
@Suite struct ExamplesTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let title: String
        let variables: String
        let query: String
        var testDescription: String { title }
    }

    static let examples: [Example] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../web/examples.graphql")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n## ").dropFirst().map { part in
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
            let (comments, rest) = (lines.filter { $0.hasPrefix("#") }, lines.filter { !$0.hasPrefix("#") })
            return Example(
                title: String(rest[0]),
                variables: comments.map { String($0.dropFirst()) }.joined(separator: "\n"),
                query: rest.dropFirst().joined(separator: "\n")
            )
        }
    }()

    @Test func `there are examples, each with a title of its own`() {
        #expect(Self.examples.count >= 8)
        #expect(Set(Self.examples.map(\.title)).count == Self.examples.count)
    }

    @Test(arguments: examples) func `an example suits the schema, and its variables the example`(
        example: Example
    ) async throws {
        let executable = try ServedSchema.executable()
        let preparer = DocumentPreparer(schema: executable.schema, sha256: { _ in "" })
        let request = OperationRequest(query: Array(example.query.utf8))
        let plan = try preparer.prepare(request).plan(operationName: nil, on: executable)
        var variables: Value.Object = [:]
        if !example.variables.isEmpty {
            guard case .object(let object) = try JSONParser().parse(Array(example.variables.utf8)) else {
                Issue.record("the variables are no object")
                return
            }
            variables = object
        }
        // Without its context every resolver fails, and only what came before them tells something.
        let result = await plan.execute(variables: variables, context: RootObject(), deadline: .now + .seconds(10))
        #expect(!result.isRequestError, "\(result.errors)")
    }
}
