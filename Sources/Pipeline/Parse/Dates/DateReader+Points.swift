/// Single dates: one end of a range.
extension DateReader {
    func isYear(_ token: TokenizedText.Token) -> Bool {
        token.kind == .number && token.count == 4 && token.value >= DateParser.earliestYear && token.value <= latestYear
    }

    func fullYear(_ twoDigits: Int) -> Int {
        let recent = 2000 + twoDigits
        return recent <= latestYear ? recent : 1900 + twoDigits
    }

    func point(at index: Int) -> Point? {
        guard let token = token(index) else { return nil }
        switch token.kind {
        case .number: return isYear(token) ? yearFirst(at: index) : numberFirst(at: index)
        case .word: return wordFirst(at: index)
        case .mark:
            guard isApostrophe(index), let year = self.token(index + 1), year.kind == .number, year.count == 2,
                year.spaces == 0,
                isFree(before: nil, after: index + 2)
            else { return nil }
            let full = fullYear(year.value)
            return full >= DateParser.earliestYear ? Point(year: full, month: nil, next: index + 2) : nil
        }
    }

    func yearFirst(at index: Int) -> Point? {
        let year = tokens[index].value
        if let word = word(index + 1), word.hasPrefix("年") || word.hasPrefix("년") {
            if let month = token(index + 2), month.kind == .number, (1...12).contains(month.value),
                let mark = self.word(index + 3), mark.hasPrefix("月") || mark.hasPrefix("월")
            {
                var next = index + 4
                if let day = token(next), day.kind == .number, day.count <= 2, let mark = self.word(next + 1),
                    mark.hasPrefix("日") || mark.hasPrefix("일")
                {
                    next += 2
                }
                return Point(year: year, month: month.value, next: next)
            }
            return Point(year: year, month: nil, next: index + 2)
        }
        if let separator = token(index + 1), separator.kind == .mark, separator.spaces == 0,
            let month = token(index + 2), month.kind == .number, month.spaces == 0, (1...12).contains(month.value)
        {
            let slash = separator.mark == "/" || separator.mark == "."
            let dash = separator.mark == "-" || separator.mark == "\u{2010}" || separator.mark == "\u{2011}"
            if month.count == 2 && (slash || dash) || month.count == 1 && slash {
                if let second = token(index + 3), second.kind == .mark, second.mark == separator.mark,
                    second.spaces == 0,
                    let day = token(index + 4), day.kind == .number, day.spaces == 0, day.count <= 2,
                    (1...31).contains(day.value)
                {
                    return Point(year: year, month: month.value, next: index + 5)
                }
                return Point(year: year, month: month.value, next: index + 3)
            }
        }
        // 2019 March, 2019. március, 2019 Q3
        var next = index + 1
        if isMark(next, ".", ",", "/", "-"), tokens[next].spaces == 0 { next += 1 }
        if let token = token(next), token.kind == .word, token.breaks == 0, token.spaces <= 1 {
            if let month = DateWords.months[token.folded], isMonthAfterYear(next) {
                return Point(
                    year: year,
                    month: month,
                    next: isMark(next + 1, ".") && isAdjacent(next + 1) ? next + 2 : next + 1
                )
            }
            if token.folded == "q", let quarter = self.token(next + 1), quarter.spaces == 0,
                (1...4).contains(quarter.value)
            {
                return Point(year: year, month: quarter.value * 3 - 2, lastMonth: quarter.value * 3, next: next + 2)
            }
        }
        next = index + 1
        if let word = word(next), ["г", "гг", "год", "года", "r", "yili"].contains(word), tokens[next].breaks == 0,
            word != "r" || isMark(next + 1, ".")
        {
            next += 1
            if isMark(next, ".") { next += 1 }
        }
        return Point(year: year, month: nil, next: next)
    }

