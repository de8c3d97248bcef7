import Testing

@testable import Pipeline

@Suite struct RequirementMatcherTests {
    @Test(arguments: [
        ("Node.js", "Node.js"), ("C++", "C++"), ("C#", "C#"), ("CI/CD", "CI/CD"), ("Python programming", "Python"),
        ("MS Excel", "Microsoft Excel"), ("experience with AWS", "AWS"), ("5+ years of experience with Java", "Java"),
        ("strong knowledge of PostgreSQL", "PostgreSQL"), ("Negotiation skills", "Negotiation"),
        ("customer service", "Customer service"),
        ("k8s", "Kubernetes"), ("team player", "Teamwork"), ("R", "R"), ("go", "Go"),
    ])
    func `a requirement is read as the skill it asks for`(text: String, skill: String) throws {
        let taxonomy = try CuratedSkills.taxonomy()
        let requirement = RequirementMatcher(taxonomy: taxonomy).read(text)
        #expect(requirement.groups == [[.skill(try #require(taxonomy.index(canonical: skill)))]])
    }

    @Test func `or and strokes offer alternatives, and asks for all`() throws {
        #expect(try basis("React or Vue", "Vue.js") == .exact)
        #expect(try basis("Java, Python or Go", "Python scripts") == .exact)
        #expect(try basis("Python and Django", "Python") == nil)
        #expect(try basis("Python and Django", "Django, Python") == .exact)
        #expect(try basis("Java/Kotlin", "Kotlin") == .exact)
    }

    @Test func `the basis says how it was found`() throws {
        #expect(try basis("SQL", "SQL and more") == .exact)
        #expect(try basis("Kubernetes", "k8s clusters") == .alias)
        #expect(try basis("SQL", "PostgreSQL") == .implied(through: "PostgreSQL"))
        #expect(try basis("PostgreSQL", "SQL") == nil)
        #expect(try basis("ward handover", "Took part in ward handovers") == .phrase)
    }

    @Test func `punctuation in a requirement neither hides nor invents a skill`() throws {
        for skill in ["Node.js", "C++", "C#", "CI/CD"] { #expect(try basis(skill, "Skills: \(skill), SQL") == .exact) }
        #expect(try basis("Java", "JavaScript") == nil)
        #expect(try basis("Go", "Google, ongoing") == nil)
        #expect(try basis("R", "our research") == nil)
        #expect(try basis("C", "C++, C#") == nil)
    }

    @Test(arguments: [
        ("ward handover", "ward handover notes"), ("ward handover", "handed the ward over, ward and night handover"),
        ("supervise apprentices", "supervising three new apprentices"), ("btech", "B.Tech, 2014"),
        ("crane operator", "crane operators"),
        ("night shifts", "night shift"), ("follow ups", "follow-up"),
    ])
    func `a phrase is found by its words, inflected and a little apart`(requirement: String, text: String) throws {
        #expect(try basis(requirement, text) == .phrase)
    }

    @Test(arguments: [
        ("ward handover", "handover on the ward"), ("ward handover", "ward.\nThe handover"),
        ("ward handover", "ward a b c handover"),
        ("ward handover", "no experience with ward handover"), ("", "anything"), ("...", "anything ..."),
    ])
    func `a phrase is not found in other orders, over sentences, or denied`(requirement: String, text: String) throws {
        #expect(try basis(requirement, text) == nil)
    }

    @Test func `a weak skill in a sentence counts when the job asks for it`() throws {
        #expect(try basis("Scheduling", "was in charge of scheduling the crew") == .exact)
    }

    @Test func `evidence is what stands in the text, apart from what is excluded`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        let matcher = RequirementMatcher(taxonomy: taxonomy)
        let scalars = Array("Ruby Marsh\n\nPython, Ruby, Postgres".unicodeScalars)
        let reading = SkillReading(scalars, taxonomy: taxonomy, excluding: [0..<10])
        let match = try #require(matcher.match(matcher.read("Ruby"), in: reading))
        #expect(match.ranges.map { String(String.UnicodeScalarView(scalars[$0])) } == ["Ruby"])
        #expect(match.ranges.allSatisfy { $0.lowerBound > 10 })
        #expect(matcher.match(matcher.read("Ruby Marsh"), in: reading) == nil)
    }

    private func basis(_ requirement: String, _ text: String) throws -> RequirementMatch.Basis? {
        let taxonomy = try CuratedSkills.taxonomy()
        let matcher = RequirementMatcher(taxonomy: taxonomy)
        return matcher.match(
            matcher.read(requirement),
            in: SkillReading(Array(text.unicodeScalars), taxonomy: taxonomy)
        )?.basis
    }
}
