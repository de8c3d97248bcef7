/// Builds an ``ExtractedDocument`` from lines in reading order, the same way for every format.
///
/// Each line is cleaned (see `clean`), empty ones are left out, bullets are recognised, letter-spaced headings are closed
/// up, and offsets are counted in the text as it stands.
struct TextAssembler {
    private var text = String.UnicodeScalarView()
    private var length = 0
    private var lines: [TextLine] = []
    private var hiddenPieces: [HiddenText] = []
    private var targets: [String] = []
    private var knownTargets: Set<String> = []
    private var callerBlock: Int?
    private var block = -1
    private var page = 1
    private var bulletIsPending = false
    private var zeroWidthLines: [HiddenText] = []
    private var zeroWidthCount = 0

    /// Innocent tools leave a stray zero-width space or two; a person who splits words leaves many.
    private static let zeroWidthTolerance = 8

    /// What stands between two stretches of one line.
    static let gap: Unicode.Scalar = "\t"

    /// Whether no line has been added yet.
    var isEmpty: Bool { lines.isEmpty }

    /// Page of the last line; 1 before the first.
    var lastPage: Int { lines.last?.page ?? 1 }

    /// Adds a line.
    ///
    /// The stretches stand left to right, each but the first after a gap; line breaks inside count as spaces. Pages count
    /// from 1 and never fall. Lines that follow each other with the same `block` stay together; the numbers themselves
    /// mean nothing. A line that starts with a bullet is made a `.listItem`.
    mutating func append(
        _ stretches: [String],
        page: Int = 1,
        box: Box? = nil,
        fontSize: Double? = nil,
        style: LineStyle = [],
        block: Int
    ) {
        var style = style
        var pieces: [[Unicode.Scalar]] = []
        var separated = 0
        var smuggled = String.UnicodeScalarView()
        for stretch in Self.closingUpLetters(stretches) {
            let cleaned = Self.clean(stretch)
            separated += cleaned.separatedLetters
            smuggled.append(contentsOf: cleaned.tagText)
            if !cleaned.scalars.isEmpty { pieces.append(cleaned.scalars) }
        }
        if !smuggled.isEmpty { hide(String(smuggled), page: page, reason: .zeroWidth) }
        guard let first = pieces.first else { return }
        if Self.startsWithBullet(first) { style.insert(.listItem) }
        if pieces.count == 1, Self.isLoneBullet(first) {
            bulletIsPending = true
            return
        }
        if bulletIsPending {
            style.insert(.listItem)
            bulletIsPending = false
        }
        breakLine(before: block, page: page)
        add(pieces, box: box, fontSize: fontSize, style: style)
        if separated > 0, let line = lines.last {
            zeroWidthCount += separated
            zeroWidthLines.append(HiddenText(text: line.text, page: line.page, box: box, reason: .zeroWidth))
        }
    }

    /// Adds an unbroken line; see ``append(_:page:box:fontSize:style:block:)``.
    mutating func append(
        _ line: String,
        page: Int = 1,
        box: Box? = nil,
        fontSize: Double? = nil,
        style: LineStyle = [],
        block: Int
    ) {
        append([line], page: page, box: box, fontSize: fontSize, style: style, block: block)
    }

    /// Adds text that a reader of the page does not see.
    mutating func hide(_ text: String, page: Int = 1, box: Box? = nil, reason: HiddenText.Reason) {
        let cleaned = Self.clean(text)
        guard !cleaned.scalars.isEmpty else { return }
        hiddenPieces.append(HiddenText(text: Self.string(cleaned.scalars), page: page, box: box, reason: reason))
    }

    /// Adds a link's target unless it is known or leads nowhere outside the document.
    mutating func link(_ target: String) {
        let target = Self.string(Self.clean(target).scalars)
        guard !target.isEmpty, !target.hasPrefix("#"), target.utf8.count <= 2048 else { return }
        if knownTargets.insert(target).inserted { targets.append(target) }
    }

    /// The document of what was added.
    func document(
        mediaType: String,
        pageCount: Int = 1,
        usedOCR: Bool = false,
        imageMismatches: [HiddenText] = []
    ) -> ExtractedDocument {
        let suspicious = zeroWidthCount > Self.zeroWidthTolerance ? zeroWidthLines : []
        return ExtractedDocument(
            mediaType: mediaType,
            text: String(text),
            pageCount: pageCount,
            lines: lines,
            hidden: hiddenPieces + suspicious,
            links: targets,
            usedOCR: usedOCR,
            imageMismatches: imageMismatches
        )
    }

    private mutating func breakLine(before nextBlock: Int, page nextPage: Int) {
        let turned = nextPage > page
        if callerBlock != nextBlock || turned {
            block += 1
            callerBlock = nextBlock
            if !lines.isEmpty && !turned { put("\n") }
        }
        if !lines.isEmpty { put("\n") }
        while page < nextPage {
            put("\u{0C}")
            put("\n")
            page += 1
        }
    }

    private mutating func add(_ pieces: [[Unicode.Scalar]], box: Box?, fontSize: Double?, style: LineStyle) {
        let start = length
        var gaps: [Int] = []
        var line = String.UnicodeScalarView()
        for piece in pieces {
            if !line.isEmpty {
                line.append(Self.gap)
                put(Self.gap)
                gaps.append(length - start)
            }
            line.append(contentsOf: piece)
            text.append(contentsOf: piece)
            length += piece.count
        }
        lines.append(
            TextLine(
                text: String(line),
                offset: start,
                page: page,
                box: box,
                fontSize: fontSize,
                style: style,
                block: block,
                gaps: gaps
            )
        )
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        text.append(scalar)
        length += 1
    }
}
