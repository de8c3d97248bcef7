import Foundation
import Testing

/// Two clients do the same, or contrary things, at the same time: each gets an answer that makes sense, and counters hold.
@Suite struct RaceTests {
    /// Does both at once; an answer is its data or the codes of its errors.
    private func race(
        _ client: GraphQLClient,
        _ left: (String, [String: Any]),
        _ right: (String, [String: Any])
    ) async throws -> [[String]] {
        let leftBody = try JSONSerialization.data(withJSONObject: left.1)
        let rightBody = try JSONSerialization.data(withJSONObject: right.1)
        let (leftText, rightText) = (left.0, right.0)
        @Sendable func ask(_ text: String, _ body: Data) async throws -> [String] {
            let variables = try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
            return try await client.ask(text, variables).codes
        }
        async let first = ask(leftText, leftBody)
        async let second = ask(rightText, rightBody)
        return try await [first, second]
    }

    @Test func `every mutation stands a twin, and its contrary`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let client = frontend.client
        let deleteJob = "mutation($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }"
        let updateJob =
            "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title revision } } }"
        let archiveJob = "mutation($id: ID!) { archiveJob(input: {id: $id}) { job { status } } }"
        let deleteResume = "mutation($id: ID!) { deleteResume(input: {id: $id}) { deletedId } }"
        let decide =
            "mutation($id: ID!, $outcome: DecisionOutcome!) { decideResume(input: {id: $id, outcome: $outcome}) { resume { decision { outcome } } } }"
        let createBatch =
            "mutation($id: ID!, $key: String) { createBatch(input: {jobId: $id, idempotencyKey: $key}) { batch { id total } } }"
        let cancel = "mutation($id: ID!) { cancelBatch(input: {id: $id}) { batch { status } } }"
        for round in 0..<4 {
            let job = try await frontend.createJob()
            let files = Frontend.letters(12)
            // The same files twice at once: each is in the job once.
            async let first = frontend.upload(files, to: job)
            async let second = frontend.upload(files, to: job)
            let kinds = try await (first + second).map(\.kind)
            #expect(kinds.count { $0 == "RegisteredResume" } == 12 && kinds.count { $0 == "DuplicateResume" } == 12)
            let resumes = try await frontend.walk(job, pageSize: 50)
            #expect(resumes.count == 12)

            // The same key twice at once, then two batches at once.
            #expect(
                try await race(
                    client,
                    (createBatch, ["id": job, "key": "k\(round)"]),
                    (createBatch, ["id": job, "key": "k\(round)"])
                ) == [[], []]
            )
            #expect(try await race(client, (createBatch, ["id": job]), (createBatch, ["id": job])) == [[], []])
            let batches = try await client.ask(
                "query($id: ID!) { job(id: $id) { batches { nodes { id total } } } }",
                ["id": job]
            )
            let rows: [[String: Any]] = try batches.value("job.batches.nodes")
            #expect(rows.count == 3 && rows.compactMap { $0["total"] as? Int }.reduce(0, +) == 12)
            let busy = try #require(rows.first { $0["total"] as? Int == 12 }?["id"] as? String)

            // Cancel while it completes; revise while it runs; decide two ways; delete what is being decided and processed.
            #expect(try await race(client, (cancel, ["id": busy]), (cancel, ["id": busy])) == [[], []])
            #expect(
                try await race(client, (updateJob, ["id": job, "title": "A"]), (updateJob, ["id": job, "title": "B"]))
                    == [[], []]
            )
            #expect(
                try await race(client, (archiveJob, ["id": job]), (updateJob, ["id": job, "title": "C\(round)"])) == [
                    [], [],
                ]
            )
            _ = try await frontend.createBatch(job)
            let decided = try await race(
                client,
                (decide, ["id": resumes[0], "outcome": "HOLD"]),
                (decide, ["id": resumes[0], "outcome": "REJECT"])
            )
            #expect(decided == [[], []])
            let deleted = try await race(client, (deleteResume, ["id": resumes[1]]), (deleteResume, ["id": resumes[1]]))
            #expect(deleted.sorted { $0.count < $1.count } == [[], ["NOT_FOUND"]])
            let either = try await race(
                client,
                (deleteResume, ["id": resumes[2]]),
                (decide, ["id": resumes[2], "outcome": "ADVANCE"])
            )
            #expect(either[0] == [] && (either[1] == [] || either[1] == ["NOT_FOUND"]))
            let state = try await client.ask("query($id: ID!) { job(id: $id) { totalResumes revision } }", ["id": job])
            #expect(try state.value("job.totalResumes") == 10)
            #expect(try state.value("job.revision") == 4)
            if round.isMultiple(of: 2) {
                try await server.expectConsistentCounters()
            } else {
                // Deleted while it runs.
                let gone = try await race(client, (deleteJob, ["id": job]), (deleteJob, ["id": job]))
                #expect(gone.sorted { $0.count < $1.count } == [[], ["NOT_FOUND"]])
                let late = try await race(client, (createBatch, ["id": job]), (updateJob, ["id": job, "title": "D"]))
                #expect(late == [["NOT_FOUND"], ["NOT_FOUND"]])
            }
        }
        try await server.expectConsistentCounters()
        #expect(!server.log.contains(#""level":"error""#), "\(server.log)")
    }
}
