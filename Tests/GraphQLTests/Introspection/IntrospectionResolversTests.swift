import Testing

@testable import GraphQL

@Suite struct IntrospectionResolversTests {
    /// `response.json` is the answer of graphql-core 3.3.2, without what is younger than September 2025.
    @Test func `the full query is answered as the reference answers it`() async throws {
        let schema = try GraphQLSchema.build(from: Source(IntrospectionHarness.fixture("schema.graphql")))
        let response = try await IntrospectionHarness.respond(IntrospectionHarness.fixture("query.graphql"), in: schema)
        // Line breaks are there for readers only.
        #expect(response + "\n" == (try IntrospectionHarness.fixture("response.json").replacing(",\n", with: ",")))
    }

    @Test(arguments: [
        (#"{ __type(name: "Missing") { name } }"#, #"{"data":{"__type":null}}"#),
        (
            #"{ __type(name: "Pet") { __typename kind name } }"#,
            #"{"data":{"__type":{"__typename":"__Type","kind":"UNION","name":"Pet"}}}"#
        ),
        (
            #"{ __typename __schema { queryType { name } } }"#,
            #"{"data":{"__typename":"Query","__schema":{"queryType":{"name":"Query"}}}}"#
        ),
        (
            #"{ __type(name: "Colour") { enumValues { name } all: enumValues(includeDeprecated: true) { name isDeprecated } } }"#,
            #"{"data":{"__type":{"enumValues":[{"name":"RED"}],"all":[{"name":"RED","isDeprecated":false},"#
                + #"{"name":"BLUE","isDeprecated":true}]}}}"#
        ),
        (
            #"{ __type(name: "Query") { fields { name args { name } } inputFields { name } possibleTypes { name } } }"#,
            #"{"data":{"__type":{"fields":[{"name":"pets","args":[{"name":"of"}]}],"inputFields":null,"possibleTypes":null}}}"#
        ),
        (
            #"{ __type(name: "Query") { fields(includeDeprecated: true) { name args(includeDeprecated: true) { name } } } }"#,
            #"{"data":{"__type":{"fields":[{"name":"pets","args":[{"name":"of"},{"name":"old"}]},{"name":"none","args":[]}]}}}"#
        ),
        (
            #"{ __type(name: "In") { isOneOf fields { name } inputFields { name defaultValue } } }"#,
            #"{"data":{"__type":{"isOneOf":true,"fields":null,"inputFields":[{"name":"a","defaultValue":null}]}}}"#
        ),
        (
            #"{ __type(name: "Pet") { possibleTypes { name isOneOf interfaces { name } } } }"#,
            #"{"data":{"__type":{"possibleTypes":[{"name":"Dog","isOneOf":null,"interfaces":[]},{"name":"Cat","isOneOf":null,"interfaces":[]}]}}}"#
        ),
    ])
    func `parts of the schema are told of when they are asked for`(query: String, response: String) async throws {
        let schema = try GraphQLSchema.build(
            from: Source(
                """
                type Query { pets(of: [In!]! = {a: 1}, old: Int @deprecated): [Pet] none: Int @deprecated }
                type Cat { name: String } type Dog { name: String }
                union Pet = Dog | Cat
                enum Colour { RED BLUE @deprecated }
                input In @oneOf { a: Int b: Int @deprecated }
                """
            )
        )
        #expect(try await IntrospectionHarness.respond(query, in: schema) == response)
    }

    @Test func `scalars that nothing refers to are no part of the schema`() async throws {
        let schema = try GraphQLSchema.build(from: Source("type Query { a: Boolean }"))
        #expect(
            try await IntrospectionHarness.respond(
                #"{ int: __type(name: "Int") { name } string: __type(name: "String") { name } }"#,
                in: schema
            ) == #"{"data":{"int":null,"string":{"name":"String"}}}"#
        )
    }
}
