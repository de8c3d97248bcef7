internal import Synchronization

/// Reads text from pictures with Tesseract.
///
/// English is tried first, since its model reads most Latin text well. If the words say that the language is another one,
/// or the model was unsure, the picture is read again with the models that fit and the surer reading counts. The pages
/// that follow are then read with those models at once.
struct Tesseract: PageRecogniser {
    /// A word as Tesseract found it, in dots.
    private struct Word {
        var text: String
        var box: Box
        var confidence: Double
        /// Block, paragraph and line within it.
        var place: [Int]
    }

    private static let tool = Tool("tesseract", package: "tesseract-ocr")
    /// Words that Tesseract itself takes for noise.
    private static let leastConfidence = 15.0
    /// A mean below which a reading is doubtful, in per cent.
    private static let doubtful = 65.0

    /// Models that an earlier page of the same document was best read with.
    private final class Choice: Sendable {
        let languages = Mutex<[String]?>(nil)
    }

    private let choice = Choice()
    /// Where the program runs.
    let folder: String
    /// Longest time for one reading.
    var deadline: Duration = .seconds(40)

    /// Makes a reader that runs in `folder`.
    init(folder: String) { self.folder = folder }

    func recognise(imagePath: String, page: Int, dotsPerInch: Int) async throws(PipelineError) -> [RecognisedLine] {
        let lines = try await lines(imagePath: imagePath, dotsPerInch: dotsPerInch)
        return lines.map { RecognisedLine(text: $0.stretches.joined(separator: "   "), box: $0.box, block: $0.block) }
    }

    /// A line with its stretches.
    struct Line {
        var stretches: [String]
        var box: Box
        var block: Int
    }

    /// Reads a picture of any kind that Tesseract knows; `dotsPerInch` is nil where the file says it or nobody knows.
    func lines(imagePath: String, dotsPerInch: Int?) async throws(PipelineError) -> [Line] {
        if let chosen = choice.languages.withLock({ $0 }) {
            return Self.lines(try await read(imagePath, languages: chosen, dotsPerInch))
        }
        var words = try await read(imagePath, languages: ["eng"], dotsPerInch)
        let wanted = Self.languages(for: words)
        if !wanted.isEmpty {
            let installed = try await installedLanguages()
            for languages in wanted {
                let usable = languages.filter(installed.contains)
                guard usable.count == languages.count else { continue }
                let again = try await read(imagePath, languages: usable, dotsPerInch)
                guard Self.certainty(again) > Self.certainty(words) else { continue }
                words = again
                choice.languages.withLock { $0 = usable }
            }
        }
        return Self.lines(words)
    }

    // MARK: Languages

    /// Models to try next: those of the language that the words are in, or those of other scripts.
    private static func languages(for words: [Word]) -> [[String]] {
        let known = words.filter { $0.confidence >= 50 }
        let mean = words.isEmpty ? 0 : words.reduce(0) { $0 + $1.confidence } / Double(words.count)
        if mean < doubtful || known.count < 10 {
            return words.isEmpty ? [] : [["rus", "eng"], ["chi_sim", "eng"]]
        }
        var counts: [String: Int] = [:]
        for word in known {
            let lowered = word.text.lowercased()
            for (language, signs) in commonWords where signs.contains(lowered) { counts[language, default: 0] += 1 }
        }
        let best = commonWords.map(\.language).max { counts[$0, default: 0] < counts[$1, default: 0] }
        guard let best, best != "eng", counts[best, default: 0] > 3,
            counts[best, default: 0] > counts["eng", default: 0]
        else { return [] }
        return [["eng", best]]
    }

    /// Words that are frequent in one language and rare in the others, accents left out where English would lose them.
    private static let commonWords: [(language: String, signs: Set<String>)] = [
        ("eng", ["the", "and", "of", "with", "for", "to", "by", "from", "on", "at", "experience", "skills"]),
        ("fra", ["et", "des", "les", "du", "la", "le", "pour", "avec", "dans", "sur", "aux", "formation"]),
        ("deu", ["und", "der", "die", "das", "mit", "von", "bei", "im", "zur", "als", "sowie", "bis"]),
        ("spa", ["y", "el", "los", "las", "del", "con", "para", "por", "en", "la", "una", "como"]),
        ("ita", ["e", "di", "il", "della", "del", "con", "per", "gli", "nella", "dei", "presso", "una"]),
        ("nld", ["en", "van", "het", "een", "de", "voor", "met", "bij", "naar", "aan", "op", "heden"]),
        ("por", ["e", "do", "da", "dos", "das", "com", "para", "em", "uma", "na", "no", "os"]),
        ("ron", ["si", "cu", "de", "la", "pentru", "prin", "din", "care", "pe", "sau", "în", "și", "limbi"]),
    ]