    /// "2019 May 2020" is two dates: a month after a year belongs to it only where no year follows.
    func isMonthAfterYear(_ index: Int) -> Bool {
        var next = index + 1
        if isMark(next, ".", ",") { next += 1 }
        if isApostrophe(next) { next += 1 }
        guard let token = token(next), token.kind == .number, token.breaks == 0, token.spaces <= 1 else { return true }
        return !(isYear(token) || token.count == 2)
    }

    func numberFirst(at index: Int) -> Point? {
        let first = tokens[index]
        guard first.count <= 2, first.value >= 1, first.value <= 31 else { return nil }
        if let separator = token(index + 1), separator.kind == .mark, separator.spaces <= 1, separator.breaks == 0,
            ["/", ".", "-", "\u{2013}", ","].contains(separator.mark), let second = token(index + 2),
            second.kind == .number,
            second.spaces <= 1, second.breaks == 0
        {
            if isYear(second), first.value <= 12, separator.mark != ",", separator.spaces == 0 || separator.mark != "."
            {
                // "9 - 2015" could be a count; a blank on both sides is only taken for slashes.
                if separator.spaces == 0 && second.spaces == 0 || separator.mark == "/"
                    || separator.spaces == 0 && separator.mark == "."
                {
                    return Point(year: second.value, month: first.value, next: index + 3)
                }
            }
            if let third = dayDate(first, separator, second, at: index) { return third }
            if second.count == 2, first.value <= 12, separator.mark == "/", separator.spaces == 0, second.spaces == 0 {
                let year = fullYear(second.value)
                if year >= DateParser.earliestYear {
                    return Point(year: year, month: first.value, next: index + 3, isWeak: true)
                }
            }
        }
        // MM/'19
        if isMark(index + 1, "/"), isAdjacent(index + 1), isApostrophe(index + 2), let year = token(index + 3),
            year.count == 2,
            year.kind == .number, first.value <= 12
        {
            return Point(year: fullYear(year.value), month: first.value, next: index + 4)
        }
        // 12 March 2019, 12th of March 2019, 1er mars 2019, 12-Mar-2019
        var next = index + 1
        if let word = word(next), isAdjacent(next),
            ["st", "nd", "rd", "th", "er", "e", "ste", "de", "o"].contains(word)
        {
            next += 1
        }
        if isMark(next, ".", "-", "/", "º", "ª", "\u{2013}") { next += 1 }
        if let word = word(next), DateWords.joiners.contains(word) { next += 1 }
        guard let month = word(next), DateWords.months[month] != nil, tokens[next].breaks == 0,
            let date = monthFirst(at: next),
            date.year != nil
        else { return nil }
        return date
    }

    func dayDate(
        _ first: TokenizedText.Token,
        _ separator: TokenizedText.Token,
        _ second: TokenizedText.Token,
        at index: Int
    ) -> Point? {
        guard separator.mark != ",", isMark(index + 3, separator.mark), isAdjacent(index + 3), separator.spaces == 0,
            second.spaces == 0, let third = token(index + 4), third.spaces == 0, third.kind == .number,
            isYear(third) || third.count == 2, second.count <= 2
        else { return nil }
        let year = isYear(third) ? third.value : fullYear(third.value)
        var day = first.value
        var month = second.value
        if month > 12 || (monthStandsFirst && separator.mark == "/" && day <= 12) { swap(&day, &month) }
        guard (1...12).contains(month), (1...31).contains(day), year >= DateParser.earliestYear else { return nil }
        return Point(year: year, month: month, next: index + 5, isWeak: !isYear(third))
    }

