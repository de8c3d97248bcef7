import Testing

@testable import Pipeline

@Suite struct MentionFilterTests {
    @Test(arguments: [
        "No experience with Java", "no hands-on experience in Java", "I am not familiar with Java.",
        "Worked without Java",
        "I have never used Java", "No experience with Python, Kotlin or Java", "Learning Java",
        "currently learning Java",
        "I want to learn Java", "would like to learn Java", "plans to learn Java", "interested in learning Java",
        "Interested in Java", "Java: none", "Java (no experience)", "Java (learning)", "lack of Java experience",
        "Aucune expérience en Java", "souhaite apprendre Java", "Keine Erfahrung mit Java", "Ich möchte Java lernen",
        "sin experiencia en Java", "quiero aprender Java", "nessuna esperienza con Java", "vorrei imparare Java",
        "\u{2022} Learning tools like Java", "Learning app development with Java",
        "Learning systems programming in Java",
        "Learning tools in Java", "I am now learning tools like Java", "Python, learning tools like Java",
        "geen ervaring met Java", "Ik wil graag Java leren", "sem experiência em Java", "gostaria de aprender Java",
    ])
    func `what is denied or wished for does not count`(text: String) throws {
        #expect(try !counted(text).contains("Java"))
    }

    @Test(arguments: [
        "Experience with Java", "Java, no certificates", "No gaps in employment. Java developer",
        "not only Python but Java", "Machine learning, Java", "e-learning platform in Java", "deep learning with Java",
        "I would like to use my Java skills", "Basic understanding of Java", "Without delay.\nJava",
        "no downtime; Java services",
        "Built a learning app with Java.", "Developed a learning platform using Java.",
        "Reduced the learning curve of Java", "Maintained the learning portal (Java)",
        "Learning management system in Java", "Wrote the learning tools in Java",
        "No experience with Perl but strong Java", "Erfahrung mit Java", "Learning and development\n\nJava",
    ])
    func `what is shown counts`(text: String) throws { #expect(try counted(text).contains("Java")) }

    private func counted(_ text: String) throws -> [String] {
        let words = SkillText(text)
        let taxonomy = try CuratedSkills.taxonomy()
        return MentionFilter().counted(taxonomy.mentions(in: words), in: words).map(\.name)
    }
}
