internal import ArgumentParser
internal import Pipeline

/// `shortlist extract`: text and profile of files.
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Prints the text and the profile of each file. Needs no database."
    )

    /// How the result is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json
        case text
    }

    @Argument(help: "Resumes: PDF, DOCX, ODT, DOC, RTF, HTML, Markdown, plain text, JSON Resume or pictures.")
    var files: [String]

    @Option(help: "json or text.")
    var format = Format.text

    @OptionGroup var options: WorkOptions

    func run() async throws {
        let taxonomy = try Installation.taxonomy()
        let parser = ResumeParser(taxonomy: taxonomy)
        let day = try options.day()
        let extractor = Extractor()
        let inspector = IntegrityInspector(taxonomy: taxonomy)
        let progress = ProgressBar(label: "Reading", total: files.count)
        let rows = await BatchRunner(inFlight: options.workers).run(files) { file -> ExtractedRow in
            switch await extractor.extract(path: file) {
            case .failure(let error): ExtractedRow(file: file, outcome: .failure(error))
            case .success(let document):
                ExtractedRow(
                    file: file,
                    outcome: .success(
                        .init(
                            document: document,
                            profile: parser.parse(document, registeredOn: day).profile,
                            integrity: inspector.inspect(document)
                        )
                    )
                )
            }
        } onFinish: { row in
            progress.advance(failed: row.error != nil)
        }
        progress.finish()
        switch format {
        case .json: Terminal.write(JSONValue.array(rows.map(\.json)).text + "\n")
        case .text: Terminal.write(rows.map(\.text).joined(separator: "\n"))
        }
        for row in rows { row.complain() }
        if rows.contains(where: { $0.error != nil }) { throw ExitStatus.someFailed }
    }
}

/// Options that every command with files shares.
struct WorkOptions: ParsableArguments {
    @Option(help: "How many files are worked on at once. Default: one per core.")
    var workers = BatchRunner.cores

    @Option(help: "The day, YYYY-MM-DD, that “present” stands for in resumes. Default: today.")
    var registeredOn: String?

    func validate() throws {
        guard (1...1_024).contains(workers) else { throw ValidationError("--workers must be from 1 to 1024") }
        _ = try day()
    }

    /// The day that positions without an end go on to.
    func day() throws -> CalendarDay {
        guard let registeredOn else { return Today.utc() }
        let parts = registeredOn.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1970...2200).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { throw ValidationError("--registered-on: “\(registeredOn)” is no day; write it as YYYY-MM-DD") }
        return CalendarDay(year: year, month: month, day: day)
    }
}
