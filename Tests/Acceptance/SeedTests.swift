import Foundation
import Testing

/// `shortlist seed`, and the server over what it made.
@Suite struct SeedTests {
    private struct Filled {
        let token: String
        let jobIDs: [String]

        init(_ outcome: Program.Outcome) throws {
            let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            token = try #require(answer?["accessToken"] as? String, "\(outcome.complaint)")
            jobIDs = try #require(answer?["jobIds"] as? [String])
        }
    }

    private static let page = """
        query Page($id: ID!) {
          job(id: $id) {
            totalResumes completedResumes passedResumes rejectedResumes scoreHistogram skillCoverage { skill resumes }
            resumes(first: 30) {
              totalCount
              nodes {
                finalScore finalRank passFail status file { name sha256 }
                profile { name headline yearsExperience skills { name evidence { quote offset } } experience { title start end } }
                explanation { summary matchedSkills { skill evidence { quote } } missingSkills strengths gaps notes }
                prefilter { criteria { code state message } } scores { version semantic { points } }
              }
            }
          }
        }
        """

    @Test func `a filled database is consistent, reads as any other, and follows from its seed`() async throws {
        var pages: [Data] = []
        for _ in 0..<2 {
            let environment = try RunningServer.ownDatabase()
            let outcome = try await Program.run(
                ["seed", "--jobs", "3", "--resumes", "120", "--random-seed", "7"],
                environment: environment
            )
            let filled = try Filled(outcome)
            #expect(filled.jobIDs.count == 3 && Set(filled.jobIDs).count == 3)
            let server = try await RunningServer.start(environment)
            try await server.expectConsistentCounters()
            let client = GraphQLClient(url: server.url, token: filled.token)
            let answer = try await client.ask(Self.page, ["id": filled.jobIDs[0]])
            #expect(answer.errors.isEmpty)
            #expect(try answer.value("job.totalResumes") == 120)
            #expect(try answer.value("job.resumes.totalCount") == 120)
            let rows: [[String: Any]] = try answer.value("job.resumes.nodes")
            #expect(rows.count == 30)
            let scores = rows.compactMap { $0["finalScore"] as? Double }
            #expect(scores == scores.sorted(by: >) && scores.count == 30)
            #expect(rows.first?["finalRank"] as? Int == 1)
            #expect(
                try answer.value("job.resumes.nodes.0.explanation.summary", as: String.self).hasSuffix(
                    "Meets every criterion."
                )
            )
            let narrow = try await client.ask(
                "query($id: ID!) { job(id: $id) { resumes(first: 30) { totalCount nodes { profile { skills { name } } } } } }",
                ["id": filled.jobIDs[0]]
            )
            let names = { (row: [String: Any]) in
                ((row["profile"] as? [String: Any])?["skills"] as? [[String: Any]])?.compactMap {
                    $0["name"] as? String
                }
            }
            #expect(try narrow.value("job.resumes.nodes", as: [[String: Any]].self).map(names) == rows.map(names))
            #expect(try narrow.value("job.resumes.totalCount") == 120)
            pages.append(try JSONSerialization.data(withJSONObject: #require(answer.data), options: .sortedKeys))
            let dashboard = try await client.ask("{ jobs { nodes { id totalResumes } } }")
            let counts: [[String: Any]] = try dashboard.value("jobs.nodes")
            #expect(counts.compactMap { $0["totalResumes"] as? Int } == [120, 25, 25])
            #expect(counts.compactMap { $0["id"] as? String } == filled.jobIDs)
        }
        #expect(pages[0] == pages[1])
    }

    @Test func `filling again keeps what is there, and texts may be left out`() async throws {
        let environment = try RunningServer.ownDatabase()
        let first = try Filled(
            try await Program.run(["seed", "--jobs", "1", "--resumes", "10"], environment: environment)
        )
        let second = try Filled(
            try await Program.run(
                ["seed", "--jobs", "1", "--resumes", "0", "--without-texts"],
                environment: environment
            )
        )
        let server = try await RunningServer.start(environment)
        try await server.expectConsistentCounters()
        let client = GraphQLClient(url: server.url, token: second.token)
        let answer = try await client.ask("{ jobs { nodes { id } } }")
        #expect(
            Set(try answer.value("jobs.nodes", as: [[String: String]].self).compactMap { $0["id"] })
                == Set(first.jobIDs + second.jobIDs)
        )
    }

    @Test(arguments: [["--jobs", "0", "--resumes", "1"], ["--jobs", "1"], ["--jobs", "1", "--resumes", "-1"]])
    func `a wrong call ends with 2`(arguments: [String]) async throws {
        #expect(try await Program.run(["seed"] + arguments).status == 2)
    }
}
