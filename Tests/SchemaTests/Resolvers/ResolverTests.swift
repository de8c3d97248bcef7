import GraphQL
import Testing

@testable import Schema

@Suite struct ResolverTests {
    private let stores = MemoryStores()
    private let anna = ObjectID(at: Timestamp(milliseconds: 1_000))
    private let ben = ObjectID(at: Timestamp(milliseconds: 2_000))

    /// Makes a job, and tells its identifier.
    private func create(_ fields: String = "", as recruiter: ObjectID) async throws -> String {
        let answer = try await stores.respond(
            "mutation { createJob(input: {title: \"Cook\", description: \"Cooks.\" \(fields)}) { job { id } } }",
            as: recruiter
        )
        let start = try #require(answer.firstRange(of: "job_")?.lowerBound, "\(answer)")
        return String(answer[start...].prefix(28))
    }

    @Test func `the printed schema is the file`() throws {
        let printed = try ServedSchema.executable().schema.printed()
        #expect(printed + "\n" == String(decoding: ServedSchema.sdl, as: UTF8.self))
    }

    /// Allows so many at once.
    private struct Bound: RateLimiter {
        let amount: Int

        func take(_ charges: [RateCharge], at now: Timestamp) async throws -> Duration? {
            charges.reduce(0) { $0 + $1.amount } > amount ? .seconds(2) : nil
        }
    }

