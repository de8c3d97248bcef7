internal import ArgumentParser
internal import GraphQL
internal import Schema

/// `shortlist schema`: the SDL.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the SDL that the server serves."
    )

    func run() throws {
        Terminal.write(try ServedSchema.executable().schema.printed() + "\n")
    }
}
