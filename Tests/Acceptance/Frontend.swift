import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What a frontend does with a server, operation by operation.
struct Frontend {
    let client: GraphQLClient

    init(client: GraphQLClient) { self.client = client }

    init(_ server: RunningServer, _ email: String = "anna@example.com") async throws {
        client = GraphQLClient(url: server.url, token: try await server.token(email))
    }

    /// A file that is not on any disk.
    struct File {
        var name: String
        var content: Data
    }

    static var job: [String: Any] {
        [
            "title": "Backend Engineer", "company": "Example", "description": "You build services in Go on PostgreSQL.",
            "requirements": [
                "requiredSkills": ["Go", "PostgreSQL", "Docker"], "preferredSkills": ["Kubernetes"],
                "minYearsExperience": 4,
            ] as [String: Any],
        ]
    }

    /// The examples that come with the program, in many formats.
    static func examples() throws -> [File] {
        let folder = Program.package.appendingPathComponent("Examples/resumes")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
            .map { File(name: $0.lastPathComponent, content: try Data(contentsOf: $0)) }
    }

    /// So many files of several kinds, each with a content of its own.
    static func files(_ count: Int) throws -> [File] {
        let examples = try examples()
        // What follows the end of these is not read, or is a word more.
        let open = examples.filter { file in [".pdf", ".txt", ".md", ".html"].contains { file.name.hasSuffix($0) } }
        var files = examples
        var number = 0
        while files.count < count {
            var file = open[number % open.count]
            number += 1
            file.name = "\(number)-\(file.name)"
            file.content += Data("\n\(file.name.hasSuffix(".pdf") ? "%" : "")copy \(number)\n".utf8)
            files.append(file)
        }
        return Array(files.prefix(count))
    }

    /// Small text files, each with a content of its own.
    static func letters(_ count: Int) -> [File] {
        (0..<count).map { number in
            let text = """
                Jane Doe \(number)
                jane\(number)@example.com

                Experience
                Backend Engineer, Example Ltd, 2015 - 2021
                Built services in Go and PostgreSQL for \(number) customers.

                Skills
                Go, PostgreSQL, Docker
                """
            return File(name: "letter-\(number).txt", content: Data(text.utf8))
        }
    }

    func createJob(_ input: [String: Any] = job) async throws -> String {
        try await client.ask(
            "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
            ["input": input]
        ).value("createJob.job.id")
    }

    /// What became of a file.
    struct Registered {
        let kind: String
        let id: String?
    }

    /// Sends files to the links that the server gives, and registers them.
    func upload(_ files: [File], to job: String) async throws -> [Registered] {
        let named = files.map {
            ["name": $0.name, "mediaType": "application/octet-stream", "byteCount": $0.content.count] as [String: Any]
        }
        let targets = try await client.ask(
            "mutation($input: CreateUploadsInput!) { createUploads(input: $input) { uploads { method url fields { name } fileUrl } } }",
            ["input": ["jobId": job, "files": named] as [String: Any]]
        )
        var entries: [[String: Any]] = []
        for (place, file) in files.enumerated() {
            let url: String = try targets.value("createUploads.uploads.\(place).url")
            #expect(try targets.value("createUploads.uploads.\(place).method") == "PUT")
            let status = try await put(file.content, to: url)
            #expect(status == 201)
            entries.append(
                named[place].merging([
                    "url": try targets.value("createUploads.uploads.\(place).fileUrl", as: String.self)
                ]) { $1 }
            )
        }
        return try await register(entries, in: job)
    }

    /// Sends files in one multipart request, and registers them by it.
    func uploadResumes(_ files: [File], to job: String) async throws -> [Registered] {
        let json = try await answer(toFormWith: files, to: job)
        let payload = (json["data"] as? [String: Any])?["uploadResumes"] as? [String: Any]
        let results = try #require(payload?["results"] as? [[String: Any]], "\(json)")
        return results.map { result in
            let resume = (result["resume"] ?? result["existing"]) as? [String: Any]
            return Registered(kind: result["__typename"] as? String ?? "", id: resume?["id"] as? String)
        }
    }