    @Test func `files of a form are charged to whoever is signed in`() async throws {
        let bound = Bound(amount: 20)
        #expect(try await stores.context(as: anna, limiter: bound).admit(files: 20) == anna)
        for (recruiter, code) in [(anna, "RATE_LIMITED"), (nil, "UNAUTHENTICATED")] {
            let error = await #expect(throws: GraphQLError.self) {
                try await stores.context(as: recruiter, limiter: bound).admit(files: 21)
            }
            #expect(error?.code == code)
        }
    }

    @Test func `a few previews are run in one request, forty are not`() async throws {
        let id = try await create(as: anna)
        for (count, isRefused) in [(5, false), (40, true)] {
            let previews = (0..<count).map { "p\($0): preview(first: 1) { finalScore }" }.joined(separator: " ")
            let answer = try await stores.respond("{ job(id: \"\(id)\") { \(previews) } }", as: anna)
            #expect(answer.contains("QUERY_TOO_COMPLEX") == isRefused, "\(answer)")
        }
    }

    @Test(arguments: [
        "title: \" \", description: \"d\"|input.title", "title: \"t\", description: \"\"|input.description",
        "title: \"t\", description: \"d\", weights: {semantic: 0, requiredSkills: 0, preferredSkills: 0, experience: 0,"
            + " education: 0}|input.weights",
        "title: \"t\", description: \"d\", requirements: {minYearsExperience: 5, maxYearsExperience: 2}"
            + "|input.requirements.maxYearsExperience",
        "title: \"t\", description: \"d\", requirements: {minYearsExperience: 81}|input.requirements.minYearsExperience",
        "title: \"t\", description: \"d\", requirements: {requiredSkills: [\"Go\", \" \"]}"
            + "|input.requirements.requiredSkills.1",
    ])
    func `a job that breaks a rule is refused by the name of its field`(input: String) async throws {
        let parts = input.split(separator: "|")
        let answer = try await stores.respond("mutation { createJob(input: {\(parts[0])}) { job { id } } }", as: anna)
        #expect(answer.contains(#""extensions":{"code":"BAD_USER_INPUT","field":"\#(parts[1])"}"#), "\(answer)")
        #expect(answer.hasSuffix(#""data":null}"#))
    }

    @Test func `five hundred skills are accepted, one more is refused`() async throws {
        for count in [500, 501] {
            let skills = Value.list((0..<count).map { .string("skill \($0)") })
            let answer = try await stores.respond(
                "mutation($r: JobRequirementsInput!) { createJob(input: {title: \"t\", description: \"d\","
                    + " requirements: $r}) { job { title } } }",
                as: anna,
                variables: ["r": .object(["preferredSkills": skills])]
            )
            #expect(answer.contains(#""field":"input.requirements.preferredSkills""#) == (count == 501), "\(answer)")
        }
    }

    @Test func `an update changes what it names, and counts revisions`() async throws {
        let id = try await create("company: \"Example\"", as: anna)
        let fields = "{ job { title company description revision } }"
        let first = try await stores.respond(
            "mutation { updateJob(input: {id: \"\(id)\", company: null, title: null}) \(fields) }",
            as: anna
        )
        #expect(first.contains(#"{"title":"Cook","company":null,"description":"Cooks.","revision":1}"#), "\(first)")
        let second = try await stores.respond(
            "mutation { updateJob(input: {id: \"\(id)\", title: \"Chef\", expectedRevision: 1}) \(fields) }",
            as: anna
        )
        #expect(second.contains(#"{"title":"Chef","company":null,"description":"Cooks.","revision":2}"#), "\(second)")
        let third = try await stores.respond(
            "mutation { updateJob(input: {id: \"\(id)\", title: \"Baker\", expectedRevision: 1}) \(fields) }",
            as: anna
        )
        #expect(third.contains(#""code":"CONFLICT""#), "\(third)")
    }

    @Test func `how long resumes are kept can be set, changed and taken back`() async throws {
        let id = try await create(as: anna)
        for (days, expected) in [("30", "30"), ("3650", "3650"), ("null", "null")] {
            let answer = try await stores.respond(
                "mutation { updateJob(input: {id: \"\(id)\", retentionDays: \(days)}) { job { retentionDays revision } } }",
                as: anna
            )
            #expect(answer.contains(#"{"retentionDays":\#(expected),"revision":1}"#), "\(answer)")
        }
        for days in ["0", "-1", "3651"] {
            let answer = try await stores.respond(
                "mutation { createJob(input: {title: \"t\", description: \"d\", retentionDays: \(days)}) { job { id } } }",
                as: anna
            )
            #expect(answer.contains(#""field":"input.retentionDays""#), "\(answer)")
        }
    }

    @Test(arguments: [
        "updateJob(input: {id: $id, title: \"x\"}) { job { id } }", "archiveJob(input: {id: $id}) { job { id } }",
        "deleteJob(input: {id: $id}) { deletedId }",
    ])
    func `what is someone else's cannot be told from what is not there`(mutation: String) async throws {
        let text = "mutation($id: ID!) { \(mutation) }"
        let id = try await create(as: anna)
        let foreign = try await stores.respond(text, as: ben, variables: ["id": .string(id)])
        #expect(foreign.contains(#""code":"NOT_FOUND""#))
        for other in ["job_000000000000000000000000", "resume_\(id.dropFirst(4))", "x", ""] {
            #expect(try await stores.respond(text, as: ben, variables: ["id": .string(other)]) == foreign)
        }
        #expect(try await stores.respond("{ jobs { totalCount } }", as: anna).contains(#""totalCount":1"#))
    }

    @Test func `objects are found by their identifiers, each for itself`() async throws {
        let mine = try await create(as: anna)
        let theirs = try await create(as: ben)
        let address = try #require(EmailAddress("a@b"))
        let viewer = try await stores.verifiedRecruiter(email: address, name: "Anna", at: MemoryStores.now)
        let own = try await create(as: viewer.id)
        let answer = try await stores.respond(
            "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
            as: viewer.id,
            variables: [
                "ids": .list([
                    .string(mine), .string(own), .string(theirs), .string("x"), .string(own),
                    .string(NodeID(.recruiter, viewer.id).description), .string(NodeID(.recruiter, ben).description),
                ])
            ]
        )
        #expect(
            answer == #"{"data":{"nodes":[null,{"__typename":"Job","id":"\#(own)"},null,null,"#
                + #"{"__typename":"Job","id":"\#(own)"},"#
                + #"{"__typename":"Recruiter","id":"recruiter_\#(viewer.id)"},null]}}"#
        )
        #expect(
            try await stores.respond("{ job(id: \"\(theirs)\") { id } node(id: \"\(mine)\") { id } }", as: anna)
                == #"{"data":{"job":null,"node":{"id":"\#(mine)"}}}"#
        )
    }

    @Test(arguments: [
        "{ jobs { totalCount } }", "{ job(id: \"x\") { id } }", "{ node(id: \"x\") { id } }",
        "mutation { deleteJob(input: {id: \"x\"}) { deletedId } }",
        "mutation { createJob(input: {title: \"t\", description: \"d\"}) { job { id } } }",
    ])
    func `nobody is asked to sign in`(text: String) async throws {
        #expect(try await stores.respond(text, as: nil).contains(#""code":"UNAUTHENTICATED""#))
    }

    @Test func `nobody is null as the viewer`() async throws {
        #expect(try await stores.respond("{ viewer { id } }", as: nil) == #"{"data":{"viewer":null}}"#)
    }

    @Test(arguments: [
        ("first: 0", "first"), ("first: 101", "first"), ("last: -1", "last"), ("first: 1, last: 1", "last"),
        ("after: \"x\"", "after"), ("before: \"\"", "before"),
        ("filter: {search: \"\(String(repeating: "x", count: 201))\"}", "filter.search"),
    ])
    func `wrong arguments of a connection are named`(arguments: String, field: String) async throws {
        let answer = try await stores.respond("{ jobs(\(arguments)) { totalCount } }", as: anna)
        #expect(answer.contains(#""extensions":{"code":"BAD_USER_INPUT","field":"\#(field)"}"#), "\(answer)")
    }

    @Test func `a cursor of one order is refused by another`() async throws {
        _ = try await create(as: anna)
        let answer = try await stores.respond("{ jobs { edges { cursor } } }", as: anna)
        let cursor = try #require(answer.split(separator: "\"").first { $0.utf8.count > 20 })
        let text = "{ jobs(after: \"\(cursor)\", orderBy: {field: TITLE}) { totalCount } }"
        #expect(try await stores.respond(text, as: anna).contains("is a cursor of another order"))
    }

    @Test func `the store is asked only for what is shown`() async throws {
        _ = try await stores.respond("{ jobs { totalCount } }", as: anna)
        _ = try await stores.respond("{ jobs(last: 3) { nodes { title } pageInfo { hasNextPage } } }", as: anna)
        _ = try await stores.respond("{ jobs { edges { node { description } } } }", as: anna)
        let queries = stores.queries
        #expect(queries[0].page.needsTotal && !queries[0].page.needsRows)
        #expect(!queries[1].page.needsTotal && queries[1].page.needsNext && !queries[1].page.needsPrevious)
        #expect(queries[1].page.isBackward && queries[1].page.limit == 3 && queries[1].parts.isEmpty)
        #expect(queries[2].parts == .description && queries[2].page.limit == 20)
        #expect(queries.allSatisfy { $0.order == .lastUpdatedAt && $0.isDescending })
    }

    @Test(
        arguments: [
            ("__typename ... on RegisteredResume { resume { scores { version } } }", []),
            ("... on DuplicateResume { existing { id status file { name } } }", []),
            ("... on DuplicateResume { existing { scores { version } } }", .scores),
            (
                "... { ... on DuplicateResume { existing { id } again: existing { ... { explanation { summary } } } } }"
                    + " ... on DuplicateResume { existing { file { sha256 } } }", [.summary, .file]
            ),
        ] as [(String, ResumeParts)]
    )
    func `of a resume that is there already no more is read than is shown`(
        selection: String,
        parts: ResumeParts
    ) async throws {
        let job = try await create(as: anna)
        let answer = try await stores.respond(
            """
            mutation {
              registerResumes(input: {
                jobId: "\(job)", resumes: [{url: "https://files.example/a", name: "a", mediaType: "text/plain", byteCount: 1}]
              }) { results { \(selection) } }
            }
            """,
            as: anna
        )
        #expect(stores.duplicateParts == [parts], "\(answer)")
    }

    @Test func `a bound takes in the score that it names, whichever it is`() async throws {
        let job = try await create(as: anna)
        func ask(_ filters: [String]) async throws {
            let fields = filters.enumerated().map { "f\($0): resumes(filter: {\($1)}) { totalCount }" }
            let answer = try await stores.respond(
                "{ job(id: \"\(job)\") { \(fields.joined(separator: " ")) } }",
                as: anna
            )
            #expect(!answer.contains("errors"), "\(answer)")
        }
        for first in stride(from: 0, through: 10_000, by: 100) {
            // As answers write them.
            let scores = (first..<min(first + 100, 10_001)).map { Double($0) / 100 }
            try await ask(scores.map { "minScore: \($0), maxScore: \($0)" })
        }
        #expect(Set(stores.resumeQueries.map(\.scores)) == Set((0...10_000).map { $0...$0 }))
        let count = stores.resumeQueries.count
        try await ask(["minScore: 65.141, maxScore: 65.159", "minScore: 65.151, maxScore: 65.159"])
        let between = stores.resumeQueries[count...]
        #expect(between.map(\.scores) == [6_515...6_515, nil] && between.map(\.statuses) == [nil, []])
    }

    @Test(arguments: [
        "{ viewer { usage { analyses } } }",
        "mutation { logIn(input: {email: \"a@b\", password: \"x\"}) { __typename } }",
        "mutation { analyzeResume(input: {id: \"x\"}) { __typename } }",
    ])
    func `what is not there says so`(text: String) async throws {
        _ = try await stores.verifiedRecruiter(
            email: try #require(EmailAddress("a@b.example")),
            name: nil,
            at: MemoryStores.now
        )
        let viewer = try #require(stores.anyone)
        #expect(try await stores.respond(text, as: viewer).contains(#""code":"UNAVAILABLE""#))
    }
}
