/// Finds what a recruiter asks for in what a resume says.
///
/// A requirement that the taxonomy knows is met by any name of the skill, or by a skill that implies it. Any other is met by
/// its words in order, inflected or not, with at most two words between neighbours. The same inputs give the same answer.
public struct RequirementMatcher: Sendable {
    /// How many other words may stand between two words of a phrase.
    private static let maxGap = 2
    /// How many passages a match gives at most.
    private static let maxRanges = 20

    private let taxonomy: SkillTaxonomy

    /// Makes a matcher.
    public init(taxonomy: SkillTaxonomy) { self.taxonomy = taxonomy }

    /// Reads a requirement.
    ///
    /// The whole is looked up first, then without words such as "experience with" and "skills", then in parts: "or" and
    /// strokes separate alternatives, "and" and commas what is asked for together, where every part is a known skill.
    public func read(_ requirement: String) -> Requirement {
        let text = SkillText(String(requirement.prefix(400)))
        let words = text.words
        guard !words.isEmpty else { return Requirement(text: requirement, groups: []) }
        if let option = known(0..<words.count, text) { return Requirement(text: requirement, groups: [[option]]) }
        if let groups = parts(text) { return Requirement(text: requirement, groups: groups) }
        if let options = alternatives(text) { return Requirement(text: requirement, groups: [options]) }
        return Requirement(text: requirement, groups: [[phrase(0..<words.count, text)]])
    }

    /// Finds a requirement in a resume.
    ///
    /// - Returns: Nil where nothing shows it; a requirement without words is met by nothing.
    public func match(_ requirement: Requirement, in reading: SkillReading) -> RequirementMatch? {
        var result: RequirementMatch?
        for group in requirement.groups {
            var best: RequirementMatch?
            for option in group {
                guard let match = match(option, requirement, reading) else { continue }
                if best.map({ Self.rank(match.basis) < Self.rank($0.basis) }) ?? true { best = match }
            }
            guard let best else { return nil }
            result = result.map { Self.join($0, best) } ?? best
        }
        return result
    }

    private static func rank(_ basis: RequirementMatch.Basis) -> Int {
        switch basis {
        case .exact: 0
        case .alias: 1
        case .implied: 2
        case .phrase: 3
        }
    }

    private static func join(_ first: RequirementMatch, _ second: RequirementMatch) -> RequirementMatch {
        var result = rank(first.basis) >= rank(second.basis) ? first : second
        result.skill = [first.skill, second.skill].compactMap { $0 }.joined(separator: ", ")
        if result.skill == "" { result.skill = nil }
        result.ranges = distinct(first.ranges + second.ranges)
        return result
    }

