import Foundation
import GraphQL
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct ServeTests {
    private static let job = """
        id title company location description blind status revision createdAt lastUpdatedAt totalResumes queuedResumes
        completedResumes failedResumes passedResumes rejectedResumes scoreHistogram
        requirements { requiredSkills preferredSkills minYearsExperience maxYearsExperience minEducation }
        weights { semantic requiredSkills preferredSkills experience education }
        skillCoverage { skill required resumes }
        resumes { totalCount nodes { id } pageInfo { hasNextPage } } batches { totalCount edges { cursor } }
        """

    @Test func `a recruiter makes, finds, changes, archives and deletes a job`() async throws {
        let server = try await RunningServer.start()
        let client = GraphQLClient(url: server.url, token: try await server.token("anna@example.com"))

        let viewer = try await client.ask("{ viewer { id email name emailVerified } }")
        #expect(try viewer.value("viewer.email") == "anna@example.com")
        #expect(try viewer.value("viewer.emailVerified") == true)

        let made = try await client.ask(
            "mutation($input: CreateJobInput!) { createJob(input: $input) { job { \(Self.job) } } }",
            [
                "input": [
                    "title": "Backend Engineer", "company": "Example", "description": "You build services.",
                    "requirements": [
                        "requiredSkills": ["Go", "PostgreSQL", "go"], "preferredSkills": ["Kubernetes"],
                        "minYearsExperience": 2.5, "minEducation": "BACHELOR",
                    ],
                ] as [String: Any]
            ]
        )
        #expect(made.errors.isEmpty)
        let id: String = try made.value("createJob.job.id")
        #expect(try made.value("createJob.job.requirements.requiredSkills") == ["Go", "PostgreSQL"])
        #expect(try made.value("createJob.job.weights.requiredSkills", as: Double.self) == 0.4)
        #expect(try made.value("createJob.job.skillCoverage.2.required") == false)
        #expect(try made.value("createJob.job.resumes.totalCount") == 0)

        let found = try await client.ask(
            "query($id: ID!) { job(id: $id) { \(Self.job) } node(id: $id) { __typename ... on Job { title } } }",
            ["id": id]
        )
        let asMade: NSDictionary = try made.value("createJob.job")
        #expect(try found.value("job", as: NSDictionary.self) == asMade)
        #expect(try found.value("node.title") == "Backend Engineer")

        let change = "mutation($input: UpdateJobInput!) { updateJob(input: $input) { job { title company revision } } }"
        let changed = try await client.ask(
            change,
            ["input": ["id": id, "title": "Platform Engineer", "company": NSNull(), "expectedRevision": 1]]
        )
        #expect(try changed.value("updateJob.job.revision") == 2)
        #expect(try changed.value("updateJob.job.company", as: NSNull.self) == NSNull())
        let late = try await client.ask(change, ["input": ["id": id, "title": "Cook", "expectedRevision": 1]])
        #expect(late.codes == ["CONFLICT"] && late.data == nil)

        let archived = try await client.ask(
            "mutation($id: ID!) { archiveJob(input: {id: $id}) { job { status revision } } }",
            ["id": id]
        )
        #expect(try archived.value("archiveJob.job.status") == "ARCHIVED")
        #expect(try archived.value("archiveJob.job.revision") == 2)
        let open = try await client.ask(
            "{ open: jobs(filter: {status: OPEN}) { totalCount } all: jobs(filter: {search: \"platf\"}) { totalCount } }"
        )
        #expect(try open.value("open.totalCount") == 0)
        #expect(try open.value("all.totalCount") == 1)

        let delete = "mutation($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }"
        #expect(try await client.ask(delete, ["id": id]).value("deleteJob.deletedId") == id)
        #expect(try await client.ask(delete, ["id": id]).codes == ["NOT_FOUND"])
        #expect(try await client.ask("query($id: ID!) { job(id: $id) { id } }", ["id": id]).errors.isEmpty)
    }

    @Test func `a search for signs finds nothing, and U+0000 is one of them`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(1), to: job)
        for (search, count) in [
            ("\u{0}", 0), ("!", 0), ("\u{0}!", 0), (" \u{0} ", 0), ("back\u{0}engineer", 1),
            ("back\u{0}cook", 0), (" ", 1),
        ] {
            let found = try await frontend.client.ask(
                "query($search: String) { jobs(filter: {search: $search}) { totalCount nodes { id } } }",
                ["search": search]
            )
            #expect(try found.value("jobs.totalCount") == count, "\(search)")
            #expect(try found.value("jobs.nodes", as: [Any].self).count == count, "\(search)")
        }
        for (search, count) in [("\u{0}", 0), ("?", 0), ("txt\u{0}letter", 1), ("txt\u{0}cook", 0)] {
            let found = try await frontend.client.ask(
                "query($id: ID!, $search: String) { job(id: $id) { resumes(filter: {search: $search}) { totalCount } } }",
                ["id": job, "search": search]
            )
            #expect(try found.value("job.resumes.totalCount") == count, "\(search)")
        }
    }

    @Test func `two recruiters page their own jobs and never see each other's`() async throws {
        let server = try await RunningServer.start()
        let anna = GraphQLClient(url: server.url, token: try await server.token("anna@example.com"))
        let ben = GraphQLClient(url: server.url, token: try await server.token("ben@example.com"))
        let create = "mutation($t: String!) { createJob(input: {title: $t, description: \"d\"}) { job { id } } }"
        var ids: [String] = []
        for number in 0..<7 {
            ids.append(try await anna.ask(create, ["t": "Job \(number)"]).value("createJob.job.id"))
        }
        let bens: String = try await ben.ask(create, ["t": "Other"]).value("createJob.job.id")

        var walked: [String] = []
        var cursor: Any = NSNull()
        while true {
            let page = try await anna.ask(
                "query($after: String) { jobs(first: 3, after: $after) { totalCount edges { cursor node { id } }"
                    + " pageInfo { hasNextPage hasPreviousPage endCursor } } }",
                ["after": cursor]
            )
            #expect(try page.value("jobs.totalCount") == 7)
            #expect(try page.value("jobs.pageInfo.hasPreviousPage") == !walked.isEmpty)
            let edges: [[String: Any]] = try page.value("jobs.edges")
            walked += edges.compactMap { ($0["node"] as? [String: Any])?["id"] as? String }
            guard try page.value("jobs.pageInfo.hasNextPage") == true else { break }
            cursor = try page.value("jobs.pageInfo.endCursor", as: String.self)
        }
        #expect(walked == ids.reversed())
        let last = try await anna.ask(
            "{ jobs(last: 2, orderBy: {field: TITLE}) { nodes { title } pageInfo { hasPreviousPage } } }"
        )
        #expect(try last.value("jobs.nodes.0.title") == "Job 5")
        #expect(try last.value("jobs.pageInfo.hasPreviousPage") == true)

        for mutation in [
            "updateJob(input: {id: $id, title: \"x\"}) { job { id } }", "archiveJob(input: {id: $id}) { job { id } }",
            "deleteJob(input: {id: $id}) { deletedId }",
        ] {
            let answer = try await anna.ask("mutation($id: ID!) { \(mutation) }", ["id": bens])
            #expect(answer.codes == ["NOT_FOUND"])
        }
        let seen = try await anna.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ["ids": [bens, ids[0]]])
        #expect(try seen.value("nodes.0", as: NSNull.self) == NSNull())
        #expect(try seen.value("nodes.1.id") == ids[0])
        #expect(try await ben.ask("{ jobs { totalCount } }").value("jobs.totalCount") == 1)
    }

    @Test func `nobody sees nothing, with no token or a bad one`() async throws {
        let server = try await RunningServer.start()
        for token in [nil, "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyZWNydWl0ZXIifQ."] {
            let client = GraphQLClient(url: server.url, token: token)
            let answer = try await client.ask("{ viewer { id } }")
            #expect(answer.errors.isEmpty && answer.data?["viewer"] is NSNull)
            #expect(try await client.ask("{ jobs { totalCount } }").codes == ["UNAUTHENTICATED"])
        }
    }

    @Test func `the schema that introspection gives is the file`() async throws {
        let server = try await RunningServer.start()
        let file = try String(contentsOf: Program.package.appendingPathComponent("schema.graphql"), encoding: .utf8)
        let (body, _) = try await URLSession.shared.data(from: server.url.appendingPathComponent("schema.graphql"))
        #expect(String(decoding: body, as: UTF8.self) == file)
        #expect(try await Program.run(["schema"]).output == file)
        let schema = try GraphQLSchema.build(from: Source(file))
        let answer = try await GraphQLClient(url: server.url, token: nil).ask(
            "{ __schema { types { name kind fields(includeDeprecated: true) { name args { name } } inputFields { name }"
                + " enumValues { name } } } }"
        )
        let types: [[String: Any]] = try answer.value("__schema.types")
        func names(_ value: Any?) -> [String] {
            (value as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        }
        #expect(Set(names(types)) == Set(schema.types.map(\.name)))
        for type in types {
            let name = type["name"] as? String ?? ""
            switch try #require(schema.type(name)) {
            case let object as ObjectType:
                #expect(names(type["fields"]) == object.fields.map(\.name), "\(name)")
            case let interface as InterfaceType:
                #expect(names(type["fields"]) == interface.fields.map(\.name), "\(name)")
            case let input as InputObjectType:
                #expect(names(type["inputFields"]) == input.fields.map(\.name), "\(name)")
            case let enumeration as EnumType:
                #expect(names(type["enumValues"]) == enumeration.values.map(\.name), "\(name)")
            default: break
            }
        }
    }

    @Test func `the server says how it is, and logs each request`() async throws {
        let server = try await RunningServer.start()
        for (path, status) in [("healthz", 200), ("readyz", 200), ("", 200), ("nothing", 404)] {
            let (_, response) = try await URLSession.shared.data(from: server.url.appendingPathComponent(path))
            #expect((response as? HTTPURLResponse)?.statusCode == status, "\(path)")
        }
        #expect(try await server.logged(#""path":"/nothing","status":404"#))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal lets what is under way end, and the server with it`(signal: Int32) async throws {
        let server = try await RunningServer.start()
        let client = GraphQLClient(url: server.url, token: try await server.token("anna@example.com"))
        let create = "mutation { createJob(input: {title: \"t\", description: \"d\"}) { job { id } } }"
        let process = server.processIdentifier
        let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    // What comes after the signal is refused by the connection; what was accepted is answered.
                    guard let answer = try? await client.ask(create) else { return false }
                    #expect(answer.errors.isEmpty)
                    if number == 5 { kill(process, signal) }
                    return true
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered >= 1)
        #expect(try await server.wait() == 0)
        #expect(server.log.contains(#""message":"draining""#) && server.log.contains(#""message":"stopped""#))
    }

    @Test(
        arguments: [
            (["serve", "--port", "x"], [:], "--port"), (["serve"], ["LOG_LEVEL": "loud"], "LOG_LEVEL"),
            (["serve"], ["MONGODB_URI": "http://x"], "MONGODB_URI"), (["token", "--email", "x"], [:], "--email"),
            (["serve"], ["TOKEN_SECRETS": ","], "TOKEN_SECRETS"),
        ] as [([String], [String: String], String)]
    )
    func `a wrong setting stops the start and is named`(
        arguments: [String],
        environment: [String: String],
        named: String
    ) async throws {
        let outcome = try await Program.run(arguments, environment: environment)
        #expect(outcome.status == 2 && outcome.complaint.contains(named), "\(outcome.complaint)")
    }

    @Test func `a database that is not there is named`() async throws {
        let outcome = try await Program.run(
            ["serve"],
            environment: ["MONGODB_URI": "mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=100"]
        )
        #expect(outcome.status == 3 && outcome.complaint.hasPrefix("shortlist: MONGODB_URI"))
    }
}
