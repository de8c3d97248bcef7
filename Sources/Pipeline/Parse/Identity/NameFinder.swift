/// Chooses the candidate's name among the pieces of the header by what speaks for and against each.
///
/// No list of given names or surnames is used: a name is known by place, looks, shape and by the e-mail address and
/// profile links that repeat it, so names of every origin are found alike.
struct NameFinder {
    /// The name found.
    struct Found: Sendable {
        /// The name as written, with single spaces.
        var name: String
        /// Where it stands, with honorifics before and degrees after.
        var range: Range<Int>
        /// Its words, folded.
        var words: [String]
        /// Index of its line.
        var line: Int
        /// Whether enough speaks for it to be shown; a doubtful one is only kept out of the score.
        var isSure = true
    }

    /// At least so many points make a name; less leaves it open.
    private static let threshold = 4.5
    /// With so many, words at the very top are kept out of the score though no name is given.
    private static let doubt = 1.5

    private let text: ResumeText
    private let header: HeaderPieces
    private let handles: [String]
    private let hasContacts: Bool
    private let hasAddress: Bool
    private var bodySize = 0.0
    private var largestSize = 0.0

    /// Prepares the search; `handles` are local parts of e-mail addresses and names of profiles.
    private init(_ text: ResumeText, _ header: HeaderPieces, handles: [String], hasContacts: Bool) {
        self.text = text
        self.header = header
        self.handles = handles.map { ResumeScalars.folded($0.unicodeScalars.filter { ResumeScalars.isLetter($0) }) }
        self.hasContacts = hasContacts
        hasAddress = header.pieces.prefix(12).contains { HeaderFields.isAddress($0, text) }
        measure()
    }

    /// The likeliest name, sure or doubtful; nil where nothing at the top looks like one.
    static func name(
        in text: ResumeText,
        _ header: HeaderPieces,
        handles: [String],
        hasContacts: Bool
    ) -> Found? {
        let finder = NameFinder(text, header, handles: handles, hasContacts: hasContacts)
        var best: (score: Double, found: Found)?
        for (index, piece) in header.pieces.enumerated() {
            for candidate in finder.candidates(piece, at: index) {
                let score = finder.score(candidate, piece, at: index)
                let isTop = header.lines.prefix(2).contains(piece.line) && candidate.letterCase != .capitals
                guard score >= (isTop ? doubt : threshold), score > (best?.score ?? 0) else { continue }
                best = (
                    score,
                    Found(
                        name: candidate.text,
                        range: candidate.fullRange,
                        words: candidate.folded,
                        line: piece.line,
                        isSure: score >= threshold
                    )
                )
            }
        }
        return best?.found
    }

    private func candidates(_ piece: HeaderPiece, at index: Int) -> [NameShape] {
        guard let whole = NameShape(text, piece.range), whole.isPlausible else { return [] }
        // "Jane Roe Graphic Designer" without a sign between name and title.
        let shape = whole.beforeTitle ?? whole
        guard shape.words.count == 1, piece.isWholeLine, index + 1 < header.pieces.count else { return [shape] }
        // Given name and surname may stand on two lines of the same large type.
        let next = header.pieces[index + 1]
        let size = text.document.lines[piece.line].fontSize ?? 0
        guard next.isWholeLine, next.line == piece.line + 1, size > bodySize * 1.3, size >= largestSize * 0.9,
            abs((text.document.lines[next.line].fontSize ?? 0) - size) < 2, let other = NameShape(text, next.range),
            other.words.count <= 2, other.isPlausible
        else { return [shape] }
        var joined = shape
        joined.words += other.words
        joined.folded += other.folded
        joined.ranges += other.ranges
        joined.range = shape.range.lowerBound..<other.range.upperBound
        joined.fullRange = shape.fullRange.lowerBound..<other.fullRange.upperBound
        return [joined, shape]
    }

