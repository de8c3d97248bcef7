internal import ArgumentParser
internal import MongoStore
internal import Pipeline
internal import Schema
internal import Synchronization

/// `shortlist seed`: a database full of synthetic resumes.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Fills the database with synthetic completed resumes, for trying and measuring.",
        discussion: """
            Prints {"accessToken": …, "jobIds": […]}. The first job has the resumes asked for, the others 25 each. What is in the \
            database already stays; a job that could not be filled is not kept. The same random seed gives the same documents, \
            but for identifiers and times.
            """
    )

    @Option(help: "How many jobs.")
    var jobs: Int

    @Option(help: "How many resumes the first job has.")
    var resumes: Int

    @Option(help: "What the documents follow from.")
    var randomSeed: UInt64 = 1

    @Flag(help: "Leave out texts and vectors, which only previews, verifications and new scores read.")
    var withoutTexts = false

    @Option(help: "Whose jobs they are.")
    var email = "seed@localhost"

    @OptionGroup var options: DatabaseOptions

    /// Of each job but the first.
    private static let resumesOfOthers = 25

    func validate() throws {
        guard (1...100_000).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 100000") }
        guard (0...10_000_000).contains(resumes) else { throw ValidationError("--resumes must be from 0 to 10000000") }
        guard EmailAddress(email) != nil else { throw ValidationError("--email: “\(email)” is no e-mail address") }
    }

    func run() async throws {
        guard let address = EmailAddress(email) else { throw ExitStatus.usage }
        let (log, values) = try Settings.all({ try options.log() }, { try options.values() })
        let database = try await Database.open(values, log: Log(level: max(log.level, .warning), format: log.format))
        do {
            let recruiter = try await database.stores.recruiters.verifiedRecruiter(email: address, name: nil, at: .now)
            let ids = try await fill(database, for: recruiter.id)
            // Made last: filling may outlast a token.
            let (token, _) = try database.tokens.issue(to: recruiter.id, at: .now)
            let answer: JSONValue = .object([
                ("accessToken", .string(token)),
                ("jobIds", .array(ids.map { .string(NodeID(.job, $0).description) })),
            ])
            Terminal.write(answer.text + "\n")
        } catch {
            await database.close()
            let isAlone = (error as? MongoError)?.hasNoTransactions ?? false
            throw CommandFailure(
                status: ExitStatus.missing,
                message: isAlone ? "this MongoDB is no replica set, which seeding takes" : "\(error)"
            )
        }
        await database.close()
    }

    private func fill(_ database: Database, for recruiter: ObjectID) async throws -> [ObjectID] {
        let loader = MongoBulkLoader(database.workers)
        let total = resumes + (jobs - 1) * Self.resumesOfOthers
        let progress = SeedProgress(total: total)
        let now = Timestamp.now
        var ids: [ObjectID] = []
        for number in 0..<jobs {
            let synthetic = SyntheticJob(seed: randomSeed, number: number)
            let count = number == 0 ? resumes : Self.resumesOfOthers
            // The first job comes first on the dashboard, too.
            let time = now.advanced(by: .seconds(-number))
            let job = StoredJob(
                id: ObjectID(at: time),
                recruiterID: recruiter,
                content: synthetic.content,
                createdAt: time
            )
            _ = try await loader.load(job, count: count) { [withoutTexts] number in
                var resume = SyntheticResume(number, of: synthetic)
                // Processing ends some seconds after that, and still before the job's last change.
                let age = Duration.milliseconds(count - number) + .seconds(4)
                return resume.loaded(registeredAt: time.advanced(by: .zero - age), hasTexts: !withoutTexts)
            } onProgress: {
                progress.add($0)
            }
            ids.append(job.id)
        }
        progress.finish()
        return ids
    }
}

/// The bar of a command whose portions end on several tasks.
private final class SeedProgress: Sendable {
    private struct State {
        var done = 0
        let bar: ProgressBar
    }

    private let state: Mutex<State>

    init(total: Int) { state = Mutex(State(bar: ProgressBar(label: "Filling", total: total))) }

    func add(_ count: Int) {
        state.withLock { state in
            state.done += count
            state.bar.show(done: state.done, failed: 0)
        }
    }

    func finish() { state.withLock { $0.bar.finish() } }
}