    /// The whole answer to a multipart request that uploads files, with these fields of a resume that is there already.
    func answer(
        toFormWith files: [File],
        to job: String,
        showing fields: String = "id"
    ) async throws -> [String: Any] {
        var request = URLRequest(url: client.url.appendingPathComponent("graphql"))
        request.httpMethod = "POST"
        request.setValue("Bearer \(client.token ?? "")", forHTTPHeaderField: "Authorization")
        request.setValue("multipart/form-data; boundary=frontier", forHTTPHeaderField: "Content-Type")
        let query = """
            mutation($job: ID!, $files: [Upload!]!) {
              uploadResumes(input: {jobId: $job, files: $files}) {
                results {
                  __typename
                  ... on RegisteredResume { resume { id } }
                  ... on DuplicateResume { existing { \(fields) } }
                }
              }
            }
            """
        let operations: [String: Any] = [
            "query": query, "variables": ["job": job, "files": files.map { _ in NSNull() }] as [String: Any],
        ]
        let map = Dictionary(uniqueKeysWithValues: files.indices.map { ("\($0)", ["variables.files.\($0)"]) })
        var body = Data()
        func add(_ disposition: String, _ content: Data) {
            body += Data("--frontier\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8) + content
            body += Data("\r\n".utf8)
        }
        add(#"name="operations""#, try JSONSerialization.data(withJSONObject: operations))
        add(#"name="map""#, try JSONSerialization.data(withJSONObject: map))
        for (place, file) in files.enumerated() { add(#"name="\#(place)"; filename="\#(file.name)""#, file.content) }
        body += Data("--frontier--\r\n".utf8)
        request.httpBody = body
        let (answer, _) = try await URLSession.shared.data(for: request)
        return try #require(try JSONSerialization.jsonObject(with: answer) as? [String: Any])
    }

    func put(_ content: Data, to url: String) async throws -> Int {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = "PUT"
        request.httpBody = content
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }

    func register(_ entries: [[String: Any]], in job: String) async throws -> [Registered] {
        let answer = try await client.ask(
            """
            mutation($input: RegisterResumesInput!) {
              registerResumes(input: $input) {
                results {
                  __typename
                  ... on RegisteredResume { resume { id status } }
                  ... on DuplicateResume { existing { id } }
                  ... on RejectedResume { error { code } }
                }
              }
            }
            """,
            ["input": ["jobId": job, "resumes": entries] as [String: Any]]
        )
        return try answer.value("registerResumes.results", as: [[String: Any]].self).map { result in
            let resume = (result["resume"] ?? result["existing"]) as? [String: Any]
            return Registered(kind: result["__typename"] as? String ?? "", id: resume?["id"] as? String)
        }
    }

    func createBatch(_ job: String, _ target: [String: Any]? = nil, key: String? = nil) async throws -> String {
        var input: [String: Any] = ["jobId": job]
        if let target { input["target"] = target }
        if let key { input["idempotencyKey"] = key }
        return try await client.ask(
            "mutation($input: CreateBatchInput!) { createBatch(input: $input) { batch { id } } }",
            ["input": input]
        ).value("createBatch.batch.id")
    }

    /// A batch at some moment.
    struct Batch {
        let status: String
        let total: Int
        let completed: Int
        let failed: Int
        let cancelled: Int
        let isFinished: Bool
    }

    func batch(_ id: String) async throws -> Batch {
        let answer = try await client.ask(
            "query($id: ID!) { batch(id: $id) { status total completed failed cancelled finishedAt } }",
            ["id": id]
        )
        return Batch(
            status: try answer.value("batch.status"),
            total: try answer.value("batch.total"),
            completed: try answer.value("batch.completed"),
            failed: try answer.value("batch.failed"),
            cancelled: try answer.value("batch.cancelled"),
            isFinished: try answer.value("batch", as: [String: Any].self)["finishedAt"] is String
        )
    }

    /// Polls a batch to its end, as clients do.
    func follow(_ id: String, seconds: Double = 120) async throws -> Batch {
        let deadline = Date().addingTimeInterval(seconds)
        while true {
            let state = try await batch(id)
            if state.isFinished { return state }
            guard Date() < deadline else { throw RunningServer.Failure(description: "not through in time: \(state)") }
            try await Self.pause(milliseconds: 100)
        }
    }

    /// The wait between two polls.
    static func pause(milliseconds: Int) async throws {
        try await Task.sleep(for: .milliseconds(milliseconds))
    }

    /// Every identifier of the ranked table, page by page.
    func walk(
        _ job: String,
        pageSize: Int,
        isBackward: Bool = false,
        filter: [String: Any]? = nil
    ) async throws -> [String] {
        var (ids, cursor): ([String], String?) = ([], nil)
        while true {
            let arguments = isBackward ? "last: $size, before: $cursor" : "first: $size, after: $cursor"
            let answer = try await client.ask(
                """
                query($id: ID!, $size: Int!, $cursor: String, $filter: ResumeFilter) {
                  job(id: $id) {
                    resumes(\(arguments), filter: $filter) {
                      nodes { id }
                      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                    }
                  }
                }
                """,
                ["id": job, "size": pageSize, "cursor": cursor ?? NSNull(), "filter": filter ?? NSNull()]
            )
            let page = try answer.value("job.resumes.nodes", as: [[String: Any]].self).compactMap {
                $0["id"] as? String
            }
            ids = isBackward ? page + ids : ids + page
            let more: Bool = try answer.value("job.resumes.pageInfo.\(isBackward ? "hasPreviousPage" : "hasNextPage")")
            guard more else { return ids }
            cursor = try answer.value("job.resumes.pageInfo.\(isBackward ? "startCursor" : "endCursor")")
        }
    }
}
