/// Finds telephone numbers by shape, label and place; dates, years, post codes and numbers of papers are left out.
struct PhoneFinder {
    private let text: ResumeText
    /// Ranges that hold no number of their own: e-mail and web addresses.
    private let taken: [Range<Int>]
    private let headerEnd: Int

    private init(_ text: ResumeText, taken: [Range<Int>], headerEnd: Int) {
        self.text = text
        self.taken = taken
        self.headerEnd = headerEnd
    }

    /// A number as written and its range.
    struct Phone: Sendable, Equatable {
        /// As written, with its extension.
        var value: String
        /// Where it stands.
        var range: Range<Int>
    }

    /// Every number in order of appearance.
    ///
    /// Cost: linear in the text.
    static func phones(in text: ResumeText, outside taken: [Range<Int>], headerEnd: Int) -> [Phone] {
        let finder = PhoneFinder(text, taken: taken, headerEnd: headerEnd)
        var result: [Phone] = []
        var index = 0
        var next = 0
        while index < text.scalars.count {
            while next < taken.count, taken[next].upperBound <= index { next += 1 }
            if next < taken.count, taken[next].contains(index) {
                index = taken[next].upperBound
                continue
            }
            let scalar = text.scalars[index]
            guard scalar == "+" || scalar == "(" || scalar == "\u{FF0B}" || ResumeScalars.isDigit(scalar),
                finder.mayStart(index)
            else {
                index += 1
                continue
            }
            let limit = next < taken.count ? taken[next].lowerBound : text.scalars.count
            let groups = finder.groups(from: index, before: limit)
            if let phone = finder.phone(index, groups) {
                result.append(phone)
                index = phone.range.upperBound
            } else if let first = groups.first {
                index = max(first.upperBound, index + 1)
            } else {
                index += 1
            }
        }
        return result
    }

    // MARK: - Shape

    private func mayStart(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = text.scalars[index - 1]
        if ResumeScalars.isDigit(before) || before == "+" || before == "$" || before == "\u{20AC}" || before == "\u{A3}"
        {
            return false
        }
        if before == "." || before == "," || before == "/" || before == "-" || before == "#" || before == "_" {
            return index > 1 && !ResumeScalars.isWord(text.scalars[index - 2])
        }
        guard ResumeScalars.isLetter(before), !ResumeScalars.isEastAsian(before) else { return true }
        // A one-letter or written-out label may be glued: "T0123", "xa23456".
        return index >= 4 && text.scalars[index - 4] == "\\"
    }

