import Testing

@testable import Pipeline

@Suite struct PlainTextTests {
    @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"])
    func `Unicode is read with and without its mark`(encoding: String) {
        let text = "Zoë Baker, Łódź – Skills: bread, pastry"
        let scalars = Array(text.unicodeScalars)
        for marked in [true, false] {
            let bytes = encode(marked ? ["\u{FEFF}"] + scalars : scalars, as: encoding)
            #expect(PlainTextDecoder.decode(bytes) == text, "\(encoding), marked \(marked)")
            #expect(PlainTextDecoder.looksLikeText(bytes))
        }
    }

    @Test(
        arguments: [
            (
                [
                    0x5A, 0x6F, 0xEB, 0x20, 0x63, 0x61, 0x66, 0xE9, 0x20, 0x2D, 0x20, 0x64, 0xE9, 0x76, 0x65, 0x6C,
                    0x6F, 0x70, 0x70, 0xE9,
                ], "Zoë café - développé"
            ),
            (
                [0xCF, 0xEE, 0xE2, 0xE0, 0xF0, 0x20, 0xE2, 0x20, 0xF0, 0xE5, 0xF1, 0xF2, 0xEE, 0xF0, 0xE0, 0xED, 0xE5],
                "Повар в ресторане"
            ),
            (
                [0xF0, 0xCF, 0xD7, 0xC1, 0xD2, 0x20, 0xD7, 0x20, 0xD2, 0xC5, 0xD3, 0xD4, 0xCF, 0xD2, 0xC1, 0xCE, 0xC5],
                "Повар в ресторане"
            ),
            (
                [
                    0x7A, 0x61, 0x72, 0x7A, 0xB9, 0x64, 0x7A, 0x61, 0xB3, 0x20, 0x7A, 0x65, 0x73, 0x70, 0x6F, 0xB3,
                    0x65, 0x6D,
                ], "zarządzał zespołem"
            ),
            (
                [
                    0xB9, 0xA4, 0xD7, 0xF7, 0xBE, 0xAD, 0xD1, 0xE9, 0xA3, 0xBA, 0xC8, 0xED, 0xBC, 0xFE, 0xB9, 0xA4,
                    0xB3, 0xCC,
                ], "工作经验：软件工程"
            ),
            (
                [0x82, 0xB1, 0x82, 0xEA, 0x82, 0xCD, 0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA, 0x82, 0xC5, 0x82, 0xB7],
                "これは日本語です"
            ),
        ] as [([UInt8], String)]
    )
    func `old encodings are told by the text that they make`(bytes: [UInt8], expected: String) {
        #expect(PlainTextDecoder.decode(bytes) == expected)
    }

    @Test func `lines, blocks, pages and gaps follow the file, zeros and carriage returns vanish`() {
        let document = PlainTextReader.read(
            Array("Jo\u{0} Doe\r\nBaker\t2019\r\n\r\nSkills\u{0C}Page two    right".utf8)
        )
        #expect(document.lines.map(\.text) == ["Jo Doe", "Baker\t2019", "Skills", "Page two\tright"])
        #expect(document.lines.map(\.block) == [0, 0, 1, 2])
        #expect(document.lines.map(\.page) == [1, 1, 1, 2])
        #expect(document.pageCount == 2)
        expectConsistent(document)
    }

    @Test func `Markdown is read as it is rendered`() {
        let document = MarkdownReader.read(
            Array(
                """
                # Jo **Doe** #
                Work
                ====
                - *Baker* at `Oven_and_Co` ([site](https://oven.example))
                1. bread & buns

                | Year | Place |
                |------|:-----:|
                | 2019 | Oslo |

                **All bold**
                a * b, snake_case, 2 < 3
                ---
                <jo@mail.example>
                """.utf8
            )
        )
        #expect(
            document.lines.map(\.text) == [
                "Jo Doe", "Work", "Baker at Oven_and_Co (site)", "bread & buns", "Year\tPlace", "2019\tOslo",
                "All bold",
                "a * b, snake_case, 2 < 3", "jo@mail.example",
            ]
        )
        #expect(document.lines[0].style == [.heading, .bold])
        #expect(document.lines[1].style == .heading)
        #expect(document.lines[2].style.contains(.listItem))
        #expect(document.lines[6].style == .bold)
        #expect(document.links.contains("https://oven.example"))
        expectConsistent(document)
    }

    @Test func `a line of brackets without end is read in linear time`() {
        let text = String(repeating: "[a](", count: 50_000)
        #expect(!MarkdownReader.read(Array(text.utf8)).text.isEmpty)
    }

    @Test func `a JSON resume is read as text with headings`() {
        let document = JSONResumeReader.read(
            Array(
                """
                {"basics": {"name": "Jo Doe", "label": "Baker", "email": "jo@mail.example", "location": {"city": "Oslo"},
                 "profiles": [{"network": "Git", "url": "https://git.example/jo"}], "summary": "Bakes."},
                 "work": [{"name": "Oven Ltd", "position": "Baker", "startDate": "2019-02", "highlights": ["Baked bread"]}],
                 "skills": [{"name": "Baking", "keywords": ["Bread", "Buns"]}], "awards": [{"title": ""}]}
                """.utf8
            )
        )
        #expect(
            document.lines.map(\.text) == [
                "Jo Doe", "Baker", "jo@mail.example", "Oslo", "Git https://git.example/jo", "Summary", "Bakes.",
                "Experience",
                "Baker, Oven Ltd\t2019-02 – Present", "Baked bread", "Skills", "Baking: Bread, Buns",
            ]
        )
        #expect(document.mediaType == "application/json")
        expectConsistent(document)
    }

    @Test(arguments: [#"{"a": [1, 2"#, #"["Jo Doe"]"#, String(repeating: "[", count: 100_000) + "x"])
    func `other JSON is plain text`(source: String) {
        #expect(JSONResumeReader.read(Array(source.utf8)).text.hasPrefix(source.prefix(1)))
    }

    private func encode(_ scalars: [Unicode.Scalar], as encoding: String) -> [UInt8] {
        let text = TextAssembler.string(scalars)
        let isLittle = encoding.hasSuffix("LE")
        func bytes(_ value: UInt32, count: Int) -> [UInt8] {
            let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (UInt32($0) * 8)) }
            return isLittle ? little : little.reversed()
        }
        if encoding.hasPrefix("UTF-16") { return text.utf16.flatMap { bytes(UInt32($0), count: 2) } }
        if encoding.hasPrefix("UTF-32") { return scalars.flatMap { bytes($0.value, count: 4) } }
        return Array(text.utf8)
    }
}
