import Testing

@testable import GraphQL

@Suite struct BlockStringTests {
    @Test(arguments: [
        ("", ""),
        (" \t\n  \n", ""),
        ("plain", "plain"),
        ("  first line keeps its own  ", "  first line keeps its own  "),
        ("\n    one\n      two\n\n    three\n  ", "one\n  two\n\nthree"),
        ("one\n    two\n      three", "one\ntwo\n  three"),
        ("\n\n\n  a\n\n\n", "a"),
        ("\n  a\n     \n  b", "a\n   \nb"),
        ("\n\ta\n\t\tb", "a\n\tb"),
        ("\n \ta\n\t b", "a\nb"),
        ("a\r\n b\r c\n d", "a\nb\nc\nd"),
        (#"quotes \""" and \n and \"#, #"quotes """ and \n and \"#),
        (#"\\""" \\"#, #"\""" \\"#),
        ("\n  é\n   😀", "é\n 😀"),
        ("\n\u{A0}a", "\u{A0}a"),
    ])
    func `common indentation and blank outer lines are taken out`(raw: String, value: String) {
        #expect(BlockString.value(ofRaw: Array(raw.utf8)[...]) == value)
    }

    @Test(arguments: [
        ("", #""""""""#),
        ("a", #""""a""""#),
        (" a", #"""" a""""#),
        ("a\nb", "\"\"\"\na\nb\n\"\"\""),
        ("a\n b", "\"\"\"\na\n b\n\"\"\""),
        (#"a""#, "\"\"\"\na\"\n\"\"\""),
        (#" a""#, "\"\"\" a\"\n\"\"\""),
        (#"a\"#, "\"\"\"\na\\\n\"\"\""),
        (#"a"""b"#, #""""a\"""b""""#),
        (#"a""""#, "\"\"\"\na\\\"\"\"\n\"\"\""),
        (#"a"""""#, "\"\"\"\na\\\"\"\"\"\n\"\"\""),
        (String(repeating: "é", count: 70), "\"\"\"" + String(repeating: "é", count: 70) + "\"\"\""),
        (String(repeating: "x", count: 71), "\"\"\"\n" + String(repeating: "x", count: 71) + "\n\"\"\""),
    ])
    func `a value is printed so that it reads well`(value: String, printed: String) {
        #expect(BlockString.printed(value) == printed)
        #expect(BlockString.value(ofRaw: Array(printed.utf8).dropFirst(3).dropLast(3)) == value)
    }

    @Test(arguments: [
        ("", true), ("a", true), (" a", true), ("\"", true), ("a\n b", true), ("a\n\nb", true), ("é\u{7F}", true),
        ("\na", false), ("a\n", false), (" ", false), ("\t", false), (" a\n b", false), ("a\rb", false),
        ("a\u{0}", false),
        ("a\u{F}", false), ("a\n ", false),
    ])
    func `a value that would be read otherwise is not printable`(value: String, isPrintable: Bool) {
        #expect(BlockString.isPrintable(value) == isPrintable)
    }

    @Test func `every printable value is read back the same`() {
        let seed = UInt64.random(in: .min ... .max)
        var state = seed
        let alphabet = Array("\n\n  \t\"\"\"\"\\ab".unicodeScalars)
        for _ in 0..<5000 {
            var value = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                if state >> 62 != 0 { value.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count]) }
            }
            guard BlockString.isPrintable(value) else { continue }
            let printed = Array(BlockString.printed(value).utf8)
            #expect(BlockString.value(ofRaw: printed.dropFirst(3).dropLast(3)) == value, "seed \(seed)")
        }
    }
}
