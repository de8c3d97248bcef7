internal import ArgumentParser
internal import Foundation

/// `shortlist serve`: the API.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the GraphQL API, until SIGTERM or SIGINT.",
        discussion: "Each option but --workers is also a variable of the environment; an option comes first."
    )

    @OptionGroup var options: ServiceOptions

    func run() async throws {
        let service = try await Service.start(options)
        await service.run()
    }
}
