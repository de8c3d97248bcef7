/// Finds headline, location and summary among what the header holds beside name and contacts.
struct HeaderFields {
    private let text: ResumeText
    private let header: HeaderPieces
    private let name: NameFinder.Found?
    private let contacts: [Range<Int>]
    private var contactLines: Set<Int> = []

    /// Prepares the search; `contacts` are ascending ranges of e-mail, telephone and web addresses.
    init(_ text: ResumeText, _ header: HeaderPieces, name: NameFinder.Found?, contacts: [Range<Int>]) {
        self.text = text
        self.header = header
        self.name = name
        self.contacts = contacts
        for contact in contacts {
            if let line = text.line(at: contact.lowerBound) { contactLines.insert(line) }
        }
    }

    /// Whether a piece is what a job title looks like.
    static func isTitle(_ piece: HeaderPiece, _ text: ResumeText) -> Bool {
        guard piece.words.count <= 12, let last = text.scalars[piece.range].last else { return false }
        if last == ".", piece.words.count > 4 { return false }
        var hits = 0
        // "Baker" may be a surname, "Head Baker" is not.
        var ambiguous = 0
        for (word, _) in piece.words {
            if ["resume", "cv", "template", "sample", "curriculum", "email", "university", "college"].contains(word) {
                return false
            }
            if word.unicodeScalars.count >= 2, NameWords.titles.contains(word) {
                if NameWords.surnames.contains(word) { ambiguous += 1 } else { hits += 1 }
            }
            if word.unicodeScalars.contains(where: { ResumeScalars.isEastAsian($0) }),
                NameWords.eastAsianTitles.contains(where: { word.hasSuffix($0) })
            {
                hits += 1
            }
        }
        if ambiguous >= 2 || (ambiguous > 0 && ambiguous == piece.words.count) { hits += 1 }
        let small = piece.words.filter { sentenceWords.contains($0.text) }.count
        return hits > 0 && small <= 1 && (piece.words.count <= 6 || hits * 4 >= piece.words.count)
    }

    private static let sentenceWords: Set<String> = [
        "i", "my", "the", "with", "to", "a", "an", "have", "is", "am", "who", "that", "seeking", "looking", "years",
        "from", "by",
    ]

    // MARK: - Headline

    /// The first title near the name, or at the top where there is no name.
    func headline() -> HeaderPiece? {
        let nameRank = name.flatMap { found in header.lines.firstIndex(of: found.line) } ?? 0
        var best: (cost: Int, piece: HeaderPiece)?
        for piece in header.pieces {
            guard !isName(piece), piece.label == nil || HeaderFields.titleLabels.contains(piece.label ?? ""),
                HeaderFields.isTitle(piece, text), !isPlace(piece), let rank = header.lines.firstIndex(of: piece.line)
            else { continue }
            let distance = rank >= nameRank ? rank - nameRank : (nameRank - rank) * 3
            guard distance <= 8 else { continue }
            if distance < best?.cost ?? .max { best = (distance, piece) }
        }
        return best?.piece
    }

    /// Whether the piece ends with a region or country after a comma.
    private func isPlace(_ piece: HeaderPiece) -> Bool {
        guard let comma = text.scalars[piece.range].lastIndex(of: ",") else { return false }
        let words = text.words((comma + 1)..<piece.range.upperBound)
        guard let first = words.first else { return false }
        return PlaceNames.isRegionCode(text.string(first.range))
            || PlaceNames.isRegion(words.map(\.text).joined(separator: " "))
    }

    private static let titleLabels: Set<String> = [
        "title", "position", "current position", "job title", "profession", "role", "present position", "occupation",
        "beruf",
        "poste", "puesto", "profesión", "職種", "должность", "职位", "应聘职位", "求职意向",
    ]

    private func isName(_ piece: HeaderPiece) -> Bool { name.map { $0.range.overlaps(piece.range) } ?? false }

    // MARK: - Location

    /// The place and the piece that holds it.
    func location(headline: HeaderPiece?) -> (value: String, range: Range<Int>)? {
        var best: (points: Double, value: String, range: Range<Int>)?
        for piece in header.pieces {
            var range = piece.range
            if isName(piece) {
                // "Jane Roe, Salem, Oregon": what follows the name may be a place.
                guard let end = name?.range.upperBound, end < range.upperBound else { continue }
                range = text.trimmed(end..<range.upperBound)
            }
            if let headline, headline.range.overlaps(range) { continue }
            guard let place = place(in: range) else { continue }
            let points = points(piece, place)
            if points >= 3, points > best?.points ?? 0 { best = (points, text.string(place.range), place.range) }
        }
        return best.map { ($0.value, $0.range) }
    }

