/// Reads binary Word documents: by their piece table, or with `catdoc` or `antiword` where they are too old for that.
///
/// `catdoc` comes before `antiword` because it does not wrap lines and marks cells by tabs.
enum DOCReader {
    private static let tools: [(tool: Tool, arguments: [String])] = [
        (Tool("catdoc", package: "catdoc"), ["-w", "-d", "utf-8"]),
        (Tool("antiword", package: "antiword"), ["-w", "0", "-m", "UTF-8.txt"]),
    ]

    /// Reads the file at `path` whose contents are `bytes`.
    static func read(_ bytes: [UInt8], path: String, folder: String) async throws(PipelineError) -> ExtractedDocument {
        let known = DOCTextReader.read(bytes)
        if let known, known.text.unicodeScalars.contains(where: \.properties.isAlphabetic) { return known }
        var failure: PipelineError?
        for (tool, arguments) in tools {
            do throws(Tool.Failure) {
                let outcome = try await tool.run(arguments + [path], outputLimit: 8 << 20, folder: folder)
                let text = String(decoding: outcome.output, as: UTF8.self)
                let document = PlainTextReader.read(text: withoutMarks(text), as: .doc)
                if outcome.succeeded, document.text.unicodeScalars.contains(where: \.properties.isAlphabetic) {
                    return document
                }
            } catch {
                if failure == nil { failure = error.pipelineError }
            }
        }
        // Without the tools, a file that could be read and is empty is no reason to ask for them.
        if known != nil { throw .noText }
        throw failure ?? .damaged("Word document")
    }

    /// Without the lines that stand for pictures, and the bars that `antiword` draws around cells.
    private static func withoutMarks(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "[pic]" || line.hasPrefix("[picture") { continue }
            if line.hasPrefix("|"), line.hasSuffix("|") {
                lines.append(Substring(line.split(separator: "|").joined(separator: "\t")))
            } else {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }
}
