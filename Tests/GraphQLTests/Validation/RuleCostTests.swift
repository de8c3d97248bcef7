import Testing

@testable import GraphQL

/// Documents made to take long, each at the size of a whole request body.
///
/// What is asserted is generous, so that a slow and busy machine passes: where work grows faster than the document, these
/// take minutes.
@Suite(.serialized) struct RuleCostTests {
    private static let circular = schema(
        """
        directive @again repeatable on FIELD
        directive @once on FIELD
        interface Thing { thing: Thing other: Thing name: String }
        type Query implements Thing { thing: Query other: Query name: String size(of: Int, or: Int): Int }
        type Box implements Thing { thing: Box other: Thing name: String }
        """
    )

    private func check(
        _ query: String,
        by rules: [ValidationRule.Type] = specifiedRules,
        within limit: Duration = .seconds(60),
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws -> [GraphQLError] {
        let document = try parse(Source(query), limits: .unlimited)
        var errors: [GraphQLError] = []
        let time = ContinuousClock().measure {
            errors = validate(document, against: Self.circular, options: ValidationOptions(rules: rules))
        }
        #expect(time < limit, sourceLocation: sourceLocation)
        return errors
    }

    private func many(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: " ")
    }

    /// Fragments of which each spreads the next by `link`, the last one selecting `end`.
    private func chain(_ count: Int, of name: String = "F", end: String = "name", _ link: (String) -> String) -> String
    {
        many(count) { "fragment \(name)\($0) on Query { \(link("...\(name)\($0 + 1)")) }" }
            + " fragment \(name)\(count) on Query { \(end) }"
    }

    @Test func `a field repeated two hundred thousand times`() throws {
        #expect(try check("{ \(many(200_000) { _ in "name" }) }").isEmpty)
    }

    @Test func `a conflict among two hundred thousand fields`() throws {
        // Near the start, and past where pairs are compared.
        for query in [
            "{ name: size \(many(200_000) { _ in "name" }) }", "{ \(many(300_000) { _ in "name" }) name: size }",
        ] {
            let errors = try check(query)
            let (first, second) = query.hasPrefix("{ name:") ? ("size", "name") : ("name", "size")
            #expect(
                errors.first?.message
                    == "Fields 'name' conflict because '\(first)' and '\(second)' are different fields."
                    + " Use different aliases on the fields to fetch both if this was intentional."
            )
        }
    }

    @Test(arguments: [(40, 20), (170, 300)])
    func `inline fragments that overlap`(outer: Int, inner: Int) throws {
        let inside = many(inner) { _ in "... on Query { name }" }
        #expect(try check("{ \(many(outer) { _ in "... on Query { thing { \(inside) } }" }) }").isEmpty)
    }

    @Test func `inline fragments that overlap at five levels`() throws {
        var inside = "name"
        for _ in 0..<5 {
            let level = inside
            inside = many(8) { _ in "... on Query { thing { \(level) } }" }
        }
        #expect(try check("{ \(inside) }").isEmpty)
    }

    @Test func `objects and interfaces that overlap`() throws {
        let inside = many(8_000) { _ in "... on Query { thing { name } } ... on Box { thing { name } } thing { name }" }
        #expect(try check("{ ... on Thing { thing { \(inside) } } }").isEmpty)
    }

    @Test func `fragments in circles`() throws {
        let query = """
            { ...A } fragment A on Query { thing { ...B name } ...B }
            fragment B on Query { thing { ...A } other { ...A thing { ...B } } ...A }
            """
        #expect(try check(query, by: [OverlappingFieldsCanBeMergedRule.self]).isEmpty)
        let conflict = try check(query + " fragment C on Query { name: size ...A thing { name } }", by: specifiedRules)
        #expect(conflict.contains { $0.message.hasPrefix("Fields 'name' conflict") } == false)
        #expect(conflict.contains { $0.message.hasPrefix("Cannot spread fragment 'A' within itself") })
    }

    @Test(arguments: [30, 2_000])
    func `fragments that fan out in two`(depth: Int) throws {
        let query = "{ ...F0 } " + chain(depth) { "thing { name \($0) } other: thing { size \($0) }" }
        #expect(try check(query).isEmpty)
    }

    @Test func `a conflict under fragments that fan out in two`() throws {
        let query = "{ ...F0 } " + chain(2_000, end: "name name: size") { "thing { \($0) } other: thing { \($0) }" }
        #expect(try check(query, by: [OverlappingFieldsCanBeMergedRule.self]).count == 1)
    }

    @Test func `fragments in a long chain`() throws {
        #expect(try check("{ ...F0 } " + chain(10_000) { "name \($0)" }).isEmpty)
        #expect(try check("{ ...F0 } " + chain(10_000) { "thing { name \($0) }" }).isEmpty)
        // Past the depth at which pairs are compared, what conflicts is still told.
        let deep = "{ ...F0 ...G0 } " + chain(10_000) { "thing { \($0) }" }
        let other = chain(10_000, of: "G", end: "name: size") { "thing { \($0) }" }
        #expect(try check(deep + other, by: [OverlappingFieldsCanBeMergedRule.self]).count == 1)
    }

    @Test func `a chain of fragments spread ten thousand times exceeds the limit of work`() throws {
        let fields = many(10_000) { "a\($0): thing { name ...F0 }" }
        let errors = try check(
            "{ \(fields) } " + chain(10_000) { "name \($0)" },
            by: [OverlappingFieldsCanBeMergedRule.self]
        )
        #expect(errors.map(\.code) == ["QUERY_TOO_COMPLEX"])
        guard case .int(let maximum)? = errors.first?.extensions["maximum"],
            case .int(let actual)? = errors.first?.extensions["actual"]
        else {
            Issue.record("no maximum or actual value")
            return
        }
        #expect(actual > maximum)
    }

    @Test(arguments: ["@again", "@once", "@unknown"])
    func `a hundred thousand directives on a node`(directive: String) throws {
        let errors = try check("{ name \(many(100_000) { _ in directive }) }")
        #expect(errors.count == (directive == "@again" ? 0 : 101))
    }

    @Test func `ten thousand variables of one name`() throws {
        let errors = try check("query (\(many(10_000) { _ in "$a: Int" })) { size(of: $a) }")
        #expect(errors.map(\.message) == ["There can be only one variable named '$a'."])
    }

    @Test func `floods of arguments`() throws {
        #expect(try check("{ size(\(many(100_000) { "a\($0): 1" })) }").count == 101)
        #expect(try check("{ size(\(many(100_000) { _ in "of: 1" })) }").count == 1)
        let wide = "size(\(many(1_000) { "a\($0): 1" }))"
        #expect(
            try check("{ \(many(100) { _ in wide }) }", by: [OverlappingFieldsCanBeMergedRule.self]).isEmpty
        )
    }

    @Test func `floods of values and uses`() throws {
        #expect(try check("{ size(of: [\(many(200_000) { _ in "1" })]) }").count == 1)
        #expect(try check("{ size(of: {\(many(50_000) { "a\($0): {b: 1}" })}) }").count == 1)
        #expect(try check("query ($a: Int!) { \(many(100_000) { _ in "size(of: $a)" }) }").isEmpty)
        #expect(try check("{ \(many(100_000) { _ in "size(of: $a)" }) }").count == 101)
    }
}
