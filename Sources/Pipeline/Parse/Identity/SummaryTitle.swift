/// The job title that a summary opens with: "Data Scientist with eight years of …".
///
/// Some layouts print the title under the name, others leave it out and start with the summary; both say the same of the
/// person.
enum SummaryTitle {
    /// Longer openings are sentences.
    private static let mostWords = 5

    /// The words before the first "with", "who" and the like where they end with the noun of a title; nil otherwise.
    ///
    /// - Parameter summary: The summary as written.
    /// - Returns: The title as written, without what only praises ("Experienced", "Results-driven").
    static func opening(_ summary: String) -> String? {
        var title: [Substring] = []
        for word in summary.prefix(200).split(whereSeparator: \.isWhitespace) {
            if turns.contains(word.lowercased()) { return checked(title) }
            // What ends with a comma or a full stop is a list or a sentence; small letters are those of a text.
            guard title.count <= mostWords, let first = word.first, let last = word.last, first.isUppercase,
                last.isLetter || last.isNumber || last == "+" || last == "#"
            else { return nil }
            title.append(word)
        }
        return nil
    }

    private static func checked(_ words: [Substring]) -> String? {
        let title = words.drop { $0.contains("-") || $0.hasSuffix("ed") }
        guard (1...mostWords).contains(title.count), let noun = title.last,
            TitleWords.isNoun(noun.lowercased())
        else { return nil }
        return title.joined(separator: " ")
    }

    /// What follows a title in the languages that are read.
    private static let turns: Set<String> = [
        "with", "who", "having", "avec", "mit", "con", "com", "met", "med", "cu", "z", "с",
    ]
}