    private struct Place {
        var range: Range<Int>
        var parts: Int
        var known: Int
    }

    /// The town, region and country of `range` without street, house number and post code.
    private func place(in range: Range<Int>) -> Place? {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range
        where text.scalars[index] == "," || text.scalars[index] == "\u{3001}" || text.scalars[index] == "\n" {
            parts.append(start..<index)
            start = index + 1
        }
        parts.append(start..<range.upperBound)
        guard parts.count <= 8 else { return nil }
        var kept: [Range<Int>] = []
        var known = 0
        for part in parts {
            guard let town = town(in: text.trimmed(part)) else {
                if !kept.isEmpty { break }
                continue
            }
            let words = text.words(town).map(\.text).joined(separator: " ")
            if PlaceNames.isKnown(words) || PlaceNames.isRegionCode(text.string(town))
                || PlaceNames.hasEastAsianEnding(words)
            {
                known += 1
            }
            kept.append(town)
        }
        if kept.count > 3 { kept = Array(kept.suffix(3)) }
        guard let first = kept.first, let last = kept.last else { return nil }
        return Place(range: first.lowerBound..<last.upperBound, parts: kept.count, known: known)
    }

    private func town(in part: Range<Int>) -> Range<Int>? {
        var words = text.words(part, atMost: 8)
        // Post codes before and after the town.
        while let first = words.first, isPostCode(first.range) { words.removeFirst() }
        while let last = words.last, words.count > 1, isPostCode(last.range) { words.removeLast() }
        guard (1...4).contains(words.count), let first = words.first, let last = words.last else { return nil }
        // A single letter and a bare "City" are no town.
        guard last.range.upperBound - first.range.lowerBound > 1,
            !words.allSatisfy({ HeaderFields.generic.contains($0.text) })
        else { return nil }
        for (word, range) in words {
            if range.lowerBound > first.range.lowerBound, ResumeScalars.isLower(text.scalars[range.lowerBound]),
                !HeaderFields.placeWords.contains(word), !NameWords.particles.contains(word),
                NameWords.others.contains(word) || NameWords.titles.contains(word)
            {
                return nil
            }
            guard !text.scalars[range].contains(where: { ResumeScalars.isDigit($0) }) else { return nil }
            if HeaderFields.streetWords.contains(word) { return nil }
            let isAmbiguous =
                NameWords.surnames.contains(word) || PlaceNames.isKnown(word) || HeaderFields.placeWords.contains(word)
            if !isAmbiguous, NameWords.titles.contains(word) || NameWords.others.contains(word),
                !PlaceNames.isRegionCode(text.string(range))
            {
                return nil
            }
        }
        let head = text.scalars[first.range.lowerBound]
        let isNamed =
            ResumeScalars.isUpper(head) || ResumeScalars.isEastAsian(head) || !ResumeScalars.isLower(head)
            || (words.count > 1 && words[1].range.first.map { ResumeScalars.isUpper(text.scalars[$0]) } ?? false)
            || PlaceNames.isKnown(words.map(\.text).joined(separator: " "))
        guard isNamed else { return nil }
        var end = last.range.upperBound
        if end < part.upperBound, text.scalars[end] == ")", text.scalars[part].contains("(") { end += 1 }
        return first.range.lowerBound..<end
    }

    private func isPostCode(_ range: Range<Int>) -> Bool {
        let digits = text.scalars[range].filter { ResumeScalars.isDigit($0) }.count
        if digits == range.count { return digits >= 3 }
        return digits > 0 && range.count <= 8
            && text.scalars[range].allSatisfy { ResumeScalars.isDigit($0) || ResumeScalars.isUpper($0) }
    }

    private func points(_ piece: HeaderPiece, _ place: Place) -> Double {
        var points = 0.0
        if let label = piece.label {
            let words = Set(label.split(separator: " ").map(String.init))
            guard !words.isDisjoint(with: HeaderFields.placeLabels) else { return 0 }
            points += 6
        }
        points += Double(min(place.known, 2)) * 3
        if place.parts >= 2 { points += 1.5 }
        if piece.isBesideContact {
            points += 3
        } else if contactLines.contains(piece.line - 1) || contactLines.contains(piece.line + 1) {
            points += piece.isWholeLine || piece.words.count <= 4 ? 3 : 1
        }
        if let name, abs(piece.line - name.line) <= 2 { points += 0.5 }
        let rest = piece.words.count - text.words(place.range).count
        if place.known == 0, rest > 3 { points -= 2 }
        if piece.words.count > 12 { points -= 2 }
        if place.parts == 1, place.known == 0, text.words(place.range).count > 3 { points -= 1.5 }
        return points
    }

