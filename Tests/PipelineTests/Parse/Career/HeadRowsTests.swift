import Testing

@testable import Pipeline

struct HeadRowsTests {
    @Test(arguments: [
        // A town between employer and date, each in a block of its own.
        "Orlik Freight Group\n\nValley Ford, PA\n\nMay 2012 – June 2014\n\nYard Clerk",
        // The title in a block between them.
        "Orlik Freight Group\nYorkham\n\nYard Clerk\n\nMay 2012 – June 2014",
        // The date's dash was lost.
        "Orlik Freight Group\nYard Clerk\nMay 2012\nJune 2014",
    ])
    func `rows of a head are found over gaps`(rows: String) {
        let result = CareerResult(reading: "Ada Thornbury\n\nWork Experience\n\n" + rows + "\n• Kept the yard.")
        #expect(result.positions == ["Yard Clerk | Orlik Freight Group | 2012-05–2014-06"])
    }

    @Test func `a town with its state's code is no employer`() {
        let result = CareerResult(
            reading: "Work Experience\n\nRapid City, SD | May 2012 – June 2014\nYard Clerk\n• Kept the yard."
        )
        #expect(result.positions == ["Yard Clerk |  | 2012-05–2014-06"])
    }

    @Test func `a name may start with a word that sentences start with`() {
        let result = CareerResult(
            reading: "Work Experience\n\nYard Clerk\nThe Willow Group\n\nMay 2012 – June 2014\n• Kept the yard."
        )
        #expect(result.positions == ["Yard Clerk | The Willow Group | 2012-05–2014-06"])
    }

    @Test func `items of a list may begin with a head`() {
        let result = CareerResult(
            reading: """
                Work Experience

                • Yard Clerk, Orlik Freight Ltd, 05/2012 - 06/2014. Kept the yard in order, wrote the books and sent the goods.
                • Fitter, Dunmore Cranes Ltd, 01/2009 - 04/2012. Built cranes of all sizes for harbours in the north and the west.
                """
        )
        #expect(
            result.positions == [
                "Yard Clerk | Orlik Freight Ltd | 2012-05–2014-06", "Fitter | Dunmore Cranes Ltd | 2009-01–2012-04",
            ]
        )
    }

    @Test(arguments: ["Design Experience", "Academic career", "LAW LIBRARY EXPERIENCE", "Warehouse Work History"])
    func `a heading on work that is not in the table opens its section`(heading: String) {
        let result = CareerResult(
            reading:
                "Skills\nSorting\n\n\(heading)\nMay 2012 – June 2014\nYard Clerk, Orlik Freight Ltd\n• Kept the yard."
        )
        #expect(result.positions == ["Yard Clerk | Orlik Freight Ltd | 2012-05–2014-06"])
    }
}
