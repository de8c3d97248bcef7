/// Reads Markdown as its reader would see it rendered: without markup, with headings and list items known.
struct MarkdownReader {
    private var assembler = TextAssembler()
    private var block = 0
    private var isFenced = false

    /// Reads `bytes` in any encoding.
    static func read(_ bytes: [UInt8]) -> ExtractedDocument {
        var reader = MarkdownReader()
        let text = PlainTextDecoder.decode(bytes)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
        var index = reader.frontMatter(lines)
        while index < lines.count {
            let next = index + 1 < lines.count ? lines[index + 1] : ""
            index += reader.read(lines[index], before: next) ? 2 : 1
        }
        return reader.assembler.document(mediaType: MediaType.markdown.rawValue)
    }

    /// Skips the dashes around a YAML header, whose values are read as lines of text.
    private func frontMatter(_ lines: [String]) -> Int {
        lines.first?.trimmed == "---" ? 1 : 0
    }

    /// Reads one line; returns whether the one after it is an underline and is used up.
    private mutating func read(_ raw: String, before next: String) -> Bool {
        var line = Substring(raw.trimmed)
        if line.hasPrefix("```") || line.hasPrefix("~~~") {
            isFenced.toggle()
            block += 1
            return false
        }
        if line.isEmpty || (!isFenced && isRule(line)) {
            block += 1
            return false
        }
        if isFenced {
            assembler.append(TextAssembler.stretches(of: raw), block: block)
            return false
        }
        while line.hasPrefix(">") { line = line.dropFirst().drop { $0 == " " } }
        let hashes = line.prefix { $0 == "#" }.count
        if (1...6).contains(hashes), line.dropFirst(hashes).first.map({ $0 == " " || $0 == "\t" }) ?? false {
            var title = line.dropFirst(hashes).drop { $0 == " " || $0 == "\t" }
            while title.last == "#" || title.last == " " { title.removeLast() }
            add(String(title), style: .heading, inOwnBlock: true)
            return false
        }
        let under = next.trimmed
        let isUnderline = under.count >= 2 && (under.allSatisfy { $0 == "=" } || under.allSatisfy { $0 == "-" })
        if isUnderline, !line.hasPrefix("|") {
            add(String(line), style: .heading, inOwnBlock: true)
            return true
        }
        if line.hasPrefix("|"), line.count > 1 {
            let cells = line.split(separator: "|", omittingEmptySubsequences: true).map { String($0).trimmed }
            if cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0 == ":" } }) { return false }
            let texts = cells.map { inline($0).text }
            assembler.append(texts, style: .tableCell, block: block)
            return false
        }
        if let item = listItem(line) {
            add(String(item), style: .listItem, inOwnBlock: false)
        } else {
            add(String(line), style: [], inOwnBlock: false)
        }
        return false
    }

    private mutating func add(_ markup: String, style: LineStyle, inOwnBlock: Bool) {
        var style = style
        let (text, isBold, isItalic) = inline(markup)
        if isBold { style.insert(.bold) }
        if isItalic { style.insert(.italic) }
        if inOwnBlock { block += 1 }
        for line in text.split(separator: "\n") { assembler.append(String(line), style: style, block: block) }
        if inOwnBlock { block += 1 }
    }

    private func isRule(_ line: Substring) -> Bool {
        let marks = line.filter { $0 != " " }
        guard marks.count >= 3, let first = marks.first else { return false }
        return "-*_".contains(first) && marks.allSatisfy { $0 == first }
    }

    private func listItem(_ line: Substring) -> Substring? {
        if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " {
            return line.dropFirst(2).drop { $0 == " " }
        }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard (1...3).contains(digits.count), rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return nil }
        return rest.dropFirst(2).drop { $0 == " " }
    }

    /// Removes emphasis, code, links and HTML tags from a line; links are noted.
    private mutating func inline(_ markup: String) -> (text: String, isBold: Bool, isItalic: Bool) {
        let scalars = Array(markup.unicodeScalars)
        var text = String.UnicodeScalarView()
        var (boldLetters, italicLetters, letters) = (0, 0, 0)
        var (isBold, isItalic) = (false, false)
        var index = 0
        // A bracket without its end is looked for once only, so that a line of brackets stays linear.
        var unmatched: Set<Unicode.Scalar> = []
        func position(of wanted: Unicode.Scalar, from start: Int) -> Int? {
            guard start < scalars.count, !unmatched.contains(wanted) else { return nil }
            if let found = scalars[start..<min(scalars.count, start + 2000)].firstIndex(of: wanted) { return found }
            unmatched.insert(wanted)
            return nil
        }
        while index < scalars.count {
            let scalar = scalars[index]
            let next: Unicode.Scalar? = index + 1 < scalars.count ? scalars[index + 1] : nil
            switch scalar {
            case "\\" where next.map { "\\`*_{}[]()#+-.!|<>~".unicodeScalars.contains($0) } ?? false:
                text.append(next ?? " ")
                index += 2
                continue
            case "*", "_", "~":
                let run = scalars[index...].prefix { $0 == scalar }.count
                let before: Unicode.Scalar = index > 0 ? scalars[index - 1] : " "
                let after: Unicode.Scalar = index + run < scalars.count ? scalars[index + run] : " "
                let isInsideWord = before.properties.isAlphabetic && after.properties.isAlphabetic
                let stands = before == " " && after == " "
                if stands || (scalar == "_" && isInsideWord) || (scalar == "~" && run != 2) {
                    text.append(contentsOf: scalars[index..<index + run])
                } else if scalar != "~" {
                    if run >= 2 { isBold.toggle() }
                    if run % 2 == 1 { isItalic.toggle() }
                }
                index += run
                continue
            case "`":
                index += 1
                continue
            case "!" where next == "[":
                index += 1
                continue
            case "[":
                if let close = position(of: "]", from: index), close + 1 < scalars.count, scalars[close + 1] == "(",
                    let end = position(of: ")", from: close + 1)
                {
                    let target = TextAssembler.string(Array(scalars[close + 2..<end]))
                    let label = TextAssembler.string(Array(scalars[index + 1..<close]))
                    let address = target.split(separator: " ").first.map(String.init) ?? ""
                    assembler.link(address)
                    text.append(contentsOf: label.unicodeScalars.filter { !"*_`[]!".unicodeScalars.contains($0) })
                    letters += label.utf8.count
                    if isBold { boldLetters += label.utf8.count }
                    index = end + 1
                    continue
                }
            case "<":
                if let end = position(of: ">", from: index), let next,
                    next.properties.isAlphabetic || next == "/" || next == "!"
                {
                    let inside = TextAssembler.string(Array(scalars[index + 1..<end]))
                    if inside.contains("@") || inside.contains("://") {
                        text.append(contentsOf: inside.unicodeScalars)
                        assembler.link(inside)
                    } else if inside.lowercased().hasPrefix("br") {
                        text.append("\n")
                    }
                    index = end + 1
                    continue
                }
            default: break
            }
            text.append(scalar)
            if !scalar.isWhitespace {
                letters += 1
                if isBold { boldLetters += 1 }
                if isItalic { italicLetters += 1 }
            }
            index += 1
        }
        return (
            HTMLEntities.decode(String(text)), boldLetters * 2 > letters && letters > 0,
            italicLetters * 2 > letters && letters > 0
        )
    }
}

extension String {
    /// The string without white space at its ends.
    fileprivate var trimmed: String {
        var view = Substring(self).unicodeScalars
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
