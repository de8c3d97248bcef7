/// Tells the main language of a text: by script first, then by its most common small words and letters.
enum TextLanguage {
    /// Scalars past this many are not read.
    private static let readScalars = 24_000

    /// The ISO 639-1 code of the language that most of `scalars` is in; nil where too little speaks for any.
    ///
    /// Deterministic; linear in the text.
    static func detect(_ scalars: [Unicode.Scalar]) -> String? {
        var scripts: [Int: Int] = [:]
        var special: [UInt32: Int] = [:]
        for scalar in scalars.prefix(readScalars) where !scalar.isASCII {
            if let script = Script.of(scalar) { scripts[script.rawValue, default: 0] += 1 }
            if scalar.value < 0x600 {
                special[ResumeScalars.isUpper(scalar) ? small(scalar) : scalar.value, default: 0] += 1
            }
        }
        var latin = 0
        for scalar in scalars.prefix(readScalars) where ResumeScalars.isLetter(scalar) && scalar.value < 0x250 {
            latin += 1
        }
        func count(_ script: Script) -> Int { scripts[script.rawValue] ?? 0 }
        // An ideograph or syllable says as much as two and a half letters.
        let eastAsian = (count(.han) + count(.kana) + count(.hangul)) * 5 / 2
        let other =
            count(.cyrillic) + count(.greek) + count(.hebrew) + count(.arabic) + count(.devanagari) + count(.thai)
        guard latin + eastAsian + other >= 12 else { return nil }
        if eastAsian >= latin, eastAsian >= other {
            if count(.hangul) * 3 >= count(.han) { return count(.kana) > count(.hangul) ? "ja" : "ko" }
            return count(.kana) * 10 >= count(.han) ? "ja" : "zh"
        }
        if other > latin {
            let ranked = [Script.cyrillic, .greek, .hebrew, .arabic, .devanagari, .thai].max { count($0) < count($1) }
            switch ranked {
            case .greek: return "el"
            case .hebrew: return "he"
            case .arabic: return special[0x6CC] ?? 0 > 2 || special[0x67E] ?? 0 > 2 ? "fa" : "ar"
            case .devanagari: return "hi"
            case .thai: return "th"
            default: return byWords(scalars, LanguageProfiles.cyrillic, special)
            }
        }
        return byWords(scalars, LanguageProfiles.latin, special)
    }

    private static func byWords(
        _ scalars: [Unicode.Scalar],
        _ profiles: LanguageProfiles,
        _ special: [UInt32: Int]
    ) -> String? {
        var points = [Double](repeating: 0, count: profiles.codes.count)
        var word = String.UnicodeScalarView()
        var words = 0
        func close() {
            guard !word.isEmpty else { return }
            words += 1
            // Small words are short; long ones are hardly worth a look-up.
            if word.count <= 16, let owners = profiles.words[String(word)] {
                for owner in owners { points[owner] += 1 / Double(owners.count) }
            }
            word = String.UnicodeScalarView()
        }
        for scalar in scalars.prefix(readScalars) {
            if ResumeScalars.isLetter(scalar) {
                if scalar.isASCII {
                    word.append(ResumeScalars.folded(scalar))
                } else {
                    word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
            } else {
                close()
            }
        }
        close()
        for (index, letters) in profiles.letters.enumerated() {
            var seen = 0
            for letter in letters { seen += special[letter.value] ?? 0 }
            points[index] += Double(seen) * 0.25
        }
        var best = 0
        for index in points.indices where points[index] > points[best] { best = index }
        return points[best] >= 1.5 && points[best] * 60 >= Double(words) ? profiles.codes[best] : nil
    }

    private static func small(_ scalar: Unicode.Scalar) -> UInt32 {
        scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }

    private enum Script: Int {
        case han, kana, hangul, cyrillic, greek, hebrew, arabic, devanagari, thai

        static func of(_ scalar: Unicode.Scalar) -> Script? {
            switch scalar.value {
            case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
            case 0x400...0x52F: .cyrillic
            case 0x590...0x5FF: .hebrew
            case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFE: .arabic
            case 0x900...0x97F: .devanagari
            case 0xE00...0xE7F: .thai
            case 0x3040...0x30FF: .kana
            case 0xAC00...0xD7A3, 0x1100...0x11FF: .hangul
            default: ResumeScalars.isIdeograph(scalar) ? .han : nil
            }
        }
    }
}
