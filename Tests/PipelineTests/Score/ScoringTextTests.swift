import Testing

@testable import Pipeline

@Suite struct ScoringTextTests {
    private let inspector: IntegrityInspector
    private let parser: ResumeParser

    init() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        inspector = IntegrityInspector(taxonomy: taxonomy)
        parser = ResumeParser(taxonomy: taxonomy)
    }

    private func text(_ plain: String) -> ScoringText {
        let document = ExtractedDocument(plainText: plain)
        let resume = parser.parse(document, registeredOn: CalendarDay(year: 2026, month: 6, day: 1))
        return ScoringText(document, resume, inspector.inspect(document))
    }

    private let resume = """
        Orla Finch
        Data Engineer
        orla.finch@example.org | +44 20 7946 0000

        Experience
        Data Engineer
        Harbour Analytics Ltd
        Jan 2018 – Mar 2023
        • Built pipelines in Python (and C++), which he ran for 40 teams.

        Education
        BSc Mathematics, University of Northport, 2017

        Skills
        Python, SQL, C++
        """

    @Test func `who the person is, when and where they learned is not compared`() {
        let words = text(resume).body.split(separator: " ").map { $0.lowercased() }
        for word in ["orla", "finch", "orla.finch@example.org", "northport", "2018", "march", "jan", "he", "40"] {
            #expect(!words.contains(word), "\(word)")
        }
        for word in ["pipelines", "python", "c++", "sql", "teams"] { #expect(words.contains(word), "\(word)") }
    }

    @Test func `titles are headline and positions, each once`() {
        #expect(text(resume).titles == "Data Engineer")
    }

    @Test func `blank lines, double blanks and bullets leave no trace`() {
        let airy = resume.replacing("\n\n", with: "\n\n\n").replacing("Built pipelines", with: "Built   pipelines")
            .replacing("Python, SQL, C++", with: "• Python\n• SQL\n• C++")
        #expect(text(airy).body == text(resume).body)
    }

    @Test func `only the first items of an endless list are compared`() {
        let list = (0..<300).map { "Thing\($0)" }.joined(separator: ", ")
        let body = text(resume + "\n\nOther tools\n" + list).body
        #expect(body.contains("Thing5"))
        #expect(!body.contains("Thing250"))
    }
}
