/// The rules of a page whose selectors are tags, classes and ids; others are not followed.
struct HTMLStyleSheet {
    private struct Rule {
        var selector: HTMLSelector
        var style: HTMLStyle
    }

    private var rules: [Rule] = []
    /// Ranks of rules by what their elements must have.
    ///
    /// The more specific ranks higher, and of equals the later; what is left of a rank by `maxRules` is the rule's index.
    private var ranksByKey: [String: [Int]] = [:]
    /// Whether a rule that is not followed paints a background: white letters may well stand on it.
    private(set) var paintsUnknownly = false

    private static let maxRules = 20_000
    /// What may still be looked at to find out which rules fit: compounds of selectors, and values that are taken over.
    private var steps = 20_000_000

    /// Whether the rules were too many, for elements too deep, to be followed to the end.
    var isExhausted: Bool { steps < 0 }

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
                switch depth < 5 ? Self.holds(selector) : nil {
                case true?: add(block, depth: depth + 1)
                case false?: break
                case nil:
                    if ByteSearch.first(Array("background".utf8), in: block) != nil { paintsUnknownly = true }
                }
            } else {
                end = rest[open...].firstIndex(of: 125) ?? rest.endIndex
                add(HTMLStyle(declarations: String(decoding: rest[(open + 1)..<end], as: UTF8.self)), for: selector)
            }
            rest = rest[min(end + 1, rest.endIndex)...]
        }
    }

    private mutating func add(_ style: HTMLStyle, for selectors: Substring) {
        guard style.count > 0 else { return }
        for text in selectors.split(separator: ",").prefix(50) {
            guard let selector = HTMLSelector(text), rules.count < Self.maxRules else {
                if style.paints { paintsUnknownly = true }
                continue
            }
            ranksByKey[selector.key, default: []].append(selector.specificity * Self.maxRules + rules.count)
            rules.append(Rule(selector: selector, style: style))
        }
    }

    /// Whether what stands in a block is for the window that pages are read in; nil where that is not known.
    private static func holds(_ condition: Substring) -> Bool? {
        let list = condition.dropFirst("@media".count)
        guard condition.hasPrefix("@media"), let first = list.first, first.isWhitespace || first == "(" else {
            return nil
        }
        return HTMLMediaQuery.holds(list)
    }

    /// What the rules say of an element that stands in `open`, the outermost first.
    mutating func style(of marks: HTMLMarks, in open: [HTMLMarks]) -> HTMLStyle {
        var result = HTMLStyle()
        guard !rules.isEmpty else { return result }
        let keys = ["*", marks.name] + marks.classes.map { "." + $0 } + (marks.id.map { ["#" + $0] } ?? [])
        var fitting: [Int] = []
        for key in keys {
            for rank in ranksByKey[key] ?? [] where steps >= 0 {
                let fits = rules[rank % Self.maxRules].selector.fits(marks, in: open, steps: &steps)
                if fits { fitting.append(rank) }
            }
        }
        for rank in fitting.sorted() {
            let style = rules[rank % Self.maxRules].style
            steps -= style.count
            result.apply(style)
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
