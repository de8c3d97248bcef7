/// The text that is compared with the job: what the resume says of the work, and nothing of the person.
///
/// Left out are identity (name, contacts, address, birth, gender, schools' names), gendered words, dates and other bare
/// numbers, orders to the screener, and what lies beyond the first items of an over-long list. Line breaks, blanks and
/// the signs between items leave no trace, so that the same resume gives the same text from every format.
struct ScoringText: Equatable {
    /// Words separated by one space, the sections in the order of `sectionOrder`.
    var body: String
    /// The headline and the titles of the positions, separated by `; `.
    ///
    /// Empty where the resume gives none.
    var titles: String

    /// Names these rules; part of every fingerprint.
    static let version = "text-3"

    /// The order in which sections are read.
    ///
    /// Interests, references and languages tell of the person, not of the work.
    private static let sectionOrder: [ResumeSection.Kind] = [
        .header, .summary, .experience, .projects, .skills, .certifications, .education, .awards, .publications,
        .volunteering, .other,
    ]
    private static let genderedWords: Set<String> = [
        "he", "she", "him", "her", "hers", "his", "himself", "herself", "mr", "mrs", "ms", "mx", "miss", "sir", "madam",
        "they",
        "them", "their", "theirs", "male", "female", "man", "woman", "nonbinary", "pronouns", "gender",
    ]

    init(_ document: ExtractedDocument, _ resume: ParsedResume, _ integrity: IntegrityReport) {
        let scalars = Array(document.text.unicodeScalars)
        var excluded = [Bool](repeating: false, count: scalars.count)
        func exclude(_ range: Range<Int>) {
            for index in range.clamped(to: 0..<scalars.count) { excluded[index] = true }
        }
        resume.identityRanges.forEach(exclude)
        if !resume.experienceIsStated { for evidence in resume.experienceEvidence { exclude(evidence.range) } }
        Self.headline(resume, scalars).map(exclude)
        integrity.instructionRanges.forEach(exclude)
        for list in integrity.stuffedLists {
            exclude(
                Self.end(ofItem: ScoringRules.fullCreditListLength, in: scalars, list.range)..<list.range.upperBound
            )
        }
        var words: [String] = []
        for kind in Self.sectionOrder {
            for section in resume.sections where section.kind == kind {
                Self.collect(scalars, section.range.clamped(to: 0..<scalars.count), excluded, into: &words)
            }
        }
        body = words.joined(separator: " ")
        let titles = [resume.profile.headline] + resume.profile.experience.map(\.title)
        var unique: [String] = []
        for title in titles.compactMap({ $0 }) where !unique.contains(title) { unique.append(title) }
        self.titles = unique.joined(separator: "; ")
    }

    /// Where the headline stands: the titles hold it already, and some layouts make it a part of the name's line.
    private static func headline(_ resume: ParsedResume, _ scalars: [Unicode.Scalar]) -> Range<Int>? {
        guard let headline = resume.profile.headline.map({ Array($0.unicodeScalars) }), !headline.isEmpty,
            let header = resume.sections.first(where: { $0.kind == .header })
        else { return nil }
        let range = header.range.clamped(to: 0..<scalars.count)
        guard range.count >= headline.count else { return nil }
        return (range.lowerBound...range.upperBound - headline.count)
            .first { scalars[$0..<$0 + headline.count].elementsEqual(headline) }
            .map { $0..<$0 + headline.count }
    }

    /// Adds the words of a stretch that stand outside the excluded ones.
    private static func collect(
        _ scalars: [Unicode.Scalar],
        _ range: Range<Int>,
        _ excluded: [Bool],
        into words: inout [String]
    ) {
        var word = String.UnicodeScalarView()
        var hasLetter = false
        func flush() {
            defer {
                word = String.UnicodeScalarView()
                hasLetter = false
            }
            guard hasLetter else { return }
            let text = bared(word)
            let bare = text.lowercased().filter { $0.isLetter || $0 == "/" }
            // “he/him” is two such words.
            if !bare.split(separator: "/").allSatisfy({ genderedWords.contains(String($0)) }) { words.append(text) }
        }
        for index in range {
            let scalar = scalars[index]
            if excluded[index] || scalar.isWhitespace || scalar == "•" {
                flush()
            } else {
                word.append(scalar)
                if !hasLetter, scalar.properties.isAlphabetic { hasLetter = true }
            }
        }
        flush()
    }

    /// A word without the signs that stand between words; those of C++, C#, .NET and Node.js are part of them.
    private static func bared(_ word: String.UnicodeScalarView) -> String {
        var rest = word[...]
        while let last = rest.last, closing.contains(last) { rest.removeLast() }
        while let first = rest.first, opening.contains(first) { rest.removeFirst() }
        return String(rest)
    }

    private static let closing: Set<Unicode.Scalar> = [
        ",", ";", ":", ".", "!", "?", ")", "]", "}", "|", "–", "—", "-", "\"", "”", "’", "'", "»", "·", "、", "，", "。",
        "；",
    ]
    private static let opening: Set<Unicode.Scalar> = [
        "(", "[", "{", "|", "–", "—", "-", "\"", "“", "‘", "'", "«", "·", ",", ";", ":", "~", "*", "•",
    ]

    /// Where the first `count` items of a list end.
    private static func end(ofItem count: Int, in scalars: [Unicode.Scalar], _ range: Range<Int>) -> Int {
        var items = 0
        for index in range.clamped(to: 0..<scalars.count) {
            switch scalars[index] {
            case ",", ";", "|", "•", "、", "，": items += 1
            default: break
            }
            if items == count { return index }
        }
        return range.lowerBound + (range.upperBound - range.lowerBound) * count / max(count, items + count)
    }

    /// How often each folded word stands in the body.
    func wordCounts() -> [String: Int] {
        let scalars = Array(body.unicodeScalars)
        return WordToken.words(in: scalars, range: 0..<scalars.count).reduce(into: [:]) {
            $0[$1.folded, default: 0] += 1
        }
    }
}
