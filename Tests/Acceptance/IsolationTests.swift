import Foundation
import GraphQL
import Schema
import Testing

/// Another recruiter's objects cannot be told from those that do not exist: tried at every place of the schema where an
/// identifier goes in, found from the schema itself.
@Suite struct IsolationTests {
    /// Fields that answer without a sign-in.
    private static let open: Set<String> = [
        "Query.viewer", "Mutation.signUp", "Mutation.verifyEmail", "Mutation.resendVerification", "Mutation.logIn",
        "Mutation.refreshSession", "Mutation.logOut", "Mutation.requestPasswordReset", "Mutation.resetPassword",
    ]
    /// Places that take files, which no JSON request has: tried by a form.
    private static let forms: Set<String> = ["Mutation.uploadResumes"]

    @Test(.timeLimit(.minutes(5)))
    func `what is someone else's is as what does not exist, everywhere`() async throws {
        let server = try await RunningServer.start(with: ["RATE_LIMITS": "off"])
        let anna = try await Frontend(server)
        let ben = try await Frontend(server, "ben@example.com")
        let job = try await anna.createJob()
        let resume = try #require(try await anna.upload(Frontend.letters(1), to: job)[0].id)
        let batch = try await anna.createBatch(job)
        _ = try await anna.follow(batch)
        let recruiter: String = try await anna.client.ask("{ viewer { id } }").value("viewer.id")
        let own = try await ben.createJob()
        let before = try await everything(of: anna)

        let schema = try SchemaIDs(ServedSchema.sdl)
        let places = try schema.places(rootOfType: ["Job": ("job", own)])
        // What is looked for is there to be found.
        #expect(places.map(\.name).contains("Query.job(id)") && places.count >= 20)
        for place in places where !Self.forms.contains(place.field) {
            for (kind, id) in ["job": job, "resume": resume, "batch": batch, "recruiter": recruiter] {
                let absent = "\(kind)_\(String(repeating: "0", count: 24))"
                for client in [ben.client, GraphQLClient(url: server.url, token: nil)] {
                    let found = try await ask(client, place.operation(with: id), hiding: id)
                    let missing = try await ask(client, place.operation(with: absent), hiding: absent)
                    #expect(found == missing, "\(place.name) with the id of a \(kind)")
                    #expect(!found.contains("GRAPHQL_"), "\(place.name) was not asked: \(found)")
                }
            }
        }
        let absent = "job_\(String(repeating: "0", count: 24))"
        let answers = [
            try text(await ben.answer(toFormWith: Frontend.letters(1), to: job)),
            try text(await ben.answer(toFormWith: Frontend.letters(1), to: absent)),
        ]
        #expect(answers[0] == answers[1] && answers[0].contains("NOT_FOUND"))
        #expect(try await everything(of: anna) == before)
    }

    @Test func `whoever is not signed in gets nothing of any field`() async throws {
        let server = try await RunningServer.start(with: ["RATE_LIMITS": "off"])
        let nobody = GraphQLClient(url: server.url, token: nil)
        let schema = try SchemaIDs(ServedSchema.sdl)
        let fields = try schema.rootOperations()
        #expect(fields.count >= 25)
        for (field, operation) in fields where !Self.open.union(Self.forms).contains(field) {
            let codes = try await nobody.ask(operation).codes
            #expect(codes == ["UNAUTHENTICATED"], "\(field): \(operation)")
        }
    }

    /// All that a recruiter sees of what is theirs, but for links, which are new each time.
    private func everything(of frontend: Frontend) async throws -> String {
        let schema = try SchemaIDs(ServedSchema.sdl)
        let job = try await frontend.client.ask("{ jobs(first: 5) \(schema.selection(of: "JobConnection", depth: 3)) }")
        let id: String = try job.value("jobs.nodes.0.id")
        let resumes = schema.selection(of: "ResumeConnection", depth: 5)
        let batches = schema.selection(of: "BatchConnection", depth: 3)
        let parts = try await frontend.client.ask(
            "{ job(id: \"\(id)\") { resumes(first: 2) \(resumes) batches(first: 2) \(batches) } }"
        )
        return try text(#require(job.data)) + text(#require(parts.data))
    }

    /// The whole answer, without the identifier that was asked for.
    private func ask(_ client: GraphQLClient, _ operation: String, hiding id: String) async throws -> String {
        let answer = try await client.ask(operation)
        return try text(["data": answer.data ?? NSNull(), "errors": answer.errors]).replacingOccurrences(
            of: id,
            with: "…"
        )
    }

    private func text(_ json: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: json, options: .sortedKeys), as: UTF8.self)
    }
}

/// Operations for every place of a schema that takes an identifier.
private struct SchemaIDs {
    /// One place, and an operation that reaches it.
    struct Place {
        /// Such as `Query.job`.
        let field: String
        /// Such as `Query.job(id)`.
        let name: String
        /// With `@@@` where the identifier goes.
        let template: String

        func operation(with id: String) -> String { template.replacingOccurrences(of: "@@@", with: id) }
    }

    private struct Missing: Error { let what: String }

    private let schema: GraphQLSchema

