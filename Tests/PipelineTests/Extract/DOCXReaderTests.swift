import Testing

@testable import Pipeline

@Suite struct DOCXReaderTests {
    @Test func `headers come first, footnotes and footers last, and repeated headers once`() throws {
        let document = try read(
            "<w:p><w:r><w:t>Body</w:t></w:r></w:p>",
            parts: [
                ("word/header1.xml", TestZip.word("hdr", "<w:p><w:r><w:t>jo@mail.example</w:t></w:r></w:p>")),
                ("word/header2.xml", TestZip.word("hdr", "<w:p><w:r><w:t>jo@mail.example</w:t></w:r></w:p>")),
                ("word/footer1.xml", TestZip.word("ftr", "<w:p><w:r><w:t>Foot</w:t></w:r></w:p>")),
                (
                    "word/footnotes.xml",
                    TestZip.word(
                        "footnotes",
                        #"<w:footnote w:type="separator"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote><w:footnote><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>"#
                    )
                ),
            ]
        )
        #expect(document.lines.map(\.text) == ["jo@mail.example", "Body", "Note", "Foot"])
        #expect(document.lines[0].style.contains(.runningHead))
    }

    @Test func `a text box is read once, before the paragraph that holds it`() throws {
        let box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
        let document = try read(
            """
            <w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:wsp><wps:txbx>\(box)</wps:txbx></wps:wsp></mc:Choice>
            <mc:Fallback><w:pict><v:shape><v:textbox>\(box)</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>
            <w:r><w:t>After</w:t></w:r></w:p>
            """
        )
        #expect(document.lines.map(\.text) == ["In the box", "After"])
    }

    @Test func `what was inserted counts and what was deleted or moved away does not`() throws {
        let document = try read(
            """
            <w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>
            <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo></w:p>
            """
        )
        #expect(document.text == "new here")
    }

