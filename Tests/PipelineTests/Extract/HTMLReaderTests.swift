import Testing

@testable import Pipeline

@Suite struct HTMLReaderTests {
    @Test func `blocks are lines, tables are rows, scripts and titles are nothing`() throws {
        let document = try read(
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
    func `what a browser does not show is kept apart`(page: String, reason: HiddenText.Reason) throws {
        let document = try read("<html><p>Seen</p>\(page)<p>too</p></html>")
        #expect(document.lines.map(\.text) == ["Seen", "too"])
        #expect(document.hidden.map(\.text) == ["x"])
        #expect(document.hidden.map(\.reason) == [reason])
    }

    @Test(arguments: [
        #"<div style="background:#123456"><p style="color:white">Jo</p></div>"#,
        #"<style>.a ~ .b{background:navy}</style><p style="color:white">Jo</p>"#, #"<p style="font-size:90%">Jo</p>"#,
        ##"<table bgcolor="#000000"><tr><td><font color="#ffffff">Jo</font></td></tr></table>"##,
    ])
    func `white letters on a dark ground are seen`(page: String) throws {
        #expect(try read(page).text == "Jo")
        #expect(try read(page).hidden.isEmpty)
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
        "<style>.d-none{display:none!important}@media (min-width:768px){.d-md-block{display:block!important}}</style>"
            + "<div class='d-none d-md-block'>Jo</div>",
        #"<style>.hidden{display:none}@media (min-width:48rem){.md\:block{display:block}}</style><p class='hidden md:block'>Jo</p>"#,
        #"<style>.x{display:none}@media(min-width: 80em){.\32xl\:x{display:block}}</style><p class='x 2xl:x'>Jo</p>"#,
        "<style>@media screen and (max-width:600px){.x{display:none}}</style><p class=x>Jo</p>",
        "<style>@media print, (min-width:800px) and (max-width:1279px){.x{display:none}}</style><p class=x>Jo</p>",
        "<style>@media (prefers-color-scheme:dark){.x{color:#fff}}</style><p class=x>Jo</p>",
    ])
    func `what a later style or a child shows again is seen`(page: String) throws {
        #expect(try read(page).text == "Jo")
        #expect(try read(page).hidden.isEmpty)
    }

    @Test(arguments: [
        ("<style>.on{display:block} .x{display:none}</style><p class='x on'>x</p>", HiddenText.Reason.styledAway),
        ("<style>.x{display:none!important}</style><p class=x style='display:block'>x</p>", .styledAway),
        ("<div style='display:none'><p style='display:block'>x</p></div>", .styledAway),
        ("<div style='opacity:0'><p style='opacity:1'>x</p></div>", .styledAway),
        ("<div style='font-size:0'><h1>x</h1></div>", .tinyFont),
        ("<style>@media print{body{background:#000}}</style><p style='color:#fff'>x</p>", .colourOfBackground),
    ])
    func `what hides for good stays hidden`(page: String, reason: HiddenText.Reason) throws {
        #expect(try read(page).text == "")
        #expect(try read(page).hidden.map(\.reason) == [reason])
    }

    @Test(arguments: [
        "p.x{display:none}", "body .x{display:none}", "html > body p#i.x{display:none}", "div > .x{display:none}",
        "div * b, div .x{display:none}", "@media screen{.x{display:none}}",
        "@media all{.y{color:red}.x{display:none}}", "@media (min-width:1px){.x{display:none}}",
        "@media only screen and (min-width:40rem) and (max-width:1280px){.x{display:none}}",
        "@media print, (orientation: landscape) {.x{display:none}}",
        // What browsers drop shows nothing again.
        ".x{display:none}@media screen (min-width:1px){.x{display:block}}",
        ".x{display:none}@media (min-width:1){.x{display:block}}",
        ".x{display:none}@media (max-width:99 99px){.x{display:block}}",
        ".x{display:none}@media (unknown){.x{display:block}}",
        ".x{display:none}@media only (min-width:1px){.x{display:block}}",
        "@charset 'utf-8'; .x{display:none}", "<!-- .x{display:none} -->", ".x{display:/**/none}",
        ".x{font:0/0 a}", ".x{font:1px Arial}", ".x{font:bold 0 a}", ".x{font-size:0em}", ".x{left:-999em}",
        ".x{left:-300vw}", ".x{height:0pt;overflow:hidden}", ".x{opacity:0%}", ".x{color:#0000}",
        ".x{color:hsl(0,0%,100%)}", ".x{color:hsl(0deg 0% 100% / 1)}", ".x{color:rgb(100%,100%,100%)}",
        ".x{color:rgba(0,0,0,0)}", ".x{background:#000;color:#000}", ".x{background-color:rgb(1,2,3);color:black}",
        "body{background:#222}.x{color:#222}",
    ])
    func `styles that hide are found however they are written`(rules: String) throws {
        let document = try read("<style>\(rules)</style><body><div><b></b><p class=x id=i>x</p></div>")
        #expect(document.text == "")
        #expect(document.hidden.map(\.text) == ["x"])
    }

    @Test func `what is folded away behind a summary is seen`() throws {
        let document = try read(
            "<details><summary><b>Jo</b></summary>x<p>y</p><details><summary>z</summary>w</details></details><p>Doe</p>"
        )
        #expect(document.lines.map(\.text) == ["Jo", "x", "y", "z", "w", "Doe"])
        #expect(document.hidden.isEmpty)
    }

    @Test(arguments: [
        "<details>x</details>", "<details><summary> &nbsp;&#8203;</summary>x</details>",
        "<details><summary style='display:none'>x</summary>x</details>",
        "<details><summary style='color:#fff'>x</summary>x</details>",
        "<details><p>x</p></details>", "<details><details><summary>x</summary>x</details></details>",
        "<dialog>x</dialog>", "<dialog><details><summary>x</summary>x</details></dialog>",
    ])
    func `what is folded away behind nothing to click on is hidden`(page: String) throws {
        let document = try read(page + "<p>Doe</p>")
        #expect(document.lines.map(\.text) == ["Doe"])
        #expect(document.hidden.contains { $0.text.contains("x") })
    }

    private static let gradient =
        "background:linear-gradient(90deg,#06c,#c06);-webkit-background-clip:text;color:transparent"

    @Test(arguments: [
        "<h1 style='\(gradient)'>Jo</h1>", "<h1 style='\(gradient)'><span>Jo</span></h1>",
        "<style>.a{background-image:linear-gradient(to right,var(--stops))}.b{background-clip:text}.c{color:transparent}"
            + "</style><h1 class='a b c'>Jo</h1>",
        "<h1 style='background:#06c;background-clip:text;color:#0000'>Jo</h1>",
        "<h1 style='background-color:transparent;background-image:linear-gradient(#06c,#c06);background-clip:text;"
            + "color:transparent'>Jo</h1>",
        "<div style='background:#06c'><h1 style='background:#fff;background-clip:text;color:transparent'>Jo</h1></div>",
        "<p style='background:linear-gradient(#fff,#06c);color:#fff'>Jo</p>",
    ])
    func `letters that a background is painted in are seen`(page: String) throws {
        #expect(try read(page).text == "Jo")
        #expect(try read(page).hidden.isEmpty)
    }

    @Test(arguments: [
        "<p style='background-clip:text;color:transparent'>x</p>",
        "<p style='background:#fff;background-clip:text;color:transparent'>x</p>",
        "<p style='background:linear-gradient(90deg, #fff, rgb(255, 255, 255) 50%);background-clip:text;"
            + "color:transparent'>x</p>",
        "<p style='-webkit-background-clip:text;background:#06c;color:transparent'>x</p>",
        "<p style='background:#06c;color:transparent'>x</p>",
        "<p style='background:#000;background-clip:text;color:#fff'>x</p>",
        "<p style='background:linear-gradient(to right,white,white);color:#fff'>x</p>",
        "<div style='\(gradient)'><p style='background:#06c'>x</p></div>",
        "<div style='\(gradient)'><p style='display:none'>x</p></div>",
    ])
    func `letters that nothing is painted in, or their ground, stay hidden`(page: String) throws {
        #expect(try read(page).text == "")
        #expect(try read(page).hidden.map(\.text) == ["x"])
    }

    @Test func `items side by side stand apart on one line`() throws {
        let document = try read(#"<div style="display:flex"><span>Baker</span><span>2019</span></div>"#)
        #expect(document.lines.map(\.text) == ["Baker\t2019"])
    }

    @Test func `nesting without end and tags without end are read in linear time`() throws {
        #expect(try read(String(repeating: "<div>", count: 50_000) + "Jo Doe").text == "Jo Doe")
        let (opened, closed) = (String(repeating: "<b><i>", count: 50_000), String(repeating: "</p>", count: 50_000))
        #expect(try read(opened + "Jo" + closed).text == "Jo")
        #expect(try read("<p>Jo" + String(repeating: "<!--", count: 100_000)).text == "Jo")
        #expect(try read("<p>Jo" + String(repeating: "<a href='", count: 10_000)).text == "Jo")
        let rules = String(repeating: "b i b > i b i{color:red}", count: 100)
        #expect(try read("<style>\(rules)</style>" + String(repeating: "<b><i>", count: 2_000) + "Jo").text == "Jo")
        #expect(try read("<style>" + String(repeating: "/*", count: 50_000) + "</style>Jo").text == "Jo")
    }

    @Test func `a page with rules without end for elements without end is refused`() throws {
        let elements = String(repeating: "<i>", count: 2_000) + "Jo"
        let rules = String(repeating: "x.a.b.c.d.e.f.g.h i{color:red}", count: 4_000)
        let error = #expect(throws: PipelineError.self) { try read("<style>\(rules)</style>" + elements) }
        #expect(error?.code == .fileTooLarge)
        #expect(error?.retryable == false)
        let idle = String(repeating: "x i{}", count: 4_000)
        #expect(try read("<style>\(idle)</style>" + elements).text == "Jo")
    }

    @Test func `the declared encoding counts where the bytes are not UTF-8`() throws {
        let page = Array(#"<meta charset="windows-1251"><p>"#.utf8) + [0xCF, 0xEE, 0xE2, 0xE0, 0xF0]
        #expect(try HTMLReader.read(page).text == "Повар")
    }

    @Test(arguments: [
        ("&eacute;&#233;&#xE9;", "ééé"), ("&#150;", "–"),
        ("AT&T &unknown; &", "AT&T &unknown; &"), ("&lstrok;&apos;", "ł'"),
        ("&#99999999999;&#xD800;", "&#99999999999;&#xD800;"),
    ])
    func `character references are replaced`(written: String, expected: String) {
        #expect(HTMLEntities.decode(written) == expected)
    }

    private func read(_ page: String) throws -> ExtractedDocument {
        let document = try HTMLReader.read(Array(page.utf8))
        expectConsistent(document)
        return document
    }
}
