import Testing

@testable import Pipeline

struct DateParserTests {
    private static let today = CalendarDay(year: 2025, month: 6, day: 15)

    /// Ranges as "2019-01…2021-04", "…now" for what goes on, "2019" for single dates.
    private static func described(_ text: String) -> [String] {
        DateParser(registeredOn: today).spans(in: text).map { span in
            let start = span.start?.iso ?? ""
            if !span.isRange, span.end == nil { return start }
            return start + "…" + (span.isCurrent ? "now" : span.end?.iso ?? "")
        }
    }

    @Test(arguments: [
        ("Jan 2019 – Present", "2019-01…now"), ("January 2019 to date", "2019-01…now"),
        ("03/2019–04/2021", "2019-03…2021-04"),
        ("2019-03 - 2021-04", "2019-03…2021-04"), ("2018-2020", "2018…2020"), ("'18 - '20", "2018…2020"),
        ("Since 2015", "2015…now"), ("from June 2012 till now", "2012-06…now"),
        ("06.2015 - 08.2017", "2015-06…2017-08"),
        ("1/2015-3/2016", "2015-01…2016-03"), ("May-June 2019", "2019-05…2019-06"),
        ("May - June 2019", "2019-05…2019-06"),
        ("Nov - Feb 2019", "2018-11…2019-02"), ("2015–17", "2015…2017"), ("01.03.2019 - 30.04.2021", "2019-03…2021-04"),
        ("May 12, 2019 - June 3, 2020", "2019-05…2020-06"), ("Apr. ’23 to Present", "2023-04…now"),
        ("03/19 - 04/21", "2019-03…2021-04"),
        ("Mar-19 to Jan-21", "2019-03…2021-01"), ("2019/03 ~ 2020/12", "2019-03…2020-12"), ("Until 2012", "…2012"),
        ("Summer 2017 - Fall 2017", "2017-06…2017-11"), ("Q3 2019 - Q1 2020", "2019-07…2020-03"),
        ("2010 - 2012", "2010…2012"),
        ("February 2018 –\nMarch 2019", "2018-02…2019-03"), ("07/2016 thru 09/2018", "2016-07…2018-09"),
    ])
    func `ranges are read however they are written in English`(text: String, expected: String) {
        #expect(Self.described(text) == [expected])
    }

    @Test(arguments: [
        ("May 2012\nJune 2014", ["2012-05…2014-06"]), ("2/2015\nPresent\nClerk", ["2015-02…now"]),
        ("2007\n2011: Clerk", ["2007…2011"]), ("20122016", ["2012…2016"]), ("6/20149/2016", ["2014-06…2016-09"]),
        ("6/200411/2006", ["2004-06…2006-11"]),
        // Columns of years, dates in falling order and dates in sentences are single ones.
        ("2007\n2011", ["2007", "2011"]), ("June 2014\nMay 2012", ["2014-06", "2012-05"]),
        ("May 2012\nJune 2014 was warm", ["2012-05", "2014-06"]), ("May 2012\nCurrent duties", ["2012-05"]),
        ("20161012", []),
    ])
    func `a range whose dash was lost is read where its lines leave no doubt`(text: String, expected: [String]) {
        #expect(Self.described(text) == expected)
    }

    @Test(arguments: [
        ("March 2015 –", ["2015-03…now"]), ("03/2015 -", ["2015-03…now"]), ("2015 –", ["2015…now"]),
        ("2015-", ["2015…now"]), ("2015 - ...", ["2015…now"]), ("2015 - …", ["2015…now"]), ("2015 - ?", ["2015…now"]),
        ("Clerk (2015 –), Leeds", ["2015…now"]), ("March 2015 –\nWaiter", ["2015-03…now"]),
        ("2015 -\n\nwaiter", ["2015…now"]), ("2015 –\n• Served", ["2015…now"]),
        ("2015 – Waiter", ["2015"]), ("2015 - Old Mill Inn", ["2015"]), ("it began in 2015 –\nthe year of", ["2015"]),
        ("March 2015\n- Served", ["2015-03"]), ("SQL Server 2012 –", []),
        ("January 2020 - December 2040", ["2020-01…2040-12"]), ("01/2020 - 12/2040", ["2020-01…2040-12"]),
        ("2020 - 2040", ["2020…2040"]), ("2020 - 2040 seats", ["2020"]), ("2020 - 2040%", ["2020"]),
        ("2020 - 2150", ["2020"]), ("2040", []),
    ])
    func `a range may be left open, or end far ahead`(text: String, expected: [String]) {
        #expect(Self.described(text) == expected)
    }

