import Testing

@testable import Pipeline

struct EmployerRowsTests {
    private static func employers(_ lines: String) -> [String] {
        CareerResult(reading: "Ada Thornbury\n\nWork Experience\n\n" + lines).experience.map {
            [$0.title ?? "", $0.organization ?? ""].joined(separator: " | ")
        }
    }

    @Test(arguments: [
        ("Quarrybank Daycare, Elm Grove, WI\nDone well.", " | Quarrybank Daycare"),
        ("Dunmore Cranes Ltd\nKept the yard in order and sent what was sold.", " | Dunmore Cranes Ltd"),
        ("Interiors Consultant, Hewlin Works\n• Chose colours.", "Interiors Consultant | Hewlin Works"),
        ("Company: Orlik Freight\nKept the yard in order and sent what was sold.", " | Orlik Freight"),
    ])
    func `an employer without dates is read where its row is sure`(lines: String, expected: String) {
        #expect(Self.employers(lines) == [expected])
    }

    @Test func `employers whose dates strayed stand beside those with dates`() {
        let found = Self.employers(
            """
            Yard Clerk
            Orlik Freight Ltd
            May 2012 – June 2014
            • Kept the yard in order
            Dunmore Cranes Inc, Fairport, OH
            • Sent what was sold
            """
        )
        #expect(found == ["Yard Clerk | Orlik Freight Ltd", " | Dunmore Cranes Inc"])
    }

    @Test(arguments: [
        "• Sold to Orlik Freight, Fairport, OH", "Volunteer, Women's Chess Society", "Worked with sales, marketing and",
    ])
    func `items, belongings and sentences name no employer`(lines: String) {
        #expect(Self.employers(lines).isEmpty)
    }

    @Test(arguments: [
        ("Working as a Software Engineer in Tarn Softlabs Pvt Ltd, Pune.", "Software Engineer | Tarn Softlabs Pvt Ltd"),
        ("Worked with Orlik Freight as a Yard Clerk for two years.", "Yard Clerk | Orlik Freight"),
        ("I joined Dunmore Cranes as a trainee fitter.", "trainee fitter | Dunmore Cranes"),
    ])
    func `a sentence tells where someone worked`(sentence: String, expected: String) {
        #expect(Self.employers(sentence) == [expected])
    }

    @Test(arguments: ["Working as a manager in Sales.", "Worked with Senior Managers as a team.", "Served as a guide."])
    func `a sentence without an employer tells nothing`(sentence: String) {
        #expect(Self.employers(sentence).filter { !$0.hasSuffix("| ") }.isEmpty)
    }
}
