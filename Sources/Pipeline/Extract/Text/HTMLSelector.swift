/// What selectors ask of an element.
struct HTMLMarks {
    var name: String
    var id: String?
    var classes: [String]

    /// Takes the marks down from a start tag.
    init(name: String, attributes: [String: String]) {
        self.name = name
        id = attributes["id"]?.lowercased()
        classes = (attributes["class"] ?? "").lowercased().split(whereSeparator: \.isWhitespace).prefix(20).map(
            String.init
        )
    }
}

/// A selector of tags, classes and ids, and of what they stand in: `p.x`, `body .x`, `ul > li`.
struct HTMLSelector {
    private struct Compound {
        var name: String?
        var ids: [String] = []
        var classes: [String] = []

        /// How many comparisons with an element it takes.
        var count: Int { 1 + ids.count + classes.count }

        var isPage: Bool { ids.isEmpty && classes.isEmpty && (name == "html" || name == "body") }

        func fits(_ element: HTMLMarks) -> Bool {
            name ?? element.name == element.name && ids.allSatisfy { $0 == element.id }
                && classes.allSatisfy(element.classes.contains)
        }
    }

    private var element = Compound()
    /// What it stands in, the innermost first, and whether it is a child of that.
    private var outer: [(compound: Compound, isParent: Bool)] = []

    /// What elements that fit have: `.x`, `#x`, `p`, or `*` for all.
    var key: String {
        element.ids.first.map { "#" + $0 } ?? element.classes.first.map { "." + $0 } ?? element.name ?? "*"
    }

    /// How much it counts against others: the higher wins.
    private(set) var specificity = 0

    /// Reads a selector in lower case; nil for one with other parts, such as states and attributes.
    init?(_ text: Substring) {
        var compounds: [(compound: Compound, isParent: Bool)] = []
        var isParent = false
        for word in text.split(separator: ">", omittingEmptySubsequences: false) {
            for part in word.split(whereSeparator: \.isWhitespace) {
                guard let compound = compound(part), compounds.count < 6 else { return nil }
                if !compounds.isEmpty { compounds[compounds.count - 1].isParent = isParent }
                compounds.append((compound, false))
                isParent = false
            }
            isParent = true
        }
        guard let last = compounds.popLast() else { return nil }
        element = last.compound
        outer = compounds.reversed()
        for compound in [element] + outer.map(\.compound) {
            specificity += compound.ids.count * 10_000 + compound.classes.count * 100 + (compound.name == nil ? 0 : 1)
        }
        // Every page has these, whether its tags are written or not.
        while let last = outer.last, last.compound.isPage,
            !last.isParent || outer.dropLast().last?.compound.isPage == true
        {
            outer.removeLast()
        }
    }

    private func compound(_ text: Substring) -> Compound? {
        var result = Compound()
        var rest = text
        func name() -> String? {
            var name = ""
            while let letter = rest.first, letter.isLetter || letter.isNumber || "-_\\".contains(letter) {
                rest = rest.dropFirst()
                guard letter == "\\" else {
                    name.append(letter)
                    continue
                }
                // `md\:block` and `\32xl` are classes with a colon, and with a digit in front.
                let digits = rest.prefix(6).prefix { $0.isASCII && $0.isHexDigit }
                let code = UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }
                guard let escaped = digits.isEmpty ? rest.first : code.map(Character.init) else { return nil }
                name.append(escaped)
                rest = rest.dropFirst(max(digits.count, 1))
            }
            return name.isEmpty ? nil : name
        }
        if rest.first == "*" { rest = rest.dropFirst() } else { result.name = name() }
        while let mark = rest.popFirst() {
            guard mark == "." || mark == "#", let name = name() else { return nil }
            if mark == "." { result.classes.append(name) } else { result.ids.append(name) }
        }
        return result
    }

    /// Whether it selects an element that stands in `open`, the outermost first.
    ///
    /// What it looks at is taken off `steps`; once they are used up, it looks no further.
    func fits(_ marks: HTMLMarks, in open: [HTMLMarks], steps: inout Int) -> Bool {
        steps -= element.count
        return element.fits(marks) && isInside(open[...], from: 0, &steps) == true
    }

    /// Whether the compounds from `index` on are found in `open`, the outermost first.
    ///
    /// - Returns: Nil where they are not found further out either, so that nobody goes on to look for them.
    private func isInside(_ open: ArraySlice<HTMLMarks>, from index: Int, _ steps: inout Int) -> Bool? {
        guard index < outer.count else { return true }
        let (compound, isParent) = outer[index]
        for place in open.indices.reversed() where steps >= 0 {
            steps -= compound.count
            if compound.fits(open[place]) {
                let isInside = isInside(open[..<place], from: index + 1, &steps)
                if isInside != false { return isInside }
            }
            if isParent { return false }
        }
        return nil
    }
}
