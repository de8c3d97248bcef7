import Testing

@testable import GraphQL

@Suite struct ValidateTests {
    @Test func `all specified rules run, in the order of the reference`() {
        let query = """
            query ($lost: Int) { book { tilte ...Gone } item } fragment Idle on Genre { x }
            """
        #expect(
            errors(specifiedRules, query).map(\.message) == [
                "Variable '$lost' is never used.",
                "Cannot query field 'tilte' on type 'Book'. Did you mean 'title'?",
                "Unknown fragment 'Gone'.",
                "Field 'item' of type 'Item' must have a selection of subfields. Did you mean 'item { ... }'?",
                "Fragment 'Idle' cannot condition on non composite type 'Genre'.",
                "Fragment 'Idle' is never used.",
            ]
        )
    }

    @Test func `past the limit of errors one last error says so`() throws {
        let document = try parse(Source("{ a b c d }"))
        func messages(_ limit: Int) -> [String] {
            validate(document, against: library, options: ValidationOptions(maxErrors: limit, suggests: false))
                .map(\.message)
        }
        let last = "Too many validation errors, error limit reached. Validation aborted."
        #expect(messages(4).count == 4)
        #expect(messages(2) == ["a", "b"].map { "Cannot query field '\($0)' on type 'Query'." } + [last])
        #expect(messages(0) == [last])
    }

    @Test func `an error that aborts stands at no place`() throws {
        let document = try parse(Source("{ a b }"))
        let errors = validate(document, against: library, options: ValidationOptions(maxErrors: 1))
        #expect(errors.last?.locations == [])
    }

    @Test func `a name of hundreds of letters is shown whole, a longer message is cut`() {
        let long = String(repeating: "é", count: 1) + String(repeating: "x", count: 900)
        let name = String(long.dropFirst())
        #expect(errors([FieldsOnCorrectTypeRule.self], "{ \(name) }")[0].message.contains(name))
        let huge = String(repeating: "x", count: 60_000)
        let message = errors([FieldsOnCorrectTypeRule.self], "{ \(huge) }")[0].message
        #expect(message.utf8.count == ValidationContext.maxMessageBytes + "…".utf8.count)
        #expect(message.hasSuffix("x…"))
    }

    @Test func `an error names at most a hundred places`() {
        let fields = (0..<500).map { "a\($0): lent { id }" }.joined(separator: " ")
        let found = errors([SingleFieldSubscriptionsRule.self], "subscription { \(fields) }")
        #expect(found.map(\.locations.count) == [ValidationContext.maxPlaces])
    }
}

@Suite struct ValidationLimitTests {
    @Test func `too many errors end in one that names the limit and what was found`() throws {
        let query = "{ " + (0..<10).map { "x\($0)" }.joined(separator: " ") + " }"
        let errors = validate(try parse(Source(query)), against: library, options: ValidationOptions(maxErrors: 3))
        #expect(errors.count == 4)
        #expect(
            errors.last?.extensions
                == [
                    "code": .string("QUERY_TOO_COMPLEX"), "limit": .string("maxErrors"), "maximum": .int(3),
                    "actual": .int(4),
                ]
        )
        #expect(errors.dropLast().allSatisfy { $0.extensions.isEmpty })
    }

    @Test func `how deep introspection may nest is an option, and its error names it`() throws {
        let query = try parse(Source("{ __schema { types { fields { type { fields { name } } } } } }"))
        var options = ValidationOptions()
        #expect(validate(query, against: library, options: options).isEmpty)
        options.maxIntrospectionDepth = 2
        let error = try #require(validate(query, against: library, options: options).first)
        #expect(error.message == "Maximum introspection depth exceeded")
        #expect(
            error.extensions
                == [
                    "code": .string("QUERY_TOO_COMPLEX"), "limit": .string("maxIntrospectionDepth"), "maximum": .int(1),
                    "actual": .int(2),
                ]
        )
    }
}
