/// Finds sentences that state years of experience, such as "over 8 years of experience".
struct StatedYears: Sendable {
    let career: CareerText

    /// A stated figure.
    struct Statement: Sendable {
        /// How many months it amounts to.
        var months: Int
        /// The sentence, in scalars.
        var sentence: Range<Int>
    }

    /// The largest figure that rows state of the candidate; nil where they state none.
    func statement(in rows: [CareerRow]) -> Statement? {
        var best: Statement?
        for row in rows where ![.references, .interests, .education].contains(row.kind) {
            for index in row.tokens {
                guard let (years, next) = years(at: index, in: row.tokens), (0.5...60).contains(years) else { continue }
                guard isExperience(from: index, after: next, in: row) else { continue }
                let months = Int((years * 12).rounded())
                if best.map({ $0.months < months }) ?? true {
                    best = Statement(months: months, sentence: sentence(around: index, in: row))
                }
            }
        }
        return best
    }

    /// A number of years at a token, and the token after the word for years.
    private func years(at index: Int, in tokens: Range<Int>) -> (Double, Int)? {
        let token = career.text.tokens[index]
        var value: Double
        var next = index + 1
        if token.kind == .number {
            guard token.count <= 2 else { return nil }
            value = Double(token.value)
            if tokens.contains(next + 1), [".", ","].contains(career.text.tokens[next].mark),
                career.text.tokens[next].spaces == 0, career.text.tokens[next + 1].kind == .number,
                career.text.tokens[next + 1].spaces == 0, career.text.tokens[next + 1].count == 1
            {
                value += Double(career.text.tokens[next + 1].value) / 10
                next += 2
            }
            if index > tokens.lowerBound, career.text.tokens[index - 1].kind == .mark,
                [".", ",", "/", ":", "$", "€"].contains(career.text.tokens[index - 1].mark), token.spaces == 0
            {
                return nil
            }
        } else if token.kind == .word, let number = Self.numbers[token.folded] {
            value = number
        } else {
            return nil
        }
        // "8+ years", "ten (10) years", "5 to 7 years", "5 or more years", "twenty-five years"
        var steps = 0
        while tokens.contains(next), steps < 5 {
            let token = career.text.tokens[next]
            if token.kind == .word {
                if Self.yearWords.contains(token.folded) || ["年", "년"].contains(where: token.folded.hasPrefix) {
                    // "25-year-old", "25 years old"
                    let after = tokens.contains(next + 1) ? career.text.tokens[next + 1] : nil
                    let further = tokens.contains(next + 2) ? career.text.tokens[next + 2] : nil
                    if after?.folded == "old" || after?.mark == "-" && further?.folded == "old" { return nil }
                    return (value, next + 1)
                }
                if let units = Self.numbers[token.folded], value >= 20, units < 10,
                    value.truncatingRemainder(dividingBy: 10) == 0
                {
                    value += units
                } else if ![
                    "plus", "or", "more", "to", "full", "and", "a", "half", "und", "mehr", "solid", "years", "полных",
                    "complete", "long",
                ].contains(token.folded) {
                    return nil
                }
            } else if token.kind == .number {
                guard token.count <= 2 else { return nil }
            } else if !["+", "(", ")", "-", "–", "½", "'"].contains(token.mark) {
                return nil
            }
            next += 1
            steps += 1
        }
        return nil
    }

    private func isExperience(from index: Int, after next: Int, in row: CareerRow) -> Bool {
        let sentence = sentenceTokens(around: index, in: row.tokens)
        let words = sentence.compactMap { career.text.tokens[$0].kind == .word ? career.text.tokens[$0].folded : nil }
        if words.contains(where: Self.othersWords.contains) { return false }
        let after = career.text.tokens[next..<min(next + 12, max(next, sentence.upperBound))].filter {
            $0.kind == .word
        }.map(\.folded)
        let before = career.text.tokens[max(sentence.lowerBound, index - 7)..<index].filter { $0.kind == .word }.map(
            \.folded
        )
        if after.contains(where: isExperienceWord) || before.contains(where: isExperienceWord) { return true }
        if let token = career.text.tokens[next..<min(next + 2, sentence.upperBound)].first(where: { $0.isEastAsian }),
            ["经验", "經驗", "工作", "経験"].contains(where: token.folded.contains)
        {
            return true
        }
        if career.text.tokens[next - 1].isEastAsian,
            ["经验", "經驗", "工作", "経験", "경력"].contains(where: career.text.tokens[next - 1].folded.contains)
        {
            return true
        }
        // "8 years in publishing", "ten years as a nurse"
        guard row.kind == .summary || row.kind == .header, let first = after.first else { return false }
        return ["in", "as", "working", "comme", "als", "como", "come", "dans"].contains(first)
    }

