/// Reads what `pdftotext -bbox-layout` and `pdftohtml -xml` print.
enum PopplerOutput {
    typealias Word = PDFExtractor.Word
    typealias Fragment = PDFExtractor.Fragment
    typealias Segment = PDFExtractor.Segment
    typealias Edges = PDFExtractor.Edges

    /// How far `pdftohtml` is told to enlarge: its largest factor, since it rounds font sizes to whole units.
    static let zoom = 3.0

    /// Pages with their words in reading order, from `pdftotext -bbox-layout`.
    static func words(_ output: [UInt8]) -> [PDFExtractor.Page] {
        var scanner = MarkupScanner(output)
        var pages: [PDFExtractor.Page] = []
        var line: [Word] = []
        var block = 0
        var word: Edges?
        while let piece = scanner.next() {
            switch piece {
            case .open(let tag):
                if tag.name.equals("word") {
                    word = edges(of: tag)
                } else if tag.name.equals("block") {
                    block += 1
                } else if tag.name.equals("page") {
                    block = 0
                    pages.append(
                        PDFExtractor.Page(
                            number: pages.count + 1,
                            width: tag.number("width") ?? 0,
                            height: tag.number("height") ?? 0
                        )
                    )
                }
            case .text(let bytes):
                if let edges = word { line.append(Word(text: MarkupScanner.decoded(bytes), edges: edges)) }
                word = nil
            case .close(let name):
                guard name.equals("line") else { continue }
                if let fragment = Fragment(words: line, block: block), let last = pages.indices.last {
                    pages[last].fragments.append(fragment)
                }
                line.removeAll(keepingCapacity: true)
            }
        }
        return pages
    }

    private static func edges(of tag: MarkupScanner.Tag) -> Edges? {
        guard let left = tag.number("xMin"), let top = tag.number("yMin"), let right = tag.number("xMax"),
            let bottom = tag.number("yMax")
        else { return nil }
        return Edges(left: left, top: top, right: right, bottom: bottom)
    }

    /// Pages with their pieces of equal looks, from `pdftohtml -xml -zoom 3 -noroundcoord`.
    ///
    /// Coordinates are those of the media box, which may reach beyond what a reader sees.
    static func segments(_ output: [UInt8]) -> [PDFExtractor.Page] {
        var scanner = MarkupScanner(output)
        var pages: [PDFExtractor.Page] = []
        var fonts: [Int: PDFExtractor.Font] = [:]
        var open: Segment?
        // Letters seen in bold and italic, to judge the whole by most of it.
        var (bold, italic, boldLetters, italicLetters) = (false, false, 0, 0)
        while let piece = scanner.next() {
            switch piece {
            case .open(let tag):
                if tag.name.equals("text") {
                    open = segment(of: tag, fonts: fonts)
                    (bold, italic, boldLetters, italicLetters) = (false, false, 0, 0)
                } else if tag.name.equals("b") {
                    bold = true
                } else if tag.name.equals("i") {
                    italic = true
                } else if tag.name.equals("a") {
                    open?.link = tag.value(of: "href").map(MarkupScanner.decoded)
                } else if tag.name.equals("fontspec") {
                    if let id = tag.index("id") { fonts[id] = font(of: tag) }
                } else if tag.name.equals("page") {
                    pages.append(
                        PDFExtractor.Page(
                            number: pages.count + 1,
                            width: (tag.number("width") ?? 0) / zoom,
                            height: (tag.number("height") ?? 0) / zoom
                        )
                    )
                }
            case .text(let bytes):
                guard open != nil else { continue }
                open?.text += MarkupScanner.decoded(bytes)
                if bold { boldLetters += bytes.count }
                if italic { italicLetters += bytes.count }
            case .close(let name):
                if name.equals("b") {
                    bold = false
                } else if name.equals("i") {
                    italic = false
                } else if name.equals("text") {
                    guard var segment = open, let last = pages.indices.last else { continue }
                    open = nil
                    let letters = segment.text.utf8.count
                    segment.bold = 2 * boldLetters > letters || segment.font.isBold
                    segment.italic = 2 * italicLetters > letters
                    pages[last].segments.append(segment)
                }
            }
        }
        return pages
    }