    @Test(arguments: [
        ("depuis mars 2020", "2020-03…now"), ("août 2018 à sept. 2020", "2018-08…2020-09"),
        ("2021 - aujourd'hui", "2021…now"),
        ("juin 2015 jusqu’à présent", "2015-06…now"), ("seit 05/2018", "2018-05…now"),
        ("März 2017 bis Dezember 2018", "2017-03…2018-12"),
        ("01/2020 – heute", "2020-01…now"), ("enero de 2016 - actualidad", "2016-01…now"), ("dal 2019", "2019…now"),
        ("gennaio 2015 – oggi", "2015-01…now"), ("sinds 2019", "2019…now"), ("mei 2016 - heden", "2016-05…now"),
        ("março de 2019 – atual", "2019-03…now"), ("fev. 2015 até dez. 2017", "2015-02…2017-12"),
        ("martie 2019 – prezent", "2019-03…now"),
        ("iunie 2016 până septembrie 2018", "2016-06…2018-09"), ("с марта 2020 по настоящее время", "2020-03…now"),
        ("июнь 2019 — н.в.", "2019-06…now"), ("2019年3月 - 至今", "2019-03…now"), ("2019年3月至2021年4月", "2019-03…2021-04"),
        ("2019年3月～現在", "2019-03…now"), ("od marca 2019 do chwili obecnej", "2019-03…now"),
        ("Ocak 2019 - Devam ediyor", "2019-01…now"),
        ("maj 2018 – pågående", "2018-05…now"),
    ])
    func `ranges are read in fourteen languages`(text: String, expected: String) {
        #expect(Self.described(text) == [expected])
    }

    @Test(arguments: [
        ("12 March 2019", "2019-03"), ("Q3 2019", "2019-07"), ("Summer 2017", "2017-06"), ("2019/03", "2019-03"),
        ("Sept. 2014", "2014-09"),
        ("2016", "2016"), ("3rd of May 2018", "2018-05"), ("mai 2012", "2012-05"),
    ])
    func `single dates are as precise as they are written`(text: String, expected: String) {
        #expect(Self.described(text) == [expected])
    }

    @Test func `an inverted range is swapped`() {
        #expect(Self.described("2020-2018") == ["2018…2020"])
        #expect(Self.described("Mar 2021 - Jan 2019") == ["2019-01…2021-03"])
    }

    @Test func `a range whose dash was lost is read where the blanks show it`() {
        #expect(Self.described("02/1997  02/2004") == ["1997-02…2004-02"])
        #expect(Self.described("2008  2011: Clerk") == ["2008…2011"])
        #expect(Self.described(#"2010 \xe2\x80\x93 2014"#) == ["2010…2014"])
    }

    @Test func `the month stands first where another date shows it`() {
        #expect(Self.described("01/02/2019 - 03/25/2020") == ["2019-01…2020-03"])
        #expect(Self.described("01/02/2019 - 25/03/2020") == ["2019-02…2020-03"])
    }

    @Test(arguments: [
        "ISO 9001:2015", "Windows 2010", "SQL Server 2012", "+44 555-2015-2018", "call 2015-555-0199", "1938", "2034",
        "$2000", "2000+ users",
        "room 2015b", "version 2.2019", "13/2019", "24/7", "may be", "in march",
    ])
    func `numbers of other kinds are no dates`(text: String) {
        #expect(Self.described(text).isEmpty)
    }

    @Test func `years end eight years after the registration`() {
        #expect(Self.described("2033") == ["2033"])
        #expect(Self.described("1940 - 1950") == ["1940…1950"])
    }

    @Test func `a span covers exactly the date's scalars`() {
        let text = "Baker, Jan 2019 – Présent, here"
        let span = DateParser(registeredOn: Self.today).spans(in: text).first
        #expect(span.map { TokenizedText(text).string($0.range) } == "Jan 2019 – Présent")
    }

    @Test func `noise never traps and spans stay in order`() {
        var seed: UInt64 = 20_250_615
        let pieces = [
            "2019", "19", "'", "-", "–", "/", ".", "Jan", "mai", "to", "à", "月", "年", "至今", " ", "\n", "Q", "3",
            "present", "\\xe2", "\u{0}", "99999999999", "𝟚",
        ]
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<30 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            var reached = 0
            for span in DateParser(registeredOn: Self.today).spans(in: text) {
                #expect(span.range.lowerBound >= reached && !span.range.isEmpty, "seed 20250615: \(text)")
                reached = span.range.upperBound
            }
        }
    }
}
