extension TextAssembler {
    /// Splits a line of a fixed-pitch text into its stretches: at tabs, and at three spaces or more.
    static func stretches(of line: String) -> [String] {
        guard line.utf8.contains(where: { $0 == 9 }) || line.contains("   ") else { return [line] }
        if let joined = closedUp(line) { return [joined] }
        var result: [String] = []
        var current = String.UnicodeScalarView()
        var spaces = 0
        for scalar in line.unicodeScalars {
            if scalar == "\t" {
                spaces = 3
            } else if scalar == " " || scalar == "\u{A0}" {
                spaces += 1
            } else {
                if spaces >= 3 {
                    if !current.isEmpty { result.append(String(current)) }
                    current.removeAll()
                } else if spaces > 0 {
                    current.append(" ")
                }
                spaces = 0
                current.append(scalar)
            }
        }
        if !current.isEmpty { result.append(String(current)) }
        return result
    }

    /// The stretches with `E X P E R I E N C E` closed up to `EXPERIENCE`; words are then one stretch.
    static func closingUpLetters(_ stretches: [String]) -> [String] {
        if stretches.count == 1 { return closedUp(stretches[0]).map { [$0] } ?? stretches }
        guard stretches.allSatisfy({ $0.utf8.count >= 3 && isSpacedOut($0) }) else {
            return stretches.map { closedUp($0) ?? $0 }
        }
        return [stretches.map { closedUp($0, fewest: 2) ?? $0 }.joined(separator: " ")]
    }

    /// Whether a line starts with a bullet, a dash or an arrow that stands apart from the text.
    static func startsWithBullet(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first, line.count > 1 else { return false }
        if bullets.contains(first) { return true }
        return dashes.contains(first) && line[1] == " "
    }

    /// Whether a line is nothing but a bullet.
    static func isLoneBullet(_ line: [Unicode.Scalar]) -> Bool {
        line.count == 1 && bullets.contains(line[0])
    }

    private static let bullets: Set<Unicode.Scalar> = [
        "\u{2022}", "\u{2023}", "\u{2043}", "\u{204C}", "\u{204D}", "\u{2219}", "\u{25AA}", "\u{25AB}", "\u{25A0}",
        "\u{25A1}", "\u{25B6}", "\u{25B8}", "\u{25BA}", "\u{25C6}", "\u{25C7}", "\u{25CB}", "\u{25CF}", "\u{25E6}",
        "\u{25D8}", "\u{25FE}", "\u{25FC}", "\u{2713}", "\u{2714}", "\u{2756}", "\u{27A2}", "\u{27A4}", "\u{2794}",
        "\u{279C}", "\u{2BC8}", "\u{2605}", "\u{2666}", "\u{00B7}", "\u{30FB}", "\u{2610}", "\u{2611}", "\u{274F}",
    ]
    private static let dashes: Set<Unicode.Scalar> = [
        "-", "\u{2013}", "\u{2014}", "*", "+", ">", "\u{00BB}", "\u{2192}",
    ]

    private static func isSpacedOut(_ text: String) -> Bool { closedUp(text, fewest: 2) != nil }

    /// A heading of single letters with its words closed up, or nil for anything else.
    ///
    /// It must have `fewest` letters: lists of grades and initials are short.
    private static func closedUp(_ text: String, fewest: Int = 5) -> String? {
        guard text.utf8.count <= 400 else { return nil }
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var letters = 0
        var spaces = 1
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\u{A0}" || scalar == "\t" || scalar == "\u{2009}" || scalar == "\u{200A}" {
                spaces += scalar == "\t" ? 2 : 1
                continue
            }
            let isLetter = scalar.properties.isAlphabetic && !scalar.properties.isIdeographic
            guard isLetter || scalar == "&" || scalar == "." || scalar == "-" || scalar == "/" || scalar == ":" else {
                return nil
            }
            if spaces == 0 && !(scalar == ":" || scalar == ".") { return nil }
            if spaces > 1 && !word.isEmpty {
                words.append(String(word))
                word.removeAll()
            }
            word.append(scalar)
            letters += isLetter ? 1 : 0
            spaces = 0
        }
        if !word.isEmpty { words.append(String(word)) }
        guard letters >= fewest else { return nil }
        return words.joined(separator: " ")
    }
}