    /// Whether the piece before or after says that this is a resume and no more: "Curriculum Vitae".
    private func isAnnounced(around index: Int) -> Bool {
        for other in [index - 1, index + 1] where header.pieces.indices.contains(other) {
            let words = header.pieces[other].words.map(\.text)
            if !words.isEmpty, words.count <= 3, words.allSatisfy(NameFinder.announcements.contains) { return true }
        }
        return false
    }

    private static let announcements: Set<String> = ["resume", "cv", "curriculum", "vitae", "lebenslauf", "my", "the"]

    // MARK: - Points

    private func score(_ shape: NameShape, _ piece: HeaderPiece, at index: Int) -> Double {
        let rank = header.lines.firstIndex(of: piece.line) ?? index
        let isLabelled = isNameLabel(piece.label)
        if piece.label != nil, !isLabelled, !(piece.label.map(isResumeLabel) ?? false) { return -10 }
        var score = max(3 - 0.4 * Double(rank), -1)
        let objections = vocabulary(shape)
        if isLabelled, objections < 5 { score += 8 }
        if shape.isAnnounced || isAnnounced(around: index) { score += 1.5 }
        score += looks(piece.line)
        let agreement = agreement(shape)
        score += agreement
        switch (shape.words.count, shape.isEastAsian) {
        case (_, true): score += 1.5
        case (2, _), (3, _): score += 1.5
        case (4, _): score += 0.5
        case (1, _): score -= agreement > 0 || isLabelled ? 0.5 : 2.5
        default: score -= 1
        }
        switch shape.letterCase {
        case .title, .uncased: score += 1
        case .capitals: score += hasContacts || shape.isAnnounced || isAnnounced(around: index) || hasAddress ? 0.5 : -3
        case .mixed: score -= 0.5
        case .small: score -= 1.5
        }
        score -= objections
        if piece.place == 0 { score += 0.5 }
        score -= leftover(shape, piece)
        if index + 1 < header.pieces.count, isTitle(header.pieces[index + 1]) { score += 1 }
        return score
    }

    /// What speaks against the words: titles, headings, sentences, places.
    private func vocabulary(_ shape: NameShape) -> Double {
        var points = 0.0
        var common = 0
        for (word, written) in zip(shape.folded, shape.words) {
            if word.unicodeScalars.count == 1 { continue }
            // "An" may be a name, "an" is none; "M.Phil." is a degree.
            let isSmall = written.unicodeScalars.first.map { ResumeScalars.isLower($0) } ?? false
            let isDegree = written.contains(".") && word.count > 2 && NameWords.credentials.contains(word)
            if (isSmall && NameWords.others.contains(word) && !NameWords.particles.contains(word)) || isDegree {
                points += 5
                continue
            }
            let parts = written.contains("-") ? word.split(separator: "-").map(String.init) : [word]
            let worst = parts.map { part -> Double in
                if NameWords.surnames.contains(part) || NameWords.particles.contains(part) { return 0.5 }
                if NameWords.organizations.contains(part) { return 8 }
                if NameWords.titles.contains(part) { return 5 }
                if NameWords.others.contains(part) || HeadingVocabulary.entry(part) != nil { return 5 }
                // Washington and Paris are surnames as well as places.
                return PlaceNames.isKnown(part) ? 0.5 : 0
            }
            let point = worst.max() ?? 0
            if point == 0.5 { common += 1 }
            points += point == 0.5 ? 0 : point
        }
        if common > 0, common == shape.folded.filter({ $0.count > 1 }).count { points += 0.5 }
        if shape.isEastAsian {
            let joined = shape.folded.joined()
            if joined.count > 3, PlaceNames.isKnown(String(joined.prefix(2))) { points += 5 }
            if NameWords.others.contains(joined) || HeadingVocabulary.entry(joined) != nil || PlaceNames.isKnown(joined)
                || NameWords.eastAsianTitles.contains(where: { joined.hasSuffix($0) })
                || PlaceNames.hasEastAsianEnding(joined)
            {
                points += 5
            }
        }
        if PlaceNames.isKnown(shape.folded.joined(separator: " ")) { points += 4 }
        return points
    }

