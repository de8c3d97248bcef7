/// A day of the Gregorian calendar, without time or zone.
public struct CalendarDay: Sendable, Codable, Equatable, Hashable {
    /// Year, such as 2024.
    public var year: Int
    /// Month, 1 to 12.
    public var month: Int
    /// Day of the month, 1 to 31.
    public var day: Int

    /// Makes a day of its parts, which are taken as they are.
    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Months from year 0: year × 12 + month − 1.
    var monthIndex: Int { year * 12 + month - 1 }
}

/// A date as precise as a resume gives it.
struct YearMonth: Sendable, Equatable, Hashable {
    /// Year, such as 2021.
    var year: Int
    /// Month, 1 to 12; nil where only the year is given.
    var month: Int?

    /// Makes a date; without a month it is a year.
    init(_ year: Int, _ month: Int? = nil) {
        self.year = year
        self.month = month
    }

    /// `2021-04`, or `2021`.
    var iso: String {
        guard let month else { return String(year) }
        return month < 10 ? "\(year)-0\(month)" : "\(year)-\(month)"
    }

    /// Months from year 0 of the first month it can mean.
    var firstMonth: Int { year * 12 + (month ?? 1) - 1 }
    /// Months from year 0 of the last month it can mean.
    var lastMonth: Int { year * 12 + (month ?? 12) - 1 }
}

/// A date or a range of dates found in a text.
struct DateSpan: Sendable, Equatable {
    /// Where it stands, in scalars; prefixes such as "since" are part of it.
    var range: Range<Int>
    /// The first date of a range, the only one of a single date; nil for "until 2012".
    var start: YearMonth?
    /// The last date of a range; nil for a single date and for what goes on.
    var end: YearMonth?
    /// Whether it says that it goes on.
    var isCurrent: Bool
    /// Whether it has two ends, one of which may be "present"; false for a single date.
    var isRange: Bool
}
