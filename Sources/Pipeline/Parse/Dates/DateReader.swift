/// Reads the tokens of one text.
struct DateReader {
    /// One end of a range.
    struct Point {
        var year: Int?
        var month: Int?
        var lastMonth: Int?
        /// The token after it.
        var next: Int
        /// Whether the year has two digits and no apostrophe: a date only beside another one.
        var isWeak = false

        var first: YearMonth? { year.map { YearMonth($0, month) } }
        var last: YearMonth? { year.map { YearMonth($0, lastMonth ?? month) } }
    }

    let tokens: [TokenizedText.Token]
    private(set) var latestYear: Int
    var monthStandsFirst = false

    init(tokens: [TokenizedText.Token], latestYear: Int) {
        self.tokens = tokens
        self.latestYear = latestYear
        monthStandsFirst = slashedMonthStandsFirst()
    }

    mutating func spans() -> [DateSpan] {
        var found: [DateSpan] = []
        var index = 0
        while index < tokens.count {
            if let (span, next) = span(at: index) {
                found.append(span)
                index = max(next, index + 1)
            } else {
                index += 1
            }
        }
        return found
    }

    func token(_ index: Int) -> TokenizedText.Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    func isMark(_ index: Int, _ marks: Unicode.Scalar...) -> Bool {
        guard let token = token(index), token.kind == .mark else { return false }
        return marks.contains(token.mark)
    }

    func isApostrophe(_ index: Int) -> Bool { isMark(index, "'", "\u{2019}", "\u{2018}", "`", "\u{B4}") }

    func isAdjacent(_ index: Int) -> Bool { token(index)?.spaces == 0 }

    func word(_ index: Int) -> String? {
        guard let token = token(index), token.kind == .word else { return nil }
        return token.folded
    }

    // MARK: Ranges

    func span(at index: Int) -> (DateSpan, Int)? {
        var begin = index
        var prefix: String?
        if let word = word(index),
            DateWords.since.contains(word) || DateWords.until.contains(word) || DateWords.from.contains(word)
        {
            prefix = word
            begin = index + 1
            if isMark(begin, ":") || isApostrophe(begin) { begin += 1 }
            if let next = self.word(begin), ["le", "den", "dem", "el", "the", "o", "a", "il", "la"].contains(next) {
                begin += 1
            }
            if point(at: begin) == nil { return nil }
        }
        guard let first = point(at: begin), isFree(before: begin, after: first.next) else { return nil }
        if let (last, next) = rangeEnd(after: first) {
            if let span = range(from: first, to: last, prefix: prefix, tokens: index..<next) { return (span, next) }
        }
        guard let date = first.first, !first.isWeak, isDate(first, at: begin, prefixed: prefix != nil) else {
            return nil
        }
        if let next = openEnd(after: first),
            let span = range(from: first, to: nil, prefix: prefix, tokens: index..<next)
        {
            return (span, next)
        }
        var span = DateSpan(
            range: tokens[index].range.lowerBound..<tokens[first.next - 1].range.upperBound,
            start: date,
            end: nil,
            isCurrent: false,
            isRange: false
        )
        if let prefix, DateWords.until.contains(prefix), !DateWords.since.contains(prefix) {
            span.start = nil
            span.end = first.last
        } else if let prefix, isSince(prefix, at: index, point: first) {
            span.isCurrent = true
            span.isRange = true
        } else if prefix != nil {
            span.range = tokens[begin].range.lowerBound..<span.range.upperBound
        }
        var next = first.next
        // 2015年から, 2019년부터, 2020年起
        if let word = word(next), isAdjacent(next), ["から", "起", "부터", "より"].contains(where: word.hasPrefix) {
            span.isCurrent = true
            span.isRange = true
            span.range = span.range.lowerBound..<tokens[next].range.lowerBound + 1
            next += 1
        }
        return (span, next)
    }

    /// "de", "din" and "с" stand before many dates that merely follow a noun; at the start of a line they mean "since".
    func isSince(_ prefix: String, at index: Int, point: Point) -> Bool {
        guard DateWords.since.contains(prefix) else { return false }
        if ["de", "af", "z", "с", "со", "od", "din", "fran", "dal", "dallo", "desde"].contains(prefix) {
            return index == 0 || tokens[index].breaks > 0 || prefix == "desde" || prefix == "dal"
                || tokens[index - 1].kind == .mark
        }
        return true
    }

    func range(from first: Point, to last: Point?, prefix: String?, tokens range: Range<Int>) -> DateSpan? {
        let scalars = tokens[range.lowerBound].range.lowerBound..<tokens[range.upperBound - 1].range.upperBound
        guard let last else {
            guard let start = first.first else { return nil }
            return DateSpan(range: scalars, start: start, end: nil, isCurrent: true, isRange: true)
        }
        var first = first
        if first.year == nil {
            first.year = last.year.map { year in (first.month ?? 1) > (last.month ?? 12) ? year - 1 : year }
        }
        guard var start = first.first, var end = last.last else { return nil }
        if start.firstMonth > end.lastMonth { swap(&start, &end) }
        return DateSpan(range: scalars, start: start, end: end, isCurrent: false, isRange: true)
    }

