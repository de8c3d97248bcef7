internal import ArgumentParser
internal import Pipeline

/// `shortlist work`: the pipeline alone, for more machines.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Processes resumes for the servers of the same database, until SIGTERM or SIGINT.",
        discussion: "Start it on as many machines as you like, with the MONGODB_URI of the servers."
    )

    @Option(help: "How many resumes are processed at once. Default: one per core, and one more.")
    var workers = Screening.defaultWorkers

    @OptionGroup var model: ModelOptions
    @OptionGroup var fetching: FetchingOptions
    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard (1...1_024).contains(workers) else { throw ValidationError("--workers must be from 1 to 1024") }
    }

    func run() async throws {
        Log.outliveReader()
        let (log, sources, values) = try Settings.all(
            { try options.log() },
            { try fetching.values() },
            { try options.values() }
        )
        let screening = try Screening.load(model, workers: workers)
        let database = try await Database.open(values, log: log)
        let work = BackgroundWork(
            database,
            processor: screening.processor,
            fetcher: FetchingOptions.fetcher(sources.rules, workers: workers),
            workers: workers,
            metrics: Metrics().pipeline,
            log: log
        )
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let signals = await StopSignals(log) { stop.finish() }
        log.write(.info, "working", ["workers": .int(workers)])
        for await _ in stops {}
        log.write(.info, "draining")
        await work.stop()
        await database.close()
        // Heard to the end: a second signal stops what hangs.
        signals.cancel()
        log.write(.info, "stopped")
    }
}