    /// In order, without overlap, not more than a match gives.
    private static func distinct(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
            if let last = result.last, range.lowerBound < last.upperBound { continue }
            result.append(range)
        }
        return Array(result.prefix(maxRanges))
    }

    // MARK: Reading

    /// The skill that a part of the text names, as it is or without the words around it that only ask for it.
    private func known(_ range: Range<Int>, _ text: SkillText) -> Requirement.Option? {
        if let skill = index(range, text) { return .skill(skill) }
        let bare = withoutFiller(range, text)
        guard bare != range, !bare.isEmpty else { return nil }
        if let skill = index(bare, text) { return .skill(skill) }
        return nil
    }

    private func index(_ range: Range<Int>, _ text: SkillText) -> Int? {
        guard let first = range.first, let last = range.last else { return nil }
        let scalars = text.words[first].range.lowerBound..<text.words[last].range.upperBound
        let part = SkillText(Array(text.scalars[scalars]))
        guard let form = taxonomy.form(named: part) else { return nil }
        // "chef" is a profession, "Chef" a product or a profession: only the product's full name is taken for it.
        return taxonomy.forms[form].rules.contains(.kin) && !taxonomy.forms[form].isName
            ? nil : taxonomy.forms[form].skill
    }

    /// The range without "experience with", "strong", "5 years of" in front and "skills", "programming" behind.
    private func withoutFiller(_ range: Range<Int>, _ text: SkillText) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        func isNumber(_ index: Int) -> Bool {
            text.scalars[text.words[index].range].allSatisfy { ("0"..."9").contains($0) || $0 == "+" }
        }
        while start < end, RequirementWords.before.contains(text.words[start].exact) || isNumber(start) { start += 1 }
        while start < end, RequirementWords.after.contains(text.words[end - 1].exact) { end -= 1 }
        return start..<end
    }

    /// The parts of a list, where each of them is a known skill; nil where it is none.
    private func parts(_ text: SkillText) -> [[Requirement.Option]]? {
        let words = text.words
        var groups: [[Requirement.Option]] = []
        var isAlternative = false
        var start = 0
        func close(_ end: Int) -> Bool {
            guard start < end, let option = known(start..<end, text) else { return false }
            if isAlternative, let last = groups.indices.last {
                groups[last].append(option)
            } else {
                groups.append([option])
            }
            return true
        }
        for (index, word) in words.enumerated() {
            let isOr = RequirementWords.or.contains(word.exact)
            let isAnd = RequirementWords.and.contains(word.exact)
            if index > start, word.gap == .slash || word.gap == .hard || isOr || isAnd {
                guard close(index) else { return nil }
                start = index
                isAlternative = word.gap == .slash
            }
            if isOr || isAnd {
                start = index + 1
                isAlternative = isOr
            }
        }
        guard close(words.count), groups.count > 1 || (groups.first?.count ?? 0) > 1 else { return nil }
        // "Java, Python or Go" offers three alternatives.
        let hasOr = words.contains { RequirementWords.or.contains($0.exact) }
        let hasAnd = words.contains { RequirementWords.and.contains($0.exact) }
        return hasOr && !hasAnd ? [groups.flatMap { $0 }] : groups
    }

    /// "Crane operator/forklift driver": alternatives of which some are known by their words only; nil where it is none.
    private func alternatives(_ text: SkillText) -> [Requirement.Option]? {
        var options: [Requirement.Option] = []
        var start = 0
        for index in 0...text.words.count {
            let isOr = index < text.words.count && RequirementWords.or.contains(text.words[index].exact)
            guard index == text.words.count || isOr || index > start && text.words[index].gap == .slash else {
                continue
            }
            guard start < index else { return nil }
            // A single word that no table knows says too little by itself.
            guard let option = known(start..<index, text) ?? (index - start > 1 ? phrase(start..<index, text) : nil)
            else { return nil }
            options.append(option)
            start = isOr ? index + 1 : index
        }
        return options.count > 1 ? options : nil
    }

    private func phrase(_ range: Range<Int>, _ text: SkillText) -> Requirement.Option {
        var bare = withoutFiller(range, text)
        if bare.isEmpty { bare = range }
        let content = bare.filter { !RequirementWords.small.contains(text.words[$0].exact) }
        let indices = content.isEmpty ? Array(bare) : content
        return .phrase(
            indices.prefix(12).map {
                Requirement.Word(root: text.words[$0].root, text: text.string(text.words[$0].range))
            }
        )
    }

    // MARK: Matching

    private func match(
        _ option: Requirement.Option,
        _ requirement: Requirement,
        _ reading: SkillReading
    ) -> RequirementMatch? {
        switch option {
        case .skill(let skill): match(skill, requirement, reading)
        case .phrase(let words): match(words, reading)
        }
    }

    private func match(_ skill: Int, _ requirement: Requirement, _ reading: SkillReading) -> RequirementMatch? {
        let name = taxonomy.skills[skill].name
        if let own = reading.bySkill[skill] {
            let asked = Self.plain(requirement.text)
            let isExact = own.contains {
                let found = Self.plain(reading.text.string(reading.mentions[$0].range))
                return found == asked || found == Self.plain(name)
            }
            let ranges = own.map { reading.mentions[$0].range }
            return RequirementMatch(basis: isExact ? .exact : .alias, skill: name, ranges: Self.distinct(ranges))
        }
        for mention in reading.mentions where taxonomy.implied(by: mention.skill).contains(skill) {
            let ranges = (reading.bySkill[mention.skill] ?? []).map { reading.mentions[$0].range }
            return RequirementMatch(basis: .implied(through: mention.name), skill: name, ranges: Self.distinct(ranges))
        }
        return nil
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" }
    }

    private func match(_ phrase: [Requirement.Word], _ reading: SkillReading) -> RequirementMatch? {
        guard let first = phrase.first else { return nil }
        var ranges: [Range<Int>] = []
        for start in (reading.byRoot[first.root] ?? []).prefix(500) {
            guard let end = end(of: phrase, at: start, reading.text.words) else { continue }
            let range = reading.text.words[start].range.lowerBound..<reading.text.words[end].range.upperBound
            guard !SkillReading.overlaps(range, reading.excluded), !MentionFilter().isDenied(range, in: reading.text)
            else { continue }
            ranges.append(range)
            if ranges.count == Self.maxRanges { break }
        }
        if ranges.isEmpty { ranges = compounds(phrase, reading) }
        return ranges.isEmpty ? nil : RequirementMatch(basis: .phrase, skill: nil, ranges: Self.distinct(ranges))
    }

    /// The last word of a phrase that starts at a word, or nil.
    private func end(of phrase: [Requirement.Word], at start: Int, _ words: [SkillWord]) -> Int? {
        var last = start
        for word in phrase.dropFirst() {
            var index = last + 1
            while index < words.count, index - last <= Self.maxGap + 1, words[index].root != word.root {
                // A phrase never reaches over the end of a sentence or an item.
                if words[index].gap == .hard { return nil }
                index += 1
            }
            guard index < words.count, index - last <= Self.maxGap + 1, words[index].gap != .hard else { return nil }
            last = index
        }
        return last
    }

    /// Places where the phrase is written as one word, or its one word as several: "teamwork", "B.Tech".
    private func compounds(_ phrase: [Requirement.Word], _ reading: SkillReading) -> [Range<Int>] {
        let asked = Array(Self.plain(phrase.map(\.text).joined()).unicodeScalars)
        guard asked.count >= 4, asked.count <= 60 else { return [] }
        let words = reading.text.words
        var ranges: [Range<Int>] = []
        var index = 0
        while index < words.count, ranges.count < Self.maxRanges {
            var position = 0
            var end = index
            while end < words.count, position < asked.count,
                end == index || words[end].gap == .dot || words[end].gap == .hyphen || words[end].gap == .space
            {
                guard let next = advance(asked, position, words[end], reading.text) else { break }
                position = next
                end += 1
            }
            if position == asked.count {
                let range = words[index].range.lowerBound..<words[end - 1].range.upperBound
                if !SkillReading.overlaps(range, reading.excluded), !MentionFilter().isDenied(range, in: reading.text) {
                    ranges.append(range)
                }
                index = end
            } else {
                index += 1
            }
        }
        return ranges
    }

    /// How far a word takes through `asked`, or nil where it does not fit.
    private func advance(_ asked: [Unicode.Scalar], _ position: Int, _ word: SkillWord, _ text: SkillText) -> Int? {
        var position = position
        for index in word.range {
            let scalar = text.scalars[index]
            guard ScalarClass(scalar) != .ignored else { continue }
            guard position < asked.count else { return nil }
            guard scalar == asked[position] || String(scalar).lowercased() == String(asked[position]) else {
                return nil
            }
            position += 1
        }
        return position
    }
}