    /// Whether the piece has a street, a house number with a post code, or a post box.
    static func isAddress(_ piece: HeaderPiece, _ text: ResumeText) -> Bool {
        guard piece.words.count <= 14 else { return false }
        if piece.label?.contains("address") ?? false { return true }
        let hasDigit = text.scalars[piece.range].contains { ResumeScalars.isDigit($0) }
        let hasStreet = piece.words.contains { word, _ in
            streetWords.contains(word) || (word.count > 6 && (word.hasSuffix("strasse") || word.hasSuffix("straat")))
        }
        return hasDigit
            && (hasStreet
                || piece.words.contains { word, _ in (5...6).contains(word.count) && word.allSatisfy(\.isNumber) })
    }

    static let streetWords: Set<String> = [
        "street", "st", "road", "rd", "avenue", "ave", "blvd", "boulevard", "drive", "dr", "lane", "ln", "apt",
        "apartment",
        "suite", "ste", "floor", "block", "sector", "nagar", "colony", "highway", "hwy", "box", "court", "ct", "circle",
        "cir",
        "way", "terrace", "trail", "parkway", "pkwy", "strasse", "str", "platz", "weg", "rue", "allee", "calle",
        "avenida",
        "via", "rua", "strada", "str", "bulevardul", "ulica", "ul", "ул", "улица", "пр", "проспект", "д", "кв", "дом",
        "sokak",
        "cadde", "straat", "flat", "house", "plot", "bldg", "building", "po", "p.o", "no", "main", "cross", "phase",
        "unit",
    ]
    private static let placeWords: Set<String> = [
        "city", "new", "north", "south", "east", "west", "san", "santa", "port", "lake", "mount", "fort", "saint", "st",
        "г",
        "город", "les", "sur", "la", "le", "el", "los", "las", "de", "du", "upper", "lower", "greater", "area", "metro",
        "am",
        "im", "der", "an", "in", "state", "province", "county", "district", "region", "center", "park", "village",
        "town", "old",
        "beach", "top", "high", "great", "i", "il", "remote", "major", "bad", "do", "da", "dos", "and", "the", "of",
        "со", "п", "с",
    ]
    private static let generic: Set<String> = [
        "city", "state", "county", "country", "province", "region", "town", "location", "zip", "area", "remote",
        "district",
    ]
    private static let placeLabels: Set<String> = [
        "address", "location", "city", "residence", "town", "adresse", "anschrift", "wohnort", "ort", "ville",
        "direccion",
        "ubicacion", "ciudad", "localidad", "domicilio", "indirizzo", "residenza", "citta", "endereco", "localizacao",
        "cidade",
        "morada", "adres", "woonplaats", "adresa", "oras", "domiciliu", "localitate", "miejscowosc", "miasto", "adresy",
        "sehir", "konum", "bostadsort", "bosted", "адрес", "город", "місто", "адреса", "地址", "现居地", "现居", "所在地", "居住地",
        "城市",
        "住所", "주소", "거주지", "country", "lives", "based", "bydliste", "lakcim", "lokasi", "alamat", "domisili", "العنوان",
        "местоположение", "проживание", "l", "a", "current",
    ]

    // MARK: - Summary

    /// The text of the first summary section, or the paragraph that ends the header; nil where there is neither.
    func summary() -> String? {
        for section in text.sections where section.kind == .summary && !section.lines.isEmpty {
            let lines = section.lines.prefix(40).map { text.document.lines[$0].text }
            return lines.joined(separator: "\n")
        }
        guard let head = text.sections.first, head.kind == .header, head.heading == nil else { return nil }
        var prose: [String] = []
        for line in head.lines.suffix(30) {
            let range = text.lines[line]
            let words = text.words(range, atMost: 40)
            let isProse = words.count >= 8 || (!prose.isEmpty && words.count >= 1)
            if isProse, !contactLines.contains(line) {
                prose.append(text.document.lines[line].text)
            } else {
                prose = []
            }
        }
        let length = prose.reduce(0) { $0 + $1.utf8.count }
        return length >= 80 ? prose.joined(separator: "\n") : nil
    }
}
