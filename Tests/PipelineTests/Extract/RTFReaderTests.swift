import Testing

@testable import Pipeline

@Suite struct RTFReaderTests {
    @Test(arguments: [
        (#"{\rtf1\ansi caf\'e9}"#, "café"), (#"{\rtf1 \u1071?\u-3913?}"#, "Я•"),
        (#"{\rtf1{\fonttbl{\f1\fcharset204 Arial;}}\f1\'cf\'ee\'e2\'e0\'f0}"#, "Повар"),
        (#"{\rtf1\ansicpg1250 \'b9}"#, "ą"),
        (#"{\rtf1\uc0\u20013\u25991}"#, "中文"), (#"{\rtf1 \u-10179?\u-8704?}"#, "\u{1F600}"),
        (#"{\rtf1 a\endash b\~c\_d\{e\}}"#, "a–b c-d{e}"),
        (#"{\rtf1{\fonttbl{\f1\fcharset128 x;}}\f1\'93\'fa\'96\'7b}"#, "日本"),
    ])
    func `letters of every notation come out right`(source: String, expected: String) throws {
        #expect(try read(source).text == expected)
    }

    @Test func `headings, lists, tables, headers and footers are told apart`() throws {
        let document = try read(
            #"""
            {\rtf1{\stylesheet{\s1 heading 1;}{\s2 Normal;}}{\header Head\par}{\footer Foot\par}
            {\pard\s1\b Work\par}{\pard\s2 Baker\tab 2019\line Oslo\par}{\pard{\listtext *\tab}\ls1 bread\par}
            \trowd\pard\intbl A\cell B\cell\row\trowd\pard\intbl C\cell D\cell\row\pard After\par}
            """#
        )
        #expect(
            document.lines.map(\.text) == [
                "Head", "Work", "Baker\t2019", "Oslo", "bread", "A\tB", "C\tD", "After", "Foot",
            ]
        )
        #expect(document.lines[1].style == [.heading, .bold])
        #expect(document.lines[4].style == .listItem)
        #expect(document.lines[5].style == .tableCell)
        #expect(document.lines[8].style == .runningHead)
    }

    @Test func `hidden, white, tiny and deleted text does not count`() throws {
        let document = try read(
            #"{\rtf1{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}Seen {\v one}\par{\cf1 two}\par{\fs2 three}\par{\deleted gone}{\cf1\chcbpat2 inverse}\par}"#
        )
        #expect(document.lines.map(\.text) == ["Seen", "inverse"])
        #expect(document.hidden.map(\.reason) == [.vanish, .colourOfBackground, .tinyFont])
    }

    @Test func `pictures, binary data and unknown destinations are passed over`() throws {
        let document = try read(#"{\rtf1 a{\pict 0123}{\*\foo bar}{\info{\title T}}\bin3 {}{b{\*\bkmkstart x}c}"#)
        #expect(document.text == "abc")
    }

    @Test func `links come from fields, whose shown text counts`() throws {
        let document = try read(#"{\rtf1{\field{\*\fldinst HYPERLINK "https://jo.example"}{\fldrslt my page}}}"#)
        #expect(document.text == "my page")
        #expect(document.links == ["https://jo.example"])
    }

    @Test func `nesting without end is damage and a cut file is read as far as it goes`() throws {
        #expect(failure { try read(String(repeating: "{", count: 100_000)) } == .fileDamaged)
        #expect(try read(#"{\rtf1 abc \'4"#).text == "abc")
    }

    private func read(_ source: String) throws -> ExtractedDocument {
        let document = try RTFReader.read(Array(source.utf8))
        expectConsistent(document)
        return document
    }
}
