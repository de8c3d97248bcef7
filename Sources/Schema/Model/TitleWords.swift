internal import Foundation

/// A title as it is sorted and searched: without regard to case, width and diacritics.
public enum TitleWords {
    /// By which titles are sorted.
    ///
    /// - Parameter title: Of any length; only its start is kept.
    /// - Returns: At most 120 scalars.
    public static func key(_ title: String) -> String {
        String(String.UnicodeScalarView(folded(title).unicodeScalars.prefix(120)))
    }

    /// The words of a title or of a search, each once, in their order.
    ///
    /// - Parameter text: Runs of letters and digits are words.
    /// - Returns: At most 100.
    public static func words(_ text: String) -> [String] {
        var seen: Set<String> = []
        return folded(text).unicodeScalars.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
            .map { String(String.UnicodeScalarView($0)) }.filter { seen.insert($0).inserted }.prefix(100).map { $0 }
    }

    /// What a search looks for: words that others must begin with.
    ///
    /// - Parameter search: As somebody wrote it.
    /// - Returns: Its words; of signs alone one that no text has. Empty where there is nothing but white space.
    public static func sought(_ search: String) -> [String] {
        let words = words(search)
        return words.isEmpty && search.contains { !$0.isWhitespace } ? ["!"] : words
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}
