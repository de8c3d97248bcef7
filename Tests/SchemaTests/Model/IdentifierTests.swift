import Testing

@testable import Schema

@Suite struct IdentifierTests {
    @Test func `a typed identifier is read back`() throws {
        let key = try #require(ObjectID("0123456789abcdef01234567"))
        for kind in NodeID.Kind.allCases {
            let id = NodeID(kind, key)
            #expect(id.description == "\(kind.rawValue)_0123456789abcdef01234567")
            #expect(NodeID(id.description) == id)
        }
    }

    @Test(arguments: [
        "", "job", "job_", "job_0123456789abcdef0123456", "job_0123456789abcdef012345678",
        "Job_0123456789abcdef01234567",
        "job_0123456789ABCDEF01234567", "user_0123456789abcdef01234567", "0123456789abcdef01234567",
        "job__0123456789abcdef01234567", "job_0123456789abcdef0123456g", "job-0123456789abcdef01234567",
    ])
    func `what no object can have is no identifier`(text: String) {
        #expect(NodeID(text) == nil)
    }

    @Test func `new keys differ, and grow with time`() {
        let now = Timestamp(milliseconds: 1_795_425_302_123)
        let keys = (0..<1000).map { _ in ObjectID(at: now) }
        #expect(Set(keys).count == 1000)
        #expect(keys.allSatisfy { $0 < ObjectID(at: now.advanced(by: .seconds(1))) })
    }

    @Test func `the successor is the next`() throws {
        let key = try #require(ObjectID("0123456789abcdef012345ff"))
        #expect(key.successor?.description == "0123456789abcdef01234600")
        #expect(ObjectID("00000000000000ffffffffff")?.successor?.description == "000000000000010000000000")
        #expect(ObjectID("ffffffffffffffffffffffff")?.successor == nil)
    }

    @Test(arguments: ["a@b", "Jane.Doe+x@example.com", "zoë@exämple.de", "o'neil@mail.example.co.uk"])
    func `addresses are accepted as they are written`(text: String) {
        #expect(EmailAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", ".a@b", "a.@b", "a..b@c", "a@-b", "a@b.", "a@b..c", "a@b\n", "a\u{0}@b",
        String(repeating: "a", count: 65) + "@b", "a@" + String(repeating: "b", count: 64),
    ])
    func `what is no address is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `addresses are compared without regard to case`() {
        #expect(EmailAddress("Jane@Example.com") == EmailAddress("jane@example.COM"))
        #expect(Set([EmailAddress("A@b"), EmailAddress("a@B")]).count == 1)
        #expect(EmailAddress("ÉVA@b") == EmailAddress("éva@b"))
    }

    @Test(arguments: [("\u{212A}im@b", "kim@b"), ("İpek@b", "i\u{307}pek@b"), ("a@\u{212A}.de", "a@K.de")])
    func `no letter beyond ASCII is taken for one of ASCII`(text: String, ascii: String) throws {
        let (address, other) = (try #require(EmailAddress(text)), try #require(EmailAddress(ascii)))
        #expect(address != other && address.key != other.key)
    }
}