    func wordFirst(at index: Int) -> Point? {
        let word = tokens[index].folded
        if DateWords.months[word] != nil { return monthFirst(at: index) }
        if let season = DateWords.seasons[word] {
            var next = index + 1
            if isMark(next, ",", "'", "\u{2019}", "-") { next += 1 }
            if let joiner = self.word(next), DateWords.joiners.contains(joiner) { next += 1 }
            guard let year = token(next), year.breaks == 0 else { return nil }
            if isYear(year) {
                return Point(year: year.value, month: season.lowerBound, lastMonth: season.upperBound, next: next + 1)
            }
            if year.kind == .number, year.count == 2, isApostrophe(next - 1) {
                return Point(
                    year: fullYear(year.value),
                    month: season.lowerBound,
                    lastMonth: season.upperBound,
                    next: next + 1
                )
            }
            // "Summer - Fall 2012"
            return nil
        }
        if word == "q" || word == "кв" || word == "quarter" || word == "h", let number = token(index + 1),
            number.kind == .number, number.count == 1,
            number.spaces == 0, (1...4).contains(number.value)
        {
            var next = index + 2
            if isMark(next, "/", "-", ",", "'") { next += 1 }
            guard let year = token(next), isYear(year), year.breaks == 0 else { return nil }
            let length = word == "h" ? 6 : 3
            guard number.value * length <= 12 else { return nil }
            return Point(
                year: year.value,
                month: number.value * length - length + 1,
                lastMonth: number.value * length,
                next: next + 1
            )
        }
        if ["early", "mid", "late", "mitte", "anfang", "ende", "debut", "fin", "circa", "approx"].contains(word) {
            var next = index + 1
            if isMark(next, "-", ".") { next += 1 }
            guard let year = token(next), isYear(year), year.breaks == 0 else { return nil }
            return Point(year: year.value, month: nil, next: next + 1)
        }
        return nil
    }

    /// A month's name, then maybe a day, then the year; without a year it is only good for the near end of a range.
    func monthFirst(at index: Int) -> Point? {
        guard let month = DateWords.months[tokens[index].folded] else { return nil }
        var next = index + 1
        var apostrophe = false
        var marks = 0
        while let token = token(next), token.kind == .mark, marks < 3, token.breaks == 0 {
            if isApostrophe(next) {
                apostrophe = true
            } else if ![".", ",", "/", "-", "\u{2013}", ":", "\u{2022}"].contains(token.mark)
                || token.mark == "\u{2022}" && token.count == 1
            {
                break
            }
            marks += 1
            next += 1
        }
        if let joiner = word(next), DateWords.joiners.contains(joiner), tokens[next].breaks == 0 { next += 1 }
        guard let number = token(next), number.kind == .number, number.breaks <= 0 || marks == 0 && number.breaks == 0
        else {
            return Point(
                year: nil,
                month: month,
                next: index + 1 + (isMark(index + 1, ".") && isAdjacent(index + 1) ? 1 : 0)
            )
        }
        if isYear(number) {
            // "May - 2019 …" is a date with a dash for a comma; "May-2019" too.
            return Point(year: number.value, month: month, next: next + 1)
        }
        if number.count <= 2, (1...31).contains(number.value) {
            var after = next + 1
            if let suffix = word(after), isAdjacent(after), ["st", "nd", "rd", "th"].contains(suffix) { after += 1 }
            if isMark(after, ",", ".", "-", "/") { after += 1 }
            if let joiner = word(after), joiner == "of" { after += 1 }
            if let year = token(after), isYear(year), year.breaks == 0, !apostrophe {
                return Point(year: year.value, month: month, next: after + 1)
            }
            if isApostrophe(after), let year = token(after + 1), year.kind == .number, year.count == 2, !apostrophe {
                return Point(year: fullYear(year.value), month: month, next: after + 2)
            }
        }
        if number.count == 2, number.spaces <= 1 {
            let year = fullYear(number.value)
            guard year >= DateParser.earliestYear, isFree(before: nil, after: next + 1) else { return nil }
            // "Mar-19" and "Jan '15" are dates on their own; "May 12" may be a day.
            let isWeak =
                !apostrophe && !(marks > 0 && isMark(next - 1, "-", "/")) && !(marks == 0 && number.spaces == 0)
            return Point(year: year, month: month, next: next + 1, isWeak: isWeak)
        }
        return Point(year: nil, month: month, next: index + 1)
    }
}
