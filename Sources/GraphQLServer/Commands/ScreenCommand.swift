internal import ArgumentParser
internal import Foundation
internal import Pipeline

/// `shortlist screen`: ranks files against a job.
struct ScreenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screen",
        abstract: "Ranks files against a job, with reasons and quotes. Needs no database.",
        discussion: """
            JOB.json holds one object: title, description, and optionally company, location, blind, retentionDays, requirements
            {requiredSkills, preferredSkills, minYearsExperience, maxYearsExperience, minEducation} and weights
            {semantic, requiredSkills, preferredSkills, experience, education}.
            """
    )

    /// How the result is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
        case csv
    }

    @Option(help: "The job, a JSON file with the fields of CreateJobInput.")
    var job: String

    @Argument(help: "Resumes: PDF, DOCX, ODT, DOC, RTF, HTML, Markdown, plain text, JSON Resume or pictures.")
    var files: [String]

    @Option(help: "table, json or csv.")
    var format = Format.table

    @Flag(help: "In the table, only a line for each resume.")
    var brief = false

    @Flag(help: "In JSON, also what the semantic value was blended of: for tuning.")
    var likenesses = false

    @OptionGroup var model: ModelOptions
    @OptionGroup var options: WorkOptions

    func run() async throws {
        let job = try readJob()
        let model = try model.load()
        let embedder = try Embedder(model: model, threads: options.workers)
        let screener = Screener(
            taxonomy: try Installation.taxonomy(),
            terms: try Installation.terms(),
            model: model,
            embedder: embedder
        )
        let day = try options.day()
        let prepared = try await screener.prepare(job)
        if prepared.skillsFromDescription {
            Terminal.writeError("note: the job names no skills; those that its description names are looked for\n")
        }
        let extractor = Extractor()
        let progress = ProgressBar(label: "Screening", total: files.count)
        // One more than the cores: while one resume's child process reads its file, the others are embedded.
        let rows = await BatchRunner(inFlight: options.workers + 1).run(files) { file -> ScreenedRow in
            ScreenedRow(file: file, outcome: await Self.screen(file, day, extractor, screener, prepared))
        } onFinish: { row in
            progress.advance(failed: row.error != nil)
        }
        progress.finish()
        let ranking = Ranking(job: job, rows: rows)
        switch format {
        case .table: Terminal.write(ranking.table(width: Terminal.columns, brief: brief))
        case .json: Terminal.write(ranking.json(likenesses: likenesses).text + "\n")
        case .csv: Terminal.write(ranking.csv)
        }
        for row in ranking.rows where format != .table { row.complain() }
        if rows.contains(where: { $0.error != nil }) { throw ExitStatus.someFailed }
    }

    private static func screen(
        _ file: String,
        _ day: CalendarDay,
        _ extractor: Extractor,
        _ screener: Screener,
        _ job: Screener.PreparedJob
    ) async -> Result<ScreenedResume, PipelineError> {
        switch await extractor.extract(path: file) {
        case .failure(let error): return .failure(error)
        case .success(let document):
            do {
                return .success(try await screener.screen(document, registeredOn: day, for: job))
            } catch {
                let message = "The text could not be compared with the job: try again."
                return .failure(PipelineError(.internal, message, stage: .embed, retryable: true))
            }
        }
    }

    private func readJob() throws -> Job {
        guard let data = FileManager.default.contents(atPath: job) else {
            throw CommandFailure(
                status: ExitStatus.usage,
                message: "\(job): there is no such file, or it may not be read"
            )
        }
        do {
            return try JobReader().read(Array(data))
        } catch {
            throw CommandFailure(status: ExitStatus.usage, message: "\(job): \(error)")
        }
    }
}
