import Testing

@testable import Pipeline

struct CareerBreakTests {
    private static func resume(with lines: String) -> String {
        """
        Ada Thornbury

        Experience

        Senior Engineer
        Harbour Systems Ltd, Leeds
        March 2017 – May 2020
        • Looked after pumps.
        \(lines)
        Support Technician
        Brightwater Council, Hull
        May 2012 – February 2015
        • Answered calls.

        """
    }

    @Test(arguments: [
        "Parental leave 2015-2016; married, two children", "Maternity leave\nMarch 2015 – May 2016",
        "2015 - 2016 Sabbatical", "Elternzeit 04/2015 - 06/2016", "Congé parental : 2015 à 2016",
        "On sabbatical, Jan 2016 - Dec 2016", "Career break (2015 – 2016)", "Föräldraledig 2015–2016",
    ])
    func `time away from work is no position and changes no other`(lines: String) {
        let without = CareerResult(reading: Self.resume(with: ""))
        let with = CareerResult(reading: Self.resume(with: lines))
        #expect(with.positions == without.positions)
        #expect(with.experience == without.experience)
        #expect(with.experienceMonths == without.experienceMonths)
    }

    @Test(arguments: [
        ["maternity", "leave", "cover", "hr", "officer"], ["handled", "maternity", "leave", "requests"],
        ["managed", "parental", "leave"], ["senior", "engineer"], ["family", "care", "clinic"], [],
    ])
    func `work that has to do with leave is work`(words: [String]) {
        #expect(!CareerBreak.isBreak(words))
    }

    @Test func `the line on time away is kept out of what is compared`() throws {
        let text = Self.resume(with: "Parental leave 2015-2016")
        let document = ExtractedDocument(plainText: text)
        let ranges = IdentityParser(ResumeText(SectionSplitter(document))).ranges
        let scalars = Array(text.unicodeScalars)
        let kept = ranges.map { String(String.UnicodeScalarView(scalars[$0])) }
        #expect(kept.contains { $0.contains("Parental leave") })
    }
}
