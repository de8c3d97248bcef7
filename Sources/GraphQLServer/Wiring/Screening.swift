internal import ArgumentParser
internal import Pipeline
internal import Schema

/// What processing needs beside the database, loaded once.
struct Screening: Sendable {
    let processor: ResumeProcessor
    let rescorer: Rescorer

    /// Loads model, skills and term weights.
    ///
    /// - Parameter threads: How many compute vectors.
    /// - Returns: What a process shares among all its work.
    /// - Throws: ``CommandFailure`` that says what is missing.
    static func load(threads: Int) throws -> Screening {
        let model = try Installation.model()
        let screener = Screener(
            taxonomy: try Installation.taxonomy(),
            terms: try Installation.terms(),
            model: model,
            embedder: try Embedder(model: model, threads: threads)
        )
        let processor = ResumeProcessor(screener: screener, extractor: Extractor())
        return Screening(processor: processor, rescorer: Rescorer(screener: screener, jobs: processor.jobs))
    }
}
