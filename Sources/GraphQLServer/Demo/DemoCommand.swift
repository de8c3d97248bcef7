internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import Schema

/// `shortlist demo`: serves, and screens the sample resumes through the server's own API.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serves the API, screens the sample resumes through it, and prints the ranked tables.",
        discussion:
            "Run again, it finds its jobs and resumes, and screens only what is new. Takes the options of “serve”."
    )

    @Flag(help: "Stop after the tables.")
    var once = false

    @Option(help: "A folder with jobs/*.json and resumes/*. Default: the examples that come with the program.")
    var examples: String?

    @OptionGroup var options: ServiceOptions

    func run() async throws {
        var options = options
        // Progress is shown on the same terminal: of the log only troubles are.
        if options.database.logLevel == nil, ProcessInfo.processInfo.environment["LOG_LEVEL"] == nil {
            options.database.logLevel = "warning"
        }
        let folder = examples ?? LocalFolder().path + "/../Examples"
        let jobs = try files(in: folder + "/jobs").filter { $0.pathExtension == "json" }
        let resumes = try files(in: folder + "/resumes")
        let service = try await Service.start(options)
        let serving = Task { await service.run() }
        let outcome = await Task { [once] in
            let recruiter = try await service.database.stores.recruiters.verifiedRecruiter(
                email: Self.recruiter(),
                name: "Demo",
                at: .now
            )
            let token = try service.database.tokens.issue(to: recruiter.id, at: .now).token
            let screening = DemoScreening(client: DemoClient(url: service.url, token: token), resumes: resumes)
            var failed = 0
            for job in jobs { failed += try await screening.run(job) }
            if !once { Self.welcome(service.url, token) }
            return failed
        }.result
        if once || (try? outcome.get()) == nil { service.stop() }
        await serving.value
        do {
            if try outcome.get() > 0 { throw ExitStatus.someFailed }
        } catch let failure as DemoClient.Failure {
            throw CommandFailure(status: ExitStatus.missing, message: failure.description)
        }
    }

    private static func recruiter() throws -> EmailAddress {
        guard let address = EmailAddress("demo@example.com") else { throw ExitStatus.usage }
        return address
    }

    private func files(in folder: String) throws -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(
                at: URL(fileURLWithPath: folder),
                includingPropertiesForKeys: nil,
                options: .skipsHiddenFiles
            ).sorted { $0.path < $1.path }
        } catch {
            throw CommandFailure(status: ExitStatus.usage, message: "--examples: there is no folder \(folder)")
        }
    }

    private static func welcome(_ url: String, _ token: String) {
        Terminal.writeError(
            """

            Shortlist is serving; end it with Ctrl-C.

              \(url)/          what is where
              \(url)/graphql   API explorer in a browser, GraphQL API for programs

            An access token for the explorer, good for 15 minutes (a new one: shortlist token --email demo@example.com):

            \(token)

            """
        )
    }
}
