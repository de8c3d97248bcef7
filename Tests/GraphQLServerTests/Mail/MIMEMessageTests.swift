import ArgumentParser
import Foundation
import Schema
import Testing

@testable import GraphQLServer

@Suite struct MIMEMessageTests {
    private func message(_ text: String, from: String = "Shortlist <a@example.com>") throws -> String {
        let message = MIMEMessage(
            from: try #require(Mailbox(from)),
            to: try #require(EmailAddress("anna@example.com")),
            subject: "A subject",
            text: text,
            html: "<p>\(text)</p>",
            date: Timestamp(milliseconds: 1_795_425_302_123),
            identifier: "abcdefgh"
        )
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test func `a message has its headers, and both forms`() throws {
        let text = try message("Grüße = alles gut ")
        let head = text.components(separatedBy: "\r\n\r\n")[0].components(separatedBy: "\r\n")
        #expect(
            head == [
                "Date: Mon, 23 Nov 2026 09:15:02 +0000", "From: \"Shortlist\" <a@example.com>", "To: anna@example.com",
                "Subject: A subject", "Message-ID: <abcdefgh@example.com>", "MIME-Version: 1.0",
                "Auto-Submitted: auto-generated", "Content-Type: multipart/alternative; boundary=\"part-abcdefgh\"",
            ]
        )
        #expect(text.contains("\r\n\r\nGr=C3=BC=C3=9Fe =3D alles gut=20\r\n--part-abcdefgh\r\n"))
        #expect(text.hasSuffix("\r\n--part-abcdefgh--\r\n"))
        #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
    }

    @Test func `long lines are broken, and come whole again`() throws {
        let long = String(repeating: "ein Satz über nichts, ", count: 40)
        let encoded = QuotedPrintable.encode(long)
        #expect(encoded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
        let joined = encoded.replacingOccurrences(of: "=\r\n", with: "")
        #expect(joined.replacingOccurrences(of: "=20", with: " ").replacingOccurrences(of: "=C3=BC", with: "ü") == long)
    }

    @Test(arguments: [
        ("a@example.com", "a@example.com"), ("Shortlist HR <a@example.com>", "\"Shortlist HR\" <a@example.com>"),
        ("\"HR, Berlin\" <a@example.com>", "\"HR, Berlin\" <a@example.com>"), ("Ü <a@b>", "=?UTF-8?B?w5w=?= <a@b>"),
    ])
    func `senders`(text: String, header: String) {
        #expect(Mailbox(text)?.header == header)
    }

    @Test(arguments: [
        "", "x", "a@b\r\nBcc: c@d", "A\r\nBcc: c@d <a@b>", "<a@b", "A <a@b> x", "A <>", " <a@b>", "A <a@b\n>",
    ])
    func `what is no sender`(text: String) {
        #expect(Mailbox(text) == nil)
    }

    @Test func `an identifier has no digits that could be a code`() {
        let letters = MailSender.letters(ObjectID(at: Timestamp(milliseconds: 1_795_425_302_123)))
        #expect(letters.utf8.count == 24 && letters.allSatisfy { ("a"..."p").contains(String($0)) })
    }

    @Test(arguments: [
        ("file:///var/mail", "folder(\"/var/mail\")"), ("smtp://mail.example.com", "smtp://mail.example.com:587"),
        ("smtps://u:p%40ss@mail.example.com", "smtps://mail.example.com:465"),
        ("smtp://[::1]:2525", "smtp://[::1]:2525"),
    ])
    func `places of mail`(url: String, place: String) throws {
        let values = try MailOptions.parse(["--mail-url", url]).values(Settings(environment: [:]))
        switch values.way {
        case .folder(let path): #expect("folder(\"\(path)\")" == place)
        case .server(let address):
            #expect(address.description == place)
            #expect(address.needsEncryption == url.hasPrefix("smtps"))
            #expect(address.password == (url.contains("@") ? "p@ss" : nil))
        }
    }

    @Test(arguments: [
        "", "http://x", "smtp://", "smtp://u@h", "smtp://h/path", "smtp://h?x=1", "file://host/x", "file:///", "file:x",
    ])
    func `what is no place of mail`(url: String) throws {
        guard !url.isEmpty else { return }
        #expect(throws: CommandFailure.self) {
            try MailOptions.parse(["--mail-url", url]).values(Settings(environment: [:]))
        }
    }
}
