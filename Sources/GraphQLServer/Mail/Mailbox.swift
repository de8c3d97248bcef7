internal import Foundation
internal import Schema

/// An address with the name beside it.
///
/// - Source: RFC 5322, §3.4.
struct Mailbox: Equatable, Sendable {
    let name: String?
    let address: EmailAddress

    /// - Parameter text: Such as `a@example.com` or `Shortlist <a@example.com>`; nil for what is neither.
    init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return nil }
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.hasSuffix(">"), let start = trimmed.lastIndex(of: "<") else {
            guard let address = EmailAddress(trimmed) else { return nil }
            (name, self.address) = (nil, address)
            return
        }
        guard let address = EmailAddress(String(trimmed[trimmed.index(after: start)...].dropLast())) else { return nil }
        let name = trimmed[..<start].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
        (self.name, self.address) = (name, address)
    }

    /// As a header field has it.
    var header: String {
        guard let name else { return address.description }
        return "\(EncodedWord.phrase(name)) <\(address)>"
    }
}

/// Text in header fields.
///
/// - Source: RFC 2047.
enum EncodedWord {
    /// A word or quoted string where that is enough, else encoded words.
    static func phrase(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        return isPlain ? "\"\(text)\"" : encoded(text)
    }

    /// Encoded words of at most 75 characters, folded.
    private static func encoded(_ text: String) -> String {
        var words: [String] = []
        var pending: [UInt8] = []
        for character in text {
            // A character is never split over words.
            if pending.count + character.utf8.count > 42, !pending.isEmpty {
                words.append(word(pending))
                pending = []
            }
            pending += character.utf8
        }
        words.append(word(pending))
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }
}
