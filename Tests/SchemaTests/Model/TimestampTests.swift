import Testing

@testable import Schema

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (1_795_425_302_123, "2026-11-23T09:15:02.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `an instant is written with milliseconds in UTC, and read back`(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text)
        #expect(Timestamp(text) == time)
    }

    @Test func `every day of four centuries is written and read back`() {
        for day in Int64(0)..<146_097 {
            let time = Timestamp(milliseconds: day * 86_400_000)
            #expect(Timestamp(time.description) == time)
        }
    }

    @Test(arguments: [
        ("2026-11-23T10:15:02+01:00", "2026-11-23T09:15:02.000Z"),
        ("2026-11-23t00:15:02.5z", "2026-11-23T00:15:02.500Z"),
        ("2026-01-01T00:00:00.123999-00:30", "2026-01-01T00:30:00.123Z"),
    ])
    func `other forms of RFC 3339 are read`(text: String, canonical: String) {
        #expect(Timestamp(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T09:15:02", "2026-11-23 09:15:02Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2026-11-23T09:15:60Z", "2026-11-23T09:15:02.Z",
        "2026-11-23T09:15:02+1:00", "2026-11-23T09:15:02Z ", "+026-11-23T09:15:02Z", "2026-00-10T00:00:00Z",
        "２026-11-23T09:15:02Z",
    ])
    func `what is no such instant is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }
}