    private func isExperienceWord(_ word: String) -> Bool { Self.experienceWords.contains { word.hasPrefix($0) } }

    private func sentenceTokens(around index: Int, in tokens: Range<Int>) -> Range<Int> {
        var lower = index
        while lower > tokens.lowerBound, !endsSentence(lower - 1) { lower -= 1 }
        var upper = index + 1
        while upper < tokens.upperBound, !endsSentence(upper - 1) || upper == index + 1 { upper += 1 }
        return lower..<upper
    }

    private func endsSentence(_ index: Int) -> Bool {
        let token = career.text.tokens[index]
        guard token.kind == .mark, [".", "!", "?", "。", "•", ";"].contains(token.mark) else { return false }
        return !career.text.tokens.indices.contains(index + 1) || career.text.tokens[index + 1].spaces > 0
            || token.mark == "。"
    }

    private func sentence(around index: Int, in row: CareerRow) -> Range<Int> {
        let tokens = sentenceTokens(around: index, in: row.tokens)
        return career.text.tokens[tokens.lowerBound].range
            .lowerBound..<career.text.tokens[tokens.upperBound - 1].range.upperBound
    }

    private static let yearWords: Set<String> = [
        "years", "year", "yrs", "yr", "ans", "annees", "an", "annee", "jahre", "jahren", "jahr", "anos", "ano", "anni",
        "anno", "ani", "jaar", "лет", "года", "год", "років",
        "роки", "lat", "lata", "rok", "yil", "yillik", "yili", "ar", "years'", "vuotta", "let", "ev",
    ]

    private static let experienceWords = [
        "experience", "experienc", "experienta", "experiente", "erfahrung", "berufserfahrung", "esperienza",
        "experiencia", "ervaring", "werkervaring", "опыт", "стаж", "досвід", "doswiadczeni",
        "deneyim", "tecrube", "erfarenhet", "erfaring", "expertise", "praxis",
    ]

    /// Sentences with these words speak of others, of things, or of age.
    private static let othersWords: Set<String> = [
        "company", "firm", "founded", "history", "warranty", "guarantee", "agency", "established", "contract", "lease",
        "aged", "age", "tradition", "loan", "mortgage", "required", "requires",
        "requirement", "minimum", "plan", "old",
    ]

    private static let numbers: [String: Double] = {
        var table: [String: Double] = [:]
        let rows: [String] = [
            "one un une ein eine einem uno una um uma een один",
            "two deux zwei dos due dois duas twee doi два două две", "three trois drei tres tre drie trei три",
            "four quatre vier cuatro quattro quatro patru четыре", "five cinq funf cinco cinque vijf cinci пять",
            "six sechs seis sei zes sase шесть",
            "seven sept sieben siete sette sete zeven sapte семь", "eight huit acht ocho otto oito opt восемь",
            "nine neuf neun nueve nove negen noua девять",
            "ten dix zehn diez dieci dez tien zece десять", "eleven onze elf once undici",
            "twelve douze zwolf doce dodici twaalf", "thirteen treize dreizehn trece tredici",
            "fourteen quatorze vierzehn catorce", "fifteen quinze funfzehn quince quindici vijftien пятнадцать",
            "sixteen seize", "seventeen", "eighteen", "nineteen",
            "twenty vingt zwanzig veinte venti vinte twintig двадцать",
        ]
        for (index, row) in rows.enumerated() {
            for word in row.split(separator: " ") { table[String(word).foldedForLookup] = Double(index + 1) }
        }
        table["thirty"] = 30
        table["forty"] = 40
        table["decade"] = nil
        return table
    }()
}
