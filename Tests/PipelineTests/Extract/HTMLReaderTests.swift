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
        #"<style>.a ~ .b{background:navy}</style><p style="color:white">Jo</p>"#, #"<p style="font-size:90%">Jo</p>"#,
        ##"<table bgcolor="#000000"><tr><td><font color="#ffffff">Jo</font></td></tr></table>"##,
    ])
    func `white letters on a dark ground are seen`(page: String) {
        #expect(read(page).text == "Jo")
        #expect(read(page).hidden.isEmpty)
    }

    @Test(arguments: [
        "<style>.x{display:none} .on{display:block}</style><p class='x on'>Jo</p>",
        "<style>.x{display:none} .on{display:block}</style><p class='on x'>Jo</p>",
        "<style>.x{display:none}</style><p class=x style='display:block'>Jo</p>",
        "<style>.x{visibility:hidden}</style><p class=x style='visibility:visible'>Jo</p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>Jo</p></div>",
        "<style>.fade{opacity:0}</style><p class=fade style='opacity:1'>Jo</p>",
        "<style>.x{width:0;overflow:hidden}</style><p class=x style='width:auto'>Jo</p>",
        "<style>.x{left:-9999px}</style><p class=x style='left:0'>Jo</p>",
        "<p style='font-size:0'><span style='font-size:12px'>Jo</span></p>",
        "<style>.t{font-size:0}.t span{font-size:12px}</style><p class=t><span>Jo</span></p>",
        "<p style='color:transparent'><b style='color:#123'>Jo</b></p>",
        "<style>.x{display:flex}</style><p class=x hidden>Jo</p>", "<font color=white style='color:#111'>Jo</font>",
        "<details open><summary>Jo</summary></details>", "<dialog open>Jo</dialog>",
        "<style>@media print{.x{display:none}}</style><p class=x>Jo</p>",
        "<style>.a > .x{display:none}</style><div class=a><div><p class=x>Jo</p></div></div>",
        "<style>p.y, .y .x, .x:hover{display:none}</style><p class=x>Jo</p>",
        "<style>body{background:#000;color:#fff}</style><p>Jo</p>",
        "<style>.a .b{background:#123}</style><div class=a><div class=b><p style='color:#fff'>Jo</p></div></div>",
        "<p style='background:url(x.png);color:#fff'>Jo</p>", "<ul style='margin-left:-20px'><li>Jo</ul>",
        "<p style='font:italic 700 12px/1.5 Arial'>Jo</p>",
    ])
    func `what a later style or a child shows again is seen`(page: String) {
        #expect(read(page).text == "Jo")
        #expect(read(page).hidden.isEmpty)
    }

    @Test(arguments: [
        ("<style>.on{display:block} .x{display:none}</style><p class='x on'>x</p>", HiddenText.Reason.styledAway),
        ("<style>.x{display:none!important}</style><p class=x style='display:block'>x</p>", .styledAway),
        ("<div style='display:none'><p style='display:block'>x</p></div>", .styledAway),
        ("<div style='opacity:0'><p style='opacity:1'>x</p></div>", .styledAway),
        ("<div style='font-size:0'><h1>x</h1></div>", .tinyFont),
    ])
    func `what hides for good stays hidden`(page: String, reason: HiddenText.Reason) {
        #expect(read(page).text == "")
        #expect(read(page).hidden.map(\.reason) == [reason])
    }

    @Test(arguments: [
        "p.x{display:none}", "body .x{display:none}", "html > body p#i.x{display:none}", "div > .x{display:none}",
        "div * b, div .x{display:none}", "@media screen{.x{display:none}}",
        "@media all{.y{color:red}.x{display:none}}",
        "@charset 'utf-8'; .x{display:none}", "<!-- .x{display:none} -->", ".x{display:/**/none}",
        ".x{font:0/0 a}", ".x{font:1px Arial}", ".x{font:bold 0 a}", ".x{font-size:0em}", ".x{left:-999em}",
        ".x{left:-300vw}", ".x{height:0pt;overflow:hidden}", ".x{opacity:0%}", ".x{color:#0000}",
        ".x{color:hsl(0,0%,100%)}", ".x{color:hsl(0deg 0% 100% / 1)}", ".x{color:rgb(100%,100%,100%)}",
        ".x{color:rgba(0,0,0,0)}", ".x{background:#000;color:#000}", ".x{background-color:rgb(1,2,3);color:black}",
        "body{background:#222}.x{color:#222}",
    ])
    func `styles that hide are found however they are written`(rules: String) {
        let document = read("<style>\(rules)</style><body><div><b></b><p class=x id=i>x</p></div>")
        #expect(document.text == "")
        #expect(document.hidden.map(\.text) == ["x"])
    }

    @Test func `what is folded away is hidden but for its summary`() {
        let document = read(
            "<details><summary>Jo</summary>x<p>y</p><summary>z</summary></details><dialog>w</dialog><p>Doe</p>"
        )
        #expect(document.lines.map(\.text) == ["Jo", "Doe"])
        #expect(document.hidden.count > 0)
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
        let rules = String(repeating: "b i b > i b i{color:red}", count: 20)
        #expect(read("<style>\(rules)</style>" + String(repeating: "<b><i>", count: 2_000) + "Jo").text == "Jo")
        #expect(read("<style>" + String(repeating: "/*", count: 50_000) + "</style>Jo").text == "Jo")
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
