import GraphQL
import Testing

/// What strangers send to bring a server down, at the size of a whole request body, against the default limits: refused at
/// little cost, by the limit that is there for it.
@Suite(.serialized) struct RefusedAttackTests {
    struct Attack: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let limit: String
        let maximum: Int
        let actual: Int
        let document: @Sendable () -> String

        init(
            _ name: String,
            _ limit: String,
            _ maximum: Int,
            _ actual: Int,
            _ document: @escaping @Sendable () -> String
        ) {
            testDescription = name
            self.limit = limit
            self.maximum = maximum
            self.actual = actual
            self.document = document
        }
    }

    private static let body = 1 << 20

    /// Each has been found in some other server.
    ///
    /// - deep documents: CVE-2026-40324 (Hot Chocolate), graphql-go #756, graphql-java #3112;
    /// - floods of directives: CVE-2022-37734 (graphql-java), CVE-2023-49559 (gqlparser), CVE-2024-47614 (async-graphql);
    /// - repeated fields: CVE-2023-26144 (graphql-js), CVE-2026-40476 (graphql-php);
    /// - inline fragments that overlap: GHSA-fc86-6rv6-2jpm;
    /// - fragments that fan out: CVE-2026-34573 (Parse Server);
    /// - floods of aliases: CVE-2026-35441 (Directus), GHSA-6q22-g298-grjh;
    /// - variables of one name: apollo-server #8013.
    static let attacks = [
        Attack("deep selections", "maxDepth", 100, 101) { String(filling: body, with: "{q") },
        Attack("deep selections with arguments", "maxDepth", 100, 101) { String(filling: body, with: "{a(a:1)") },
        Attack("deep inline fragments", "maxDepth", 100, 101) { String(filling: body, with: "{...") },
        Attack("deep lists", "maxDepth", 100, 101) { "{q(a:" + String(filling: body - 5, with: "[") },
        Attack("deep objects", "maxDepth", 100, 101) { "{q(a:" + String(filling: body - 5, with: "{a:") },
        Attack("deep lists and objects", "maxDepth", 100, 101) { "{q(a:" + String(filling: body - 5, with: "[{a:") },
        Attack("deep default values", "maxDepth", 100, 101) { "query($a:A=" + String(filling: body - 11, with: "[") },
        Attack("deep list types", "maxDepth", 100, 101) { "query($a:" + String(filling: body - 9, with: "[") },
        Attack("deep values of directives", "maxDepth", 100, 101) { "{q@a(a:" + String(filling: body - 7, with: "[") },
        Attack("one byte more than a body", "maxBytes", body, body + 1) {
            "{name}" + String(filling: body - 5, with: ",")
        },
        Attack("repeated fields", "maxTokens", 15_000, 15_001) { "{" + String(filling: body - 2, with: "name ") + "}" },
        Attack("repeated fields that fit", "maxRootFields", 50, 14_998) {
            "{" + String(repeating: "name ", count: 14_998) + "}"
        },
        Attack("aliases", "maxTokens", 15_000, 15_001) { "{" + many(60_000) { "a\($0):name" } + "}" },
        Attack("aliases that fit", "maxAliases", 100, 4_999) { "{" + many(4_999) { "a\($0):name" } + "}" },
        Attack("a long alias", "maxAliasBytes", 256, body - 30) {
            "{list(first:1000){" + String(filling: body - 30, with: "a") + ":name}}"
        },
        Attack("many root fields", "maxRootFields", 50, 51) { "{" + many(51) { _ in "other { name }" } + "}" },
        Attack("many root fields in fragments", "maxRootFields", 50, 1 << 40) {
            "{...F0}" + many(40) { "fragment F\($0) on Query{...F\($0 + 1) ...F\($0 + 1)}" }
                + "fragment F40 on Query{name}"
        },
        Attack("directives on a field", "maxDirectivesPerNode", 50, 51) {
            "{name" + String(filling: body - 6, with: "@a") + "}"
        },
        Attack("directives on a query", "maxDirectivesPerNode", 50, 51) {
            "query" + String(filling: body - 5, with: "@skip(if:true)")
        },
        Attack("directives on many fields", "maxTokens", 15_000, 15_001) {
            "{" + many(2_000) { "a\($0): name" + String(repeating: "@tag", count: 50) } + "}"
        },
        Attack("inline fragments that overlap", "maxRootFields", 50, 70) {
            let inner = String(repeating: "...on Query{name}", count: 20)
            return "{" + String(repeating: "...on Query{self{\(inner)}}", count: 70) + "}"
        },
        Attack("variables of one name", "maxTokens", 15_000, 15_001) {
            "query(" + String(repeating: "$a:Int", count: 10_000) + "){name}"
        },
        Attack("a list of many values", "maxTokens", 15_000, 15_001) {
            "{search(list:[" + String(filling: body - 20, with: "1,") + "])}"
        },
        Attack("a long circle of fragments", "maxFragmentSpreads", 500, 1_800) {
            "{name}" + (0..<1_800).map { "fragment F\($0) on Query{...F\(($0 + 1) % 1_800)}" }.joined()
        },
        Attack("a longer circle of fragments", "maxTokens", 15_000, 15_001) {
            "{...F0}" + (0..<10_000).map { "fragment F\($0) on Query{...F\(($0 + 1) % 10_000)}" }.joined()
        },
        Attack("levels through fragments", "maxDepth", 24, 401) {
            "{...F0}" + many(400) { "fragment F\($0) on Query{self{...F\($0 + 1)}}" } + "fragment F400 on Query{name}"
        },
        Attack("fragments that fan out in two", "maxCost", 250_000, 3 * (1 << 20) - 2) {
            let fan = many(20) { "fragment F\($0) on Query{self{...F\($0 + 1)}other{...F\($0 + 1)}}" }
            return "{...F0}" + fan + "fragment F20 on Query{name}"
        },
        Attack("lists in lists", "maxCost", 250_000, 1_001_001_001) {
            "{list(first:1000){list(first:1000){list(first:1000){name}}}}"
        },
    ]

    @Test(arguments: attacks)
    func `is refused at little cost`(_ attack: Attack) async throws {
        let server = try Target.Server()
        let document = attack.document()
        let (answer, spent) = await Spent.measured { await server.answer(document) }
        #expect(answer.errors.count == 1)
        #expect(
            answer.errors.first?.extensions
                == [
                    "code": .string("QUERY_TOO_COMPLEX"), "limit": .string(attack.limit),
                    "maximum": .int(attack.maximum),
                    "actual": .int(attack.actual),
                ]
        )
        #expect(answer.json.count < 1_000)
        #expect(spent.cpu < Spent.maxCPU)
        #expect(spent.memory < Spent.maxMemory)
    }

    /// Known as CVE-2026-40324 (Hot Chocolate) and graphql-go #756 for documents; JSON nests as easily.
    @Test(arguments: ["[", "{\"a\":", "[[{\"a\":", " [ "])
    func `deep JSON of variables is refused at the first level too many`(open: String) async throws {
        let server = try Target.Server()
        let variables = Array(("{\"a\":" + String(filling: Self.body, with: open)).utf8)
        let (answer, spent) = await Spent.measured { await server.answer("{ name }", variables: variables) }
        #expect(answer.code == "BAD_USER_INPUT")
        #expect(answer.limit == .string("maxDepth") && answer.actual == .int(65))
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }

    /// Known as CVE-2022-31173 (juniper), GHSA-xq3c-8gqm-v648 (async-graphql), CVE-2022-21708 (graph-gophers).
    @Test(arguments: [
        "{...A}fragment A on Query{...A}", "{...A}fragment A on Query{self{...A}}",
        "{...A}fragment A on Query{...B}fragment B on Query{...A}",
        "{...F0}" + (0..<499).map { "fragment F\($0) on Query{...F\(($0 + 1) % 499)}" }.joined(),
        "{...F0}" + (0..<23).map { "fragment F\($0) on Query{self{...F\(($0 + 1) % 23)}}" }.joined(),
    ])
    func `circles of fragments are refused`(document: String) async throws {
        let server = try Target.Server()
        let (answer, spent) = await Spent.measured { await server.answer(document) }
        #expect(answer.code == "GRAPHQL_VALIDATION_FAILED")
        #expect(answer.errors.first?.message.hasPrefix("Cannot spread fragment") == true)
        #expect(answer.json.count < 20_000)
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }

    /// Known as CVE-2024-40094 (graphql-java).
    @Test func `introspection in circles is refused`() async throws {
        let server = try Target.Server()
        let levels = String(repeating: "fields{type{", count: 45)
        let document = "{__schema{types{" + levels + "name" + String(repeating: "}}", count: 45) + "}}}"
        let (answer, spent) = await Spent.measured { await server.answer(document) }
        #expect(answer.limit == .string("maxIntrospectionDepth"))
        #expect(answer.errors.map(\.message) == ["Maximum introspection depth exceeded"])
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }
}
