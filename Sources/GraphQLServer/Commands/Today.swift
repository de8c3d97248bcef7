internal import Foundation
internal import Pipeline

/// The present day.
enum Today {
    /// The day in UTC, so that every server of a fleet agrees.
    static func utc() -> CalendarDay {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: Date())
        return CalendarDay(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
