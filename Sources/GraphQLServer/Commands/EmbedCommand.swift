internal import ArgumentParser
internal import Pipeline

/// `shortlist embed`: vectors of lines of text.
struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Reads one text a line from standard input; writes one JSON array of 384 numbers a line."
    )

    @Option(help: "How many threads compute. Default: one per core.")
    var workers = BatchRunner.cores

    @Flag(
        help: "Read long texts to their end, in even windows, and write the mean; else the first 254 pieces are read."
    )
    var long = false

    @OptionGroup var model: ModelOptions

    func validate() throws {
        guard (1...1_024).contains(workers) else { throw ValidationError("--workers must be from 1 to 1024") }
    }

    func run() async throws {
        let embedder = try Embedder(model: try model.load(), threads: workers)
        // Lines are embedded by the score, so that a long input needs little memory and the threads stay busy.
        var lines: [String] = []
        func flush() async throws {
            for vector in try await (long ? means(lines, embedder) : embedder.embed(lines)) {
                Terminal.write("[" + vector.map { "\($0)" }.joined(separator: ",") + "]\n")
            }
            lines = []
        }
        while let line = readLine() {
            lines.append(line)
            if lines.count == 32 * workers { try await flush() }
        }
        try await flush()
    }

    /// One vector for each text: the mean of its windows, of length 1.
    private func means(_ texts: [String], _ embedder: Embedder) async throws -> [[Float]] {
        let windows = texts.map { embedder.tokenizer.windows(of: $0) }
        var vectors = try await embedder.embedTokens(windows.flatMap { $0 })[...]
        return windows.map { windows in
            defer { vectors = vectors.dropFirst(windows.count) }
            return Vector.mean(Array(vectors.prefix(windows.count))) ?? []
        }
    }
}
