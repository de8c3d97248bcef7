import Foundation
import Testing

@testable import Pipeline

@Suite struct SkillMentionTests {
    private static func names(_ text: String) throws -> [String] {
        try CuratedSkills.taxonomy().mentions(in: Array(text.unicodeScalars)).map(\.name)
    }

    @Test(arguments: [
        ("JavaScript and Google", ["JavaScript"]),
        ("C++, C#, .NET and Node.js", ["C++", "C#", ".NET", "Node.js"]),
        ("ASP.NET, F#, T-SQL, PL/SQL", ["ASP.NET", "F#", "T-SQL", "PL/SQL"]),
        ("CI/CD with k8s", ["CI/CD", "Kubernetes"]),
        ("A/B testing, R&D, UI/UX, GD&T", ["A/B testing", "Research and development", "UX design", "GD&T"]),
        ("3ds Max, S/4HANA, Next.js", ["3ds Max", "SAP S/4HANA", "Next.js"]),
        ("CompTIA A+ and Security+", ["CompTIA A+", "CompTIA Security+"]),
        ("Python3, Java 8 and HTML5", ["Python", "Java", "HTML5"]),
        ("Tools: C/C++, C#/.NET", ["C", "C++", "C#", ".NET"]),
    ])
    func `symbols belong to the names they are part of`(text: String, names: [String]) throws {
        #expect(try Self.names(text) == names)
    }

    @Test(arguments: ["Node.js", "NodeJS", "Node JS", "node.js", "Node-JS", "Node\nJS"])
    func `a name may be joined, spaced, hyphenated or broken`(text: String) throws {
        #expect(try Self.names("We used \(text) daily") == ["Node.js"])
    }

    @Test(arguments: ["scikit-learn", "scikit learn", "sci-kit learn", "sklearn"])
    func `an alias stands for its skill`(text: String) throws { #expect(try Self.names(text) == ["scikit-learn"]) }

    @Test(arguments: [
        "Front-end development", "frontend development", "front end development", "FRONTEND", "front\u{2010}end",
    ])
    func `hyphen, space and nothing are one`(text: String) throws {
        #expect(try Self.names(text) == ["Front-end development"])
    }

    @Test(arguments: [
        "Googled a rusty spreadsheetish javanese thing", "Scalable, Reactive, Cassandras", "Javascripted", "Gopher",
        "googles pythonic", "Dockerized", "expressive",
    ])
    func `nothing is found inside another word`(text: String) throws { #expect(try Self.names(text) == []) }

    @Test func `the longest name wins`() throws {
        #expect(
            try Self.names("SQL Server Integration Services and SQL Server and SQL") == ["SSIS", "SQL Server", "SQL"]
        )
        #expect(try Self.names("Spring Boot") == ["Spring Boot"])
        #expect(try Self.names("Machine learning") == ["Machine learning"])
    }

    @Test func `mentions are ordered, apart and exact in the text`() throws {
        let text = "Led k8s, Python;\n• Postgres – 10k rows\n• e\u{301}té, naïve, 机器学习"
        let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
        let found = try CuratedSkills.taxonomy().mentions(in: scalars)
        #expect(found.map(\.name) == ["Kubernetes", "Python", "PostgreSQL", "Machine learning"])
        var end = 0
        for mention in found {
            #expect(mention.range.lowerBound >= end)
            end = mention.range.upperBound
        }
        #expect(
            found.map { String(String.UnicodeScalarView(scalars[$0.range])) } == ["k8s", "Python", "Postgres", "机器学习"]
        )
    }

    @Test func `a skill named twice is mentioned twice`() throws {
        #expect(try Self.names("Python here, Python there") == ["Python", "Python"])
    }

    @Test(arguments: [
        ("熟悉Python和机器学习", ["Python", "Machine learning"]),
        ("精通Java、Kubernetes、数据分析", ["Java", "Kubernetes", "Data analysis"]),
        ("опыт: Python, машинное обучение", ["Python", "Machine learning"]),
        ("Kenntnisse in Buchhaltung und Projektmanagement", ["Accounting", "Project management"]),
        ("Compétences : gestion de projet, comptabilité", ["Project management", "Accounting"]),
    ])
    func `other scripts and languages are read`(text: String, names: [String]) throws {
        #expect(try Self.names(text) == names)
    }

    @Test(arguments: [
        ("Spreadsheet", "Spreadsheets"), ("care plan", "care plans"), ("Behavior management", "Behaviour management"),
        ("data visualisation", "data visualization"),
    ])
    func `number and British spelling make no difference to fields`(one: String, other: String) throws {
        #expect(try Self.names(one) == Self.names(other))
        #expect(try !Self.names(one).isEmpty)
    }

    @Test func `addresses name no skills`() throws {
        #expect(try Self.names("https://github.com/someone jane@python.example www.linkedin.com/in/java-dev") == [])
        #expect(try Self.names("GitHub, Python") == ["GitHub", "Python"])
    }

    @Test func `a range limits what is read`() throws {
        let scalars = Array("Python, Java, Kotlin".unicodeScalars)
        let taxonomy = try CuratedSkills.taxonomy()
        #expect(taxonomy.mentions(in: scalars, range: 8..<12).map(\.name) == ["Java"])
        #expect(taxonomy.mentions(in: scalars, range: 8..<900).map(\.name) == ["Java", "Kotlin"])
        #expect(taxonomy.mentions(in: [], range: 5..<9).isEmpty)
    }

    @Test func `a field in a title is marked, and counts in no prose`() throws {
        let scalars = Array("Machine learning engineer".unicodeScalars)
        let mention = try #require(try CuratedSkills.taxonomy().mentions(in: scalars).first)
        #expect(mention.isTitle)
        #expect(!mention.counts(in: .experience))
        #expect(mention.counts(in: .skills))
    }

    @Test func `a weak skill counts in a list of skills, not in a sentence`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        let prose = try #require(taxonomy.mentions(in: Array("Improved the reporting process".unicodeScalars)).first)
        #expect(prose.name == "Reporting")
        #expect(prose.isWeak && !prose.isListed && !prose.counts(in: .experience))
        let listed = try #require(
            taxonomy.mentions(in: Array("Payroll, Reporting, Excel".unicodeScalars)).dropFirst().first
        )
        #expect(listed.isListed && listed.counts(in: .skills) && !prose.counts(in: .skills))
    }

    @Test func `odd input is read without harm`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var state = seed
        let taxonomy = try CuratedSkills.taxonomy()
        let pieces = [
            "C", "+", "#", ".", "NET", "-", "/", "&", "\n", " ", "R", "机", "\u{200B}", "\u{301}", "1", "Go", "(",
            "learning ", "no ", "'",
        ]
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let reading = SkillReading(Array(text.unicodeScalars), taxonomy: taxonomy)
            for mention in reading.mentions { #expect(mention.range.upperBound <= text.unicodeScalars.count) }
            let matcher = RequirementMatcher(taxonomy: taxonomy)
            _ = matcher.match(matcher.read(text), in: reading)
        }
    }
}
