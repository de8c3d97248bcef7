internal import ArgumentParser
internal import Foundation
internal import Pipeline

/// The `shortlist` command.
@main
struct Shortlist: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shortlist",
        abstract: "Screens resumes against a job: fast, the same way every time, with evidence for every claim.",
        discussion:
            "Exit status: 0 done; 1 some input failed, the others were done; 2 usage; 3 something outside is missing.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, WorkCommand.self, DemoCommand.self, ScreenCommand.self, ExtractCommand.self,
            EmbedCommand.self, SchemaCommand.self, TokenCommand.self, SeedCommand.self, DoctorCommand.self,
        ]
    )

    /// Runs the command that was called, with the contract's exit statuses in place of the parser's.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // The reading child decides nothing and prints no help: it must start fast.
        if arguments.first == ExtractorChild.commandName {
            _exit(await ExtractorChild.run(arguments: Array(arguments.dropFirst())))
        }
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            for message in failure.messages { Terminal.writeError("shortlist: \(message)\n") }
            Foundation.exit(failure.status.rawValue)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            let status = exitCode(for: error)
            let text = fullMessage(for: error)
            if status == .success { Terminal.write(text + "\n") } else { Terminal.writeError(text + "\n") }
            Foundation.exit(status == .success ? 0 : ExitStatus.usage.rawValue)
        }
    }
}
