import Foundation
import Testing

@testable import Pipeline

@Suite struct SkillTaxonomyTests {
    @Test func `the curated table has at least two thousand skills`() throws {
        #expect(try CuratedSkills.taxonomy().skills.count >= 2_000)
    }

    @Test func `every skill is found by its own name`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        for skill in taxonomy.skills { #expect(taxonomy.skill(named: skill.name)?.name == skill.name) }
    }

    @Test func `every alias leads to its own skill`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        for skill in taxonomy.skills {
            for alias in skill.aliases { #expect(taxonomy.skill(named: alias)?.name == skill.name, "\(alias)") }
        }
    }

    @Test func `no skill implies itself`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        for skill in taxonomy.skills { #expect(!taxonomy.implied(by: skill.name).contains(skill.name)) }
    }

    @Test(arguments: [
        ("PostgreSQL", "SQL"), ("Kubernetes", "Containers"), ("React", "JavaScript"), ("Spring Boot", "Java"),
        ("Next.js", "JavaScript"), ("Amazon EKS", "Cloud computing"), ("SAP FICO", "ERP"),
    ])
    func `implications go one way`(from: String, to: String) throws {
        let taxonomy = try CuratedSkills.taxonomy()
        #expect(taxonomy.implied(by: from).contains(to))
        #expect(!taxonomy.implied(by: to).contains(from))
    }

    @Test func `Java and JavaScript imply nothing of each other`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        #expect(!taxonomy.implied(by: "Java").contains("JavaScript"))
        #expect(!taxonomy.implied(by: "JavaScript").contains("Java"))
    }

    @Test func `a name is looked up by any way to write it`() throws {
        let taxonomy = try CuratedSkills.taxonomy()
        for name in ["postgres", "POSTGRESQL", "Postgre SQL"] {
            #expect(taxonomy.skill(named: name)?.name == "PostgreSQL")
        }
        #expect(taxonomy.skill(named: "C")?.name == "C")
        #expect(taxonomy.skill(named: "c++")?.name == "C++")
        #expect(taxonomy.skill(named: "no such thing") == nil)
        #expect(taxonomy.skill(named: "") == nil)
    }

    @Test func `the version is the file's digest`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "skills-\(UUID().uuidString).tsv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = "# shortlist skills 1\nSQL\ttechnology\tdata\t0\t\t\t\n"
        try Data(text.utf8).write(to: URL(filePath: path))
        let taxonomy = try SkillTaxonomy(contentsOf: path)
        #expect(taxonomy.version == "83ffbf5fee2a80015ec97d65db05bbfaed16a9a65658425cc3e28aa2e0626d92")
    }

    @Test(arguments: [
        "", "Python\ttechnology", "# shortlist skills 1\nPython\ttechnology\n",
        "# shortlist skills 1\nPython\tmagic\tdata\t0\t\t\t\n",
        "# shortlist skills 1\nA1\ttool\tx\t0\tB1\t\t\n", "# shortlist skills 1\nA1\ttool\tx\t0\t\todd\t\n",
        "# shortlist skills 1\n,\ttool\tx\t0\t\t\t\n",
        "# shortlist skills 1\nA1\ttool\tx\t0\t\t\t\nA1\ttool\tx\t0\t\t\t\n",
    ])
    func `a broken table is refused, and the error says how to mend it`(text: String) {
        let error = #expect(throws: SkillTaxonomyError.self) {
            try SkillTaxonomy(table: Data(text.utf8), path: "skills.tsv")
        }
        #expect(error?.description.contains("Scripts/install-skills") == true)
    }

    @Test func `a missing table is refused, and the error says how to make it`() {
        let error = #expect(throws: SkillTaxonomyError.self) { try SkillTaxonomy(contentsOf: "/nowhere/skills.tsv") }
        #expect(error == .unreadable(path: "/nowhere/skills.tsv"))
        #expect(error?.description.contains("Scripts/install-skills") == true)
    }

    @Test func `the table is the same however often it is built`() throws {
        #expect(try CuratedSkills.table() == CuratedSkills.table())
    }
}
