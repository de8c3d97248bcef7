import Testing

@testable import Pipeline

@Suite struct SummaryTitleTests {
    @Test(arguments: [
        ("Pastry Chef with ten years in hotels.", "Pastry Chef"),
        ("Experienced Data Engineer who builds pipelines.", "Data Engineer"),
        ("Results-driven Sales Manager with a record of growth.", "Sales Manager"),
        ("Infirmier avec dix ans de métier.", "Infirmier"),
        ("Data Scientist\nwith a record in statistics.", "Data Scientist"),
    ])
    func `a summary may open with a title`(summary: String, title: String) {
        #expect(SummaryTitle.opening(summary) == title)
    }

    @Test(arguments: [
        "", "Pastry Chef", "I am a pastry chef with ten years in hotels.", "Worked with a Chef.",
        "A team player with a smile.", "Baking, Icing, Plating with care.", "Bread with butter.",
        "Dedicated with all my heart.",
    ])
    func `other openings are no title`(summary: String) {
        #expect(SummaryTitle.opening(summary) == nil)
    }

    @Test func `the title by the name comes before that of the summary`() {
        func headline(_ text: String) -> String? {
            IdentityParser(ResumeText(SectionSplitter(ExtractedDocument(plainText: text)))).headline
        }
        let rest = "ada@example.com\n\nSummary\nPastry Chef with ten years in hotels.\n"
        #expect(headline("Ada Moss\nBaker\n" + rest) == "Baker")
        #expect(headline("Ada Moss\n" + rest) == "Pastry Chef")
    }
}
