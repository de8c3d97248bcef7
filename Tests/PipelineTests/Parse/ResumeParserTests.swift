import Testing

@testable import Pipeline

@Suite struct ResumeParserTests {
    private static let day = CalendarDay(year: 2025, month: 6, day: 15)

    private static let text = """
        Ada Moss
        Backend Developer
        ada.moss@example.com | +1-555-010-7788 | Lake Ada

        Summary
        Builds services. No experience with Kubernetes.

        Skills
        JavaScript, PostgreSQL, C++

        Experience
        Backend Developer, Crumb Ltd (2019-03 - 2021-02)
        - Moved the shop to PostgreSQL.
        """

    private func parse(_ text: String) throws -> ParsedResume {
        try ResumeParser(taxonomy: CuratedSkills.taxonomy()).parse(
            ExtractedDocument(plainText: text),
            registeredOn: Self.day
        )
    }

    @Test func `skills stand in order with exact quotes`() throws {
        let resume = try parse(Self.text)
        #expect(resume.profile.skills.map(\.name) == ["JavaScript", "PostgreSQL", "C++"])
        let scalars = Array(Self.text.unicodeScalars)
        for evidence in resume.profile.skills.flatMap(\.evidence) {
            let end = evidence.offset + evidence.quote.unicodeScalars.count
            #expect(ResumeScalars.string(scalars[evidence.offset..<end]) == evidence.quote)
            #expect(evidence.page == 1)
        }
        #expect(resume.profile.skills[1].evidence.count == 2)
    }

    @Test func `a longer word is not the skill inside it, and a denied skill does not count`() throws {
        let names = try parse(Self.text).profile.skills.map(\.name)
        #expect(!names.contains("Java"))
        #expect(!names.contains("Kubernetes"))
    }

    @Test func `a mention knows its section and position`() throws {
        let resume = try parse(Self.text)
        #expect(resume.profile.experience.count == 1)
        #expect(resume.skillMentions.map(\.section) == [.skills, .skills, .skills, .experience])
        #expect(resume.skillMentions.map(\.position) == [nil, nil, nil, 0])
    }

    @Test func `a resume in another script has a profile of its own`() throws {
        let profile = try parse(
            "Анна Лебедева\nanna@example.ru\n\nНавыки\nPython, Docker\n\nОбо мне\nУчусь и работаю в Твери"
        ).profile
        #expect(profile.name == "Анна Лебедева")
        #expect(profile.skills.map(\.name) == ["Python", "Docker"])
        #expect(profile.textLanguage == "ru")
    }

    @Test func `the same text gives the same result`() throws {
        #expect(try parse(Self.text) == parse(Self.text))
    }

    @Test func `an empty text gives an empty profile`() throws {
        #expect(try parse("").profile == CandidateProfile())
    }
}
