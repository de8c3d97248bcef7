/// Tells mentions that show a skill from those that deny it or only wish for it.
///
/// A cue counts within its sentence, over the list that follows it: "no experience with Java, Python or Go" denies three.
public struct MentionFilter: Sendable {
    /// How many words before a mention are looked at.
    private static let window = 16

    /// Makes a filter.
    public init() {}

    /// The mentions that are neither denied nor only wished for, in order.
    public func counted(_ mentions: [SkillTaxonomy.Mention], in text: SkillText) -> [SkillTaxonomy.Mention] {
        mentions.filter { !isDenied($0.range, in: text) }
    }

    /// Whether what stands at `range`, words of the text in scalars, is denied or only wished for.
    public func isDenied(_ range: Range<Int>, in text: SkillText) -> Bool {
        let first = text.firstWord(endingAfter: range.lowerBound)
        let end = text.firstWord(endingAfter: max(range.lowerBound, range.upperBound - 1)) + 1
        guard first < end, end <= text.words.count else { return false }
        return isDeniedBefore(first, text) || isDeniedAfter(first..<end, text)
    }

    private func isDeniedBefore(_ first: Int, _ text: SkillText) -> Bool {
        let words = text.words
        var index = first - 1
        while index >= 0, first - index <= Self.window + 3 {
            if endsSentence(before: index + 1, text) { return false }
            let key = words[index].exact
            if MentionCues.breaks.contains(key) { return false }
            for cue in MentionCues.before[key] ?? [] where matches(cue.words, endingAt: index, text) {
                guard first - 1 - index <= cue.reach else { continue }
                if key == MentionCues.learning, cue.words.count == 1, isField(index, text) { continue }
                return true
            }
            index -= 1
        }
        return false
    }

    /// Whether "learning" belongs to the name of a field, such as machine learning, or to a phrase such as a learning platform.
    private func isField(_ index: Int, _ text: SkillText) -> Bool {
        let words = text.words
        if index > 0, words[index].gap.isSoft, MentionCues.beforeLearning.contains(words[index - 1].exact) {
            return true
        }
        if index + 1 < words.count, words[index + 1].gap.isSoft {
            let next = words[index + 1].exact
            if MentionCues.afterLearning.contains(next) { return true }
            if MentionCues.afterLearningWithin.contains(next), isWithinPhrase(index, text) { return true }
        }
        // An item of a list is no verb: "teaching, learning, Python".
        return index > 0
            && text.scalars[words[index - 1].range.upperBound..<words[index].range.lowerBound].contains(",")
            && index + 1 < words.count && words[index + 1].gap == .hard
    }

    /// Whether words of its phrase stand before a word, and none that would make it a verb: "a learning", not "now learning".
    private func isWithinPhrase(_ index: Int, _ text: SkillText) -> Bool {
        index > 0 && text.words[index].gap.isSoft && !endsSentence(before: index, text)
            && !MentionCues.beforeVerb.contains(text.words[index - 1].exact)
    }

    private func matches(_ cue: [UInt64], endingAt end: Int, _ text: SkillText) -> Bool {
        let start = end - cue.count + 1
        guard start >= 0 else { return false }
        for (offset, key) in cue.enumerated() {
            guard text.words[start + offset].exact == key else { return false }
            guard offset == 0 || text.words[start + offset].gap.isSoft else { return false }
        }
        return true
    }

    private func isDeniedAfter(_ range: Range<Int>, _ text: SkillText) -> Bool {
        let words = text.words
        let next = range.upperBound
        guard next < words.count, !endsSentence(before: next, text) || opensBracket(next, text) else { return false }
        let between = text.scalars[words[next - 1].range.upperBound..<words[next].range.lowerBound]
        guard !between.contains(",") else { return false }
        if MentionCues.after.contains(where: {
            matches($0, endingAt: min(next + $0.count, words.count) - 1, text) && starts($0, next, text)
        }) {
            return true
        }
        if words[next].exact == MentionCues.learning,
            between.contains(where: { "(:-\u{2013}\u{2014}".unicodeScalars.contains($0) })
        {
            return true
        }
        return isWishWithVerbAtEnd(range, text)
    }

    private func starts(_ cue: [UInt64], _ index: Int, _ text: SkillText) -> Bool {
        index + cue.count <= text.words.count && text.words[index].exact == cue[0]
    }

    /// "Ich möchte Kubernetes lernen", "ik wil graag Python leren".
    private func isWishWithVerbAtEnd(_ range: Range<Int>, _ text: SkillText) -> Bool {
        let words = text.words
        var index = range.upperBound
        while index < words.count, index - range.upperBound < 6, !endsSentence(before: index, text) {
            if MentionCues.closingVerbs.contains(words[index].exact) {
                var back = range.lowerBound - 1
                while back >= 0, range.lowerBound - back < 8, !endsSentence(before: back + 1, text) {
                    if MentionCues.openingWishes.contains(words[back].exact) { return true }
                    back -= 1
                }
                return false
            }
            index += 1
        }
        return false
    }

    private func opensBracket(_ index: Int, _ text: SkillText) -> Bool {
        text.scalars[text.words[index - 1].range.upperBound..<text.words[index].range.lowerBound].contains("(")
    }

    /// Whether a sentence, an item or a paragraph ends between the word before `index` and that word.
    private func endsSentence(before index: Int, _ text: SkillText) -> Bool {
        guard index > 0, index < text.words.count else { return true }
        let word = text.words[index]
        let previous = text.words[index - 1]
        let between = text.scalars[previous.range.upperBound..<word.range.lowerBound]
        var breaks = 0
        for scalar in between {
            switch scalar {
            case "!", "?", ";", "(", ")", "|", "\u{2022}", "\u{B7}", "\u{25AA}", "\u{25CF}", "\u{3002}", "\u{2192}",
                "*":
                return true
            case ".": if word.gap == .hard { return true }
            case "\n": breaks += 1
            case "-", "\u{2013}", "\u{2014}": if breaks > 0 { return true }
            default: break
            }
        }
        if breaks > 1 { return true }
        guard breaks == 1, word.isCapitalized else { return false }
        return !between.contains(",") && !MentionCues.connectors.contains(previous.exact)
    }
}
