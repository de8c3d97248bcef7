/// The value of a `Content-Disposition`: `form-data; name="0"; filename="resume.pdf"`.
///
/// - Source: RFC 6266, RFC 7578, §4.2; HTML Standard, §4.10.21.8 for what browsers write into quotes.
struct ContentDisposition {
    /// In lower case.
    let type: String
    /// By name in lower case.
    private var parameters: [String: String] = [:]

    /// - Parameter field: Nil where it is not well-formed, or names a parameter twice.
    init?(_ field: String) {
        var rest = Substring(field)
        type = Self.token(&rest).lowercased()
        guard !type.isEmpty else { return nil }
        while true {
            rest = rest.drop(while: Self.isSpace)
            if rest.isEmpty { return }
            guard rest.popFirst() == ";" else { return nil }
            rest = rest.drop(while: Self.isSpace)
            if rest.isEmpty { return }
            let name = Self.token(&rest).lowercased()
            rest = rest.drop(while: Self.isSpace)
            guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
            rest = rest.drop(while: Self.isSpace)
            guard let value = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
    }

    /// A parameter, by its name in lower case.
    subscript(name: String) -> String? { parameters[name] }

    /// The file's name, from `filename*` rather than `filename`; nil where there is neither.
    var fileName: String? { parameters["filename*"].flatMap(Self.extended) ?? parameters["filename"] }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func token(_ rest: inout Substring) -> String {
        let token = rest.prefix { !isSpace($0) && !";=\"".contains($0) }
        rest = rest[token.endIndex...]
        return String(token)
    }

    /// Reads from quote to quote; nil where the second is missing.
    ///
    /// Only quotes and backslashes are escaped: old browsers send paths of Windows with single backslashes.
    private static func quoted(_ rest: inout Substring) -> String? {
        var text = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                // As browsers write what cannot stand in quotes.
                return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            case "\\" where rest.first == "\"" || rest.first == "\\":
                text.append(rest.removeFirst())
            default:
                text.append(character)
            }
        }
        return nil
    }

    /// Reads `UTF-8''na%C3%AFve.pdf`; nil for another character set, and for what is not well-formed.
    ///
    /// - Source: RFC 8187, §3.2.
    private static func extended(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var bytes: [UInt8] = []
        var rest = parts[2].utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard rest.count >= 2, let decoded = UInt8(digits, radix: 16) else { return nil }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        switch parts[0].lowercased() {
        case "utf-8": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1": return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
    }
}
