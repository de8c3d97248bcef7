internal import Pipeline

/// A resume's text as it is put together, line by line, with the place of every skill in it.
///
/// Only ASCII goes in, so that bytes, scalars and characters are counted alike.
struct ComposedText {
    /// A stretch of a line.
    enum Part {
        case text(String)
        case skill(String)
    }

    /// Where a skill is named.
    struct Mention {
        let name: Evidence
        let line: Evidence
        /// Whether it stands where work is told of.
        let isInContext: Bool
    }

    private(set) var text = ""
    private(set) var lines: [TextLine] = []
    /// In the order of the text.
    private(set) var mentions: [String: [Mention]] = [:]
    private var page = 1
    private var block = 0
    /// Lines on the page so far.
    private var height = 0

    init() { text.reserveCapacity(4_096) }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - parts: From left to right.
    ///   - style: How it looks.
    ///   - isContext: Whether it tells of work.
    /// - Returns: The whole line, as a quote.
    @discardableResult
    mutating func line(_ parts: [Part], style: LineStyle = [], isContext: Bool = false) -> Evidence {
        let offset = text.utf8.count
        var content = ""
        var named: [(String, Evidence)] = []
        for part in parts {
            switch part {
            case .text(let text): content += text
            case .skill(let skill):
                named.append((skill, Evidence(quote: skill, offset: offset + content.utf8.count, page: page)))
                content += skill
            }
        }
        let whole = Evidence(quote: content, offset: offset, page: page)
        for (skill, name) in named {
            mentions[skill, default: []].append(Mention(name: name, line: whole, isInContext: isContext))
        }
        lines.append(
            TextLine(
                text: content,
                offset: offset,
                page: page,
                box: Box(x: 56, y: 60 + 14 * Double(height), width: 5 * Double(content.utf8.count), height: 11),
                fontSize: style.contains(.heading) ? 13 : 10,
                style: style,
                block: block
            )
        )
        text += content
        text += "\n"
        height += 1
        return whole
    }

    @discardableResult
    mutating func line(_ text: String, style: LineStyle = []) -> Evidence { line([.text(text)], style: style) }

    /// Begins a new block.
    mutating func space() {
        text += "\n"
        block += 1
        height += 1
    }

    /// Begins a section, on the next page where this one is full.
    mutating func heading(_ title: String) {
        if height > 40 {
            text += "\u{0C}\n"
            page += 1
            height = 0
        }
        space()
        line(title, style: [.heading, .bold])
    }

    var pageCount: Int { page }
}
