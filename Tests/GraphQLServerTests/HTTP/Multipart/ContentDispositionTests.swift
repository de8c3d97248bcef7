import Testing

@testable import GraphQLServer

@Suite struct ContentDispositionTests {
    @Test(
        arguments: [
            (#"form-data; name="0""#, nil), (#"form-data; filename="resume.pdf""#, "resume.pdf"),
            (#"form-data; filename=resume.pdf; name=x;"#, "resume.pdf"),
            (#"FORM-DATA ; FileName = "a; b=c.pdf" ; x=y"#, "a; b=c.pdf"),
            (#"form-data; filename="a \"b\" \\ c.pdf""#, #"a "b" \ c.pdf"#),
            (#"form-data; filename="C:\Users\me\cv.pdf""#, #"C:\Users\me\cv.pdf"#),
            (#"form-data; filename="a %22b%22 100%.pdf""#, #"a "b" 100%.pdf"#), (#"form-data; filename="""#, ""),
            (#"form-data; filename="naïve.pdf""#, "naïve.pdf"),
            (#"form-data; filename="x.pdf"; filename*=UTF-8''na%C3%AFve%20cv.pdf"#, "naïve cv.pdf"),
            (#"form-data; filename*=iso-8859-1'de'M%FCller.pdf; filename="x.pdf""#, "Müller.pdf"),
            (#"form-data; filename*=utf-16''%00a; filename="x.pdf""#, "x.pdf"),
            (#"form-data; filename*=UTF-8''%C3; filename="x.pdf""#, "x.pdf"),
            (#"form-data; filename*=UTF-8''%zz; filename="x.pdf""#, "x.pdf"),
            (#"form-data; filename*=UTF-8''100%; filename="x.pdf""#, "x.pdf"),
            (#"form-data; filename*=x.pdf"#, nil),
        ] as [(String, String?)]
    )
    func `the file's name is read as clients write it`(field: String, name: String?) throws {
        let disposition = try #require(ContentDisposition(field))
        #expect(disposition.type == "form-data")
        #expect(disposition.fileName == name)
    }

    @Test(arguments: [
        "", ";", #"form-data; name"#, #"form-data; name="a"#, #"form-data; name="a" x"#, #"form-data; ="a""#,
        #"form-data; name=a; name=b"#, #"form-data; name=a; NAME=b"#, #"form-data, name=a"#,
    ])
    func `what is not well-formed is none`(field: String) {
        #expect(ContentDisposition(field)?.type == nil)
    }
}

@Suite struct FileNameTests {
    @Test(arguments: [
        ("resume.pdf", "resume.pdf"), ("/etc/passwd", "passwd"), (#"C:\Users\me\cv.pdf"#, "cv.pdf"),
        ("../../cv.pdf", "cv.pdf"), (#"a/b\c/d.pdf"#, "d.pdf"), ("a/", "file"), ("", "file"), (".", "file"),
        ("..", "file"), ("...", "file"), ("\0", "file"), ("  cv.pdf \u{3000}", "cv.pdf"),
        ("a\0b\r\nc\u{7F}.pdf", "abc.pdf"),
        ("\u{1B}[31mred.pdf", "[31mred.pdf"), ("\u{85}x.pdf", "x.pdf"), ("cv\u{202E}fdp.exe", "cvfdp.exe"),
        ("履歴書.pdf", "履歴書.pdf"), (".profile", ".profile"),
    ])
    func `a name has no folders and nothing that others would obey`(name: String, cleaned: String) {
        #expect(FileName.cleaned(name) == cleaned)
    }

    @Test func `a long name is cut between characters and keeps its extension`() {
        let long = FileName.cleaned(String(repeating: "é", count: 200) + ".pdf")
        #expect(long == String(repeating: "é", count: 125) + ".pdf")
        let family = FileName.cleaned(String(repeating: "👩‍👩‍👧", count: 30))
        #expect(family == String(repeating: "👩‍👩‍👧", count: 14))
        let dotted = FileName.cleaned("a." + String(repeating: "b", count: 400))
        #expect(dotted.utf8.count == FileName.maxBytes)
        let exact = String(repeating: "a", count: 251) + ".pdf"
        #expect(FileName.cleaned(exact) == exact)
    }
}