    /// The far end of a range whose near end is `first`, and the token after it; the point is nil for "present".
    func rangeEnd(after first: Point) -> (Point?, Int)? {
        var index = first.next
        guard let separator = token(index) else { return nil }
        guard separator.breaks <= 1 else { return nil }
        var dashes = false
        var separated = false
        if separator.kind == .mark {
            var marks = 0
            while let token = token(index), token.kind == .mark, marks < 3, token.breaks <= 1,
                DateWords.isDash(token.mark) || token.mark == "\u{FFFD}" || (token.mark == "/" && first.month == nil)
                    || (token.mark == "." && marks > 0) || (token.mark == "," && currentEnd(index + 1) != nil)
                    || (token.mark == ":" && currentEnd(index + 1) != nil)
                    || (token.mark == "(" && currentEnd(index + 1) != nil)
            {
                marks += 1
                index += 1
            }
            dashes = marks > 0
            separated = dashes
            // "2019 - to present", "2019 — по настоящее время"
            if dashes, let word = word(index), DateWords.separators.contains(word), point(at: index) == nil {
                index += 1
            }
        }
        if !separated {
            var words = 0
            while let word = word(index), words < 3, DateWords.separators.contains(word),
                point(at: index).map({ $0.year == nil }) ?? true
            {
                words += 1
                index += 1
                if isApostrophe(index) || isMark(index, "/", "-", "\u{2013}") { index += 1 }
            }
            separated = words > 0
            // "with no" separator left: "2015 Present", "Jul 2014  Dec 2015" where the dash was lost
            if !separated { return unseparatedEnd(after: first, at: index) }
        }
        guard let token = token(index), token.breaks <= 1 else { return nil }
        if let next = currentEnd(index) { return first.year == nil ? nil : (nil, next) }
        // A range may also end with "to the 30 April 2021".
        if let word = word(index), ["the", "le", "den", "el", "dem"].contains(word) { index += 1 }
        if let last = point(at: index), last.year != nil, isFree(before: nil, after: last.next) {
            if first.isWeak != last.isWeak, first.year != nil, !(first.month != nil && last.month != nil) { return nil }
            if first.year == nil, last.month == nil { return nil }
            return (last, last.next)
        }
        if let last = distantPoint(at: index), (last.month == nil) == (first.month == nil), isEndOfPhrase(last.next),
            isFree(before: nil, after: last.next)
        {
            return first.year == nil || first.isWeak ? nil : (last, last.next)
        }
        // 2015–17
        if dashes, let year = first.year, first.month == nil, let token = self.token(index), token.kind == .number,
            token.count == 2, tokens[first.next].spaces == token.spaces, token.value > year % 100 || year % 100 > 90
        {
            let full = year / 100 * 100 + token.value + (token.value < year % 100 ? 100 : 0)
            if full <= latestYear, isFree(before: nil, after: index + 1) {
                return (Point(year: full, month: nil, next: index + 1), index + 1)
            }
        }
        return nil
    }

    /// The far end of a range that is planned to last beyond the years that are read elsewhere: "Jan 2020 - Dec 2040".
    private func distantPoint(at index: Int) -> Point? {
        var distant = self
        distant.latestYear = DateParser.latestEnd
        return distant.point(at: index).flatMap { ($0.year ?? 0) > latestYear && !$0.isWeak ? $0 : nil }
    }

    /// The token after a dash that nothing follows on its line but "?" or "…": "March 2015 –" goes on.
    ///
    /// A word in small letters on the next line says that it was a sentence's dash.
    private func openEnd(after first: Point) -> Int? {
        var index = first.next
        guard let dash = token(index), dash.kind == .mark, DateWords.isDash(dash.mark), dash.breaks == 0 else {
            return nil
        }
        index += 1
        if isMark(index, ")", "]"), tokens[index].breaks == 0 { return index }
        while isMark(index, "?", ".", "\u{2026}", "_"), tokens[index].breaks == 0 { index += 1 }
        guard let next = token(index) else { return index }
        return next.breaks > 1 || next.breaks == 1 && (next.kind != .word || next.isCapitalised) ? index : nil
    }

    func unseparatedEnd(after first: Point, at index: Int) -> (Point?, Int)? {
        guard first.year != nil, let token = token(index) else { return nil }
        if token.breaks == 1 { return endOnNextLine(after: first, at: index) }
        guard token.breaks == 0 else { return nil }
        if let next = currentEnd(index), token.isCapitalised || tokens[next - 1].breaks == 0 && isEndOfPhrase(next) {
            return (nil, next)
        }
        guard token.spaces >= 2, let last = point(at: index), let end = last.last, let start = first.first,
            (last.month == nil) == (first.month == nil), !first.isWeak, !last.isWeak || last.month != nil,
            start.firstMonth < end.firstMonth
        else { return nil }
        return (last, last.next)
    }

