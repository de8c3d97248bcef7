import Testing

@testable import Pipeline

@Suite struct SectionSplitterTests {
    private func sections(_ text: String) -> [ResumeSection] {
        SectionSplitter(ExtractedDocument(plainText: text)).sections
    }

    private func kinds(_ text: String) -> [ResumeSection.Kind] { sections(text).map(\.kind) }

    @Test(arguments: [
        ("Work Experience", ResumeSection.Kind.experience), ("PROFESSIONAL SUMMARY", .summary),
        ("Core Competencies:", .skills),
        ("Education & Training", .education), ("Licenses & Certifications", .certifications),
        ("E X P E R I E N C E", .experience),
        ("Expérience professionnelle", .experience), ("Compétences", .skills), ("Berufserfahrung", .experience),
        ("Formación académica", .education), ("Istruzione e formazione", .education), ("Werkervaring", .experience),
        ("Experiência profissional", .experience), ("Experiență profesională", .experience),
        ("Limbi străine", .languages),
        ("Опыт работы", .experience), ("О себе", .summary), ("工作经历", .experience), ("【教育背景】", .education),
        ("職務経歴", .experience), ("보유 기술", .skills), ("Doświadczenie zawodowe", .experience),
        ("İş Deneyimi", .experience),
        ("Utbildning", .education), ("2. Sprachkenntnisse", .languages), ("Centres d’intérêt", .interests),
    ])
    func `a heading is known in many languages and dresses`(heading: String, kind: ResumeSection.Kind) {
        let found = sections("Ada Moss\n\n\(heading)\nSomething stands here.")
        #expect(found.map(\.kind) == [.header, kind])
        #expect(found.last?.heading == heading)
    }

    @Test func `sections and their headings cover every line in order`() {
        let text = "Ada Moss\nBern\n\nSummary\nCooks.\n\nSkills\nSoup, bread\nFish\n\nEducation\nCook School\n"
        let splitter = SectionSplitter(ExtractedDocument(plainText: text))
        #expect(splitter.sections.map(\.lines) == [0..<2, 3..<4, 5..<7, 8..<9])
        let scalars = Array(text.unicodeScalars)
        #expect(ResumeScalars.string(scalars[splitter.sections[2].range]) == "Soup, bread\nFish")
    }

