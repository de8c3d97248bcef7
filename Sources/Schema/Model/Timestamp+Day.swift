public import Pipeline

extension Timestamp {
    /// The day in UTC.
    public var day: CalendarDay {
        let (year, month, day) = Self.date(days: milliseconds.quotientAndRemainder(flooredBy: 86_400_000).0)
        return CalendarDay(year: Int(year), month: Int(month), day: Int(day))
    }
}
