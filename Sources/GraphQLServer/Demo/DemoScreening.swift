internal import Foundation
internal import Pipeline

/// Screens resumes against one job, as a frontend would: makes the job, uploads, starts a batch, polls, reads the table.
struct DemoScreening: Sendable {
    let client: DemoClient
    let resumes: [URL]

    /// - Parameter file: The job: JSON with the fields of `CreateJobInput`.
    /// - Returns: How many resumes could not be read.
    /// - Throws: ``DemoClient/Failure``; what the network says went wrong.
    func run(_ file: URL) async throws -> Int {
        let input = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        guard let fields = input as? [String: Any], let title = fields["title"] as? String else {
            throw DemoClient.Failure(description: "\(file.lastPathComponent) is no job")
        }
        let job = try await job(fields, title)
        try await upload(to: job)
        try await screen(job)
        return try await show(job, title, fields["company"] as? String)
    }

    /// The job of that title and company, made where there is none.
    private func job(_ fields: [String: Any], _ title: String) async throws -> String {
        let known = try await client.ask(
            "query($search: String) { jobs(first: 100, filter: {search: $search}) { nodes { id title company } } }",
            ["search": title]
        )
        let company = fields["company"] as? String
        let found = known["jobs"]["nodes"].list.first { $0["title"].string == title && $0["company"].string == company }
        if let id = found?["id"].string { return id }
        let made = try await client.ask(
            "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
            ["input": fields]
        )
        guard let id = made["createJob"]["job"]["id"].string else { throw Self.noAnswer }
        return id
    }

    private func upload(to job: String) async throws {
        let contents = try resumes.map { try Data(contentsOf: $0) }
        let files = zip(resumes, contents).map { resume, content -> [String: Any] in
            [
                "name": resume.lastPathComponent, "mediaType": "application/octet-stream", "byteCount": content.count,
                "sha256": Digest.sha256(content),
            ]
        }
        let answer = try await client.ask(
            "mutation($input: CreateUploadsInput!) { createUploads(input: $input) { uploads { url fileUrl } } }",
            ["input": ["jobId": job, "files": files.map { $0.filter { $0.key != "sha256" } }]]
        )
        var entries: [[String: Any]] = []
        let progress = ProgressBar(label: "Uploading", total: files.count)
        for ((target, content), file) in zip(zip(answer["createUploads"]["uploads"].list, contents), files) {
            guard let url = target["url"].string, let fileURL = target["fileUrl"].string else { throw Self.noAnswer }
            try await client.put(content, to: url)
            entries.append(file.merging(["url": fileURL]) { $1 })
            progress.advance()
        }
        progress.finish()
        _ = try await client.ask(
            "mutation($input: RegisterResumesInput!) { registerResumes(input: $input) { job { totalResumes } } }",
            ["input": ["jobId": job, "resumes": entries]]
        )
    }

    private func screen(_ job: String) async throws {
        let made = try await client.ask(
            "mutation($job: ID!) { createBatch(input: {jobId: $job}) { batch { id total } } }",
            ["job": job]
        )
        guard let batch = made["createBatch"]["batch"]["id"].string,
            let total = made["createBatch"]["batch"]["total"].int
        else { throw Self.noAnswer }
        let progress = ProgressBar(label: "Screening", total: total)
        while true {
            let state = try await client.ask(
                "query($id: ID!) { batch(id: $id) { completed failed finishedAt } }",
                ["id": batch]
            )["batch"]
            progress.show(
                done: (state["completed"].int ?? 0) + (state["failed"].int ?? 0),
                failed: state["failed"].int ?? 0
            )
            if state["finishedAt"].string != nil { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        progress.finish()
    }

    /// Prints the ranked table.
    ///
    /// - Returns: How many resumes could not be read.
    private func show(_ job: String, _ title: String, _ company: String?) async throws -> Int {
        let answer = try await client.ask(
            """
            query($id: ID!) {
              job(id: $id) {
                failedResumes
                resumes(first: 100) {
                  nodes {
                    finalRank finalScore passFail
                    file { name }
                    profile { name yearsExperience }
                    explanation { matchedSkills { required } missingSkills strengths gaps }
                    integrity { findings { code } }
                    error { code message }
                  }
                }
              }
            }
            """,
            ["id": job]
        )["job"]
        let rows = answer["resumes"]["nodes"].list
        var table = TextTable(columns: [
            .init(title: "#", alignment: .right, maxWidth: 6), .init(title: "Score", alignment: .right, maxWidth: 6),
            .init(title: "Label", maxWidth: 6), .init(title: "Candidate", maxWidth: 28),
            .init(title: "Years", alignment: .right, maxWidth: 5), .init(title: "File", maxWidth: 44),
            .init(title: "Flags", maxWidth: 24),
        ])
        for row in rows { table.add(Self.cells(row), notes: Self.notes(row)) }
        let heading = [title, company].compactMap { $0 }.map(Terminal.printable).joined(separator: ", ")
        Terminal.write("\n\(heading): \(rows.count) resumes\n\n\(table.text(width: Terminal.columns))")
        return answer["failedResumes"].int ?? 0
    }

    private static func cells(_ row: DemoClient.Answer) -> [String] {
        let name = Terminal.printable(row["file"]["name"].string ?? "")
        guard let score = row["finalScore"].double else {
            return ["–", "–", "failed", "", "", name, row["error"]["code"].string ?? ""]
        }
        return [
            row["finalRank"].int.map(String.init) ?? "–", Points.text(Int((score * 100).rounded())),
            row["passFail"].string?.lowercased() ?? "",
            Terminal.printable(row["profile"]["name"].string ?? "(no name found)"),
            row["profile"]["yearsExperience"].double.map(JSONNumber.oneDecimal) ?? "?", name,
            row["integrity"]["findings"].list.compactMap { $0["code"].string?.lowercased().replacing("_", with: " ") }
                .joined(separator: ", "),
        ]
    }

    private static func notes(_ row: DemoClient.Answer) -> [String] {
        if let message = row["error"]["message"].string { return [message] }
        func lines(_ name: String, _ sign: String) -> [String] {
            row["explanation"][name].list.compactMap(\.string).prefix(2).map { "\(sign) " + Terminal.printable($0) }
        }
        return lines("strengths", "+") + lines("gaps", "−")
    }

    private static let noAnswer = DemoClient.Failure(description: "the server's answer lacks what was asked for")
}
