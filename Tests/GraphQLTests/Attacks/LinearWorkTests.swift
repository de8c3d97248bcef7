import Testing

@testable import GraphQL

/// Every stage by itself, without the limits that stand before it: four times the input must take about four times the CPU
/// time, whatever the input.
@Suite(.serialized) struct LinearWorkTests {
    struct Family: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let size: Int
        let document: @Sendable (Int) -> String

        init(_ name: String, _ size: Int, _ document: @escaping @Sendable (Int) -> String) {
            testDescription = name
            self.size = size
            self.document = document
        }

        func parsed(_ size: Int) throws -> DocumentNode {
            try parse(Source(document(size)), limits: .unlimited)
        }
    }

    /// Fragments of which each spreads the next.
    private static func chain(_ count: Int, _ link: (String) -> String) -> String {
        many(count) { "fragment F\($0) on Query{\(link("...F\($0 + 1)"))}" } + " fragment F\(count) on Query{name}"
    }

    /// Valid or not, all parse.
    static let families = [
        Family("fields") { "{" + many($0) { "a\($0):name" } + "}" },
        Family("repeated fields") { "{" + String(repeating: "name ", count: $0) + "}" },
        Family("a conflict among repeated fields") { "{name:id " + String(repeating: "name ", count: $0) + "}" },
        Family("repeated objects") { "{" + String(repeating: "self{name} ", count: $0) + "}" },
        Family("inline fragments that overlap") {
            "{" + String(repeating: "...on Query{self{...on Query{name}...on Node{name}}}", count: $0 / 4) + "}"
        },
        Family("inline fragments in two types") {
            "{node{" + String(repeating: "...on Query{self{name}}...on Leaf{self{name}}", count: $0 / 4) + "}}"
        },
        Family("aliases of objects") { "{" + many($0) { "a\($0):self{name}" } + "}" },
        Family("a chain of fragments", 1_000) { "{...F0}" + chain($0) { $0 } },
        Family("a chain of fragments beside fields", 1_000) { "{...F0}" + chain($0) { "name \($0)" } },
        Family("fragments that fan out in two on one level", 1_000) { "{...F0}" + chain($0) { "\($0) \($0)" } },
        Family("a circle of fragments", 1_000) { count in
            "{...F0}" + many(count) { "fragment F\($0) on Query{name ...F\(($0 + 1) % count)}" }
        },
        Family("fragments that spread themselves", 1_000) {
            "{...F0}" + many($0) { "fragment F\($0) on Query{...F\($0)}" }
        },
        Family("fragments that all spread one", 1_000) {
            "{...F}fragment F on Query{name}" + many($0) { "fragment F\($0) on Query{...F self{...F}}" }
        },
        Family("one spread again and again") {
            "{" + String(repeating: "...F ", count: $0) + "}fragment F on Query{name}"
        },
        Family("directives") { "{name" + String(repeating: "@tag", count: $0) + "}" },
        Family("unknown directives") { "{name" + String(repeating: "@a", count: $0) + "}" },
        Family("conditions") { "{" + String(repeating: "name@skip(if:false)", count: $0) + "}" },
        Family("variables") { "query(" + many($0) { "$a\($0):Int" } + "){name}" },
        Family("variables of one name") { "query(" + String(repeating: "$a:a ", count: $0) + "){name}" },
        Family("variables and their uses", 1_000) {
            "query(" + many($0) { "$a\($0):Int" } + "){" + many($0) { "a\($0):search(list:[$a\($0)])" } + "}"
        },
        Family("conditions on many variables", 1_000) {
            "query(" + many($0) { "$a\($0):Boolean=true" } + "){" + many($0) { "name@skip(if:$a\($0))" } + "}"
        },
        Family("a list") { "{search(list:[" + String(repeating: "1,", count: $0) + "])}" },
        Family("a list of what does not fit") { "{search(list:[" + String(repeating: "a,", count: $0) + "])}" },
        Family("an object") { "{search(any:{" + many($0) { "a\($0):1" } + "})}" },
        Family("an object of unknown fields") { "{search(in:{" + many($0) { "a\($0):1" } + "})}" },
        Family("an object of one field again and again") {
            "{search(in:{" + String(repeating: "name:\"\"", count: $0) + "})}"
        },
        Family("arguments") { "{search(" + many($0) { "a\($0):1" } + ")}" },
        Family("one argument again and again") { "{search(" + String(repeating: "any:1 ", count: $0) + ")}" },
        Family("operations", 1_000) { many($0) { "query Q\($0){name}" } },
        Family("operations of one name", 1_000) { String(repeating: "query Q{name}", count: $0) },
        Family("nameless operations", 1_000) { String(repeating: "{name}", count: $0) },
        Family("introspection", 1_000) { "{__schema{" + String(repeating: "types{fields{name}}", count: $0) + "}}" },
    ]

    @Test(arguments: families)
    func `documents are parsed in linear time`(_ family: Family) async throws {
        try await Spent.expectLinear(family.size, input: family.document) { document in
            _ = try parse(Source(document), limits: .unlimited)
        }
    }

    @Test(arguments: families)
    func `documents are validated in linear time`(_ family: Family) async throws {
        try await Spent.expectLinear(family.size, input: family.parsed) { document in
            _ = validate(document, against: Target.schema)
        }
    }

    @Test(arguments: families)
    func `documents are measured and planned in linear time, valid or not`(_ family: Family) async throws {
        let executable = try Target.executable {
            $0.cost.maxCost = .max
            $0.maxPlannedSelections = .max
        }
        try await Spent.expectLinear(family.size, input: family.parsed) { document in
            _ = DocumentMeasure(document)
            guard let plan = try? OperationPlan(document, on: executable) else { return }
            if let execution = try? plan.execution(variables: [:], context: RootObject(), deadline: nil) {
                _ = executable.options.cost.cost(of: execution)
            }
        }
    }

    /// Those that walk fragments by themselves, and may not trust the rule on circles to have run.
    @Test(arguments: families.filter { $0.testDescription.contains("fragments") })
    func `each rule alone stands every shape of fragments`(_ family: Family) async throws {
        let document = try family.parsed(family.size)
        let (_, spent) = await Spent.measured {
            for rule in specifiedRules {
                _ = validate(document, against: Target.schema, options: ValidationOptions(rules: [rule]))
            }
        }
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }

    @Test func `a circle of ten thousand fragments stops every walker`() async throws {
        let circle = "{...F0}" + many(10_000) { "fragment F\($0) on Query{self{...F\(($0 + 1) % 10_000)}}" }
        let document = try parse(Source(circle), limits: .unlimited)
        let executable = try Target.executable()
        let (failure, spent) = await Spent.measured { () -> RequestErrors? in
            _ = DocumentMeasure(document)
            _ = validate(
                document,
                against: Target.schema,
                options: ValidationOptions(rules: [OverlappingFieldsCanBeMergedRule.self])
            )
            _ = validate(document, against: Target.schema)
            do throws(RequestErrors) {
                _ = try OperationPlan(document, on: executable)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure?.errors.map(\.code) == ["QUERY_TOO_COMPLEX"])
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }

    @Test(arguments: [
        Family("a list") { "[" + String(repeating: "1,", count: $0) + "1]" },
        Family("empty lists") { "[" + String(repeating: "[],", count: $0) + "1]" },
        Family("empty objects") { "[" + String(repeating: "{},", count: $0) + "1]" },
        Family("an object") { "{" + many($0) { "\"a\($0)\":1," } + "\"b\":1}" },
        Family("one key again and again") { "{" + String(repeating: "\"a\":1,", count: $0) + "\"a\":1}" },
        Family("escapes") { "\"" + String(repeating: "\\u00e9", count: $0) + "\"" },
        Family("digits") { String(repeating: "1", count: $0) },
        Family("white space") { String(repeating: " \n", count: $0) + "1" },
    ])
    func `JSON is read, coerced and shown in linear time`(_ family: Family) async throws {
        let filter = try parseType(Source("Filter"))
        let type = try #require(Target.schema.type(of: filter))
        try await Spent.expectLinear(4 * family.size, input: family.document) { text in
            guard let value = try? JSONParser().parse(Array(text.utf8)) else { return }
            _ = value.coerced(to: .list(type))
            _ = InputProblems(of: value, for: .list(type), suggests: true, limit: 50)
        }
    }

    @Test func `aliases beyond every limit but that of calls are given up while they run`() async throws {
        let server = try Target.Server { $0.maxResolverCalls = 20_000 }
        let document = "{" + many(20_001) { "a\($0):self{name}" } + "}"
        let (answer, spent) = await Spent.measured { await server.answer(document) }
        #expect(answer.code == "QUERY_TOO_COMPLEX" && answer.json.count < 1_000)
        #expect(spent.cpu < Spent.maxCPU && spent.memory < Spent.maxMemory)
    }
}

extension LinearWorkTests.Family {
    /// Of a size at which something quadratic shows.
    fileprivate init(_ name: String, _ document: @escaping @Sendable (Int) -> String) {
        self.init(name, 2_000, document)
    }
}