    /// What a reading is worth: the sum of what is above doubt.
    private static func certainty(_ words: [Word]) -> Double {
        words.reduce(0) { $0 + ($1.confidence - 50) * Double(min($1.text.unicodeScalars.count, 12)) }
    }

    private func installedLanguages() async throws(PipelineError) -> Set<String> {
        do throws(Tool.Failure) {
            let outcome = try await Self.tool.run(["--list-langs"], outputLimit: 1 << 16, folder: folder)
            return Set(
                String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            )
        } catch {
            throw error.pipelineError
        }
    }

    // MARK: One reading

    private func read(_ path: String, languages: [String], _ dotsPerInch: Int?) async throws(PipelineError) -> [Word] {
        var arguments = [path, "stdout", "-l", languages.joined(separator: "+"), "--psm", "3"]
        if let dotsPerInch { arguments += ["--dpi", String(min(2400, max(70, dotsPerInch)))] }
        let outcome: Tool.Outcome
        do throws(Tool.Failure) {
            outcome = try await Self.tool.run(
                arguments + ["tsv"],
                outputLimit: 8 << 20,
                deadline: deadline,
                folder: folder
            )
        } catch {
            throw error.pipelineError
        }
        if outcome.status >= 128 { throw Self.tooHeavy }
        if outcome.complaint.contains("Error opening data file") {
            throw .extraction(
                .internal,
                "Tesseract has no model for English: install the package tesseract-ocr-eng.",
                retryable: true
            )
        }
        guard outcome.succeeded else { throw .damaged("picture") }
        return Self.words(outcome.output)
    }

    private static let tooHeavy = PipelineError.extraction(
        .fileTooLarge,
        "The picture is too large to be read: send it with fewer pixels, about 300 to the inch."
    )

    /// Words of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    private static func words(_ table: [UInt8]) -> [Word] {
        var result: [Word] = []
        for row in table.split(separator: 10) {
            let fields = row.split(separator: 9, maxSplits: 11, omittingEmptySubsequences: false)
            guard fields.count == 12, fields[0].elementsEqual([53]) else { continue }
            let numbers = fields[1...10].map { Double(String(decoding: $0, as: UTF8.self)) ?? 0 }
            let text = String(decoding: fields[11], as: UTF8.self)
            let isNoise = numbers[9] < leastConfidence || !text.unicodeScalars.contains { !$0.isWhitespace }
            if isNoise { continue }
            result.append(
                Word(
                    text: text,
                    box: Box(x: numbers[5], y: numbers[6], width: numbers[7], height: numbers[8]),
                    confidence: numbers[9],
                    place: [Int(numbers[0]), Int(numbers[1]), Int(numbers[2]), Int(numbers[3])]
                )
            )
        }
        return result
    }

    private static func lines(_ words: [Word]) -> [Line] {
        var result: [Line] = []
        var open: [Word] = []
        var block = 0
        func close() {
            guard let first = open.first else { return }
            var stretches: [String] = []
            let height = open.map(\.box.height).sorted()[open.count / 2]
            var right = first.box.x
            for word in open {
                if stretches.isEmpty || word.box.x - right > 2.2 * height {
                    stretches.append(word.text)
                } else {
                    stretches[stretches.count - 1] +=
                        isIdeographic(stretches.last, word.text) ? word.text : " " + word.text
                }
                right = word.box.x + word.box.width
            }
            let top = open.map(\.box.y).min() ?? 0
            let bottom = open.map { $0.box.y + $0.box.height }.max() ?? 0
            let box = Box(x: first.box.x, y: top, width: max(0, right - first.box.x), height: max(0, bottom - top))
            result.append(Line(stretches: stretches, box: box, block: block))
        }
        for word in words {
            if let last = open.last, last.place != word.place {
                close()
                if last.place.prefix(3) != word.place.prefix(3) { block += 1 }
                open = []
            }
            open.append(word)
        }
        close()
        return result
    }

    /// Whether two words meet that are written without a space between.
    private static func isIdeographic(_ left: String?, _ right: String) -> Bool {
        guard let last = left?.unicodeScalars.last, let first = right.unicodeScalars.first else { return false }
        return last.properties.isIdeographic && first.properties.isIdeographic
    }
}
