/// Finds dates and ranges of dates in a text, in the languages of ``DateWords``.
///
/// Pure and linear in the text. Years outside 1940 and the registration year + 8 are not dates, but for a later
/// one that ends a range. An inverted range is
/// swapped. Day dates such as 03/04/2019 are read day first, unless the text shows elsewhere that the month stands first.
struct DateParser: Sendable {
    /// The earliest year that is read.
    static let earliestYear = 1940
    /// The latest year that the far end of a range may have.
    static let latestEnd = 2099
    /// The latest year that is read.
    let latestYear: Int

    /// Makes a parser for resumes registered on that day.
    init(registeredOn: CalendarDay) { latestYear = registeredOn.year + 8 }

    /// The dates of `text`.
    ///
    /// - Returns: In order, without overlap.
    func spans(in text: String) -> [DateSpan] { spans(in: TokenizedText(text)) }

    /// The dates of a text that is already cut, in order, without overlap.
    func spans(in text: TokenizedText) -> [DateSpan] {
        var reader = DateReader(tokens: text.tokens, latestYear: latestYear)
        return reader.spans()
    }
}
