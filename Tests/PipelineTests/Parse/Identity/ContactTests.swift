import Testing

@testable import Pipeline

@Suite struct ContactTests {
    private func identity(_ text: String, links: [String] = []) -> IdentityParser {
        var document = ExtractedDocument(plainText: text)
        document.links = links
        return IdentityParser(ResumeText(SectionSplitter(document)))
    }

    @Test(arguments: [
        ("Mail: Ada.Moss@Example.COM.", ["ada.moss@example.com"]),
        ("Email:ada+cv@mail.example.co.uk, tel 5", ["ada+cv@mail.example.co.uk"]),
        ("ada [at] example [dot] com", ["ada@example.com"]), ("ada(at)example.com", ["ada@example.com"]),
        ("ada at example dot org", ["ada@example.org"]), ("ada @ example . com", ["ada@example.com"]),
        ("ada.moss@\nexample.com", ["ada.moss@example.com"]), ("ada.moss@example.\ncom", ["ada.moss@example.com"]),
        ("Write to ada@example.com.\nthen wait", ["ada@example.com"]), ("ada@example.com0418 55", ["ada@example.com"]),
        ("a@example.com / b@example.com / A@example.com", ["a@example.com", "b@example.com"]),
        ("@ada on social media", []), ("I work at Example dot net shops", []), ("@ada@example.com", []),
        ("ada@example", []),
    ])
    func `addresses are found in every spelling`(text: String, expected: [String]) {
        #expect(identity("Ada Moss\n" + text).emails == expected)
    }

    @Test func `a mail link counts even where the text does not spell it`() {
        #expect(identity("Ada Moss", links: ["mailto:Ada@example.com?subject=x"]).emails == ["ada@example.com"])
    }

    @Test(arguments: [
        "+1-555-010-7788", "(555) 010-7788", "555.010.7788", "001-555-010-7788x4821", "(555)010-7788 ext. 12",
        "5550107788",
        "+44 (0)20 7946 0999", "020 7946 0999", "0141 496 0111", "01 70 18 99 01", "+33 1 70 18 99 01", "030/1234567",
        "+49 30 1234567", "+91 98765 43210", "09876543210", "13800138000", "+7 495 123-45-67", "8 (495) 123-45-67",
        "0712 345 678", "11 91234-5678", "(0254)-123456", "+971501234567", "370102030",
    ])
    func `numbers of many countries are found as written`(number: String) {
        #expect(identity("Ada Moss\n\(number) | ada@example.com").phones == [number])
        #expect(identity("Ada Moss\nTel: \(number)\nBern").phones == [number])
    }

    @Test(arguments: [
        "2015 - 2019", "01/2015 - 02/2018", "12.05.1990", "1990-05-12", "90210-1234", "123-45-6789",
        "Passport: 123456789",
        "20190101", "Journal 59 (2005) 570-574", "Fax: 555-010-7788", "saved $1,250,000", "ISBN 978-3-16-148410-0",
    ])
    func `dates, years, post codes and numbers of papers are no telephone`(text: String) {
        #expect(identity("Ada Moss\n\(text)").phones == [])
    }

    @Test func `a house number after the number is none of it`() {
        #expect(identity("Ada Moss\nPhone 0161 999 7777 5 Mill Street").phones == ["0161 999 7777"])
    }

    @Test func `numbers of referees are not the candidate's`() {
        let found = identity("Ada Moss\n+1 555 010 7788\n\nReferences\nBo Reed, +1 555 010 9999")
        #expect(found.phones == ["+1 555 010 7788"])
    }

    @Test func `links become absolute, each once`() {
        let text =
            "Ada Moss\nlinkedin.com/in/ada-moss | www.ada.example.org | github.com/adamoss. | moss.dev\n\nSkills\nNode.js, ASP.NET"
        #expect(
            identity(
                text,
                links: ["https://www.linkedin.com/in/ada-moss/", "mailto:a@example.com", "tel:+15550107788"]
            ).links == [
                "https://www.linkedin.com/in/ada-moss/", "https://www.ada.example.org", "https://github.com/adamoss",
                "https://moss.dev",
            ]
        )
    }
}