    @Test func `a heading glued to its text by a colon stands for itself`() {
        let splitter = SectionSplitter(
            ExtractedDocument(plainText: "Ada Moss\nSkills: Python, SQL\nEducation: BSc Physics")
        )
        #expect(splitter.sections.map(\.kind) == [.header, .skills, .education])
        #expect(
            splitter.document.lines.map(\.text) == ["Ada Moss", "Skills:", "Python, SQL", "Education:", "BSc Physics"]
        )
    }

    @Test func `a heading in capitals may go on without a sign`() {
        #expect(kinds("Ada Moss\nSUMMARY Experienced nurse with ten years on busy wards.") == [.header, .summary])
    }

    @Test func `sentences and labels of entries are no headings`() {
        let text = """
            Ada Moss
            Experience
            Baker, Crumb Ltd, 2019 - 2021
            Technologies: Java, Spring
            Tools: Maven
            Baker, Loaf Ltd, 2021 - 2022
            experience with ovens, skills in dough,
            Technologies: Kotlin
            Experience with people of all ages and a wide range of skills
            """
        #expect(kinds(text) == [.header, .experience])
    }

    @Test func `programming languages do not open a section of languages`() {
        #expect(kinds("Ada\nSkills\nLanguages: Java, C++, Go\nTools: Git") == [.header, .skills])
        #expect(kinds("Ada\nSkills\nGit\nLanguages: English, French") == [.header, .skills, .languages])
    }

    @Test func `a resume on one line is cut at its double spaces`() {
        let body = String(repeating: "baked bread for the whole town every morning of the year ", count: 6)
        let text = "Ada Moss  12 Mill Lane  Summary  A baker of note.  Work Experience  \(body)  Education  Cook School"
        #expect(kinds(text) == [.header, .summary, .experience, .education])
    }

    @Test func `a resume on one line without double spaces is cut at its capitals`() {
        let body = String(repeating: "baked bread for the whole town every morning ", count: 8)
        let text =
            "Ada Moss Baker WORK EXPERIENCE Head Baker Crumb Ltd \(body) EDUCATION Cook School Bern SKILLS Bread, soup"
        #expect(kinds(text) == [.header, .experience, .education, .skills])
    }

    @Test func `blank lines and doubled blanks move no section`() {
        let text =
            "Ada Moss\n\nSummary\n\nBakes all day.\n\nSkills\n\nBread, soup\n\nWork History\n\nBaker at Crumb Ltd"
        let spaced = text.replacing(" ", with: "  ")
        let dense = text.replacing("\n\n", with: "\n")
        #expect(kinds(spaced) == kinds(text))
        #expect(kinds(dense) == kinds(text))
    }

    @Test func `headings side by side head the columns below them`() {
        func line(
            _ text: String,
            _ offset: Int,
            x: Double,
            y: Double,
            width: Double = 100,
            gaps: [Int] = []
        ) -> TextLine {
            TextLine(text: text, offset: offset, box: Box(x: x, y: y, width: width, height: 10), gaps: gaps)
        }
        let lines = [
            line("Ada Moss", 0, x: 50, y: 20), line("Profile\tExperience", 9, x: 50, y: 50, width: 400, gaps: [8]),
            line("Bakes all day.", 28, x: 50, y: 80), line("Skills", 43, x: 50, y: 110),
            line("Bread", 50, x: 50, y: 130),
            line("Baker, Crumb Ltd", 56, x: 300, y: 80),
        ]
        let text = lines.map(\.text).joined(separator: "\n")
        let found = SectionSplitter(ExtractedDocument(mediaType: "application/pdf", text: text, lines: lines)).sections
        #expect(found.map(\.kind) == [.header, .summary, .skills, .experience])
        #expect(found.last?.heading == "Experience")
    }

    @Test func `a plain item among bold headings is no heading`() {
        let looks: [(String, LineStyle)] = [
            ("Ada Moss", []), ("Skills", .bold), ("Teaching", []), ("Education", []), ("Research", []),
            ("Experience", .bold),
            ("Teacher, Hill School", []),
        ]
        var offset = 0
        let lines = looks.map { text, style -> TextLine in
            defer { offset += text.count + 1 }
            return TextLine(text: text, offset: offset, fontSize: 10, style: style)
        }
        let text = looks.map(\.0).joined(separator: "\n")
        let found = SectionSplitter(ExtractedDocument(mediaType: "application/pdf", text: text, lines: lines)).sections
        #expect(found.map(\.kind) == [.header, .skills, .experience])
    }

    @Test func `odd input keeps every line at its offset`() {
        let seed = UInt64.random(in: 0 ... .max)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let parts = [
            "Skills", ":", "  ", "\n", "EDUCATION", " ", "\u{301}", "工作经历", "a@b.co", "\\xe2\\x80\\xa2", "\t", "(",
            "+1 555", "|", "x",
        ]
        for _ in 0..<200 {
            let text = (0..<next(400)).map { _ in parts[next(parts.count)] }.joined()
            let splitter = SectionSplitter(ExtractedDocument(plainText: text))
            let scalars = Array(text.unicodeScalars)
            for line in splitter.document.lines {
                let end = line.offset + line.text.unicodeScalars.count
                #expect(ResumeScalars.string(scalars[line.offset..<end]) == line.text, "seed \(seed)")
            }
            var last = 0
            for section in splitter.sections {
                #expect(section.lines.lowerBound >= last, "seed \(seed)")
                last = section.lines.upperBound
            }
            _ = IdentityParser(ResumeText(splitter))
        }
    }

    /// A line of very many cells: each looks at the cells beside it, and not at all of them.
    @Test func `one long line of cells takes no longer than as many lines`() {
        let cells = "a\tb\t"
        func took(_ text: String) -> Duration { ContinuousClock().measure { _ = sections(text) } }
        let apart = took(String(repeating: cells + "\n", count: 40_000))
        let together = took(String(repeating: cells, count: 40_000))
        // The square of so many cells is thousands of times as much.
        #expect(together < apart * 20)
    }
}
