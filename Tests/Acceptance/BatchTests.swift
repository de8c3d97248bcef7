import Foundation
import Testing

@Suite struct BatchTests {
    @Test func `sixty files of many kinds become a ranked table`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let client = frontend.client
        let job = try await frontend.createJob()
        let files = try Frontend.files(60)
        // Half in one request, half by links of their own.
        let registered =
            try await frontend.uploadResumes(Array(files[..<30]), to: job)
            + frontend.upload(Array(files[30...]), to: job)
        #expect(registered.allSatisfy { $0.kind == "RegisteredResume" } && registered.count == 60)
        let again = try await frontend.uploadResumes(
            [files[40], Frontend.File(name: "e.txt", content: Data()), files[1]],
            to: job
        )
        #expect(again.map(\.kind) == ["DuplicateResume", "RejectedResume", "DuplicateResume"])
        #expect(again[0].id == registered[40].id && again[2].id == registered[1].id)
        // Registering starts nothing.
        #expect(
            try await client.ask("query($id: ID!) { job(id: $id) { totalResumes queuedResumes } }", ["id": job]).value(
                "job.queuedResumes"
            ) == 0
        )

        let batch = try await frontend.createBatch(job, key: "first")
        #expect(try await frontend.createBatch(job, key: "first") == batch)
        let done = try await frontend.follow(batch)
        #expect(done.status == "COMPLETED" && done.total == 60 && done.completed == 60 && done.failed == 0)

        let table = try await client.ask(
            """
            query($id: ID!) {
              job(id: $id) {
                completedResumes passedResumes rejectedResumes scoreHistogram skillCoverage { skill resumes }
                resumes(first: 100) {
                  totalCount
                  nodes {
                    id status stage attempts finalRank finalScore passFail stale error { code }
                    file { name mediaType byteCount sha256 url }
                    profile { name emails skills { name evidence { quote offset } } yearsExperience }
                    prefilter { passFail criteria { code state message } }
                    scores {
                      semantic { value weight points } requiredSkills { value weight points }
                      preferredSkills { value weight points } experience { value weight points }
                      education { value weight points } version jobRevision fingerprint
                    }
                    explanation { summary matchedSkills { skill evidence { quote } } missingSkills strengths gaps notes }
                    integrity { findings { code message } } analysis { status } decision { outcome }
                  }
                }
              }
            }
            """,
            ["id": job]
        )
        let rows: [[String: Any]] = try table.value("job.resumes.nodes")
        #expect(rows.count == 60)
        let scores = rows.compactMap { $0["finalScore"] as? Double }
        #expect(scores == scores.sorted(by: >) && scores.count == 60)
        for (place, row) in rows.enumerated() {
            let score = try #require(row["finalScore"] as? Double)
            #expect(row["finalRank"] as? Int == 1 + scores.count { $0 > score }, "row \(place)")
            let breakdown = try #require(row["scores"] as? [String: Any])
            let points = breakdown.values.compactMap { ($0 as? [String: Any])?["points"] as? Double }.reduce(0, +)
            #expect(abs(points - score) < 0.001)
            #expect(row["stale"] as? Bool == false && row["status"] as? String == "COMPLETED" && row["error"] is NSNull)
        }
        let histogram: [Int] = try table.value("job.scoreHistogram")
        #expect(histogram.reduce(0, +) == 60)
        let passed: Int = try table.value("job.passedResumes")
        #expect(passed == rows.count { $0["passFail"] as? String == "PASSED" } && passed > 0 && passed < 60)
        let url: String = try table.value("job.resumes.nodes.0.file.url")
        let name: String = try table.value("job.resumes.nodes.0.file.name")
        let content = try #require(files.first { $0.name == name }?.content)
        #expect(try await HTTP.get(url).body == content)

        try await server.expectConsistentCounters()
    }

    @Test func `a file that is sent again shows its resume as it stands`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let file = Frontend.letters(1)[0]
        let id = try #require(try await frontend.upload([file], to: job)[0].id)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        // But for the link, which is good for a while only.
        let fields = """
            id status stage attempts finalRank finalScore passFail stale createdAt lastUpdatedAt processedAt error { code }
            job { id title description } file { name mediaType byteCount sha256 } decision { outcome }
            profile { name emails skills { name evidence { quote offset } } yearsExperience experience { title } }
            prefilter { passFail criteria { code state message } }
            scores { semantic { value weight points } version jobRevision fingerprint }
            explanation { summary matchedSkills { skill evidence { quote } } missingSkills strengths gaps notes }
            integrity { findings { code message } }
            """
        let resume = try await frontend.client.ask("query($id: ID!) { resume(id: $id) { \(fields) } }", ["id": id])
            .value("resume", as: [String: Any].self)
        for name in ["profile", "prefilter", "scores", "explanation", "integrity"] {
            #expect(resume[name] is [String: Any], "\(name)")
        }
        let answer = try await frontend.answer(toFormWith: [file], to: job, showing: fields)
        let payload = (answer["data"] as? [String: Any])?["uploadResumes"] as? [String: Any]
        let result = try #require((payload?["results"] as? [[String: Any]])?.first, "\(answer)")
        #expect(result["existing"] as? NSDictionary == resume as NSDictionary)
    }

    @Test func `the table is paged both ways while another batch runs`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(30), to: job)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        let before = try await frontend.walk(job, pageSize: 7)
        #expect(Set(before).count == 30)
        #expect(try await frontend.walk(job, pageSize: 7, isBackward: true) == before)

        let more = (30..<60).map { Frontend.letters(60)[$0] }
        _ = try await frontend.upload(more, to: job)
        let batch = try await frontend.createBatch(job)
        let completed: [String: Any] = ["status": ["COMPLETED"]]
        // Whatever is ranked meanwhile, no row that was there comes twice or is left out.
        while try await !frontend.batch(batch).isFinished {
            for isBackward in [false, true] {
                let seen = try await frontend.walk(job, pageSize: 9, isBackward: isBackward, filter: completed)
                #expect(Set(seen).count == seen.count && Set(before).isSubset(of: seen))
            }
        }
        #expect(Set(try await frontend.walk(job, pageSize: 50)).count == 60)
        try await server.expectConsistentCounters()
    }

    @Test func `a revised job is previewed, re-scored, decided on and deleted`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let client = frontend.client
        let job = try await frontend.createJob()
        _ = try await frontend.upload(try Frontend.examples(), to: job)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        let best: String = try await frontend.walk(job, pageSize: 1)[0]
        let verified = try await client.ask(
            "query($id: ID!) { verifyScore(resumeId: $id) { matches storedScore computedScore storedFingerprint computedFingerprint } }",
            ["id": best]
        )
        #expect(try verified.value("verifyScore.matches") == true)

        let weights = #"{semantic: 1, requiredSkills: 0, preferredSkills: 0, experience: 0, education: 0}"#
        let preview = try await client.ask(
            "query($id: ID!) { job(id: $id) { preview(weights: \(weights), first: 50) { finalScore finalRank passFail resume { id finalScore } } } }",
            ["id": job]
        )
        let revised = try await client.ask(
            "mutation($id: ID!) { updateJob(input: {id: $id, weights: \(weights)}) { job { revision } } }",
            ["id": job]
        )
        #expect(try revised.value("updateJob.job.revision") == 2)
        let stale =
            "query($id: ID!) { job(id: $id) { resumes(filter: {stale: true}) { totalCount } completedResumes } }"
        #expect(try await client.ask(stale, ["id": job]).value("job.resumes.totalCount") == 15)
        #expect(
            try await client.ask("query($id: ID!) { verifyScore(resumeId: $id) { matches } }", ["id": best]).value(
                "verifyScore.matches"
            ) == false
        )
        let rescored = try await frontend.follow(try await frontend.createBatch(job, ["selection": "STALE"]))
        #expect(rescored.completed == 15)
        #expect(try await client.ask(stale, ["id": job]).value("job.resumes.totalCount") == 0)
        // What the preview promised came true.
        let table = try await client.ask(
            "query($id: ID!) { job(id: $id) { resumes(first: 50) { nodes { id finalScore finalRank passFail } } } }",
            ["id": job]
        )
        let promised = try preview.value("job.preview", as: [[String: Any]].self).map { row in
            [
                (row["resume"] as? [String: Any])?["id"] as? String ?? "", "\(row["finalScore"] ?? "")",
                "\(row["finalRank"] ?? "")",
            ]
        }
        let actual = try table.value("job.resumes.nodes", as: [[String: Any]].self).map { row in
            [row["id"] as? String ?? "", "\(row["finalScore"] ?? "")", "\(row["finalRank"] ?? "")"]
        }
        #expect(promised == actual)

        let decided = try await client.ask(
            """
            mutation($id: ID!) {
              decideResume(input: {id: $id, outcome: ADVANCE, note: "Call her."}) {
                resume { finalScore decision { outcome note decidedBy { email } decidedAt } }
              }
            }
            """,
            ["id": best]
        )
        #expect(try decided.value("decideResume.resume.decision.decidedBy.email") == "anna@example.com")
        let deleted = try await client.ask(
            "mutation($id: ID!) { deleteResume(input: {id: $id}) { deletedId job { totalResumes completedResumes } } }",
            ["id": best]
        )
        #expect(try deleted.value("deleteResume.job.completedResumes") == 14)
        #expect(
            try await client.ask("query($id: ID!) { resume(id: $id) { id } }", ["id": best]).value(
                "resume",
                as: NSNull.self
            ) == NSNull()
        )
        try await server.expectConsistentCounters()
        _ = try await client.ask("mutation($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }", ["id": job])
        #expect(
            try await client.ask("query($id: ID!) { job(id: $id) { id } }", ["id": job]).value("job", as: NSNull.self)
                == NSNull()
        )
        try await server.expectConsistentCounters()
    }

    @Test func `a blind job hides who the candidates are until something is decided`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let client = frontend.client
        let job = try await frontend.createJob(Frontend.job.merging(["blind": true]) { $1 })
        _ = try await frontend.upload(Array(try Frontend.examples().prefix(3)), to: job)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        let fields =
            "id file { name url byteCount } profile { name emails phones links location summary skills { name } }"
        let query =
            "query($id: ID!, $search: String) { job(id: $id) { resumes(filter: {search: $search}) { nodes { \(fields) } } } }"
        let answer = try await client.ask(query, ["id": job])
        let rows: [[String: Any]] = try answer.value("job.resumes.nodes")
        #expect(rows.count == 3)
        for row in rows {
            let (file, profile) = (row["file"] as? [String: Any] ?? [:], row["profile"] as? [String: Any] ?? [:])
            #expect(file["name"] is NSNull && file["url"] is NSNull && file["byteCount"] is Int)
            for name in ["name", "location", "summary"] { #expect(profile[name] is NSNull, "\(name)") }
            for name in ["emails", "phones", "links"] { #expect((profile[name] as? [Any])?.isEmpty == true, "\(name)") }
        }
        // Neither search nor order tells.
        #expect(
            try await client.ask(query, ["id": job, "search": "amara"]).value("job.resumes.nodes", as: [Any].self)
                .isEmpty
        )
        let sorted = "query($id: ID!) { job(id: $id) { resumes(orderBy: {field: NAME}) { totalCount } } }"
        #expect(try await client.ask(sorted, ["id": job]).codes == ["BAD_USER_INPUT"])
        let first = try #require(rows[0]["id"] as? String)
        let decide = "mutation($id: ID!) { decideResume(input: {id: $id, outcome: HOLD}) { resume { \(fields) } } }"
        _ = try await client.ask(decide, ["id": first])
        let shown = try await client.ask("query($id: ID!) { resume(id: $id) { \(fields) } }", ["id": first])
        #expect(try !shown.value("resume.profile.name", as: String.self).isEmpty)
        #expect(try !shown.value("resume.file.name", as: String.self).isEmpty)
    }

    @Test func `files that cannot be read fail with their code, and can be tried again`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let files = [
            Frontend.File(
                name: "program.pdf",
                content: Data([0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 1, count: 64))
            ),
            Frontend.File(name: "broken.pdf", content: Data("%PDF-1.7\nnothing that could be read".utf8)),
            Frontend.letters(1)[0],
        ]
        _ = try await frontend.upload(files, to: job)
        let done = try await frontend.follow(try await frontend.createBatch(job))
        #expect(done.completed == 1 && done.failed == 2 && done.status == "COMPLETED")
        let answer = try await frontend.client.ask(
            "query($id: ID!) { job(id: $id) { failedResumes resumes(filter: {status: [FAILED]}, orderBy: {field: CREATED_AT}) { nodes { stage finalScore finalRank error { code message stage retryable nextAttemptAt } } } } }",
            ["id": job]
        )
        #expect(try answer.value("job.failedResumes") == 2)
        #expect(try answer.value("job.resumes.nodes.0.error.code") == "UNSUPPORTED_MEDIA_TYPE")
        #expect(try answer.value("job.resumes.nodes.1.error.code") == "FILE_DAMAGED")
        #expect(try answer.value("job.resumes.nodes.1.error.retryable") == false)
        let again = try await frontend.follow(try await frontend.createBatch(job, ["selection": "FAILED"]))
        #expect(again.total == 2 && again.failed == 2)
        try await server.expectConsistentCounters()
    }

    @Test func `links take one file, of the size that was announced, and give it to nobody without a signature`()
        async throws
    {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        func target(_ byteCount: Int) async throws -> (url: String, file: String) {
            let answer = try await frontend.client.ask(
                "mutation($input: CreateUploadsInput!) { createUploads(input: $input) { uploads { url fileUrl } } }",
                [
                    "input": [
                        "jobId": job, "files": [["name": "a.txt", "mediaType": "text/plain", "byteCount": byteCount]],
                    ] as [String: Any]
                ]
            )
            return (
                try answer.value("createUploads.uploads.0.url"), try answer.value("createUploads.uploads.0.fileUrl")
            )
        }
        let (url, file) = try await target(5)
        #expect(try await frontend.put(Data("123456".utf8), to: url) == 413)
        #expect(try await frontend.put(Data(), to: url) == 400)
        #expect(try await frontend.put(Data("12345".utf8), to: url) == 201)
        #expect(try await frontend.put(Data("54321".utf8), to: url) == 409)
        #expect(try await HTTP.get(url).status == 405)
        #expect(try await HTTP.get(file).status == 404)
        var forged = url
        forged.removeLast()
        #expect(try await frontend.put(Data("1".utf8), to: forged + (url.hasSuffix("A") ? "B" : "A")) == 404)
        // Nothing of somebody else's can be registered.
        let ben = try await Frontend(server, "ben@example.com")
        let his = try await ben.createJob()
        let entry: [String: Any] = ["url": file, "name": "a.txt", "mediaType": "text/plain", "byteCount": 5]
        #expect(try await ben.register([entry], in: his).map(\.kind) == ["RejectedResume"])
        #expect(try await frontend.register([entry], in: job).map(\.kind) == ["RegisteredResume"])
        #expect(try await frontend.register([entry], in: job).map(\.kind) == ["DuplicateResume"])
        let foreign: [String: Any] = [
            "url": "https://example.com/a.pdf", "name": "a.pdf", "mediaType": "application/pdf", "byteCount": 5,
        ]
        #expect(try await frontend.register([foreign], in: job).map(\.kind) == ["RejectedResume"])
    }
}
