internal import ArgumentParser
internal import MongoStore
internal import Pipeline
internal import Schema

/// `shortlist token`: an access token for operators and tests.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes the recruiter where there is none, verified, and prints an access token.",
        discussion: "For operators and tests with access to the database."
    )

    @Option(help: "The recruiter's address.")
    var email: String

    @Option(help: "The name of a new recruiter. Default: what stands before the @.")
    var name: String?

    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard EmailAddress(email) != nil else { throw ValidationError("--email: “\(email)” is no e-mail address") }
        guard name.map({ $0.contains { !$0.isWhitespace } && $0.unicodeScalars.count <= 200 }) ?? true else {
            throw ValidationError("--name must have 1 to 200 characters")
        }
    }

    func run() async throws {
        guard let address = EmailAddress(email) else { throw ExitStatus.usage }
        let (log, values) = try Settings.all({ try options.log() }, { try options.values() })
        let database = try await Database.open(values, log: Log(level: max(log.level, .warning), format: log.format))
        do {
            let recruiter = try await database.stores.recruiters.verifiedRecruiter(email: address, name: name, at: .now)
            let (token, expiresAt) = try database.tokens.issue(to: recruiter.id, at: .now)
            let answer: JSONValue = .object([
                ("accessToken", .string(token)), ("expiresAt", .string(expiresAt.description)),
            ])
            Terminal.write(answer.text + "\n")
        } catch {
            await database.close()
            throw CommandFailure(status: ExitStatus.missing, message: "\(error)")
        }
        await database.close()
    }
}
