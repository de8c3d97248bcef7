internal import Foundation
internal import Schema

/// A mail in plain text and in HTML, as it is sent.
///
/// - Source: RFC 5322, RFC 2045, RFC 2046.
struct MIMEMessage: Sendable {
    var from: Mailbox
    var to: EmailAddress
    /// ASCII, without line breaks.
    var subject: String
    var text: String
    var html: String
    var date: Timestamp
    /// Letters that no other mail has.
    var identifier: String

    /// The whole message; lines end in CR LF and have at most 76 characters, or as many as an address needs.
    var bytes: [UInt8] {
        precondition(subject.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a subject of this program is plain")
        let domain = from.address.description.split(separator: "@").last ?? "localhost"
        let boundary = "part-\(identifier)"
        let lines = [
            "Date: \(Self.date(date))", "From: \(from.header)", "To: \(to)", "Subject: \(subject)",
            "Message-ID: <\(identifier)@\(domain)>", "MIME-Version: 1.0",
            // No vacation note is to answer it.
            "Auto-Submitted: auto-generated",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
            "", "--\(boundary)", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", QuotedPrintable.encode(text), "--\(boundary)",
            "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            QuotedPrintable.encode(html), "--\(boundary)--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Such as `Mon, 23 Nov 2026 09:15:02 +0000`.
    static func date(_ time: Timestamp) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: Date(timeIntervalSince1970: Double(time.milliseconds / 1000)))
    }
}

/// Text that passes every mail server.
///
/// - Source: RFC 2045, §6.7.
enum QuotedPrintable {
    private static let maxLine = 76

    /// Lines of at most 76 characters, each ended by CR LF but the last.
    static func encode(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var output = ""
            var width = 0
            let bytes = Array(line.utf8)
            for (place, byte) in bytes.enumerated() {
                let isLast = place == bytes.count - 1
                let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || (byte == 0x20 && !isLast)
                let piece = isPlain ? String(UnicodeScalar(byte)) : "=\(hexadecimal(byte))"
                // Room is kept for the sign that the line goes on.
                if width + piece.utf8.count > maxLine - 1 {
                    output += "=\r\n"
                    width = 0
                }
                output += piece
                width += piece.utf8.count
            }
            return output
        }.joined(separator: "\r\n")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return text.utf8.count == 1 ? "0\(text)" : text
    }
}
