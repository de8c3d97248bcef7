import Testing

@testable import Schema

@Suite struct SubscriptionCursorTests {
    private let job = ObjectID(at: Timestamp(milliseconds: 1_000))
    private let row = ObjectID(at: Timestamp(milliseconds: 2_000))

    private var cursors: [SubscriptionCursor] {
        [
            SubscriptionCursor(.jobChanged, of: job, at: .version(7)),
            SubscriptionCursor(.batchProgress, of: job, at: .version(.max)),
            SubscriptionCursor(.resumeChanged, of: job, at: .row(changedAt: Timestamp(milliseconds: -1), id: row)),
        ]
    }

    @Test func `a cursor is read as it was written`() {
        for cursor in cursors { #expect(SubscriptionCursor(cursor.text) == cursor) }
    }

    @Test func `a cursor fits into a header field and a URL`() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for cursor in cursors { #expect(cursor.text.allSatisfy(allowed.contains) && cursor.text.count <= 64) }
    }

    @Test func `a character more, less or other makes it none`() throws {
        for cursor in cursors {
            let text = Array(cursor.text)
            for place in text.indices {
                var other = text
                other[place] = text[place] == "A" ? "B" : "A"
                #expect(SubscriptionCursor(String(other)) == nil)
            }
            #expect(SubscriptionCursor(String(text.dropLast())) == nil)
            #expect(SubscriptionCursor(String(text) + "A") == nil)
        }
        #expect(SubscriptionCursor("") == nil)
    }
}
