import Testing

@testable import Schema

@Suite struct PageCursorTests {
    @Test(
        arguments: [
            .time(Timestamp(milliseconds: 0)), .time(Timestamp(milliseconds: -1)), .time(Timestamp(milliseconds: .max)),
            .text(""), .text("köchin"), .text("\u{0}a\u{0}"), .text(String(repeating: "x", count: 480)),
            .number(1), .number(.max),
        ] as [PageCursor.Key]
    )
    func `a cursor is read back`(key: PageCursor.Key) {
        let cursor = PageCursor(order: "u", key: key, id: ObjectID(at: Timestamp(milliseconds: 5)))
        #expect(PageCursor(cursor.text) == cursor)
    }

    @Test(arguments: ["", "x", "MQ", "Y3Vyc29yOjE", String(repeating: "A", count: 2000), "🙂"])
    func `what is no cursor is refused`(text: String) {
        #expect(PageCursor(text) == nil)
    }

    @Test func `a changed character gives another place or none, never a trap`() {
        let text = PageCursor(order: "n", key: .text("cook"), id: ObjectID(at: Timestamp(milliseconds: 5))).text
        for place in text.indices {
            for replacement in "Aa0_-" {
                var changed = text
                changed.replaceSubrange(place...place, with: String(replacement))
                #expect(PageCursor(changed).map { $0.text == changed } ?? true)
            }
        }
    }
}
