/// A text cut into the words that skills are looked for in.
///
/// Symbols that belong to a name stay with it (`C++`, `C#`, `.NET`, `A+`), others separate words. Every ideograph is a word.
public struct SkillText: Sendable {
    /// The whole text; offsets count from its start.
    public let scalars: [Unicode.Scalar]
    /// The words, in order.
    let words: [SkillWord]

    /// Cuts a text into words, in linear time.
    ///
    /// - Parameters:
    ///   - scalars: The text, NFC.
    ///   - range: What part of it to read; all of it by default. It is clamped to the text.
    public init(_ scalars: [Unicode.Scalar], range: Range<Int>? = nil) {
        self.scalars = scalars
        let part = (range ?? 0..<scalars.count).clamped(to: 0..<scalars.count)
        var scanner = Scanner(scalars: scalars, part: part)
        words = scanner.scan()
    }

    /// Cuts a string into words.
    public init(_ text: String) { self.init(Array(text.unicodeScalars)) }

    /// The passage at `range`.
    func string(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
        return String(result)
    }

    /// The first word that ends after `offset`, or the count of words.
    func firstWord(endingAfter offset: Int) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if words[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// What a scalar is to the matcher.
enum ScalarClass {
    case letter, digit, ideograph, space, lineBreak, hyphen, ignored, symbol

    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0x61...0x7A, 0x41...0x5A: self = .letter
        case 0x30...0x39: self = .digit
        case 0x20, 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: self = .space
        case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: self = .lineBreak
        case 0x2D, 0x5F, 0x2010...0x2013, 0x2212: self = .hyphen
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: self = .ignored
        case 0..<0x80: self = .symbol
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3041...0x30FF, 0x31F0...0x31FF, 0xAC00...0xD7AF:
            self = value == 0x30FB ? .symbol : .ideograph
        case 0xC0...0x24F: self = value == 0xD7 || value == 0xF7 ? .symbol : .letter
        case 0x370...0x52F: self = value == 0x37E || value == 0x387 ? .symbol : .letter
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark:
                self = .letter
            case .decimalNumber, .letterNumber, .otherNumber: self = .digit
            case .spaceSeparator: self = .space
            default: self = .symbol
            }
        }
    }
}

extension SkillText {
    /// Cuts one text; used once.
    private struct Scanner {
        let scalars: [Unicode.Scalar]
        let part: Range<Int>
        private var words: [SkillWord] = []
        private var folded: [UInt32] = []

        init(scalars: [Unicode.Scalar], part: Range<Int>) {
            self.scalars = scalars
            self.part = part
        }

        mutating func scan() -> [SkillWord] {
            words.reserveCapacity(part.count / 5)
            var index = part.lowerBound
            var separators = part.lowerBound
            while index < part.upperBound {
                guard let end = wordEnd(from: index) else {
                    index += 1
                    continue
                }
                append(index..<end, gap: words.isEmpty ? .hard : gap(separators..<index))
                index = end
                separators = end
            }
            return words
        }

        /// Where the word that starts at `start` ends, or nil where none starts.
        private func wordEnd(from start: Int) -> Int? {
            let first = scalars[start].value
            if first == 0x26 { return start + 1 }
            switch ScalarClass(scalars[start]) {
            case .ideograph: return start + 1
            case .letter, .digit: break
            default:
                guard first == 0x2E, opensNet(start) else { return nil }
            }
            var end = start + 1
            while end < part.upperBound {
                switch ScalarClass(scalars[end]) {
                case .letter, .digit, .ignored: end += 1
                default: return end + suffix(at: end)
                }
            }
            return end
        }

        /// Whether the dot at `index` belongs to `.NET`.
        private func opensNet(_ index: Int) -> Bool {
            guard index + 3 < part.upperBound, index == part.lowerBound || !isAlphanumeric(index - 1) else {
                return false
            }
            return zip(scalars[(index + 1)...(index + 3)], "net".utf8).allSatisfy { $0.value | 0x20 == UInt32($1) }
        }

