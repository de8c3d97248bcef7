internal import Foundation
internal import MongoStore
internal import Pipeline
internal import Schema

/// A prepared database and its stores, for the time that a command runs.
struct Database: Sendable {
    let workers: MongoWorkers
    let stores: Stores
    let batches: MongoBatchStore
    let files: MongoFileStore
    let changes: MongoChangeFeed
    /// Signalled when there are resumes to process.
    let wake: WakeSignal
    let tokens: AccessTokens
    /// Signs links to files; the first signs, all verify.
    let secrets: [[UInt8]]
    /// What refresh tokens hang on; never changes.
    let accountSecret: [UInt8]
    private let embedded: EmbeddedMongo?
    /// For requests four, beyond which MongoDB gets no faster on few cores, or one a core, as operations run on them; and two for
    /// the pipeline.
    private static let threads = max(4, min(32, ProcessInfo.processInfo.activeProcessorCount)) + 2

    /// Connects, starting the embedded server where no other was named, and prepares the database.
    ///
    /// - Parameters:
    ///   - options: Which database, and which secrets.
    ///   - log: Is told of the embedded server.
    ///   - observe: Is told what came of each piece of work on the threads that talk to MongoDB.
    /// - Returns: A database that answered.
    /// - Throws: ``CommandFailure`` that says what is missing.
    static func open(
        _ options: DatabaseOptions.Values,
        log: Log,
        observe: (@Sendable (MongoWork) -> Void)? = nil
    ) async throws -> Database {
        var embedded: EmbeddedMongo?
        if options.uri == nil { embedded = try await EmbeddedMongo.start(in: LocalFolder(), log: log) }
        do {
            return try await connect(options.uri, embedded, options.secrets, log, observe)
        } catch {
            await embedded?.stop()
            throw error
        }
    }

    private static func connect(
        _ setting: Settings.Setting?,
        _ embedded: EmbeddedMongo?,
        _ secrets: [[UInt8]]?,
        _ log: Log,
        _ observe: (@Sendable (MongoWork) -> Void)?
    ) async throws -> Database {
        let name = setting?.name ?? "the embedded MongoDB"
        let uri = setting?.value ?? embedded?.uri ?? ""
        let workers: MongoWorkers
        do {
            workers = try MongoWorkers(
                uri: uri,
                threads: Self.threads,
                guests: HTTPHost.Options().loops,
                observe: observe
            )
        } catch {
            throw CommandFailure(status: ExitStatus.usage, message: "\(name) is no connection string: \(error.message)")
        }
        do {
            try await prepare(uri)
            let fresh = try Cryptography.randomBytes(32)
            var tokens = secrets ?? []
            if tokens.isEmpty { tokens = [try await MongoSettings(workers).tokenSecret(orElse: fresh)] }
            let accountSecret = try await MongoSettings(workers).accountSecret(orElse: Cryptography.randomBytes(32))
            let wake = WakeSignal()
            let batches = MongoBatchStore(workers, onQueued: { wake.wake() })
            let files = MongoFileStore(workers) { .now }
            let changes = MongoChangeFeed(workers) { tell($0, log) }
            return Database(
                workers: workers,
                stores: Stores(
                    recruiters: MongoRecruiterStore(workers),
                    jobs: MongoJobStore(workers),
                    resumes: MongoResumeStore(workers),
                    batches: batches,
                    events: MongoEventStore(workers),
                    usage: MongoUsageStore(workers),
                    files: files,
                    changes: changes
                ),
                batches: batches,
                files: files,
                changes: changes,
                wake: wake,
                tokens: AccessTokens(secrets: tokens),
                secrets: tokens,
                accountSecret: accountSecret,
                embedded: embedded
            )
        } catch {
            await workers.shutDown()
            throw CommandFailure(status: ExitStatus.missing, message: "\(name): \(error)")
        }
    }

    /// Makes indexes and migrations, which take long where much is stored: nobody else waits for so long.
    private static func prepare(_ uri: String) async throws {
        let workers = try MongoWorkers(uri: uri, threads: 1, maxSilence: .seconds(24 * 60 * 60))
        // The driver takes half a second to let go of a server, for which nobody need wait.
        defer { Task { await workers.shutDown() } }
        try await workers.prepareDatabase(at: .now)
    }

    private static func tell(_ event: MongoChangeFeed.Event, _ log: Log) {
        switch event {
        case .opened: log.write(.info, "following changes")
        case .broken(let error):
            log.write(.warning, "the change stream broke: it is opened again", ["error": .string("\(error)")])
        case .unreadable(let error):
            log.write(.warning, "a change cannot be read: everybody looks", ["error": .string("\(error)")])
        case .impossible(let error):
            log.write(
                .warning,
                """
                this MongoDB is no replica set: resumes can be neither registered nor processed, and changes are looked for \
                every second; start mongod with --replSet, and call rs.initiate()
                """,
                ["error": .string("\(error)")]
            )
        }
    }

    /// Closes the connections, and stops the embedded server where this process runs it.
    func close() async {
        await workers.shutDown()
        await embedded?.stop()
    }
}
