import MongoStore
import Pipeline
import Schema
import Testing

@testable import GraphQLServer

@Suite struct SyntheticResumeTests {
    private func resume(_ number: Int, seed: UInt64 = 1, job: Int = 0) -> LoadedResume {
        var resume = SyntheticResume(number, of: SyntheticJob(seed: seed, number: job))
        return resume.loaded(registeredAt: Timestamp(milliseconds: 0), hasTexts: true)
    }

    @Test func `the same seed gives the same documents, another gives others`() {
        for number in 0..<20 {
            let (first, second, other) = (resume(number), resume(number), resume(number, seed: 2))
            #expect(first.file == second.file)
            #expect(first.processed.screened == second.processed.screened)
            #expect(first.processed.document == second.processed.document)
            #expect(first.processed.vectors == second.processed.vectors)
            #expect(first.file.sha256 != other.file.sha256)
        }
        #expect(SyntheticJob(seed: 1, number: 4).content == SyntheticJob(seed: 1, number: 4).content)
    }

    @Test(arguments: 0..<6)
    func `every quote stands in the text where it says`(job: Int) throws {
        for number in 0..<50 {
            let resume = resume(number, job: job)
            let screened = resume.processed.screened
            let scalars = Array(try #require(resume.processed.document).text.unicodeScalars)
            let quotes =
                screened.profile.skills.flatMap(\.evidence) + screened.prefilter.criteria.flatMap(\.evidence)
                + screened.explanation.matchedSkills.flatMap(\.evidence)
                + screened.integrity.findings.flatMap(\.evidence)
            for quote in quotes {
                let expected = Array(quote.quote.unicodeScalars)
                #expect(Array(scalars[quote.offset...].prefix(expected.count)) == expected)
            }
            for line in try #require(resume.processed.document).lines {
                #expect(
                    Array(scalars[line.offset...].prefix(line.text.unicodeScalars.count))
                        == Array(line.text.unicodeScalars)
                )
            }
        }
    }

    @Test func `resumes are as long as real ones, and differ in score`() {
        let resumes = (0..<200).map { resume($0) }
        for resume in resumes {
            let profile = resume.processed.screened.profile
            #expect((10...20).contains(profile.skills.count))
            #expect(profile.skills.allSatisfy { !$0.evidence.isEmpty })
            #expect((3...5).contains(profile.experience.count))
            #expect(!profile.education.isEmpty)
            #expect((1_500...6_000).contains(resume.processed.document?.text.utf8.count ?? 0))
        }
        let scores = resumes.map(\.processed.screened.scores.finalScore)
        #expect(Set(scores.map { $0 / 1_000 }).count >= 6)
        let labels = resumes.map(\.processed.screened.prefilter.passFail)
        #expect(labels.contains(.passed) && labels.contains(.failed))
        #expect(Set(resumes.map(\.file.sha256)).count == resumes.count)
    }
}
