internal import Foundation

/// Puts words that stand on the page from left to right into the order in which they are read.
///
/// `pdftotext` sorts letters by their place, so Hebrew and Arabic come out backwards. The rules of the Unicode
/// Bidirectional Algorithm are undone for what lines of a resume hold: words, numbers and Latin names among them.
enum RightToLeft {
    typealias Word = PDFExtractor.Word

    /// Whether most words with letters are written from right to left.
    static func isMain(in words: some Sequence<Word>) -> Bool {
        guard words.contains(where: mayRunBackwards) else { return false }
        var (right, left) = (0, 0)
        for word in words {
            switch direction(of: word) {
            case .rightToLeft: right += 1
            case .leftToRight: left += 1
            case .neutral: break
            }
        }
        return right > left
    }

    /// Words in the order of reading, each spelled in it; most lines come back as they are.
    static func logical(_ words: [Word]) -> [Word] {
        guard words.contains(where: mayRunBackwards) else { return words }
        let directions = words.map(direction)
        guard directions.contains(.rightToLeft) else { return words }
        let isRightToLeft = isMain(in: words)
        // Stretches that run against the line's direction keep their order when the line is turned.
        var runs: [[Word]] = []
        var runIsAgainst = false
        for (index, word) in words.enumerated() {
            let spelled = directions[index] == .rightToLeft ? reversed(word) : word
            let isAgainst: Bool
            if isRightToLeft {
                // A number beside a Latin word goes with it; among Hebrew ones it stands for itself.
                isAgainst = directions[index] == .leftToRight || directions[index] == .neutral && runIsAgainst
            } else {
                isAgainst = directions[index] == .rightToLeft
            }
            if isAgainst, runIsAgainst, !runs.isEmpty {
                runs[runs.count - 1].append(spelled)
            } else {
                runs.append([spelled])
            }
            runIsAgainst = isAgainst
        }
        if isRightToLeft { return runs.reversed().flatMap { $0 } }
        return runs.flatMap { run in
            run.count > 1 ? Array(run.reversed()) : run
        }
    }

    /// Whether a word has letters that are encoded beyond Cyrillic; a quick no for most.
    private static func mayRunBackwards(_ word: Word) -> Bool { word.text.utf8.contains { $0 >= 0xD6 } }

    private enum Direction {
        case leftToRight
        case rightToLeft
        case neutral
    }

    private static func direction(of word: Word) -> Direction {
        var result = Direction.neutral
        for scalar in word.text.unicodeScalars {
            if isRightToLeft(scalar) { return .rightToLeft }
            if scalar.properties.isAlphabetic { result = .leftToRight }
        }
        return result
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Arabic digits run from left to right.
        case 0x660...0x669, 0x6F0...0x6F9: false
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF: true
        default: false
        }
    }

    /// A word spelled backwards, numbers and Latin letters in it forwards, brackets turned round.
    private static func reversed(_ word: Word) -> Word {
        var pieces: [[Unicode.Scalar]] = []
        var lastRuns = false
        for scalar in word.text.unicodeScalars {
            let runs =
                !isRightToLeft(scalar) && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if runs, lastRuns {
                pieces[pieces.count - 1].append(scalar)
            } else {
                pieces.append([mirrored[scalar] ?? scalar])
            }
            lastRuns = runs
        }
        var text = String.UnicodeScalarView()
        var isShaped = false
        for piece in pieces.reversed() {
            text.append(contentsOf: piece)
            if piece.contains(where: { $0.value >= 0xFB1D }) { isShaped = true }
        }
        var word = word
        // Letters in the shape that they have at the start or the end of a word are the same letters.
        word.text = isShaped ? String(text).precomposedStringWithCompatibilityMapping : String(text)
        return word
    }

    private static let mirrored: [Unicode.Scalar: Unicode.Scalar] = [
        "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "\u{AB}": "\u{BB}",
        "\u{BB}": "\u{AB}",
    ]
}
