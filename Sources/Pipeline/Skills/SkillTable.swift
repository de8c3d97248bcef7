/// The lines of a built table of skills, read and checked.
struct SkillTable {
    /// First line of every table of this version.
    static let header = "# shortlist skills 1"

    /// The skills, in the table's order.
    var skills: [Skill] = []
    /// Every way to write them.
    var forms: [SkillForm] = []
    /// The words of each form, by the form's index.
    var words: [[SkillWord]] = []

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - text: Lines of seven columns, separated by tabs: name, kind, trade, 1 for weak, implied, rules, aliases.
    ///   - path: What errors call the file.
    /// - Throws: ``SkillTaxonomyError`` for the first line that breaks the rules.
    init(_ text: String, path: String) throws(SkillTaxonomyError) {
        var lines = Self.split(text[...], at: 0x0A, keepsEmpty: true)[...]
        guard lines.popFirst() == Self.header[...] else { throw .unknownFormat(path: path) }
        var names: Set<String> = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            func bad(_ reason: String) -> SkillTaxonomyError { .badLine(path: path, line: index + 2, reason: reason) }
            let columns = Self.split(line, at: 0x09, keepsEmpty: true)
            guard columns.count == 7 else { throw bad("has \(columns.count) columns, not 7") }
            guard let kind = Skill.Kind(rawValue: String(columns[1])) else { throw bad("has no known kind") }
            guard let ruling = SkillForm.Ruling(columns[5]) else { throw bad("has an unknown rule") }
            let name = String(columns[0])
            guard names.insert(name).inserted else { throw bad("repeats the name \(name)") }
            let marked = Self.split(columns[6], at: 0x7C).map(SkillForm.splitMark)
            skills.append(
                Skill(
                    name: name,
                    kind: kind,
                    trade: String(columns[2]),
                    isWeak: columns[3] == "1",
                    implies: Self.split(columns[4], at: 0x7C).map(String.init),
                    aliases: marked.map(\.text)
                )
            )
            guard add(name, isName: true, rules: ruling.rules, ruling: ruling) else {
                throw bad("has a name without words")
            }
            for (alias, rules) in marked {
                guard add(alias, isName: false, rules: rules, ruling: ruling) else {
                    throw bad("has an alias without words")
                }
            }
        }
    }

    /// Adds a form of the last skill, and the one without its hyphens, dots and strokes.
    private mutating func add(_ text: String, isName: Bool, rules: SkillForm.Rules, ruling: SkillForm.Ruling) -> Bool {
        let parts = SkillText(text).words
        guard !parts.isEmpty else { return false }
        // A name such as "Chef (software)" tells two skills apart in the table; no text writes it so.
        guard parts.dropFirst().allSatisfy(\.gap.isSoft) else { return isName }
        let isSingle = parts.count == 1
        let form = SkillForm(
            skill: skills.count - 1,
            text: text,
            isName: isName,
            gaps: parts.dropFirst().map(\.gap),
            rules: rules,
            notBefore: isSingle ? ruling.notBefore : [],
            notAfter: isSingle ? ruling.notAfter : []
        )
        forms.append(form)
        words.append(parts)
        let isJoined = form.gaps.contains { $0 == .hyphen || $0 == .dot || $0 == .slash }
        guard isJoined, !rules.contains(.letter) else { return true }
        let joined = text.unicodeScalars.filter { !"-./".unicodeScalars.contains($0) }
        if joined.count >= 4 {
            let together = SkillText(String(String.UnicodeScalarView(joined))).words
            var copy = form
            copy.gaps = together.dropFirst().map(\.gap)
            forms.append(copy)
            words.append(together)
        }
        return true
    }

    /// Splits by bytes, which is several times faster than by characters.
    private static func split(_ text: Substring, at separator: UInt8, keepsEmpty: Bool = false) -> [Substring] {
        text.utf8.split(separator: separator, omittingEmptySubsequences: !keepsEmpty).map { Substring($0) }
    }
}
