import Testing

@testable import GraphQL

@Suite struct FragmentReachTests {
    private func context(_ query: String) throws -> ValidationContext {
        let document = try parse(Source(query), limits: .unlimited)
        return ValidationContext(schema: library, document: document, suggests: true, maxErrors: 100)
    }

    private func operations(_ context: ValidationContext) -> [OperationDefinitionNode] {
        context.document.definitions.compactMap { if case .operation(let operation) = $0 { operation } else { nil } }
    }

    @Test func `fragments are reached once each, in the order first spread`() throws {
        let context = try context(
            """
            query A { book { sequel { ...D } ...B ...B ...Gone } } query C { book { id } }
            fragment B on Book { ...C } fragment C on Book { ...B } fragment D on Book { ...C } fragment E on Book { id }
            """
        )
        let found = operations(context).map { context.fragments(reachedBy: $0).map(\.name.value) }
        #expect(found == [["B", "D", "C"], []])
    }

    @Test func `of equal names the last fragment counts`() throws {
        let context = try context("{ ...A } fragment A on Book { ...B } fragment A on Film { id }")
        #expect(context.fragments(reachedBy: operations(context)).map(\.typeCondition.value) == ["Film"])
    }

    @Test func `usages carry what their place expects`() throws {
        let context = try context(
            """
            query ($x: Int @audit(reason: "x")) @audit(reason: $a) {
              find(first: $b, filter: { genres: [$c], minPages: $d, period: { gone: $e } }) { ...F }
              gone(x: $f) @include(if: $g)
            }
            fragment F on Book @audit(reason: $h) { authors(first: $i) { name } }
            """
        )
        let found = context.variableUsages(of: operations(context)[0]).map { usage in
            let preset = usage.defaultValue == nil ? "" : " preset"
            return
                "\(usage.name): \(usage.type?.description ?? "nil") in \(usage.parentType?.description ?? "nil")\(preset)"
        }
        #expect(
            found == [
                "a: String in nil", "b: Int in nil preset", "c: Genre! in [Genre!]", "d: Int in BookFilter preset",
                "e: nil in Period", "f: nil in nil", "g: Boolean! in nil", "h: String in nil", "i: Int in nil preset",
            ]
        )
    }

    @Test func `binary fan-out is reached in work linear in its fragments`() throws {
        func work(_ count: Int) throws -> Int {
            let fragments = (0..<count).map {
                "fragment F\($0) on Book { a: sequel { ...F\($0 + 1) } b: sequel { ...F\($0 + 1) } }"
            }
            let context = try context("{ book { ...F0 } } \(fragments.joined()) fragment F\(count) on Book { id }")
            let before = context.reach.remainingWork
            #expect(context.fragments(reachedBy: operations(context)[0]).count == count + 1)
            #expect(!context.isFull)
            return before - context.reach.remainingWork
        }
        #expect(try work(200) <= 2 * work(100) + 1)
        #expect(try work(100) < 300)
    }

    @Test func `operations that spread the same fragments share the answer`() throws {
        let chain = (0..<100).map { "fragment F\($0) on Book { title(upper: $v) ...F\($0 + 1) }" }.joined()
        let many = (0..<100).map { "query Q\($0)($v: Boolean) { book { ...F0 } }" }.joined()
        let context = try context(many + chain + "fragment F100 on Book { id }")
        let before = context.reach.remainingWork
        for operation in operations(context) {
            #expect(context.fragments(reachedBy: operation).count == 101)
        }
        #expect(before - context.reach.remainingWork < 300)
    }

    @Test func `operations that each reach other fragments end the validation when it is too much`() throws {
        let count = 1_000
        let many = (0..<count).map { "query Q\($0) { book { ...F\($0) } }" }.joined()
        let chain = (0..<count).map { "fragment F\($0) on Book { ...F\($0 + 1) }" }.joined()
        let context = try context(many + chain + "fragment F\(count) on Book { id }")
        for operation in operations(context) where !context.isFull { _ = context.fragments(reachedBy: operation) }
        let error = try #require(context.errors().last)
        #expect(error.message == "Validation aborted.")
        #expect(error.code == "QUERY_TOO_COMPLEX")
        #expect(error.extensions["limit"] == .string("fragmentWork"))
        #expect(error.extensions["maximum"] == .int(context.reach.allowedWork))
        #expect(context.reach.remainingWork > -2 * count)
    }
}