    private static func segment(of tag: MarkupScanner.Tag, fonts: [Int: PDFExtractor.Font]) -> Segment? {
        guard let left = tag.number("left"), let top = tag.number("top"), let width = tag.number("width"),
            let height = tag.number("height")
        else { return nil }
        let edges = Edges(
            left: left / zoom,
            top: top / zoom,
            right: (left + width) / zoom,
            bottom: (top + height) / zoom
        )
        let font = tag.index("font").flatMap { fonts[$0] }
        return Segment(
            text: "",
            edges: edges,
            font: font ?? PDFExtractor.Font(size: edges.height, family: "", colour: .black, opacity: 1),
            bold: false,
            italic: false
        )
    }

    private static func font(of tag: MarkupScanner.Tag) -> PDFExtractor.Font {
        let family = tag.value(of: "family").map(MarkupScanner.decoded) ?? ""
        return PDFExtractor.Font(
            size: (tag.number("size") ?? 0) / zoom,
            family: family,
            colour: tag.value(of: "color").flatMap(colour) ?? .black,
            opacity: tag.number("opacity") ?? 1,
            isBold: isBold(family)
        )
    }

    /// `#rrggbb`.
    private static func colour(_ bytes: ArraySlice<UInt8>) -> PDFExtractor.Colour? {
        guard bytes.count == 7, bytes.first == UInt8(ascii: "#"),
            let value = UInt32(String(decoding: bytes.dropFirst(), as: UTF8.self), radix: 16)
        else { return nil }
        return PDFExtractor.Colour(
            red: UInt8(truncatingIfNeeded: value >> 16),
            green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value)
        )
    }

    /// Whether a font's name says bold in a way that `pdftohtml` does not know.
    private static func isBold(_ family: String) -> Bool {
        let name = family.lowercased()
        return ["cmbx", "sfbx", "semibold", "demi", "heavy", "black", "medi"].contains { name.contains($0) }
    }

    /// How far the crop box of each page lies from the media box as a reader turns the page, from `pdfinfo -box`.
    ///
    /// Its lines are like `Page    1 CropBox:      0.00    0.00   612.00   792.00` and `Page    1 rot:  90`.
    static func cropOffsets(_ output: [UInt8]) -> [Int: (x: Double, y: Double)] {
        var boxes: [Int: (media: [Double], crop: [Double], turn: Int)] = [:]
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "))
            guard fields.count >= 4, fields[0].equals("Page"), let page = MarkupScanner.number(fields[1]) else {
                continue
            }
            let number = Int(min(page, 1e6))
            let numbers = fields[3...].compactMap(MarkupScanner.number)
            if fields[2].equals("MediaBox:"), numbers.count == 4 {
                boxes[number, default: ([], [], 0)].media = numbers
            } else if fields[2].equals("CropBox:"), numbers.count == 4 {
                boxes[number, default: ([], [], 0)].crop = numbers
            } else if fields[2].equals("rot:"), let turn = numbers.first {
                boxes[number, default: ([], [], 0)].turn = Int(max(-360, min(360, turn)))
            }
        }
        return boxes.compactMapValues { page in
            guard page.media.count == 4, page.crop.count == 4 else { return nil }
            let left = page.crop[0] - page.media[0]
            let bottom = page.crop[1] - page.media[1]
            let right = page.media[2] - page.crop[2]
            let top = page.media[3] - page.crop[3]
            switch (page.turn + 360) % 360 {
            case 90: return (bottom, left)
            case 180: return (right, bottom)
            case 270: return (top, right)
            default: return (left, top)
            }
        }
    }
}
