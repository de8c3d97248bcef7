/// The rules of a page whose selectors are tags, classes and ids; others are not followed.
struct HTMLStyleSheet {
    private struct Rule {
        var selector: HTMLSelector
        var style: HTMLStyle
    }

    private var rules: [Rule] = []
    /// Indices of rules by what their elements must have.
    private var rulesByKey: [String: [Int]] = [:]
    /// Whether a rule that is not followed paints a background: white letters may well stand on it.
    private(set) var paintsUnknownly = false

    private static let maxRules = 4_000

    /// Adds the rules of one `<style>`.
    mutating func add(_ text: String) { add(Array(Self.withoutComments(text).utf8)[...], depth: 0) }

    private mutating func add(_ text: ArraySlice<UInt8>, depth: Int) {
        var rest = text
        while let open = rest.firstIndex(of: 123) {
            // What ends in a semicolon before it is a rule without a block, such as `@charset`.
            let start = rest[..<open].lastIndex(of: 59).map { $0 + 1 } ?? rest.startIndex
            var selector = String(decoding: rest[start..<open], as: UTF8.self).lowercased().drop(while: \.isWhitespace)
            if selector.hasPrefix("<!--") { selector = selector.dropFirst(4) }
            let end: Int
            if selector.hasPrefix("@") {
                end = Self.end(ofBlock: rest[open...])
                let block = rest[(open + 1)..<max(end, open + 1)]
                if Self.isForScreens(selector), depth < 5 {
                    add(block, depth: depth + 1)
                } else if ByteSearch.first(Array("background".utf8), in: block) != nil {
                    paintsUnknownly = true
                }
            } else {
                end = rest[open...].firstIndex(of: 125) ?? rest.endIndex
                add(HTMLStyle(declarations: String(decoding: rest[(open + 1)..<end], as: UTF8.self)), for: selector)
            }
            rest = rest[min(end + 1, rest.endIndex)...]
        }
    }

    private mutating func add(_ style: HTMLStyle, for selectors: Substring) {
        for text in selectors.split(separator: ",").prefix(50) {
            guard let selector = HTMLSelector(text), rules.count < Self.maxRules else {
                if style.paints { paintsUnknownly = true }
                continue
            }
            rulesByKey[selector.key, default: []].append(rules.count)
            rules.append(Rule(selector: selector, style: style))
        }
    }

    /// Whether a block is for every screen: `@media screen`, `@media all`.
    private static func isForScreens(_ condition: Substring) -> Bool {
        let words = condition.split(whereSeparator: \.isWhitespace)
        return words.first == "@media"
            && ["screen", "all", "only screen"].contains(words.dropFirst().joined(separator: " "))
    }

    /// What the rules say of an element that stands in `open`, the outermost first.
    func style(of marks: HTMLMarks, in open: some RandomAccessCollection<HTMLMarks>) -> HTMLStyle {
        var result = HTMLStyle()
        guard !rules.isEmpty else { return result }
        let keys = ["*", marks.name] + marks.classes.map { "." + $0 } + (marks.id.map { ["#" + $0] } ?? [])
        let fitting = keys.flatMap { rulesByKey[$0] ?? [] }.filter { rules[$0].selector.fits(marks, in: open) }
        // The more specific wins, and of equals the later.
        for index in fitting.sorted(by: { (rules[$0].selector.specificity, $0) < (rules[$1].selector.specificity, $1) })
        {
            result.apply(rules[index].style)
        }
        return result
    }

    private static func end(ofBlock bytes: ArraySlice<UInt8>) -> Int {
        var depth = 0
        for index in bytes.indices {
            if bytes[index] == 123 { depth += 1 }
            if bytes[index] == 125 {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return bytes.endIndex
    }

    /// CSS without what stands between `/*` and `*/`.
    static func withoutComments(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard var comment = ByteSearch.first([47, 42], in: bytes[...]) else { return text }
        var result = bytes[..<comment]
        while let end = ByteSearch.first([42, 47], in: bytes[min(comment + 2, bytes.count)...]) {
            let next = ByteSearch.first([47, 42], in: bytes[(end + 2)...]) ?? bytes.count
            result += bytes[(end + 2)..<next]
            guard next < bytes.count else { break }
            comment = next
        }
        return String(decoding: result, as: UTF8.self)
    }
}
