/// What a person sees in a file, in reading order, and apart from it what is there but hidden.
public struct ExtractedDocument: Sendable, Codable, Equatable {
    /// The file's media type by its content, such as `application/pdf`.
    public var mediaType: String
    /// The visible text: lines separated by `\n`, blocks by an empty line, pages by `\u{0C}\n`.
    ///
    /// NFC; never holds NUL. Offsets everywhere count Unicode scalars of this string.
    public var text: String
    /// How many pages the file has; 1 where it has no notion of pages.
    public var pageCount: Int
    /// The lines of `text` in order, with what is known of their looks.
    ///
    /// Empty lines are not listed.
    public var lines: [TextLine]
    /// Text in the file that a reader of the page does not see, in file order.
    public var hidden: [HiddenText]
    /// Targets of hyperlinks, each once, in order of appearance.
    public var links: [String]
    /// Whether `text`, or a part of it, was read from pictures.
    public var usedOCR: Bool
    /// Text layer of a page whose picture reads otherwise; empty where the two agree or there is only one.
    public var imageMismatches: [HiddenText]

    /// Makes a document of its parts.
    public init(
        mediaType: String,
        text: String,
        pageCount: Int = 1,
        lines: [TextLine],
        hidden: [HiddenText] = [],
        links: [String] = [],
        usedOCR: Bool = false,
        imageMismatches: [HiddenText] = []
    ) {
        self.mediaType = mediaType
        self.text = text
        self.pageCount = pageCount
        self.lines = lines
        self.hidden = hidden
        self.links = links
        self.usedOCR = usedOCR
        self.imageMismatches = imageMismatches
    }
}

/// One line of visible text and its looks.
public struct TextLine: Sendable, Codable, Equatable {
    /// The line as it stands in the document's text, without its line break.
    public var text: String
    /// Where the line starts in the document's text, in Unicode scalars.
    public var offset: Int
    /// Page, from 1.
    public var page: Int
    /// Place on the page; nil for formats without geometry.
    public var box: Box?
    /// Size of most of the line's letters in points; nil where not known.
    public var fontSize: Double?
    /// How the line looks.
    public var style: LineStyle
    /// Lines of one paragraph, list, table cell or column block share a number; it grows in reading order.
    public var block: Int
    /// Stretches of the line that stand well apart on the same baseline (table cells, a date at the right margin), as
    /// offsets in Unicode scalars from the line's start where each but the first begins.
    ///
    /// Empty for an unbroken line.
    public var gaps: [Int]

    /// Makes a line.
    public init(
        text: String,
        offset: Int,
        page: Int = 1,
        box: Box? = nil,
        fontSize: Double? = nil,
        style: LineStyle = [],
        block: Int = 0,
        gaps: [Int] = []
    ) {
        self.text = text
        self.offset = offset
        self.page = page
        self.box = box
        self.fontSize = fontSize
        self.style = style
        self.block = block
        self.gaps = gaps
    }
}

/// A rectangle in points, from the page's top left corner.
public struct Box: Sendable, Codable, Equatable {
    /// Distance of the left edge from the page's.
    public var x: Double
    /// Distance of the upper edge from the page's.
    public var y: Double
    /// Width, never negative.
    public var width: Double
    /// Height, never negative.
    public var height: Double

    /// Makes a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// What a line's looks say about its role.
public struct LineStyle: OptionSet, Sendable, Codable {
    /// The bits.
    public let rawValue: Int

    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Most of the line is bold.
    public static let bold = LineStyle(rawValue: 1)
    /// Most of the line is italic.
    public static let italic = LineStyle(rawValue: 2)
    /// The file itself says that the line is a heading (a paragraph style, `<h2>`, `## `).
    public static let heading = LineStyle(rawValue: 4)
    /// The file itself says that the line is an item of a list, or the line starts with a bullet.
    public static let listItem = LineStyle(rawValue: 8)
    /// The line is a cell of a table.
    public static let tableCell = LineStyle(rawValue: 16)
    /// The line repeats at the same place on several pages, or stands in the file's own header or footer.
    public static let runningHead = LineStyle(rawValue: 32)
}

/// Text that is in a file but that a person looking at it does not see.
public struct HiddenText: Sendable, Codable, Equatable {
    /// Why it is not seen.
    public enum Reason: String, Sendable, Codable {
        case invisibleRenderMode
        case colourOfBackground
        case tinyFont
        case offPage
        case covered
        case vanish
        case zeroWidth
        case styledAway
    }

    /// The text as found.
    public var text: String
    /// Page, from 1.
    public var page: Int
    /// Place on the page; nil for formats without geometry.
    public var box: Box?
    /// Why it is not seen.
    public var reason: Reason

    /// Makes a piece of hidden text.
    public init(text: String, page: Int, box: Box? = nil, reason: Reason) {
        self.text = text
        self.page = page
        self.box = box
        self.reason = reason
    }
}
