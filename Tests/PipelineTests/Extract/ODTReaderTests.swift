import Testing

@testable import Pipeline

@Suite struct ODTReaderTests {
    @Test func `headings, lists, tables and spaces are read as they look`() throws {
        let document = try read(
            """
            <text:h text:outline-level="1">Jo<text:s text:c="2"/>Doe</text:h><text:p>Baker<text:tab/>2019<text:line-break/>Oslo</text:p>
            <text:list><text:list-item><text:p>bread</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>
            """
        )
        #expect(document.lines.map(\.text) == ["Jo Doe", "Baker\t2019", "Oslo", "bread", "A\tB"])
        #expect(document.lines.map(\.style) == [.heading, [], [], .listItem, .tableCell])
    }

    @Test func `hidden, tiny and white text is kept apart, deleted text is gone`() throws {
        let styles = """
            <style:style style:name="v" style:family="text"><style:text-properties text:display="none"/></style:style>
            <style:style style:name="w" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
            <style:style style:name="s" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
            <style:style style:name="d" style:family="text"><style:text-properties fo:color="#ffffff" fo:background-color="#000000"/></style:style>
            """
        let document = try read(
            """
            <text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
            <text:p>Seen</text:p><text:p><text:span text:style-name="v">one</text:span></text:p>
            <text:p><text:span text:style-name="w">two</text:span></text:p><text:p><text:span text:style-name="s">three</text:span></text:p>
            <text:p><text:span text:style-name="d">inverse</text:span></text:p>
            """,
            styles: styles
        )
        #expect(document.lines.map(\.text) == ["Seen", "inverse"])
        #expect(document.hidden.map(\.text) == ["one", "two", "three"])
        #expect(document.hidden.map(\.reason) == [.vanish, .colourOfBackground, .tinyFont])
    }

    @Test func `page headers and footers surround the body`() throws {
        let sheet = """
            <office:document-styles xmlns:office="o" xmlns:style="s" xmlns:text="t"><office:master-styles><style:master-page>\
            <style:header><text:p>Head</text:p></style:header><style:footer><text:p>Foot</text:p></style:footer>\
            </style:master-page></office:master-styles></office:document-styles>
            """
        let document = try read("<text:p>Body</text:p>", sheet: sheet)
        #expect(document.lines.map(\.text) == ["Head", "Body", "Foot"])
    }

    @Test func `an encrypted document says so`() {
        let bytes = TestZip.archive([
            ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "?"),
            ("META-INF/manifest.xml", "<m><encryption-data/></m>"),
        ])
        #expect(failure { try read(bytes) } == .fileEncrypted)
    }

    private func read(_ body: String, styles: String = "", sheet: String? = nil) throws -> ExtractedDocument {
        let content = """
            <office:document-content xmlns:office="o" xmlns:style="s" xmlns:text="t" xmlns:table="tb" xmlns:fo="f" xmlns:draw="d">\
            <office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:text>\(body)</office:text></office:body>\
            </office:document-content>
            """
        var entries = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]
        if let sheet { entries.append(("styles.xml", sheet)) }
        return try read(TestZip.archive(entries.map { (name: $0.0, text: $0.1) }))
    }

    private func read(_ bytes: [UInt8]) throws -> ExtractedDocument {
        var archive = try ZipArchive(bytes)
        #expect(try archive.mediaType() == .odt)
        let document = try ODTReader.read(&archive)
        expectConsistent(document)
        return document
    }
}