        private func isAlphanumeric(_ index: Int) -> Bool {
            switch ScalarClass(scalars[index]) {
            case .letter, .digit, .ideograph: true
            default: false
            }
        }

        /// How many of the symbols at `index` belong to the word before: `++`, `#`, and `+` where no word follows.
        private func suffix(at index: Int) -> Int {
            let value = scalars[index].value
            let next = index + 1 < part.upperBound ? scalars[index + 1].value : 0
            if value == 0x2B, next == 0x2B { return 2 }
            if value == 0x23 || value == 0x266F { return 1 }
            guard value == 0x2B else { return 0 }
            return index + 1 < part.upperBound && isAlphanumeric(index + 1) ? 0 : 1
        }

        private func gap(_ range: Range<Int>) -> SkillWord.Gap {
            var (spaces, breaks, hyphens, dots, slashes, apostrophes) = (0, 0, 0, 0, 0, 0)
            for index in range {
                let value = scalars[index].value
                switch ScalarClass(scalars[index]) {
                case .space: spaces += value == 0x09 ? 4 : 1
                case .lineBreak: breaks += 1
                case .hyphen: hyphens += 1
                case .ignored: break
                default:
                    switch value {
                    case 0x2E: dots += 1
                    case 0x2F: slashes += 1
                    case 0x27, 0x2019, 0x02BC: apostrophes += 1
                    default: return .hard
                    }
                }
            }
            switch (hyphens, dots, slashes, apostrophes) {
            case (0, 0, 0, 0):
                if breaks > 1 || spaces > 3 { return .hard }
                return breaks == 1 ? .lineBreak : spaces > 0 ? .space : .none
            case (1, 0, 0, 0): return spaces == 0 && breaks <= 1 ? .hyphen : .hard
            case (0, 1, 0, 0): return spaces == 0 && breaks == 0 ? .dot : .hard
            case (0, 0, 1, 0): return spaces <= 2 && breaks == 0 ? .slash : .hard
            case (0, 0, 0, 1): return spaces == 0 && breaks == 0 ? .apostrophe : .hard
            default: return .hard
            }
        }

        private mutating func append(_ range: Range<Int>, gap: SkillWord.Gap) {
            let first = scalars[range.lowerBound]
            let isIdeograph = ScalarClass(first) == .ideograph
            let isAmpersand = first.value == 0x26
            folded.removeAll(keepingCapacity: true)
            var capitals = 0
            var letters = 0
            for index in range {
                let scalar = scalars[index]
                switch ScalarClass(scalar) {
                case .ignored: continue
                case .letter:
                    letters += 1
                    if scalar.isASCII ? (0x41...0x5A).contains(scalar.value) : scalar.properties.isUppercase {
                        capitals += 1
                    }
                default: break
                }
                WordFolding.fold(scalar, into: &folded)
            }
            if isAmpersand { folded = [0x61, 0x6E, 0x64] }
            let exact = WordFolding.hash(folded)
            var bare: UInt64 = 0
            if let last = folded.last, (0x30...0x39).contains(last),
                let letter = folded.lastIndex(where: { !(0x30...0x39).contains($0) }), letter >= 2
            {
                bare = WordFolding.hash(folded[...letter])
            }
            WordFolding.singularize(&folded)
            let stem = WordFolding.hash(folded, salt: WordFolding.stemSalt)
            WordFolding.stripEndings(&folded)
            let root = WordFolding.hash(folded, salt: WordFolding.rootSalt)
            // What stands around an ampersand never keeps a phrase apart: R&D, R & D.
            let nearAmpersand = isAmpersand || words.last.map { scalars[$0.range.lowerBound].value == 0x26 } ?? false
            words.append(
                SkillWord(
                    range: range,
                    exact: exact,
                    stem: stem,
                    bare: bare,
                    root: root,
                    gap: nearAmpersand && gap == .none ? .space : gap,
                    isCapitalized: first.isASCII ? (0x41...0x5A).contains(first.value) : first.properties.isUppercase,
                    isUppercase: letters > 0 && capitals == letters,
                    isIdeograph: isIdeograph
                )
            )
        }
    }
}