    init(_ sdl: [UInt8]) throws { schema = try GraphQLSchema.build(from: Source(bytes: sdl)) }

    private var roots: [(keyword: String, type: ObjectType)] {
        [("query", schema.queryType), ("mutation", schema.mutationType), ("subscription", schema.subscriptionType)]
            .compactMap { keyword, type in type.map { (keyword, $0) } }
    }

    /// Every root field with made-up arguments.
    func rootOperations() throws -> [(field: String, operation: String)] {
        roots.flatMap { keyword, type in
            type.fields.map { field in
                let arguments = field.arguments.filter { $0.isRequired }
                    .map { "\($0.name): \(sample($0.type))" }
                return ("\(type.name).\(field.name)", operation(keyword, field, arguments))
            }
        }
    }

    /// Every place that takes an identifier.
    ///
    /// - Parameter rootOfType: For types whose fields take identifiers themselves: the query that gives the viewer's own.
    /// - Returns: In the order of the schema.
    /// - Throws: `Missing` where no way to a type is known.
    func places(rootOfType: [String: (query: String, id: String)]) throws -> [Place] {
        var places: [Place] = []
        for case let type as ObjectType in schema.types {
            for field in type.fields {
                for argument in field.arguments {
                    for (path, value) in values(argument.type, path: argument.name) {
                        let others = field.arguments.filter {
                            $0.name != argument.name && $0.isRequired
                        }
                        let arguments = ["\(argument.name): \(value)"] + others.map { "\($0.name): \(sample($0.type))" }
                        let template: String
                        if let root = roots.first(where: { $0.type === type }) {
                            template = operation(root.keyword, field, arguments)
                        } else if let root = rootOfType[type.name] {
                            let inner = call(field, arguments)
                            template = "query { \(root.query)(id: \"\(root.id)\") { \(inner) } }"
                        } else {
                            throw Missing(what: "no way is known to \(type.name).\(field.name)(\(path))")
                        }
                        let coordinate = "\(type.name).\(field.name)"
                        places.append(Place(field: coordinate, name: "\(coordinate)(\(path))", template: template))
                    }
                }
            }
        }
        return places
    }

    private func operation(_ keyword: String, _ field: Field, _ arguments: [String]) -> String {
        "\(keyword) { \(call(field, arguments)) }"
    }

    private func call(_ field: Field, _ arguments: [String]) -> String {
        let list = arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))"
        return "\(field.name)\(list) \(selection(of: field.type.namedType.name, depth: 4))"
    }

    /// Every leaf within `depth` levels that needs no argument, but for links; nothing for a leaf.
    func selection(of name: String, depth: Int) -> String {
        guard let type = schema.type(name) else { return "" }
        if type is ScalarType || type is EnumType { return "" }
        if let object = type as? ObjectType {
            let fields = object.fields.compactMap { field -> String? in
                guard field.name != "url", field.name != "usage",
                    !field.arguments.contains(where: \.isRequired)
                else { return nil }
                let inner = field.type.namedType
                if inner is ScalarType || inner is EnumType { return field.name }
                guard depth > 1, !["preview", "job"].contains(field.name) else { return nil }
                return "\(field.name) \(selection(of: inner.name, depth: depth - 1))"
            }
            return "{ __typename \(fields.joined(separator: " ")) }"
        }
        return "{ __typename }"
    }

    /// Values of an argument, each with an identifier at one of its places.
    private func values(_ type: TypeReference, path: String) -> [(path: String, value: String)] {
        let named = type.namedType
        func listed(_ value: String) -> String { type.nullable.item != nil ? "[\(value)]" : value }
        if named.name == "ID" { return [(path, listed("\"@@@\""))] }
        guard let input = named as? InputObjectType else { return [] }
        return input.fields.flatMap { field in
            values(field.type, path: "\(path).\(field.name)").map { inner in
                let others =
                    input.isOneOf
                    ? []
                    : input.fields.filter {
                        $0.name != field.name && $0.isRequired
                    }
                let all = ["\(field.name): \(inner.value)"] + others.map { "\($0.name): \(sample($0.type))" }
                return (inner.path, listed("{\(all.joined(separator: ", "))}"))
            }
        }
    }

    /// A value that the type allows.
    private func sample(_ type: TypeReference) -> String {
        let named = type.namedType
        let value: String
        switch named {
        case let input as InputObjectType:
            let fields =
                input.isOneOf
                ? Array(input.fields.suffix(1)) : input.fields.filter { $0.isRequired }
            value = "{\(fields.map { "\($0.name): \(sample($0.type))" }.joined(separator: ", "))}"
        case let choice as EnumType: value = choice.values[0].name
        default:
            switch named.name {
            case "Int": value = "1"
            case "Float", "UnitInterval": value = "0.5"
            case "Boolean": value = "true"
            case "EmailAddress": value = "\"carla@example.com\""
            case "URL": value = "\"https://files.example.com/one.pdf\""
            case "ID": value = "\"job_000000000000000000000000\""
            default: value = "\"a text of some length\""
            }
        }
        return type.nullable.item != nil ? "[\(value)]" : value
    }
}
