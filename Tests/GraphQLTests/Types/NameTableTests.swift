import Testing

@testable import GraphQL

@Suite struct NameTableTests {
    @Test func `names are found, and none besides, also among others of their length and ends`() {
        let names = ["name", "nope", "none", "note", "id", "", "aVeryLongNameThatIsNoSmallString", "ä", "name", "née"]
        let table = NameTable(names)
        for name in names { #expect(table[name] == names.firstIndex(of: name), "\(name)") }
        for name in ["nape", "names", "nam", "iD", "aVeryLongNameThatIsNoSmalyString", "i", "n"] {
            #expect(table[name] == nil, "\(name)")
        }
        #expect(NameTable()["name"] == nil)
    }
}
