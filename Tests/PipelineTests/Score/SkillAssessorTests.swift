import Testing

@testable import Pipeline

@Suite struct SkillAssessorTests {
    private let taxonomy: SkillTaxonomy

    init() throws { taxonomy = try CuratedSkills.taxonomy() }

    private func assess(_ plain: String, required: [String], preferred: [String] = []) -> [SkillFinding] {
        var requirements = JobRequirements()
        requirements.requiredSkills = required
        requirements.preferredSkills = preferred
        let document = ExtractedDocument(plainText: plain)
        let resume = ResumeParser(taxonomy: taxonomy).parse(
            document,
            registeredOn: CalendarDay(year: 2026, month: 6, day: 1)
        )
        return SkillAssessor(requirements, taxonomy: taxonomy).assess(
            document,
            resume,
            IntegrityInspector(taxonomy: taxonomy).inspect(document)
        )
    }

    private let resume = """
        Orla Finch

        Experience
        Data Engineer
        Harbour Analytics Ltd
        Jan 2018 – Mar 2023
        • Tuned PostgreSQL for the ward handover service. No experience with Rust.

        Skills
        Kubernetes, Terraform
        """

    @Test func `a skill used at work earns more than one in a list, and one implied less`() {
        let findings = assess(resume, required: ["PostgreSQL", "k8s", "SQL", "Rust"])
        #expect(findings.map(\.inContext) == [true, false, true, false])
        #expect(findings[0].credit > findings[1].credit)
        #expect(findings[1].credit > findings[2].credit)
        #expect(findings[2].basis == .implied(through: "PostgreSQL"))
        #expect(findings[3].basis == .missing)
        #expect(findings[3].credit == 0)
    }

    @Test func `words of a requirement that is in no list of ours are found as a phrase`() throws {
        let finding = try #require(assess(resume, required: ["ward handovers"]).first)
        #expect(finding.basis == .phrase)
        #expect(finding.evidence.first?.quote.contains("ward handover") == true)
    }

    @Test func `required skills come first, each in the job's order`() {
        let findings = assess(resume, required: ["Terraform", "Kubernetes"], preferred: ["PostgreSQL"])
        #expect(findings.map(\.requirement) == ["Terraform", "Kubernetes", "PostgreSQL"])
        #expect(findings.map(\.required) == [true, true, false])
    }

    @Test func `a skill in a list of hundreds earns a fraction`() throws {
        let list = (0..<300).map { "Thing\($0)" }.joined(separator: ", ") + ", Kafka"
        let finding = try #require(assess(resume + "\n\nTools\n" + list, required: ["Kafka"]).first)
        #expect(finding.isFound)
        #expect(finding.credit < 2_500)
    }

    @Test func `a job that names no skills is searched for those of its description`() {
        let job = Job(title: "Data Engineer", description: "You run PostgreSQL and Terraform and talk to people.")
        let document = ExtractedDocument(plainText: resume)
        let parsed = ResumeParser(taxonomy: taxonomy).parse(
            document,
            registeredOn: CalendarDay(year: 2026, month: 6, day: 1)
        )
        let findings = SkillAssessor(descriptionOf: job, taxonomy: taxonomy).assess(
            document,
            parsed,
            IntegrityInspector(taxonomy: taxonomy).inspect(document)
        )
        #expect(findings.allSatisfy { !$0.required })
        #expect(findings.map(\.requirement).contains("PostgreSQL"))
        #expect(findings.filter(\.isFound).map(\.requirement).contains("Terraform"))
    }
}
