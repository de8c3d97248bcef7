import GraphQL

/// Answers requests of `Scripts/differential`, one JSON line for each: what the engine makes of a document, a schema or an
/// operation, by its public API alone.
@main
struct Probe {
    /// By the name given with `keep`.
    private var kept: [String: FixtureSchema] = [:]
    /// By their text; the last few only.
    private var built: [(text: String, schema: FixtureSchema)] = []
    private static let builtLimit = 50

    static func main() async throws {
        var probe = Probe()
        while let line = readLine(strippingNewline: true) {
            var buffer = ResponseBuffer()
            do {
                let request = try Request(line)
                try await probe.answer(request, into: &buffer)
            } catch let failure as Failure {
                buffer.writeRefusal(of: failure.errors)
            } catch {
                buffer.write(raw: "{\"ok\":false,\"fault\":")
                buffer.write(string: "\(error)")
                buffer.write(raw: "}")
            }
            buffer.write(byte: UInt8(ascii: "\n"))
            writeToStandardOutput(buffer)
        }
    }

    /// The engine refuses what was asked.
    struct Failure: Error {
        let errors: [GraphQLError]
    }

    /// The request is none that the probe knows.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    private mutating func answer(_ request: Request, into buffer: inout ResponseBuffer) async throws {
        switch try request.string("op") {
        case "parse":
            let document = try Self.parse(try request.string("source"))
            buffer.write(raw: "{\"ok\":true,\"printed\":")
            buffer.write(string: document.printed)
            buffer.write(raw: "}")
        case "schema":
            let schema = try Self.build(try request.string("sdl"))
            if let name = request.optionalString("keep") { kept[name] = schema }
            buffer.write(raw: "{\"ok\":true,\"printed\":")
            buffer.write(string: schema.schema.printed())
            buffer.write(raw: "}")
        case "validate":
            let document = try Self.parse(try request.string("source"))
            let schema = try schema(of: request)
            let errors = validate(document, against: schema.schema, options: try options(of: request))
            buffer.write(raw: "{\"ok\":true,\"errors\":")
            buffer.write(errors: errors)
            buffer.write(raw: "}")
        case "execute", "introspect":
            let document = try Self.parse(request.optionalString("query") ?? request.string("source"))
            let schema = try schema(of: request)
            buffer.write(raw: "{\"ok\":true,\"result\":")
            let result = await schema.execute(
                document,
                operationName: request.optionalString("operationName"),
                variables: request.object("variables"),
                data: request.object("data")
            )
            result.write(into: &buffer)
            buffer.write(raw: "}")
        case let other:
            throw Unknown(description: "no operation is called \(other)")
        }
    }

    private static func parse(_ text: String) throws -> DocumentNode {
        do {
            // As deep as the reference reads; the main thread's stack is large enough.
            var limits = DocumentLimits.unlimited
            limits.maxDepth = 200
            return try GraphQL.parse(Source(text), limits: limits)
        } catch {
            throw Failure(errors: [error])
        }
    }

    private static func build(_ text: String) throws -> FixtureSchema {
        do {
            return try FixtureSchema(text)
        } catch let error as SchemaError {
            throw Failure(errors: error.errors)
        }
    }

    private func options(of request: Request) throws -> ValidationOptions {
        guard let names = request.strings("rules") else { return ValidationOptions(maxErrors: 10_000) }
        guard let options = ValidationOptions(ruleNames: names, maxErrors: 10_000) else {
            throw Unknown(description: "a rule is unknown")
        }
        return options
    }

    /// One that was kept, or that of the request's own text.
    private mutating func schema(of request: Request) throws -> FixtureSchema {
        if let name = request.optionalString("schema") {
            guard let schema = kept[name] else { throw Unknown(description: "no schema is called \(name)") }
            return schema
        }
        let text = try request.string("sdl")
        if let found = built.first(where: { $0.text == text }) { return found.schema }
        let schema = try Self.build(text)
        if built.count == Self.builtLimit { built.removeFirst() }
        built.append((text, schema))
        return schema
    }
}
