@testable import GraphQL
@testable import GraphQLProbe

/// Runs one specification example against the engine, and says in which way it fails.
struct ExampleCheck {
    let file: ExampleFile
    let part: ExampleFile.Part

    /// An example that does not do what the specification says.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Throws: ``Failure``, or an error of the engine that the example does not expect.
    func run() async throws {
        let expectation = try part.required("expect")
        switch expectation {
        case "parses":
            _ = try parse(part.required("document"))
        case "valid":
            try checkValid()
        case "schema valid", "schema invalid":
            try checkSchema()
        case "result", "errors", "other errors", "event":
            try await checkExecution(expectation)
        default:
            guard expectation.hasPrefix("invalid by ") else { throw Failure(description: "expect: \(expectation)") }
            try checkInvalid(by: expectation.dropFirst(11).split(separator: ", ").map(String.init))
        }
    }

    // MARK: - Documents

    /// The document, which must also be what its printed form parses to.
    private func parse(_ text: String) throws -> DocumentNode {
        let document = try GraphQL.parse(Source(text))
        let printed = document.printed
        guard try GraphQL.parse(Source(printed)).printed == printed else {
            throw Failure(description: "printed, it means something else:\n\(printed)")
        }
        return document
    }

    private func schema() throws -> FixtureSchema {
        let name = try part.required("schema")
        guard let text = file.schemas[name] else { throw Failure(description: "no schema is called \(name)") }
        return try FixtureSchema(text, readsResponseNames: true)
    }

    private func checkValid() throws {
        let schema = try schema().schema
        let document = try parse(part.required("document"))
        let left = part.names("but for")
        let rules = Self.allRules.filter { !left.contains($0) }
        try expect(errors(of: document, in: schema, by: rules), are: [])
        // Leaving out a rule must be needed, or the example would be shown to be less valid than it is.
        for rule in left where errors(of: document, in: schema, by: [rule]).isEmpty {
            throw Failure(description: "it is valid by \(rule) too")
        }
    }

    private func checkInvalid(by rules: [String]) throws {
        let schema = try schema().schema
        let document = try parse(part.required("document"))
        let found = errors(of: document, in: schema, by: rules)
        try expect(found, are: part.lines("errors"))
        let all = Set(errors(of: document, in: schema, by: Self.allRules))
        guard found.allSatisfy(all.contains) else { throw Failure(description: "all rules together miss it") }
    }

    private static let allRules = specifiedRules.map { String("\($0)".dropLast(4)) }

    private func errors(of document: DocumentNode, in schema: GraphQLSchema, by rules: [String]) -> [String] {
        guard let options = ValidationOptions(ruleNames: rules) else { return ["no such rule: \(rules)"] }
        return validate(document, against: schema, options: options).map(Self.line)
    }

    private func checkSchema() throws {
        let text = try [part.required("document"), part.entries["with"]].compactMap(\.self).joined(separator: "\n\n")
        var found: [GraphQLError] = []
        do {
            _ = try GraphQLSchema.build(from: Source(text))
        } catch let error as SchemaError {
            found = error.errors
        }
        try expect(found.map(Self.line), are: part.lines("errors"))
    }

    // MARK: - Execution

    private func checkExecution(_ expectation: String) async throws {
        guard let source = file.examples.first(where: { "\($0.number)" == part.entries["document of"] }) else {
            throw Failure(description: "no document")
        }
        let schema = try schema()
        let result = await schema.execute(
            try parse(source.part.required("document")),
            variables: try object("variables") ?? [:],
            data: try object("data") ?? [:]
        )
        let written = String(decoding: result.json, as: UTF8.self)
        guard case .object(let response) = try JSONParser().parse(result.json) else {
            throw Failure(description: "no object: \(written)")
        }
        guard var expected = try object("result") else { throw Failure(description: "no result") }
        // Most examples show the data alone.
        if expected["data"] == nil, expected["errors"] == nil { expected = ["data": .object(expected)] }
        switch expectation {
        case "errors":
            guard response["errors"] == expected["errors"] else { throw Failure(description: written) }
        case "other errors":
            guard response["errors"] != expected["errors"] else { throw Failure(description: written) }
        default:
            guard Self.text(.object(response)) == Self.text(.object(expected)) else {
                throw Failure(description: written)
            }
        }
    }

    private func object(_ key: String) throws -> Value.Object? {
        guard let text = part.entries[key] else { return nil }
        guard case .object(let object) = try JSONParser().parse(Array(text.utf8)) else {
            throw Failure(description: "\(key) is no object")
        }
        return object
    }

    /// The value as JSON: unlike values, texts differ where the order of keys does.
    private static func text(_ value: Value) -> String {
        var buffer = ResponseBuffer()
        buffer.write(value: value)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    // MARK: - Errors

    /// The error as a line of the corpus.
    ///
    /// Such as `3:5 Unknown type 'Strin'.`
    private static func line(_ error: GraphQLError) -> String {
        (error.locations.map { "\($0.line):\($0.column)" } + [error.message]).joined(separator: " ")
    }

    /// Errors are compared as sets: which rule speaks first is not for the specification to say.
    private func expect(_ found: [String], are expected: [String]) throws {
        guard found.sorted() != expected.sorted() else { return }
        throw Failure(description: "expected \(expected), found \(found)")
    }
}