    /// What follows the name in its piece may show that it is none: "Callahan, FL", "Roe Street 5".
    private func leftover(_ shape: NameShape, _ piece: HeaderPiece) -> Double {
        let rest = text.trimmed(shape.fullRange.upperBound..<max(piece.range.upperBound, shape.fullRange.upperBound))
        guard let first = rest.first.map({ text.scalars[$0] }) else { return 0 }
        let words = text.words(rest, atMost: 12)
        if first == "," {
            if let word = words.first, NameWords.credentials.contains(word.text) { return -1 }
            if words.contains(where: { NameWords.titles.contains($0.text) }) { return 0 }
            if words.contains(where: { PlaceNames.isKnown($0.text) || PlaceNames.isRegionCode(text.string($0.range)) })
            {
                return 6
            }
            return words.isEmpty ? 0 : 2.5
        }
        if first == "(" { return 0.5 }
        if first == "/" || first == "." || first == ":" { return 3 }
        return words.isEmpty ? 0 : 2
    }

    private func agreement(_ shape: NameShape) -> Double {
        let words = shape.folded.flatMap { $0.split(separator: "-").map(String.init) }.map { word in
            ResumeScalars.folded(word.unicodeScalars.filter { ResumeScalars.isLetter($0) })
        }
        var best = 0.0
        for handle in handles where handle.unicodeScalars.count >= 3 {
            var points = 0.0
            for word in words where word.unicodeScalars.count >= 3 && handle.contains(word) { points += 2.5 }
            if points == 0, words.count >= 2 {
                // "Ann Marie Roe" may write as amr@, aroe@ is met above.
                let initials = words.compactMap(\.first).map(String.init).joined()
                if initials.count >= 2, handle == initials { points = 1.5 }
            }
            best = max(best, min(points, 5))
        }
        return best
    }

    private mutating func measure() {
        var weights: [Int: Int] = [:]
        for line in text.document.lines.prefix(400) where line.page == 1 {
            guard let size = line.fontSize, size > 0, size < 400 else { continue }
            weights[Int(size * 2), default: 0] += line.text.utf8.count
            if line.text.unicodeScalars.contains(where: { ResumeScalars.isLetter($0) }) {
                largestSize = max(largestSize, size)
            }
        }
        let body = weights.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
        bodySize = Double(body) / 2
    }

    private func looks(_ line: Int) -> Double {
        let style = text.document.lines[line].style
        var points = 0.0
        if style.contains(.bold) || style.contains(.heading) { points += 1 }
        guard let size = text.document.lines[line].fontSize, bodySize > 0 else { return points }
        if size >= largestSize * 0.98, size > bodySize * 1.15 {
            points += 4
        } else if size > bodySize * 1.15 {
            points += 1.5
        } else if largestSize > bodySize * 1.3 {
            points -= 1
        }
        return points
    }

    private func isNameLabel(_ label: String?) -> Bool {
        guard let label else { return false }
        let words = label.split(separator: " ").map(String.init)
        return words.contains { NameWords.labels.contains($0) }
            && words.allSatisfy { NameWords.labels.contains($0) || NameFinder.labelFillers.contains($0) }
    }

    private static let labelFillers: Set<String> = [
        "full", "first", "last", "given", "family", "my", "complete", "legal", "preferred", "and", "surname", "et", "y",
        "e", "si",
        "of", "the", "s", "mr", "ms", "completo", "completa", "sur", "middle", "complet", "фамилия", "отчество", "i",
        "vollstandiger",
    ]

    private func isResumeLabel(_ label: String) -> Bool {
        ["resume", "cv", "curriculum vitae", "resume of", "lebenslauf", "curriculum"].contains(label)
    }

    private func isTitle(_ piece: HeaderPiece) -> Bool { HeaderFields.isTitle(piece, text) }
}
