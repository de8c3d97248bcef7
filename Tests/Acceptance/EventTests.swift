import Foundation
import GraphQL
import MongoStore
import Schema
import Testing

/// What was done with a job, as its recruiter reads it and as the operator proves it.
@Suite struct EventTests {
    @Test(.timeLimit(.minutes(3)))
    func `a job's whole life is read page by page, proved by anybody, and every forgery is found`() async throws {
        let server = try await RunningServer.start(with: ["RATE_LIMITS": "off"])
        let anna = try await Frontend(server)
        let job = try await anna.createJob()
        let resumes = try await anna.upload(Frontend.letters(2), to: job).compactMap(\.id)
        _ = try await anna.follow(anna.createBatch(job))
        for operation in [
            #"updateJob(input: {id: "\#(job)", requirements: {requiredSkills: ["Go"]}}) { job { revision } }"#,
            #"archiveJob(input: {id: "\#(job)"}) { job { status } }"#,
            #"decideResume(input: {id: "\#(resumes[0])", outcome: ADVANCE, note: "nice voice"}) { resume { id } }"#,
            #"deleteResume(input: {id: "\#(resumes[1])"}) { deletedId }"#,
        ] {
            #expect(try await anna.client.ask("mutation { \(operation) }").errors.isEmpty)
        }

        // Newest first, whole, and in pages from either end.
        let whole = try await page(anna, job, "first: 50")
        let actions = whole.nodes.compactMap { $0["action"] as? String }
        #expect(
            actions == [
                "RESUME_DELETED", "RESUME_DECIDED", "JOB_STATUS_CHANGED", "JOB_UPDATED", "BATCH_FINISHED",
                "BATCH_CREATED", "RESUMES_REGISTERED", "JOB_CREATED",
            ]
        )
        #expect(whole.total == 8 && whole.nodes.compactMap { $0["number"] as? Int } == (1...8).reversed())
        for (size, next) in [("first", "after"), ("last", "before")] {
            var (seen, cursor): ([String], String?) = ([], nil)
            repeat {
                let page = try await page(anna, job, "\(size): 3" + (cursor.map { ", \(next): \"\($0)\"" } ?? ""))
                let part = page.nodes.compactMap { $0["action"] as? String }
                seen = size == "first" ? seen + part : part + seen
                cursor = size == "first" ? page.next : page.previous
            } while cursor != nil
            #expect(seen == actions)
        }