    @Test(arguments: [
        (#"<w:vanish/>"#, HiddenText.Reason.vanish), (#"<w:rStyle w:val="Ghost"/>"#, .vanish),
        (#"<w:color w:val="FFFFFF"/>"#, .colourOfBackground),
        (#"<w:color w:val="FEFEFE"/><w:shd w:val="clear" w:fill="FFFFFF"/>"#, .colourOfBackground),
        (#"<w:sz w:val="2"/>"#, .tinyFont),
    ])
    func `runs that cannot be seen are kept apart`(properties: String, reason: HiddenText.Reason) throws {
        let styles = #"<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>"#
        let document = try read(
            "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr>\(properties)</w:rPr><w:t>unseen</w:t></w:r></w:p>",
            parts: [("word/styles.xml", TestZip.word("styles", styles))]
        )
        #expect(document.text == "Seen")
        #expect(document.hidden == [HiddenText(text: "unseen", page: 1, reason: reason)])
    }

    @Test(arguments: [
        #"<w:p><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>RUN</w:p>"#,
        #"<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="404040"/></w:tcPr><w:p>RUN</w:p></w:tc></w:tr></w:tbl>"#,
        ##"<w:p><w:r><w:pict><v:rect fillcolor="#203040"><v:textbox><w:txbxContent><w:p>RUN</w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>"##,
        #"<w:p><w:r><wps:wsp><wps:spPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></wps:spPr><wps:txbx><w:txbxContent><w:p>RUN</w:p></w:txbxContent></wps:txbx></wps:wsp></w:r></w:p>"#,
    ])
    func `white letters on a dark ground are seen`(template: String) throws {
        let run = #"<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Jo Doe</w:t></w:r>"#
        let parts = template.split(separator: "RUN", omittingEmptySubsequences: false)
        let document = try read(parts.joined(separator: run))
        #expect(document.text == "Jo Doe")
        #expect(document.hidden.isEmpty)
    }

    @Test func `short cells of a row are one line with gaps, long ones follow each other`() throws {
        func cell(_ paragraphs: String...) -> String {
            "<w:tc>" + paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined() + "</w:tc>"
        }
        let document = try read(
            "<w:tbl><w:tr>\(cell("Baker"))\(cell("2019"))</w:tr><w:tr>\(cell("Skills", "Bread"))\(cell("Work", "Oven"))</w:tr></w:tbl>"
        )
        #expect(document.lines.map(\.text) == ["Baker\t2019", "Skills", "Bread", "Work", "Oven"])
        #expect(document.lines[0].gaps == [6])
        #expect(document.lines.allSatisfy { $0.style.contains(.tableCell) })
        #expect(document.lines[2].block < document.lines[3].block)
    }

    @Test func `headings, lists, sizes and bold letters come from styles`() throws {
        let styles = """
            <w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>
            <w:style w:type="paragraph" w:styleId="Items"><w:name w:val="Items"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
            """
        func paragraph(_ style: String) -> String {
            #"<w:p><w:pPr><w:pStyle w:val="\#(style)"/></w:pPr><w:r><w:t>\#(style)</w:t></w:r></w:p>"#
        }
        let document = try read(
            paragraph("H1") + paragraph("Own") + paragraph("Items") + paragraph("Loop"),
            parts: [("word/styles.xml", TestZip.word("styles", styles))]
        )
        #expect(document.lines.map(\.style) == [[.heading, .bold], [.heading, .bold], .listItem, []])
        #expect(document.lines.map(\.fontSize) == [16, 16, 11, 11])
    }

    @Test func `tabs, breaks, symbols and hyphens are read as they look`() throws {
        let document = try read(
            """
            <w:p><w:r><w:t>Baker</w:t><w:tab/><w:t>2019</w:t><w:br/><w:t>co</w:t><w:softHyphen/><w:t>op e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r></w:p>
            <w:p><w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:t xml:space="preserve"> item</w:t></w:r></w:p>
            """
        )
        #expect(document.lines.map(\.text) == ["Baker\t2019", "coop e-mail", "• item"])
    }

    @Test func `links come from relations and from fields`() throws {
        let relations = """
            <Relationships><Relationship Id="r1" Type="http://x/hyperlink" Target="https://jo.example" TargetMode="External"/></Relationships>
            """
        let document = try read(
            """
            <w:p><w:hyperlink r:id="r1"><w:r><w:t>site</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r>
            <w:r><w:instrText> HYPERLINK "mailto:jo@mail.example" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>
            <w:r><w:t> mail</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
            """,
            parts: [("word/_rels/document.xml.rels", relations)]
        )
        #expect(document.text == "site mail")
        #expect(document.links == ["https://jo.example", "mailto:jo@mail.example"])
    }

    @Test func `an entry that claims to be huge is refused before it is unpacked`() {
        let bytes = TestZip.archive(
            [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "x")],
            claimedSize: 900_000_000
        )
        #expect(failure { try read(bytes) } == .fileTooLarge)
    }

    @Test func `entities are refused`() {
        let bytes = TestZip.archive([
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", #"<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;&a;</d>"#),
        ])
        #expect(failure { try read(bytes) } == .fileDamaged)
    }

    @Test func `broken markup and nesting without end are damage`() {
        #expect(failure { try read("<w:p>") } == .fileDamaged)
        let deep = String(repeating: "<w:p>", count: 5000) + String(repeating: "</w:p>", count: 5000)
        #expect(failure { try read(deep) } == .fileDamaged)
    }

    @Test func `an encrypted entry says so`() {
        let bytes = TestZip.archive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "x")], flags: 1)
        #expect(failure { try read(bytes) } == .fileEncrypted)
    }

    private func read(_ body: String, parts: [(name: String, text: String)] = []) throws -> ExtractedDocument {
        try read(TestZip.docx(body: body, parts: parts))
    }

    private func read(_ bytes: [UInt8]) throws -> ExtractedDocument {
        var archive = try ZipArchive(bytes)
        let document = try DOCXReader.read(&archive)
        expectConsistent(document)
        return document
    }
}

/// The code of the pipeline error that `body` throws, or nil.
func failure<T>(_ body: () throws -> T) -> PipelineError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? PipelineError)?.code
    }
}
