import Testing

@testable import Pipeline

/// What Poppler prints is read with forbearance.
struct PopplerOutputTests {
    @Test func `words are grouped by line and block`() throws {
        let output = """
            <page width="595.0" height="842.0"><flow><block><line>
            <word xMin="10.5" yMin="20" xMax="30" yMax="29.25">R&amp;D</word>
            <word xMin="33" yMin="20" xMax="50" yMax="29">&lt;now&gt;</word></line></block>
            <block><line><word xMin="-5" yMin="40" xMax="50" yMax="49">end</word></line></block></flow></page>
            """
        let page = try #require(PopplerOutput.words(Array(output.utf8)).first)
        #expect(page.width == 595 && page.height == 842)
        #expect(page.fragments.map { $0.words.map(\.text) } == [["R&D", "<now>"], ["end"]])
        #expect(page.fragments.map(\.block) == [1, 2])
        #expect(page.fragments[0].edges == .init(left: 10.5, top: 20, right: 50, bottom: 29.25))
    }

    @Test func `pieces have their font, weight and link, in points`() throws {
        let output = """
            <page number="1" height="300" width="600">
            <fontspec id="0" size="30" family="ABC+Example" color="#ff8000" opacity="0.5"/>
            <text top="30" left="60" width="90" height="27" font="0"><a href="https://example.org/?a=1&amp;b=2"><b>Bold</b> x</a></text>
            <text top="60" left="60" width="90" height="27" font="9">\u{1}plain</text></page>
            """
        let page = try #require(PopplerOutput.segments(Array(output.utf8)).first)
        #expect(page.width == 200 && page.height == 100)
        let first = try #require(page.segments.first)
        #expect(first.text == "Bold x" && first.bold && !first.italic)
        #expect(first.link == "https://example.org/?a=1&b=2")
        #expect(first.edges == .init(left: 20, top: 10, right: 50, bottom: 19))
        #expect(first.font.size == 10 && first.font.opacity == 0.5)
        #expect(first.font.colour == .init(red: 255, green: 128, blue: 0))
        #expect(page.segments.count == 2)
    }

    @Test(arguments: [
        "", "<", "<page", "<text top=", "<text top=\"1\" left=\"2\" width=\"3\" height=\"4\" font=\"-1\">a</text>",
        "<page height=\"99999999999999999999999999999999999\"><text top='1e9' left=\"x\">", "</text></page></b>",
        "<page height=\"1\" width=\"1\"><fontspec id=\"99999999999\" color=\"#zzzzzz\"/><text top=\"1\" left=\"1\" width=\"1\" height=\"1\" font=\"0\">&#x110000;&#;&unknown;</text>",
    ])
    func `odd output is survived`(output: String) {
        for page in PopplerOutput.segments(Array(output.utf8)) + PopplerOutput.words(Array(output.utf8)) {
            var finder = HiddenTextFinder(page: page)
            _ = finder.sortOut(invisible: page.segments, raster: nil)
            _ = PageText(finder.page)
        }
    }

    @Test func `a crop box is found as a reader turns the page`() {
        let output = """
            Page    1 rot:  0
            Page    2 rot:  90
            Page    1 MediaBox:     0.00     0.00   600.00   800.00
            Page    1 CropBox:     10.00    20.00   570.00   740.00
            Page    2 MediaBox:     0.00     0.00   600.00   800.00
            Page    2 CropBox:     10.00    20.00   570.00   740.00
            """
        let offsets = PopplerOutput.cropOffsets(Array(output.utf8))
        #expect(offsets[1]?.x == 10 && offsets[1]?.y == 60)
        #expect(offsets[2]?.x == 20 && offsets[2]?.y == 10)
    }

    @Test func `pictures are read as far as they are whole`() {
        let whole = Array("P6\n2 1\n255\n".utf8) + [255, 255, 255, 0, 0, 0]
        let pictures = PageRaster.pictures(whole + whole + whole.dropLast())
        #expect(pictures.count == 2)
        #expect(pictures.first?.isBlank() == false)
        #expect(PageRaster.pictures(Array("P6\n999999 999999\n255\nxx".utf8)).isEmpty)
        #expect(PageRaster.pictures(Array("P6 -1 0 255 ".utf8)).isEmpty)
    }
}
