/// Looks for signs that a file was made to mislead a screener.
public struct IntegrityInspector: Sendable {
    /// Hidden text of fewer letters than this is a design's leftover, not a message.
    static let minHiddenLetters = 12
    /// The longest quote shown of a finding, in scalars.
    static let maxQuote = 200
    /// The most quotes shown of a finding.
    static let maxQuotes = 5

    private let taxonomy: SkillTaxonomy

    /// Makes an inspector that knows the skills of `taxonomy`: only they can be stuffed.
    public init(taxonomy: SkillTaxonomy) { self.taxonomy = taxonomy }

    /// Inspects one document.
    ///
    /// - Returns: Findings with their evidence, and the stretches of text that scoring leaves out or thins.
    public func inspect(_ document: ExtractedDocument) -> IntegrityReport {
        let scalars = Array(document.text.unicodeScalars)
        let whole = 0..<scalars.count
        let instructions = InjectionScanner().scan(scalars, range: whole)
        let lists = StuffingScanner().lists(in: scalars, range: whole)
        let pages = PageIndex(document)
        var findings: [IntegrityFinding] = []
        if let finding = hiddenText(document) { findings.append(finding) }
        if let finding = injection(document, scalars, instructions, pages) { findings.append(finding) }
        if let finding = stuffing(scalars, lists, pages) { findings.append(finding) }
        if !document.imageMismatches.isEmpty {
            findings.append(
                IntegrityFinding(
                    code: .textImageMismatch,
                    message: "The file's text layer says something else than its picture shows; the picture was read.",
                    evidence: document.imageMismatches.prefix(Self.maxQuotes).map(Self.quote)
                )
            )
        }
        return IntegrityReport(findings: findings, instructionRanges: instructions, stuffedLists: lists)
    }

    private func hiddenText(_ document: ExtractedDocument) -> IntegrityFinding? {
        let letters = document.hidden.reduce(0) { sum, hidden in
            sum + hidden.text.unicodeScalars.count { $0.properties.isAlphabetic }
        }
        guard letters >= Self.minHiddenLetters else { return nil }
        var reasons: [HiddenText.Reason] = []
        for hidden in document.hidden where !reasons.contains(hidden.reason) { reasons.append(hidden.reason) }
        let how = reasons.map(Self.explain).joined(separator: "; ")
        return IntegrityFinding(
            code: .hiddenText,
            message: "The file holds text that a reader does not see (\(how)). It was left out of the score. "
                + "Some design tools leave such text without intent.",
            evidence: document.hidden.prefix(Self.maxQuotes).map(Self.quote)
        )
    }

    private func injection(
        _ document: ExtractedDocument,
        _ scalars: [Unicode.Scalar],
        _ visible: [Range<Int>],
        _ pages: PageIndex
    ) -> IntegrityFinding? {
        let scanner = InjectionScanner()
        // Hidden lines of one page are read together: an order may be broken over several of them.
        var evidence = visible.map { Self.quote(scalars, $0, pages) }
        var byPage: [(page: Int, lines: [HiddenText])] = []
        for hidden in document.hidden {
            if byPage.last?.page == hidden.page {
                byPage[byPage.count - 1].lines.append(hidden)
            } else {
                byPage.append((hidden.page, [hidden]))
            }
        }
        for (_, lines) in byPage where scanner.isInstruction(lines.map(\.text).joined(separator: " ")) {
            let guilty = lines.filter { scanner.isInstruction($0.text) }
            evidence += (guilty.isEmpty ? lines : guilty).map(Self.quote)
        }
        guard !evidence.isEmpty else { return nil }
        return IntegrityFinding(
            code: .promptInjection,
            message: "The file gives orders to a screening program. They were not followed and left out of the score.",
            evidence: Array(evidence.prefix(Self.maxQuotes))
        )
    }

    private func stuffing(
        _ scalars: [Unicode.Scalar],
        _ lists: [IntegrityReport.StuffedList],
        _ pages: PageIndex
    ) -> IntegrityFinding? {
        let repeats = StuffingScanner().repeats(in: scalars, range: 0..<scalars.count).filter {
            taxonomy.skill(named: $0.word.folded) != nil
        }
        var reasons = lists.map { "a list of \($0.itemCount) items" }
        reasons += repeats.prefix(3).map { "“\($0.word.folded)” \($0.count) times" }
        guard !reasons.isEmpty else { return nil }
        let evidence =
            lists.map { Self.quote(scalars, $0.range, pages) }
            + repeats.map { Self.quote(scalars, $0.word.range, pages) }
        return IntegrityFinding(
            code: .keywordStuffing,
            message: "The file repeats or lists more key words than a reader would believe: "
                + "\(reasons.joined(separator: ", ")). Each of them counts less.",
            evidence: Array(evidence.prefix(Self.maxQuotes))
        )
    }

    private static func explain(_ reason: HiddenText.Reason) -> String {
        switch reason {
        case .invisibleRenderMode: "drawn in invisible ink"
        case .colourOfBackground: "in the colour of its background"
        case .tinyFont: "too small to read"
        case .offPage: "outside the page"
        case .covered: "covered by something else"
        case .vanish: "marked as hidden"
        case .zeroWidth: "made of characters without width"
        case .styledAway: "styled away"
        }
    }

    private static func quote(_ hidden: HiddenText) -> Evidence {
        Evidence(quote: String(hidden.text.prefix(maxQuote)), offset: -1, page: hidden.page)
    }

    private static func quote(_ scalars: [Unicode.Scalar], _ range: Range<Int>, _ pages: PageIndex) -> Evidence {
        let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + maxQuote)
        return Evidence(quote: String(scalars[shown]), offset: shown.lowerBound, page: pages.page(at: shown.lowerBound))
    }
}
