import Testing

@testable import GraphQL

@Suite struct SourceTests {
    @Test(arguments: [
        ("abc", 2, 1, 3),
        ("a\nbc", 3, 2, 2),
        ("a\r\nbc", 3, 2, 1),
        ("a\rbc", 2, 2, 1),
        ("é😀x", 6, 1, 3),
        ("", 0, 1, 1),
    ])
    func `lines end with LF, CR or both, and columns count scalars`(text: String, offset: Int32, line: Int, column: Int)
    {
        #expect(Source(text).location(at: offset) == SourceLocation(line: line, column: column))
    }
}
