internal import ArgumentParser
internal import Pipeline
internal import Schema

/// What processing needs beside the database, loaded once.
struct Screening: Sendable {
    let processor: ResumeProcessor
    let rescorer: Rescorer

    /// How many resumes are processed at once, unless somebody says otherwise.
    ///
    /// One more than there are cores, so that none is idle while a result is written or a file fetched.
    static let defaultWorkers = BatchRunner.cores + 1

    /// Loads model, skills and term weights.
    ///
    /// - Parameters:
    ///   - options: Where the model lies.
    ///   - workers: How many resumes are processed at once; no more threads than cores compute vectors.
    /// - Returns: What a process shares among all its work.
    /// - Throws: ``CommandFailure`` that says what is missing.
    static func load(_ options: ModelOptions, workers: Int) throws -> Screening {
        let model = try options.load()
        let screener = Screener(
            taxonomy: try Installation.taxonomy(),
            terms: try Installation.terms(),
            model: model,
            embedder: try Embedder(model: model, threads: min(max(1, workers), BatchRunner.cores))
        )
        let processor = ResumeProcessor(screener: screener, extractor: Extractor())
        return Screening(processor: processor, rescorer: Rescorer(screener: screener, jobs: processor.jobs))
    }
}
