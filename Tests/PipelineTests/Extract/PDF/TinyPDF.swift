internal import Foundation

/// Writes small PDF files by hand: text at places, with fonts, colours and modes.
struct TinyPDF {
    /// What a page holds, in the order of drawing.
    enum Item {
        /// Text whose baseline starts at a distance from the left and the top edge.
        case text(
            String,
            x: Double,
            y: Double,
            size: Double = 10,
            bold: Bool = false,
            colour: (Double, Double, Double) = (0, 0, 0),
            mode: Int = 0,
            spacing: Double = 0
        )
        /// Text that is nothing but transparent.
        case clear(String, x: Double, y: Double)
        /// A filled rectangle from its upper left corner.
        case band(x: Double, y: Double, width: Double, height: Double, colour: (Double, Double, Double))
        /// A link to an address over a rectangle from its upper left corner.
        case link(String, x: Double, y: Double, width: Double, height: Double)
        /// A picture of one white dot, stretched.
        case picture(x: Double, y: Double, width: Double, height: Double)
    }

    var pages: [[Item]]
    var width = 595.0
    var height = 842.0
    /// Left, bottom, right, top, if it differs from the page.
    var cropBox: (Double, Double, Double, Double)?
    /// Maps the letters of both fonts to other characters: byte to code point.
    var toUnicode: [UInt8: UInt32] = [:]

    init(_ pages: [Item]...) { self.pages = pages }

    /// The file.
    var bytes: [UInt8] {
        var objects: [String] = []
        func add(_ object: String) -> Int {
            objects.append(object)
            return objects.count
        }
        func stream(_ dictionary: String, _ content: String) -> Int {
            add("<< \(dictionary) /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        let map = toUnicode.isEmpty ? "" : "/ToUnicode \(stream("", characterMap)) 0 R"
        let fonts = ["Helvetica", "Helvetica-Bold"].map { name in
            add("<< /Type /Font /Subtype /Type1 /BaseFont /\(name) /Encoding /WinAnsiEncoding \(map) >>")
        }
        let dot = stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode",
            "FF>"
        )
        let parent =
            objects.count + 3 * pages.count + pages.joined().count { if case .link = $0 { true } else { false } } + 1
        var kids: [Int] = []
        for page in pages {
            let content = stream("", page.map(drawing).joined(separator: "\n"))
            let links = page.compactMap { item -> Int? in
                guard case .link(let target, let x, let y, let width, let height) = item else { return nil }
                let top = self.height - y
                return add(
                    "<< /Type /Annot /Subtype /Link /Rect [\(x) \(top - height) \(x + width) \(top)] /Border [0 0 0] /A << /S /URI /URI (\(target)) >> >>"
                )
            }
            let crop = cropBox.map { "/CropBox [\($0.0) \($0.1) \($0.2) \($0.3)]" } ?? ""
            let resources = add(
                "<< /Font << /F0 \(fonts[0]) 0 R /F1 \(fonts[1]) 0 R >> /XObject << /I \(dot) 0 R >> /ExtGState << /G << /ca 0 /CA 0 >> >> >>"
            )
            kids.append(
                add(
                    "<< /Type /Page /Parent \(parent) 0 R /MediaBox [0 0 \(width) \(height)] \(crop) /Contents \(content) 0 R /Resources \(resources) 0 R /Annots [\(links.map { "\($0) 0 R" }.joined(separator: " "))] >>"
                )
            )
        }
        let tree = add(
            "<< /Type /Pages /Kids [\(kids.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(kids.count) >>"
        )
        precondition(tree == parent)
        let catalogue = add("<< /Type /Catalog /Pages \(tree) 0 R >>")
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root \(catalogue) 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    private func drawing(_ item: Item) -> String {
        switch item {
        case .text(let text, let x, let y, let size, let bold, let colour, let mode, let spacing):
            let escaped = text.map { "()\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
            return "BT /F\(bold ? 1 : 0) \(size) Tf \(colour.0) \(colour.1) \(colour.2) rg \(mode) Tr \(spacing) Tc "
                + "1 0 0 1 \(x) \(height - y) Tm (\(escaped)) Tj ET"
        case .band(let x, let y, let width, let height, let colour):
            return "\(colour.0) \(colour.1) \(colour.2) rg \(x) \(self.height - y - height) \(width) \(height) re f"
        case .picture(let x, let y, let width, let height):
            return "q \(width) 0 0 \(height) \(x) \(self.height - y - height) cm /I Do Q"
        case .clear(let text, let x, let y):
            return "q /G gs " + drawing(.text(text, x: x, y: y)) + " Q"
        case .link: return ""
        }
    }

    private var characterMap: String {
        func hex(_ value: UInt32, digits: Int) -> String {
            let text = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let pairs = toUnicode.sorted { $0.key < $1.key }
            .map { "<\(hex(UInt32($0.key), digits: 2))> <\(hex($0.value, digits: 4))>" }
        return "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
            + "1 begincodespacerange <00> <FF> endcodespacerange\n\(pairs.count) beginbfchar\n"
            + pairs.joined(separator: "\n") + "\nendbfchar endcmap end end"
    }

    /// Writes bytes to a file of its own, hands its path over and removes it again.
    static func withFile<R>(
        _ bytes: [UInt8],
        _ body: (_ path: String, _ folder: String) async throws -> R
    ) async throws -> R {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("file.pdf")
        try Data(bytes).write(to: file)
        return try await body(file.path, folder.path)
    }
}
