import Schema
import Testing

@testable import GraphQLServer

@Suite struct AnswerTagTests {
    private let job = ChangeTopic.job(ObjectID(at: Timestamp(milliseconds: 1_000)))
    private let batch = ChangeTopic.batch(ObjectID(at: Timestamp(milliseconds: 2_000)))

    @Test func `a tag is read as it was written, also where it is weak`() {
        let plain = AnswerTag(digest: Array(repeating: 7, count: 16))
        let full = AnswerTag(
            digest: Array(0..<16),
            versions: [job: 5, batch: AnswerDependencies.absent],
            code: Array(repeating: 9, count: 12)
        )
        for tag in [plain, full] {
            #expect(AnswerTag(tag.text[...]) == tag)
            #expect(AnswerTag("W/\(tag.text)") == tag)
        }
    }

    @Test func `what is none of ours is left out of a list`() {
        let tag = AnswerTag(digest: Array(repeating: 7, count: 16))
        let found = AnswerTag.list(["\"abc\", \(tag.text),W/\"x\"", "*", ""])
        #expect(found.count == 1 && found[0].tag == tag && found[0].text == tag.text)
        #expect(AnswerTag("\"\"") == nil && AnswerTag("\"") == nil && AnswerTag("") == nil)
    }
}
