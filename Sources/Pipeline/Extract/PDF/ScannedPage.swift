internal import Glibc

/// Reads the picture of a page whose text is not drawn as text.
struct ScannedPage {
    /// Scale of the picture that the recogniser gets.
    static let dotsPerInch = 300
    /// Longest side of that picture; larger sheets are drawn at a smaller scale.
    private static let longestSide = 5000.0

    /// The recognised lines; empty where there is nothing to read.
    let lines: [PageText.Line]

    /// Draws a page and reads it.
    init(
        _ page: PDFExtractor.Page,
        poppler: Poppler,
        recogniser: any PageRecogniser,
        workFolder: String
    ) async throws(PipelineError) {
        let longest = max(page.width, page.height, 1) / 72
        let scale = max(36, min(Self.dotsPerInch, Int(Self.longestSide / longest)))
        guard let file = try await poppler.draw(page: page.number, dotsPerInch: scale, into: workFolder) else {
            lines = []
            return
        }
        defer { _ = unsafe unlink(file) }
        let recognised = try await recogniser.recognise(imagePath: file, page: page.number, dotsPerInch: scale)
        let points = 72 / Double(scale)
        lines = recognised.map { line in
            let edges = PDFExtractor.Edges(
                left: line.box.x * points,
                top: line.box.y * points,
                right: (line.box.x + line.box.width) * points,
                bottom: (line.box.y + line.box.height) * points
            )
            return PageText.Line(
                stretches: TextAssembler.stretches(of: line.text),
                edges: edges,
                page: page.number,
                fontSize: edges.height,
                style: [],
                block: line.block
            )
        }
    }

    /// What an invisible layer of text says that the picture does not.
    ///
    /// A scanner's own layer agrees with the picture but for misread letters.
    func mismatches(with layer: [HiddenText]) -> [HiddenText] {
        let seen = Set(lines.lazy.flatMap(\.stretches).flatMap(Self.words))
        return layer.compactMap { piece in
            let words = Self.words(piece.text)
            guard words.count >= 3, 3 * words.count(where: seen.contains) < words.count else { return nil }
            var cleaned = piece
            cleaned.text = TextAssembler.string(TextAssembler.clean(piece.text).scalars)
            return cleaned
        }
    }

    /// Words of three letters and more, in lower case.
    private static func words(_ text: String) -> [Substring] {
        text.lowercased()
            .split { !$0.isLetter && !$0.isNumber }
            .filter { $0.unicodeScalars.count >= 3 }
    }
}