    /// The far end of a range that a line break stands in for the dash of: "June 2016", and below it "Present".
    ///
    /// It must fill its line, and two dates must both have a month, or the second a colon: a column of years is no range.
    func endOnNextLine(after first: Point, at index: Int) -> (Point?, Int)? {
        if let next = currentEnd(index) { return token(next).map({ $0.breaks > 0 }) ?? true ? (nil, next) : nil }
        guard let last = point(at: index), let end = last.last, let start = first.first,
            (last.month == nil) == (first.month == nil), first.isWeak == last.isWeak,
            start.firstMonth < end.firstMonth
        else { return nil }
        if isMark(last.next, ":"), tokens[last.next].breaks == 0 { return (last, last.next) }
        return last.month != nil && (token(last.next).map { $0.breaks > 0 } ?? true) ? (last, last.next) : nil
    }

    func isEndOfPhrase(_ index: Int) -> Bool {
        guard let token = token(index) else { return true }
        return token.breaks > 0 || token.kind == .mark || token.spaces > 1
    }

    /// The token after a "present" at `index`.
    func currentEnd(_ index: Int) -> Int? {
        guard let first = word(index) else { return nil }
        for phrase in DateWords.current where matchesPrefix(first, phrase[0]) {
            var next = index + 1
            var matched = true
            for word in phrase.dropFirst() {
                while isApostrophe(next) || (isMark(next, ".", "-") && isAdjacent(next)) { next += 1 }
                guard self.word(next) == word else {
                    matched = false
                    break
                }
                next += 1
            }
            if matched { return next }
        }
        return nil
    }

    func matchesPrefix(_ word: String, _ phrase: String) -> Bool {
        if word == phrase { return true }
        guard let scalar = phrase.unicodeScalars.first, scalar.value > 0x3000 else { return false }
        return word.hasPrefix(phrase)
    }

    // MARK: What is no date

    /// Whether a date's tokens are not a part of a longer number, such as a phone number's or a version's.
    func isFree(before begin: Int?, after end: Int) -> Bool {
        if let begin, begin > 0 {
            let previous = tokens[begin - 1]
            if tokens[begin].spaces == 0 {
                if previous.kind == .mark {
                    if ["$", "€", "£", "#", "+", "₹", "@", "_", "="].contains(previous.mark) { return false }
                    if ["-", ".", "/", ":", ","].contains(previous.mark), begin > 1, tokens[begin - 1].spaces == 0,
                        tokens[begin - 2].kind == .number
                    {
                        return false
                    }
                } else if tokens[begin].kind == .number, !previous.isEastAsian {
                    return false
                }
            }
        }
        guard let next = token(end), next.spaces == 0 else { return true }
        switch next.kind {
        case .mark:
            if next.mark == "+" || next.mark == "%" || next.mark == "@" || next.mark == "_" { return false }
            if next.mark == "." || next.mark == ":" || next.mark == ",", let digits = token(end + 1),
                digits.kind == .number, digits.spaces == 0
            {
                return false
            }
            return true
        case .word: return next.isEastAsian || tokens[end - 1].kind != .number || next.isCapitalised && next.count > 2
        case .number: return false
        }
    }

    /// Whether a single date is not a version, a model or a count.
    func isDate(_ point: Point, at index: Int, prefixed: Bool) -> Bool {
        if point.month != nil, tokens[index].kind != .number { return true }
        if index > 0 {
            let previous = tokens[index - 1]
            if previous.kind == .word, previous.breaks == 0, DateWords.products.contains(previous.folded) {
                return false
            }
        }
        if point.month != nil { return true }
        // 2015-12345 or 2015-555-1234
        if let next = token(point.next), next.kind == .mark, next.spaces == 0,
            DateWords.isDash(next.mark) || next.mark == "/",
            let number = token(point.next + 1), number.kind == .number, number.spaces == 0
        {
            return false
        }
        return true
    }

    /// Whether dates such as 02/25/2019 show that the month stands first in this text.
    func slashedMonthStandsFirst() -> Bool {
        var votes = 0
        for index in tokens.indices where tokens[index].kind == .number && tokens[index].count <= 2 {
            guard isMark(index + 1, "/"), isMark(index + 3, "/"), let second = token(index + 2),
                let third = token(index + 4),
                second.kind == .number, third.kind == .number, second.count <= 2
            else { continue }
            if tokens[index].value > 12, second.value <= 12 { votes -= 1 }
            if second.value > 12, second.value <= 31, tokens[index].value <= 12 { votes += 1 }
        }
        return votes > 0
    }
}
