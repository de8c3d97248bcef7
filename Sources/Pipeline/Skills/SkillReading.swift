/// What one text shows of the taxonomy's skills, for matching requirements against it.
public struct SkillReading: Sendable {
    /// The text.
    public let text: SkillText
    /// Every mention that is neither denied nor only wished for, weak ones included, in order.
    public let mentions: [SkillTaxonomy.Mention]
    /// Mentions by skill, as indices of `mentions`.
    let bySkill: [Int: [Int]]
    /// Places of each word by its root, as indices of the text's words.
    let byRoot: [UInt64: [Int]]
    /// Stretches that are no evidence, in ascending order.
    let excluded: [Range<Int>]

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - scalars: The text, NFC.
    ///   - taxonomy: The skills to look for.
    ///   - excluded: Stretches that are no evidence, such as the person's name and address, ascending, without overlap.
    public init(_ scalars: [Unicode.Scalar], taxonomy: SkillTaxonomy, excluding excluded: [Range<Int>] = []) {
        let text = SkillText(scalars)
        self.text = text
        self.excluded = excluded
        let found = MentionFilter().counted(taxonomy.mentions(in: text), in: text)
        mentions = found.filter { !Self.overlaps($0.range, excluded) }
        var bySkill: [Int: [Int]] = [:]
        for (index, mention) in mentions.enumerated() { bySkill[mention.skill, default: []].append(index) }
        self.bySkill = bySkill
        var byRoot: [UInt64: [Int]] = [:]
        for (index, word) in text.words.enumerated() { byRoot[word.root, default: []].append(index) }
        self.byRoot = byRoot
    }

    /// Whether `range` touches one of `excluded`.
    static func overlaps(_ range: Range<Int>, _ excluded: [Range<Int>]) -> Bool {
        var low = 0
        var high = excluded.count
        while low < high {
            let middle = (low + high) / 2
            if excluded[middle].upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
        }
        return low < excluded.count && excluded[low].lowerBound < range.upperBound
    }
}
