/// Months of positions, counted from year 0 as year × 12 + month − 1.
enum CareerMonths {
    /// The months that a dated position covers, both its first and its last one included.
    ///
    /// A year without a month counts from its January as a start and to its December as an end, so that "2018 – 2020" is
    /// three years. What goes on lasts to the month of registration, and nothing lasts longer.
    static func months(of span: DateSpan, registeredOn: CalendarDay) -> Range<Int>? {
        let now = registeredOn.monthIndex
        guard let start = span.start else { return nil }
        let first = start.firstMonth
        guard first <= now else { return nil }
        let last: Int
        if span.isCurrent {
            last = now
        } else if let end = span.end {
            last = min(end.lastMonth, now)
        } else {
            // A single date says when, not how long: its month, or its year.
            last = min(start.lastMonth, now)
        }
        guard last >= first else { return nil }
        return first..<(last + 1)
    }

    /// How many months ranges cover together; what overlaps counts once.
    static func union(_ ranges: [Range<Int>]) -> Int {
        var total = 0
        var reached = Int.min
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > reached {
            total += range.upperBound - max(range.lowerBound, reached)
            reached = range.upperBound
        }
        return total
    }
}
