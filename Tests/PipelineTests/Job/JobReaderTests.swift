import Testing

@testable import Pipeline

@Suite struct JobReaderTests {
    private func read(_ json: String) throws -> Job { try JobReader().read(Array(json.utf8)) }

    private func failure(_ json: String) -> JobError? {
        do {
            _ = try JobReader().read(Array(json.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a job with every field is read as it stands`() throws {
        let job = try read(
            """
            {"title": "Cook", "company": "C", "location": null, "description": "Cooks.", "blind": true, "retentionDays": 30,
             "requirements": {"requiredSkills": ["Menu planning", " HACCP ", "haccp"], "preferredSkills": [],
              "minYearsExperience": 2, "maxYearsExperience": 8.5, "minEducation": "SECONDARY"},
             "weights": {"semantic": 0.6, "requiredSkills": 0.2, "preferredSkills": 0.05, "experience": 0.15, "education": 0}}
            """
        )
        #expect(job.title == "Cook")
        #expect(job.requirements.requiredSkills == ["Menu planning", "HACCP"])
        #expect(job.requirements.minYearsExperience == 2)
        #expect(job.requirements.maxYearsExperience == 8.5)
        #expect(job.requirements.minEducation == .secondary)
        #expect(job.weights?.semantic == 0.6)
    }

    @Test func `a job needs no requirements`() throws {
        let job = try read(#"{"title": "Cook", "description": "Cooks."}"#)
        #expect(job.requirements == JobRequirements())
        #expect(job.weights == nil)
    }

    @Test(arguments: [
        (#"[]"#, ""),
        (#"{"title": "Cook""#, ""),
        (#"{"title": "  ", "description": "d"}"#, "title"),
        (#"{"description": "d"}"#, "title"),
        (#"{"title": "t"}"#, "description"),
        (#"{"title": 5, "description": "d"}"#, "title"),
        (#"{"title": "t", "description": "d", "requirment": {}}"#, "requirment"),
        (#"{"title": "t", "description": "d", "retentionDays": 0}"#, "retentionDays"),
        (#"{"title": "t", "description": "d", "requirements": {"skills": []}}"#, "requirements.skills"),
        (
            #"{"title": "t", "description": "d", "requirements": {"requiredSkills": "a"}}"#,
            "requirements.requiredSkills"
        ),
        (
            #"{"title": "t", "description": "d", "requirements": {"requiredSkills": ["a", 3]}}"#,
            "requirements.requiredSkills.1"
        ),
        (
            #"{"title": "t", "description": "d", "requirements": {"minYearsExperience": "3"}}"#,
            "requirements.minYearsExperience"
        ),
        (
            #"{"title": "t", "description": "d", "requirements": {"minYearsExperience": -1}}"#,
            "requirements.minYearsExperience"
        ),
        (
            #"{"title": "t", "description": "d", "requirements": {"minYearsExperience": 5, "maxYearsExperience": 2}}"#,
            "requirements.maxYearsExperience"
        ),
        (
            #"{"title": "t", "description": "d", "requirements": {"minEducation": "BACHLOR"}}"#,
            "requirements.minEducation"
        ),
        (#"{"title": "t", "description": "d", "weights": {"semantic": 1}}"#, "weights.requiredSkills"),
        (
            #"{"title":"t","description":"d","weights":{"semantic":0,"requiredSkills":0,"preferredSkills":0,"experience":0,"education":0}}"#,
            "weights"
        ),
        (
            #"{"title":"t","description":"d","weights":{"semantic":-0.5,"requiredSkills":0,"preferredSkills":0,"experience":0,"education":0}}"#,
            "weights.semantic"
        ),
        (
            #"{"title":"t","description":"d","weights":{"semantic":"x","requiredSkills":0,"preferredSkills":0,"experience":0,"education":0}}"#,
            "weights.semantic"
        ),
    ])
    func `what is wrong with a job is named by its field`(json: String, field: String) {
        #expect(failure(json)?.field == field)
    }

    @Test func `a job with more than five hundred skills is refused with the number`() {
        let skills = (1...501).map { "\"skill \($0)\"" }.joined(separator: ",")
        let error = failure(#"{"title": "t", "description": "d", "requirements": {"requiredSkills": [\#(skills)]}}"#)
        #expect(error?.field == "requirements.requiredSkills")
        #expect(error?.message.contains("501") == true)
    }

    @Test func `nesting deeper than any job is an error and no crash`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(failure(deep) != nil)
    }
}