        // What a recruiter wants to know.
        let viewer: String = try await anna.client.ask("{ viewer { id } }").value("viewer.id")
        #expect(whole.nodes[0]["actorId"] as? String == viewer && whole.nodes[0]["targetId"] as? String == resumes[1])
        #expect(whole.nodes[4]["actor"] as? String == "PIPELINE" && whole.nodes[4]["actorId"] is NSNull)
        let changes = try #require(whole.nodes[3]["changes"] as? [[String: Any]])
        let skills = try #require(changes.first { $0["field"] as? String == "requiredSkills" })
        #expect(
            skills["before"] as? [String] == ["Go", "PostgreSQL", "Docker"] && skills["after"] as? [String] == ["Go"]
        )
        let text = String(decoding: try JSONSerialization.data(withJSONObject: whole.nodes), as: UTF8.self)
        for word in ["nice voice", "Jane", "letter-", "Backend Engineer", "You build", "example.com"] {
            #expect(!text.contains(word))
        }
        let request = try #require(whole.nodes[0]["requestId"] as? String)
        #expect(try await server.logged("\"request\":\"\(request)\""))

        try await prove(whole.nodes, of: job, viewer)
        try await forge(server, job)
    }

    /// One page of a job's events.
    private func page(
        _ frontend: Frontend,
        _ job: String,
        _ arguments: String
    ) async throws -> (nodes: [[String: Any]], total: Int, next: String?, previous: String?) {
        let answer = try await frontend.client.ask(
            """
            query($id: ID!) { job(id: $id) { events(\(arguments)) { totalCount
              pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
              nodes {
                id number at actor actorId action targetId requestId changes { field before after } salt changesDigest
                previousDigest digest
              }
            } } }
            """,
            ["id": job]
        )
        func edge(_ flag: String, _ cursor: String) throws -> String? {
            try answer.value("job.events.pageInfo.\(flag)") ? try answer.value("job.events.pageInfo.\(cursor)") : nil
        }
        return (
            try answer.value("job.events.nodes"), try answer.value("job.events.totalCount"),
            try edge("hasNextPage", "endCursor"), try edge("hasPreviousPage", "startCursor")
        )
    }

    /// Computes every digest by what the schema says of it, with nothing of ours.
    private func prove(_ events: [[String: Any]], of job: String, _ viewer: String) async throws {
        let script = """
            import hashlib, json, sys
            def digest(value):
                text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                return hashlib.sha256(text.encode()).hexdigest()
            previous, count = None, 0
            for e in reversed(json.load(sys.stdin)):
                changes = [[c["field"], c["before"], c["after"]] for c in e["changes"]]
                assert e["changesDigest"] == digest([e["salt"], changes]), e
                assert e["previousDigest"] == previous, e
                assert e["digest"] == digest([previous, e["id"], sys.argv[1], sys.argv[2], e["number"], e["at"],
                    e["actor"], e["actorId"], e["action"], e["targetId"], e["requestId"], e["changesDigest"]]), e
                previous, count = e["digest"], count + 1
            print(count)
            """
        let outcome = try await Program.run(
            "/usr/bin/env",
            ["python3", "-c", script, job, viewer],
            input: String(decoding: try JSONSerialization.data(withJSONObject: events), as: UTF8.self)
        )
        #expect(outcome.output == "\(events.count)\n", "\(outcome.complaint)")
    }

    /// Changes an event behind the server's back: until it is undone, the doctor is not content.
    private func forge(_ server: RunningServer, _ job: String) async throws {
        try await server.expectConsistentCounters()
        for (outcome, isFound) in [("REJECT", true), ("ADVANCE", false)] {
            try await withDatabase(of: server) { workers in
                let reply = try await workers.withClient { client in
                    try client.write([
                        "update": "events",
                        "updates": [
                            [
                                "q": ["action": "RESUME_DECIDED", "changes.field": "outcome"],
                                "u": ["$set": ["changes.$.after": .array([.string(outcome)])]],
                            ]
                        ],
                    ])
                }
                #expect(try reply.first("nModified")?.int == 1)
            }
            let found = try await server.doctor()
            #expect(found.status == (isFound ? 1 : 0))
            #expect(found.output.contains("wrong    \(job): event 7") == isFound, "\(found.output)")
        }
    }

    private func withDatabase<Result>(
        of server: RunningServer,
        _ body: (MongoWorkers) async throws -> Result
    ) async throws -> Result {
        let workers = try MongoWorkers(uri: server.databaseURI, threads: 1)
        do {
            let result = try await body(workers)
            await workers.shutDown()
            return result
        } catch {
            await workers.shutDown()
            throw error
        }
    }

    // MARK: - Every mutation

    /// Objects of a recruiter who is about to do something.
    fileprivate struct Scene {
        let anna: Frontend
        let job: String
        let resume: String
    }

    /// What each mutation of a job does, and the event that tells of it.
    private static let recorded: [String: (JobEvent.Action, @Sendable (Scene) async throws -> String)] = [
        "createJob": (.jobCreated, { try await $0.anna.createJob() }),
        "updateJob": (.jobUpdated, { try await $0.run("updateJob", #"id: "\#($0.job)", title: "Cook""#) }),
        "archiveJob": (.jobStatusChanged, { try await $0.run("archiveJob", #"id: "\#($0.job)""#) }),
        "deleteJob": (.jobDeleted, { try await $0.run("deleteJob", #"id: "\#($0.job)""#) }),
        "registerResumes": (
            .resumesRegistered,
            { scene in
                _ = try await scene.anna.upload([Frontend.letters(2)[1]], to: scene.job)
                return scene.job
            }
        ),
        "uploadResumes": (
            .resumesRegistered,
            { scene in
                _ = try await scene.anna.uploadResumes([Frontend.letters(2)[1]], to: scene.job)
                return scene.job
            }
        ),
        "deleteResume": (.resumeDeleted, { try await $0.run("deleteResume", #"id: "\#($0.resume)""#) }),
        "decideResume": (
            .resumeDecided, { try await $0.run("decideResume", #"id: "\#($0.resume)", outcome: HOLD"#) }
        ),
        "createBatch": (
            .batchCreated,
            { scene in
                _ = try await scene.anna.createBatch(scene.job)
                return scene.job
            }
        ),
        "cancelBatch": (
            .batchCancelled,
            { scene in
                // More than are through before the cancellation comes.
                _ = try await scene.anna.upload(Frontend.letters(40), to: scene.job)
                return try await scene.run("cancelBatch", #"id: "\#(try await scene.anna.createBatch(scene.job))""#)
            }
        ),
    ]

    /// Mutations that take identifiers and change no job, each with what shows it.
    private static let unrecorded: [String: (reason: String, operation: @Sendable (Scene) -> String, code: String?)] = [
        "createUploads": (
            "only signs links: nothing is in the job before it is registered",
            {
                #"createUploads(input: {jobId: "\#($0.job)", files: [{name: "a", mediaType: "text/plain", byteCount: 1}]})"#
            }, nil
        ),
        "analyzeResume": ("is not served", { #"analyzeResume(input: {id: "\#($0.resume)"})"# }, "UNAVAILABLE"),
    ]

    @Test(.timeLimit(.minutes(5))) func `every mutation of the schema that changes a job leaves an event`() async throws
    {
        let server = try await RunningServer.start(with: ["RATE_LIMITS": "off"])
        let anna = try await Frontend(server)
        let viewer: String = try await anna.client.ask("{ viewer { id } }").value("viewer.id")
        let recruiter = try #require(NodeID(viewer)).key
        let schema = try GraphQLSchema.build(from: Source(bytes: ServedSchema.sdl))
        let mutations = try #require(schema.mutationType).fields
        #expect(Set(Self.recorded.keys).union(Self.unrecorded.keys).isSubset(of: mutations.map(\.name)))
        for mutation in mutations {
            let scene = try await scene(anna)
            if let (action, perform) = Self.recorded[mutation.name] {
                let job = try await perform(scene)
                let events = try await events(server, job, recruiter)
                let found = events.first { $0.action == action && ($0.number > 2 || action == .jobCreated) }
                let event = try #require(found, "\(mutation.name) left \(events.map(\.action))")
                #expect(event.author.recruiterID == recruiter && event.author.requestID != nil, "\(mutation.name)")
            } else if let (_, operation, code) = Self.unrecorded[mutation.name] {
                let before = try await state(anna, scene.job)
                let answer = try await anna.client.ask("mutation { \(operation(scene)) { __typename } }")
                #expect(answer.codes == (code.map { [$0] } ?? []), "\(mutation.name)")
                #expect(try await state(anna, scene.job) == before, "\(mutation.name) changes the job")
                #expect(try await events(server, scene.job, recruiter).count == 2)
            } else {
                // Those of accounts name no object; whatever does must stand in one of the lists.
                #expect(!takesIdentifier(mutation), "\(mutation.name) is neither recorded nor exempt")
            }
        }
        try await server.expectConsistentCounters()
    }

    private func scene(_ anna: Frontend) async throws -> Scene {
        let job = try await anna.createJob()
        let resume = try await anna.upload(Frontend.letters(1), to: job)[0].id
        return Scene(anna: anna, job: job, resume: try #require(resume))
    }

    /// Newest first, also of a job that is deleted.
    private func events(_ server: RunningServer, _ job: String, _ recruiter: ObjectID) async throws -> [JobEvent] {
        let id = try #require(NodeID(job)).key
        return try await withDatabase(of: server) { workers in
            try await MongoEventStore(workers).events([EventQuery(job: id)], of: recruiter)[0].rows
        }
    }

    private func state(_ anna: Frontend, _ job: String) async throws -> String {
        try await anna.client.ask("query($id: ID!) { job(id: $id) { lastUpdatedAt } }", ["id": job])
            .value("job.lastUpdatedAt")
    }

    private func takesIdentifier(_ field: Field) -> Bool {
        func takes(_ type: TypeReference) -> Bool {
            let named = type.namedType
            return named.name == "ID" || (named as? InputObjectType)?.fields.contains { takes($0.type) } ?? false
        }
        return field.arguments.contains { takes($0.type) }
    }
}

extension EventTests.Scene {
    /// Performs a mutation.
    ///
    /// - Returns: The job.
    fileprivate func run(_ name: String, _ input: String) async throws -> String {
        let answer = try await anna.client.ask("mutation { \(name)(input: {\(input)}) { __typename } }")
        #expect(answer.errors.isEmpty, "\(name): \(answer.errors)")
        return job
    }
}
