import Pipeline
import Testing

@Suite struct EducationLevelTests {
    @Test func `levels are ordered from school to doctorate`() {
        #expect(EducationLevel.allCases.sorted() == EducationLevel.allCases)
        #expect(EducationLevel.secondary < .doctorate)
    }
}
