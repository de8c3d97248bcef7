extension SkillTaxonomy {
    /// One place in a text where a skill is named.
    public struct Mention: Sendable, Equatable {
        /// Index in `SkillTaxonomy.skills`.
        public var skill: Int
        /// Canonical name.
        public var name: String
        /// The words that name it, in scalars of the text.
        public var range: Range<Int>
        /// The name or alias of the table that was found.
        public var alias: String
        /// Sort of the skill.
        public var kind: Skill.Kind
        /// Whether the skill is weak: see ``Skill/isWeak``.
        public var isWeak: Bool
        /// Whether a field or a practice is named by one ordinary word, such as "auditing"; in prose that shows little.
        public var isPlain: Bool
        /// Whether it stands as an item among others: between commas, bullets, strokes, or alone on its line.
        public var isListed: Bool
        /// Whether it is a part of a job title, such as the "Machine learning" of "Machine learning engineer".
        public var isTitle: Bool

        /// Whether the mention shows that the person has the skill, where it stands in a section of this kind.
        ///
        /// What a school teaches, what interests, and titles are no proof of a field; a weak skill counts in lists of
        /// skills only, an ordinary word in any list.
        public func counts(in section: ResumeSection.Kind) -> Bool {
            let isNamed = kind == .technology || kind == .tool || kind == .certification
            switch section {
            case .skills: return !isWeak || isListed
            case .certifications: return true
            case .languages, .references, .interests: return false
            case .education: return isNamed && !isWeak
            case .header, .summary, .other: return (!isTitle || isNamed) && (isListed || !isWeak && !isPlain)
            case .experience, .projects, .publications, .awards, .volunteering:
                return (!isTitle || isNamed) && !isWeak && (isListed || !isPlain)
            }
        }
    }

    /// Every mention of a skill in a text, NFC, or in a part of it.
    ///
    /// They come in order, without overlap: the leftmost, and of those the longest. Everyday words count where the
    /// table's rules allow them. Negated mentions are among them; see ``MentionFilter``.
    public func mentions(in scalars: [Unicode.Scalar], range: Range<Int>? = nil) -> [Mention] {
        mentions(in: SkillText(scalars, range: range))
    }

    /// Every mention of a skill in a text that is cut into words already.
    public func mentions(in text: SkillText) -> [Mention] {
        let context = MentionContext(text)
        var found: [Candidate] = []
        var index = 0
        while index < text.words.count {
            let followsSkill = found.last?.words.upperBound == index
            if let candidate = candidate(at: index, context), followsSkill || !context.isLegalForm(candidate.words) {
                found.append(candidate)
                index = candidate.words.upperBound
            } else {
                index += 1
            }
        }
        settle(&found, context)
        return found.compactMap { candidate in
            guard candidate.isSettled else { return nil }
            let form = forms[candidate.form]
            let skill = skills[form.skill]
            let last = text.words[candidate.words.upperBound - 1]
            return Mention(
                skill: form.skill,
                name: skill.name,
                range: text.words[candidate.words.lowerBound].range.lowerBound..<last.range.upperBound,
                alias: form.text,
                kind: skill.kind,
                isWeak: skill.isWeak,
                isPlain: isPlain(candidate, text),
                isListed: context.isListed(candidate.words),
                isTitle: context.isTitle(candidate.words)
            )
        }
    }

    private func isPlain(_ candidate: Candidate, _ text: SkillText) -> Bool {
        let word = text.words[candidate.words.lowerBound]
        guard candidate.words.count == 1, !word.isUppercase, !word.isIdeograph else { return false }
        switch skills[forms[candidate.form].skill].kind {
        case .technology, .tool, .certification: return false
        case .knowledge, .practice, .soft: return text.scalars[word.range].allSatisfy { ScalarClass($0) == .letter }
        }
    }

    private struct Candidate {
        var form: Int
        var words: Range<Int>
        var isSettled: Bool
    }

    /// The longest form at a word that its own letters and neighbours allow.
    private func candidate(at start: Int, _ context: MentionContext) -> Candidate? {
        let text = context.text
        var best: Candidate?
        trie.visit(text.words, at: start) { index, end in
            guard end - start > (best?.words.count ?? 0), fits(index, text, at: start) else { return }
            let form = forms[index]
            let words = start..<end
            if context.isInAddress(words) { return }
            if form.rules.contains(.cased), !context.isWritten(form.text, at: words) { return }
            if form.rules.contains(.letter), context.isPartOfName(start) { return }
            if !form.notBefore.isEmpty, let next = context.next(words) {
                if form.notBefore.contains(next.exact) { return }
                if form.notBefore.contains(Self.year), context.isYear(next) { return }
            }
            if !form.notAfter.isEmpty, let previous = context.previous(words), form.notAfter.contains(previous.exact) {
                return
            }
            best = Candidate(
                form: index,
                words: words,
                isSettled: form.rules.isDisjoint(with: [.listed, .kin, .letter])
            )
        }
        return best
    }

    /// Settles the candidates that need company, twice, since one that is settled is company for the next.
    private func settle(_ found: inout [Candidate], _ context: MentionContext) {
        for _ in 0..<2 {
            for index in found.indices where !found[index].isSettled {
                let words = found[index].words
                let rules = forms[found[index].form].rules
                let hasKin = hasKin(found, index)
                if rules.contains(.letter) {
                    found[index].isSettled =
                        context.hasMarker(words) || hasKin && context.isItem(words)
                        || context.isMeans(words) && hasKinBehind(found, index)
                } else if rules.contains(.kin) {
                    found[index].isSettled = context.hasMarker(words) || hasKin
                } else {
                    found[index].isSettled =
                        context.hasMarker(words) || hasKin || context.isItem(words) || context.followsUsing(words)
                }
            }
        }
    }

    /// The word of a rule that stands for any year.
    private static let year = WordFolding.key("year")
    /// Trades whose names keep each other company.
    private static let technicalTrades: Set<String> = ["software", "data", "cloud", "security", "engineering"]

    /// Whether a technical skill stands within ten words; for a skill of computing, one of computing or engineering.
    private func hasKin(_ found: [Candidate], _ index: Int) -> Bool {
        hasKinBefore(found, index) || hasKinBehind(found, index)
    }

    private func hasKinBefore(_ found: [Candidate], _ index: Int) -> Bool {
        var other = index - 1
        while other >= 0, found[index].words.lowerBound - found[other].words.upperBound <= 10 {
            if isKin(found[other], of: found[index]) { return true }
            other -= 1
        }
        return false
    }

    private func hasKinBehind(_ found: [Candidate], _ index: Int) -> Bool {
        var other = index + 1
        while other < found.count, found[other].words.lowerBound - found[index].words.upperBound <= 10 {
            if isKin(found[other], of: found[index]) { return true }
            other += 1
        }
        return false
    }

    private func isKin(_ other: Candidate, of candidate: Candidate) -> Bool {
        let own = forms[candidate.form].skill
        guard other.isSettled, forms[other.form].skill != own else { return false }
        let skill = skills[forms[other.form].skill]
        guard skill.kind == .technology || skill.kind == .tool else { return false }
        return !Self.technicalTrades.contains(skills[own].trade) || Self.technicalTrades.contains(skill.trade)
    }
}