    /// Runs of digits with at most three separating scalars between them, all in one line.
    private func groups(from start: Int, before limit: Int) -> [Range<Int>] {
        let scalars = text.scalars
        var groups: [Range<Int>] = []
        var digits = 0
        var at = start
        var separators = 0
        while at < limit {
            let scalar = scalars[at]
            if ResumeScalars.isDigit(scalar) {
                let begin = at
                while at < limit, ResumeScalars.isDigit(scalars[at]), at - begin < 20 { at += 1 }
                groups.append(begin..<at)
                digits += at - begin
                separators = 0
                if digits > 18 || groups.count > 8 { break }
                continue
            }
            switch scalar {
            case "+", "\u{FF0B}": if !groups.isEmpty { return groups }
            case " ", "\u{A0}", "\u{202F}", "\u{2009}":
                if separators > 0, at > 0, ResumeScalars.isSpace(scalars[at - 1]) { return groups }
            case "-", ".", "(", ")", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2012}", "\u{2212}", "\u{FF0D}": break
            case "/": if digits > 6 || digits < 2 { return groups }
            default: return groups
            }
            separators += 1
            if separators > 3 { return groups }
            at += 1
        }
        return groups
    }

    private func phone(_ start: Int, _ found: [Range<Int>]) -> Phone? {
        var groups = found
        let label = label(before: start)
        guard label != .reject else { return nil }
        var digits = groups.reduce(0) { $0 + $1.count }
        // A house number or post code may follow the number after a space.
        while groups.count > 1, let last = groups.last, digits > 15 || (digits > 10 && isFollowedByWord(last)),
            digits - last.count >= 9, text.scalars[last.lowerBound - 1] == " "
        {
            groups.removeLast()
            digits -= last.count
        }
        guard let first = groups.first, let last = groups.last, digits <= 15, digits >= 6 else { return nil }
        let scalars = text.scalars
        var end = last.upperBound
        if end < scalars.count, ResumeScalars.isLetter(scalars[end]), !ResumeScalars.isEastAsian(scalars[end]),
            extensionEnd(after: end) == nil
        {
            return nil
        }
        if end + 1 < scalars.count,
            scalars[end] == "%" || (scalars[end] == "," && ResumeScalars.isDigit(scalars[end + 1]))
        {
            return nil
        }
        let hasPlus =
            scalars[start] == "+" || scalars[start] == "\u{FF0B}"
            || (scalars[start] == "(" && start + 1 < scalars.count && scalars[start + 1] == "+")
        let hasParenthesis = scalars[start..<end].contains("(")
        var begin = start
        if scalars[start] == "(", !scalars[start..<end].contains(")") {
            if end < scalars.count, scalars[end] == ")" { end += 1 } else { begin = first.lowerBound }
        }
        guard isPlausible(groups, digits, hasPlus: hasPlus, hasParenthesis: hasParenthesis, label: label, start: start)
        else { return nil }
        if let extensionEnd = extensionEnd(after: end) { end = extensionEnd }
        if scalars[begin] == "(", scalars[end - 1] == ")", !scalars[begin..<(end - 1)].contains(")") {
            begin += 1
            end -= 1
        }
        return Phone(value: text.string(begin..<end), range: begin..<end)
    }

    private func isFollowedByWord(_ group: Range<Int>) -> Bool {
        let scalars = text.scalars
        var at = group.upperBound
        while at < scalars.count, scalars[at] == " " || scalars[at] == "," { at += 1 }
        return at > group.upperBound && at < scalars.count && ResumeScalars.isLetter(scalars[at])
            && extensionEnd(after: group.upperBound) == nil
    }

    /// The end of an extension such as `x123` at `index`.
    private func extensionEnd(after index: Int) -> Int? {
        let scalars = text.scalars
        var at = index
        while at < scalars.count, at - index < 3,
            scalars[at] == " " || scalars[at] == "," || scalars[at] == ";" || scalars[at] == "("
        {
            at += 1
        }
        let begin = at
        while at < scalars.count, at - begin < 10, ResumeScalars.isLetter(scalars[at]) || scalars[at] == "#" { at += 1 }
        guard at > begin, PhoneFinder.extensionMarks.contains(ResumeScalars.folded(scalars[begin..<at])) else {
            return nil
        }
        while at < scalars.count, at - begin < 14,
            scalars[at] == " " || scalars[at] == "." || scalars[at] == ":" || scalars[at] == "="
        {
            at += 1
        }
        let number = at
        while at < scalars.count, ResumeScalars.isDigit(scalars[at]) { at += 1 }
        guard (1...6).contains(at - number) else { return nil }
        return at
    }

    private static let extensionMarks: Set<String> = [
        "x", "ext", "extn", "extension", "#", "poste", "durchwahl", "доб",
    ]

    private func isPlausible(
        _ groups: [Range<Int>],
        _ digits: Int,
        hasPlus: Bool,
        hasParenthesis: Bool,
        label: Label,
        start: Int
    ) -> Bool {
        if hasPlus { return digits >= 7 }
        let lengths = groups.map(\.count)
        if isDates(groups, lengths) { return false }
        if label == .accept { return true }
        // Nine figures with a hyphen before the last four: a post code. Three, two, four: a number of social security.
        if lengths == [5, 4] && text.scalars[groups[0].upperBound] == "-" { return false }
        if lengths == [3, 2, 4] { return false }
        let isInternational = text.string(groups[0]).hasPrefix("00") && digits >= 10
        if isInternational { return true }
        let isNorthAmerican =
            lengths == [3, 3, 4] || lengths == [1, 3, 3, 4] || (lengths == [3, 7] && hasParenthesis)
            || (lengths == [3, 4] && hasParenthesis)
        if isNorthAmerican { return true }
        guard isContactPlace(start) else { return hasParenthesis && digits >= 9 && lengths[0] <= 5 }
        if lengths.count == 1 {
            if digits == 8, text.string(groups[0]).hasPrefix("19") || text.string(groups[0]).hasPrefix("20") {
                return false
            }
            return digits >= 8 && digits <= 13
        }
        return digits >= 7 && digits <= 14 && lengths.count <= 6
    }

    /// Whether the figures read as dates, years or a range of them.
    private func isDates(_ groups: [Range<Int>], _ lengths: [Int]) -> Bool {
        func isYear(_ index: Int) -> Bool {
            guard lengths[index] == 4 else { return false }
            let text = text.string(groups[index])
            return text.hasPrefix("19") || text.hasPrefix("20") || text.hasPrefix("18")
        }
        let years = groups.indices.filter(isYear)
        guard let first = years.first else { return false }
        // "59 (2005) 570" is a publication; no area code starts with 19 or 20.
        if years.contains(where: { groups[$0].lowerBound > 0 && text.scalars[groups[$0].lowerBound - 1] == "(" }) {
            return true
        }
        if zip(years, years.dropFirst()).contains(where: { $1 == $0 + 1 }) { return true }
        if lengths.count == 2, lengths.allSatisfy({ $0 <= 4 }), first == 1 { return true }
        // "01/2015 - 02/2018", "12.05.1990", "2015".
        return lengths.allSatisfy { $0 <= 2 || $0 == 4 }
    }

    /// Whether the place is one where contacts stand: the header, a contact section, or beside an address.
    private func isContactPlace(_ index: Int) -> Bool {
        if index < headerEnd { return true }
        guard let line = text.line(at: index) else { return false }
        if text.section(ofLine: line)?.kind == .header { return true }
        let range = text.lines[line]
        if range.count < 200, isTaken(range) { return true }
        // A line of its own next to one with an address.
        guard range.count <= 24 else { return false }
        return [line - 2, line - 1, line + 1, line + 2].contains {
            text.lines.indices.contains($0) && text.lines[$0].count < 80 && isTaken(text.lines[$0])
        }
    }

    private func isTaken(_ range: Range<Int>) -> Bool {
        var low = 0
        var high = taken.count
        while low < high {
            let middle = (low + high) / 2
            if taken[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < taken.count && taken[low].lowerBound < range.upperBound
    }

    // MARK: - Labels

    private enum Label { case accept, reject, none }

    /// What the words before the number say it is.
    private func label(before start: Int) -> Label {
        let scalars = text.scalars
        guard let line = text.line(at: start) else { return .none }
        let lower = max(text.lines[line].lowerBound, start - 40)
        var words = text.words(lower..<start).suffix(3).map(\.text)
        let isNear = scalars[lower..<start].reversed().prefix { !ResumeScalars.isLetter($0) }.count <= 8
        if !isNear { words = [] }
        if words.isEmpty, start - text.lines[line].lowerBound <= 3, line > 0 {
            let before = text.lines[line - 1]
            if before.count <= 24 { words = text.words(before).suffix(3).map(\.text) }
        }
        if words.isEmpty {
            // Telephone signs.
            let near = scalars[max(lower, start - 3)..<start]
            return near.contains(where: { PhoneFinder.signs.contains($0.value) }) ? .accept : .none
        }
        for word in words.reversed().prefix(3) {
            if PhoneFinder.fillers.contains(word) { continue }
            if PhoneFinder.rejected.contains(word) { return .reject }
            if PhoneFinder.labels.contains(word) { return .accept }
            if word.unicodeScalars.contains(where: { ResumeScalars.isEastAsian($0) }) {
                return PhoneFinder.eastAsianLabels.contains { word.hasSuffix($0) } ? .accept : .none
            }
            return .none
        }
        return .none
    }

    private static let signs: Set<UInt32> = [
        0x260E, 0x260F, 0x2706, 0x1F4DE, 0x1F4F1, 0x1F57F, 0x1F581, 0x2121, 0xF095, 0xF10B,
    ]
    private static let eastAsianLabels = [
        "电话", "手机", "電話", "携帯", "手機", "联系方式", "聯絡方式", "전화", "휴대폰", "연락처", "핸드폰", "号码", "番号", "电话号码",
    ]
    private static let fillers: Set<String> = [
        "no", "nr", "number", "num", "numero", "n", "номер", "home", "work", "office", "personal", "res", "residence",
        "c", "o",
        "india", "us", "usa", "uk", "day", "evening", "h", "main", "direct", "private", "priv", "at", "me",
    ]
    private static let labels: Set<String> = [
        "tel", "telephone", "phone", "phones", "mobile", "mob", "cell", "cellphone", "cellular", "ph", "t", "m", "p",
        "call",
        "whatsapp", "contact", "contacts", "telefon", "telefono", "telefone", "teléfono", "telephonique",
        "telefoonnummer",
        "telefonnummer", "handy", "mobil", "mobiel", "movil", "celular", "cel", "portable", "gsm", "cellulare",
        "telemovel",
        "fon", "fono", "telefoon", "тел", "телефон", "моб", "мобильный", "мобільний", "puhelin", "puh", "tlf", "tfn",
        "telefonszam", "komorka", "komorkowy", "cep", "dien", "thoai", "sdt", "hp", "telepon", "ponsel", "telefonas",
        "msisdn",
        "landline", "viber", "telegram", "hotline", "τηλ", "τηλεφωνο", "κινητο", "טלפון", "נייד", "هاتف", "جوال",
        "موبايل",
        "الهاتف", "تلفن", "फोन", "मोबाइल", "โทร", "โทรศัพท์", "telf", "telef", "tél", "mobilni", "mobiltelefon",
    ]
    private static let rejected: Set<String> = [
        "fax", "passport", "id", "pin", "zip", "isbn", "issn", "iban", "account", "ssn", "dob", "born", "birth",
        "orcid", "pan",
        "aadhar", "aadhaar", "license", "licence", "postcode", "postal", "pmid", "doi", "registration", "roll",
        "enrollment",
        "enrolment", "vat", "siret", "inn", "инн", "снилс", "nif", "cpf", "cnpj", "rg", "cnp", "nip", "pesel", "regon",
        "certificate", "ref", "reference", "grant", "patent", "gpa", "cgpa", "телефакс", "факс",
    ]
}
