/// An entry of an `Accept` field: `text/html;level=1;q=0.8`.
///
/// - Source: RFC 9110, §12.5.1.
struct MediaRange: Equatable {
    /// Lower case; `*` for any.
    let type: String
    /// Lower case; `*` for any.
    let subtype: String
    /// Without `q`; names in lower case, values without quotes.
    let parameters: [String: String]
    /// From 0, never, to 1000, the default.
    let quality: Int

    /// The entries of a field, in order.
    ///
    /// What is no media range is left out.
    static func parse(_ field: String) -> [MediaRange] {
        split(field, at: ",").compactMap(MediaRange.init)
    }

    /// - Parameter text: One entry; nil where it is no media range.
    init?(_ text: Substring) {
        var parts = Self.split(String(text), at: ";")[...]
        guard let head = parts.popFirst() else { return nil }
        let names = head.split(separator: "/", omittingEmptySubsequences: false).map { Self.trimmed($0).lowercased() }
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        type = names[0]
        subtype = names[1]
        var parameters: [String: String] = [:]
        var quality = 1000
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let name = Self.trimmed(pair[0]).lowercased()
            let value = Self.unquoted(Self.trimmed(pair[1]))
            if name == "q" {
                quality = Double(value).flatMap { (0...1).contains($0) ? Int($0 * 1000) : nil } ?? 0
            } else {
                parameters[name] = value
            }
        }
        self.parameters = parameters
        self.quality = quality
    }

    /// How closely the range names `type/subtype`: 0 for any, 1 for any of the type, 2 for itself; nil where it does not.
    func specificity(for type: String, _ subtype: String) -> Int? {
        switch (self.type, self.subtype) {
        case ("*", "*"): 0
        case (type, "*"): 1
        case (type, subtype): 2
        default: nil
        }
    }

    /// Splits at `separator`, but not inside quotes.
    private static func split(_ text: String, at separator: Character) -> [Substring] {
        var isQuoted = false
        return text.split(omittingEmptySubsequences: true) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == separator && !isQuoted
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return start[
            ..<(start.lastIndex { $0 != " " && $0 != "\t" }.map { start.index(after: $0) } ?? start.startIndex)
        ]
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        return String(text.dropFirst().dropLast())
    }
}
