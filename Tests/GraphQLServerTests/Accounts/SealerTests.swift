import Testing

@testable import GraphQLServer

@Suite struct SealerTests {
    @Test func `only who has a secret opens what was sealed, and only at its place`() throws {
        let sealer = try Sealer(secrets: [Array("a".utf8)], purpose: "test")
        let text = Array("123456".utf8)
        let sealed = try sealer.seal(text, at: [1])
        #expect(try sealer.open(sealed, at: [1]) == text)
        #expect(try sealer.open(sealed, at: [2]) == nil)
        #expect(try Sealer(secrets: [Array("b".utf8)], purpose: "test").open(sealed, at: [1]) == nil)
        #expect(try Sealer(secrets: [Array("a".utf8)], purpose: "other").open(sealed, at: [1]) == nil)
        #expect(try Sealer(secrets: [Array("b".utf8), Array("a".utf8)], purpose: "test").open(sealed, at: [1]) == text)
        #expect(try sealer.seal(text, at: [1]) != sealed)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(try sealer.open(changed, at: [1]) == nil)
        }
        #expect(try sealer.open([], at: [1]) == nil)
        #expect(sealed.firstRange(of: text) == nil)
        #expect(try sealer.open(sealer.seal([], at: []), at: []) == [])
    }
}
