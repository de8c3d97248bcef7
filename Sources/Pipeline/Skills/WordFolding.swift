internal import Foundation

/// Turns the scalars of words into comparable keys.
enum WordFolding {
    /// Appends the case-folded, compatibility-composed form of `scalar`.
    static func fold(_ scalar: Unicode.Scalar, into word: inout [UInt32]) {
        let value = scalar.value
        switch value {
        case 0x41...0x5A: word.append(value + 0x20)
        case 0..<0xC0: word.append(value)
        case 0x2019, 0x02BC: word.append(0x27)
        case 0x266F: word.append(0x23)
        case 0xFF01...0xFF5E: fold(Unicode.Scalar(UInt8(value - 0xFF01 + 0x21)), into: &word)
        case 0x3400...0x9FFF, 0xAC00...0xD7AF: word.append(value)
        case 0x2070...0x218F, 0xF900...0xFFEF, 0x1D400...0x1D7FF:
            for folded in String(scalar).precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
                word.append(folded.value)
            }
        default:
            for folded in scalar.properties.lowercaseMapping.unicodeScalars { word.append(folded.value) }
        }
    }

    /// FNV-1a over the word's scalars; `salt` keeps different sorts of keys apart.
    static func hash(_ word: some Sequence<UInt32>, salt: UInt64 = 0) -> UInt64 {
        var result: UInt64 = 0xCBF2_9CE4_8422_2325 ^ salt
        for value in word {
            result ^= UInt64(value)
            result = result &* 0x0000_0100_0000_01B3
        }
        return result
    }

    /// Salt of `SkillWord.stem`.
    static let stemSalt: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// Salt of `SkillWord.root`.
    static let rootSalt: UInt64 = 0xD1B5_4A32_D192_ED03

    /// The key of a plain word written in lower case.
    static func key(_ word: StaticString) -> UInt64 { key(word.description) }

    /// The key of a plain word written in lower case.
    static func key(_ word: String) -> UInt64 { hash(word.unicodeScalars.lazy.map(\.value)) }

    /// Makes `word` singular and American, by endings alone; words of other alphabets stay as they are.
    static func singularize(_ word: inout [UInt32]) {
        guard word.count >= 5, isPlain(word) else { return }
        if word[word.count - 1] == 0x73 { stripPlural(&word) }
        if let candidates = spellings[Int(word[word.count - 1] - 0x61)] {
            for (british, american) in candidates
            where word.count > british.count && word.suffix(british.count) == british[...] {
                word.removeLast(british.count)
                word.append(contentsOf: american)
                break
            }
        }
        guard word.count >= 6 else { return }
        var index = 0
        while index + 1 < word.count {
            if word[index] == 0x61, word[index + 1] == 0x65 { word.remove(at: index) }
            index += 1
        }
    }

    private static func stripPlural(_ word: inout [UInt32]) {
        let count = word.count
        let before = (word[count - 2], word[count - 3])
        switch before {
        case (0x65, 0x69): word.replaceSubrange((count - 3)..., with: [0x79])  // -ies
        case (0x65, 0x73) where word[count - 4] == 0x73: word.removeLast(2)  // -sses
        case (0x65, 0x68) where word[count - 4] == 0x63 || word[count - 4] == 0x73: word.removeLast(2)  // -ches, -shes
        case (0x65, 0x78): word.removeLast(2)  // -xes
        case (0x73, _), (0x75, _), (0x69, _), (0x61, _), (0x6F, _): break  // -ss, -us, -is, -as, -os
        case (0x63, 0x69): break  // -ics
        default: word.removeLast()
        }
    }

    /// Takes off what verbs and their nouns end in; at least four letters stay.
    static func stripEndings(_ word: inout [UInt32]) {
        if word.count == 3 || word.count == 4, word[word.count - 1] == 0x73, word[word.count - 2] != 0x73, isPlain(word)
        {
            word.removeLast()
        }
        guard word.count > 4, isPlain(word) else { return }
        for ending in endings where word.count - ending.count >= 4 && word.suffix(ending.count) == ending[...] {
            word.removeLast(ending.count)
            break
        }
        if let last = word.last, word.count > 4, word[word.count - 2] == last, last != 0x73, last != 0x6C {
            word.removeLast()
        }
    }

    private static let endings: [[UInt32]] = ["ement", "ment", "ing", "ed", "er", "or", "e", "y"].map {
        $0.utf8.map(UInt32.init)
    }

    private static func isPlain(_ word: [UInt32]) -> Bool {
        for value in word where value < 0x61 || value > 0x7A { return false }
        return true
    }

    /// British endings and their American twins, by the last letter, in the order in which they are tried.
    private static let spellings: [[(british: [UInt32], american: [UInt32])]?] = {
        var result = [[(british: [UInt32], american: [UInt32])]?](repeating: nil, count: 26)
        for (british, american) in [
            ("isation", "ization"), ("isational", "izational"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"),
            ("ise", "ize"), ("yse", "yze"), ("ysing", "yzing"), ("ioural", "ioral"), ("our", "or"), ("elling", "eling"),
            ("amme", "am"), ("ogue", "og"), ("ntre", "nter"), ("atre", "ater"), ("fibre", "fiber"),
            ("licence", "license"),
            ("defence", "defense"), ("cheque", "check"),
        ] {
            let ending = british.utf8.map(UInt32.init)
            let letter = Int((ending.last ?? 0x61) - 0x61)
            result[letter] = (result[letter] ?? []) + [(ending, american.utf8.map(UInt32.init))]
        }
        return result
    }()
}
