/// Every form of every skill as paths of words, so that a text is searched in one pass.
struct SkillTrie: Sendable {
    private var edges: [UInt64: Int32] = [:]
    private var ends: [[Int32]] = [[]]

    /// Builds the paths of a table.
    ///
    /// Names of technologies, tools and certificates must be written as they are; those of other skills may change
    /// between singular and plural, British and American.
    init(_ table: SkillTable) {
        for (index, words) in table.words.enumerated() {
            let isExact =
                switch table.skills[table.forms[index].skill].kind {
                case .technology, .tool, .certification: true
                case .knowledge, .practice, .soft: false
                }
            var node: Int32 = 0
            for word in words {
                let key = Self.edge(node, isExact ? word.exact : word.stem)
                if let next = edges[key] {
                    node = next
                } else {
                    node = Int32(ends.count)
                    ends.append([])
                    edges[key] = node
                }
            }
            ends[Int(node)].append(Int32(index))
        }
    }

    private static func edge(_ node: Int32, _ word: UInt64) -> UInt64 {
        (word ^ UInt64(truncatingIfNeeded: node)) &* 0x9E37_79B9_7F4A_7C15 ^ (UInt64(truncatingIfNeeded: node) << 32)
    }

    /// Calls `visit` with every form whose words stand at `start`, and with where it ends; gaps and rules are not looked at.
    ///
    /// A last word such as `Python3` also stands for `Python`.
    func visit(_ words: [SkillWord], at start: Int, _ visit: (_ form: Int, _ end: Int) -> Void) {
        walk(words, from: 0, at: start, isFirst: true, visit)
    }

    private func walk(_ words: [SkillWord], from node: Int32, at index: Int, isFirst: Bool, _ visit: (Int, Int) -> Void)
    {
        guard index < words.count, isFirst || words[index].gap.isSoft else { return }
        let word = words[index]
        step(words, from: node, by: word.exact, at: index, visit)
        step(words, from: node, by: word.stem, at: index, visit)
        if word.bare != 0, let next = edges[Self.edge(node, word.bare)] {
            for form in ends[Int(next)] { visit(Int(form), index + 1) }
        }
    }

    private func step(
        _ words: [SkillWord],
        from node: Int32,
        by key: UInt64,
        at index: Int,
        _ visit: (Int, Int) -> Void
    ) {
        guard let next = edges[Self.edge(node, key)] else { return }
        for form in ends[Int(next)] { visit(Int(form), index + 1) }
        walk(words, from: next, at: index + 1, isFirst: false, visit)
    }
}
