import Testing

@testable import GraphQL

@Suite struct LongChainTests {
    @Test func `default values may hold one another in a chain of any length`() throws {
        let chain = (0..<5_000).map { "input I\($0) { a: I\($0 + 1) = {} }" }.joined(separator: "\n")
        #expect(try schemaErrors(chain + "\ninput I5000 { a: Int }\ntype Query { a(x: I0): Int }").isEmpty)
    }

    @Test func `a circle of any length is found`() throws {
        let chain = (0..<5_000).map { "input I\($0) { a: I\($0 + 1)! }" }.joined(separator: "\n")
        let errors = try schemaErrors(chain + "\ninput I5000 { a: I0! }\ntype Query { a(x: I0): Int }")
        #expect(errors.count == 1)
        #expect(errors.first?.locations.count == 5_001)
    }
}
