import Testing

@testable import Pipeline

@Suite struct HTMLReaderTests {
    @Test func `blocks are lines, tables are rows, scripts and titles are nothing`() {
        let document = read(
            """
            <!doctype html><html><head><title>T</title><style>p{color:red}</style><script>if (a<b) x("<p>")</script></head>
            <body><h1>Jo &amp; Doe</h1><p>One<br>Two</p><ul><li>bread<li>buns</ul>
            <table><tr><td>Baker<td>2019</tr></table><div>Py<b>thon</b> <a href="https://jo.example">site</a></div></body></html>
            """
        )
        #expect(
            document.lines.map(\.text) == [
                "Jo & Doe", "One", "Two", "bread", "buns", "Baker\t2019", "Python site",
            ]
        )
        #expect(document.lines[0].style == [.heading, .bold])
        #expect(document.lines[3].style == .listItem)
        #expect(document.links == ["https://jo.example"])
    }

    @Test(arguments: [
        (#"<p style="display:none">x</p>"#, HiddenText.Reason.styledAway),
        (#"<p style="visibility: hidden">x</p>"#, .styledAway),
        (#"<span style="font-size:0">x</span>"#, .tinyFont), (#"<span style="font-size:1px">x</span>"#, .tinyFont),
        (#"<p style="color:#fff">x</p>"#, .colourOfBackground), (#"<font color="white">x</font>"#, .colourOfBackground),
        (#"<style>.ghost{opacity:0}</style><i class="ghost">x</i>"#, .styledAway), ("<p hidden>x</p>", .styledAway),
        (#"<div style="position:absolute;left:-9999px">x</div>"#, .offPage),
        (#"<div style="display:none"><div><p>x</p></div></div>"#, .styledAway),
    ])
    func `what a browser does not show is kept apart`(page: String, reason: HiddenText.Reason) {
        let document = read("<html><p>Seen</p>\(page)<p>too</p></html>")
        #expect(document.lines.map(\.text) == ["Seen", "too"])
        #expect(document.hidden.map(\.text) == ["x"])
        #expect(document.hidden.map(\.reason) == [reason])
    }

    @Test(arguments: [
        #"<div style="background:#123456"><p style="color:white">Jo</p></div>"#,
        #"<style>.a .b{background:navy}</style><p style="color:white">Jo</p>"#, #"<p style="font-size:90%">Jo</p>"#,
        ##"<table bgcolor="#000000"><tr><td><font color="#ffffff">Jo</font></td></tr></table>"##,
    ])
    func `white letters on a dark ground are seen`(page: String) {
        #expect(read(page).text == "Jo")
        #expect(read(page).hidden.isEmpty)
    }

    @Test func `items side by side stand apart on one line`() {
        let document = read(#"<div style="display:flex"><span>Baker</span><span>2019</span></div>"#)
        #expect(document.lines.map(\.text) == ["Baker\t2019"])
    }

    @Test func `nesting without end and tags without end are read in linear time`() {
        #expect(read(String(repeating: "<div>", count: 50_000) + "Jo Doe").text == "Jo Doe")
        let (opened, closed) = (String(repeating: "<b><i>", count: 50_000), String(repeating: "</p>", count: 50_000))
        #expect(read(opened + "Jo" + closed).text == "Jo")
        #expect(read("<p>Jo" + String(repeating: "<!--", count: 100_000)).text == "Jo")
        #expect(read("<p>Jo" + String(repeating: "<a href='", count: 10_000)).text == "Jo")
    }

    @Test func `the declared encoding counts where the bytes are not UTF-8`() {
        let page = Array(#"<meta charset="windows-1251"><p>"#.utf8) + [0xCF, 0xEE, 0xE2, 0xE0, 0xF0]
        #expect(HTMLReader.read(page).text == "Повар")
    }

    @Test(arguments: [
        ("&eacute;&#233;&#xE9;", "ééé"), ("&#150;", "–"),
        ("AT&T &unknown; &", "AT&T &unknown; &"), ("&lstrok;&apos;", "ł'"),
        ("&#99999999999;&#xD800;", "&#99999999999;&#xD800;"),
    ])
    func `character references are replaced`(written: String, expected: String) {
        #expect(HTMLEntities.decode(written) == expected)
    }

    private func read(_ page: String) -> ExtractedDocument {
        let document = HTMLReader.read(Array(page.utf8))
        expectConsistent(document)
        return document
    }
}
