/// The kinds of file that can be read, told by their contents.
enum MediaType: String, Sendable, CaseIterable {
    case pdf = "application/pdf"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case odt = "application/vnd.oasis.opendocument.text"
    case doc = "application/msword"
    case wordXML = "application/vnd.ms-word.xml"
    case rtf = "application/rtf"
    case html = "text/html"
    case markdown = "text/markdown"
    case plain = "text/plain"
    case json = "application/json"
    case png = "image/png"
    case jpeg = "image/jpeg"
    case tiff = "image/tiff"
    case webp = "image/webp"
    case bmp = "image/bmp"
    case gif = "image/gif"

    /// The kinds of file that are pictures.
    static let images: Set<MediaType> = [.png, .jpeg, .tiff, .webp, .bmp, .gif]

    /// Tells the kind of a file by its contents; `fileExtension` only tells Markdown from plain text.
    ///
    /// A zip archive is left to the caller, who can look inside: see `ZipArchive.mediaType`.
    static func sniff(_ bytes: [UInt8], fileExtension: String) -> Sniffed {
        if bytes.isEmpty { return .unsupported(.damaged("file")) }
        if hasPrefix(bytes, "PK\u{3}\u{4}") || hasPrefix(bytes, "PK\u{5}\u{6}") { return .zip }
        if hasPrefix(bytes, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return compoundFile(bytes) }
        if let image = image(bytes) { return .known(image) }
        if contains(bytes, "%PDF-", within: 1024) { return .known(.pdf) }
        if let foreign = foreign(bytes) { return .unsupported(foreign) }
        let start = leadingText(bytes)
        if start.hasPrefix("{\\rtf") { return .known(.rtf) }
        if contains(bytes, "<w:worddocument", within: 4096, ignoringCase: true)
            || contains(bytes, "<?mso-application progid=\"word.document\"", within: 1024, ignoringCase: true)
            || contains(bytes, "http://schemas.microsoft.com/office/2006/xmlpackage", within: 4096)
        {
            return .known(.wordXML)
        }
        if isHTML(start) { return .known(.html) }
        guard PlainTextDecoder.looksLikeText(bytes) else { return .unsupported(.unsupportedMediaType) }
        if start.hasPrefix("{") || start.hasPrefix("[") { return .known(.json) }
        switch fileExtension {
        case "md", "markdown", "mdown", "mkd": return .known(.markdown)
        case "htm", "html", "xhtml": return .known(start.contains("<") ? .html : .plain)
        default: return .known(.plain)
        }
    }

    /// What the first look at a file found.
    enum Sniffed {
        case known(MediaType)
        case zip
        case unsupported(PipelineError)
    }

    private static func image(_ bytes: [UInt8]) -> MediaType? {
        if hasPrefix(bytes, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if hasPrefix(bytes, [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if hasPrefix(bytes, [0x49, 0x49, 0x2A, 0x00]) || hasPrefix(bytes, [0x4D, 0x4D, 0x00, 0x2A]) { return .tiff }
        if hasPrefix(bytes, "RIFF"), bytes.count > 12, Array(bytes[8..<12]) == Array("WEBP".utf8) { return .webp }
        if hasPrefix(bytes, "GIF87a") || hasPrefix(bytes, "GIF89a") { return .gif }
        if hasPrefix(bytes, "BM"), bytes.count > 30, bytes[6...9].allSatisfy({ $0 == 0 }), bytes[14] >= 12,
            bytes[15] == 0
        {
            return .bmp
        }
        return nil
    }

    /// OLE2: old Word, but also old Excel, mail messages, and OOXML behind a password.
    private static func compoundFile(_ bytes: [UInt8]) -> Sniffed {
        if contains(bytes, utf16: "EncryptedPackage") { return .unsupported(.encrypted) }
        guard contains(bytes, utf16: "WordDocument") else { return .unsupported(.unsupportedMediaType) }
        // The stream mostly starts in the first sector; its header says whether the rest is scrambled.
        if bytes.count > 524, bytes[512] == 0xEC, bytes[513] == 0xA5, bytes[523] & 0x01 != 0 {
            return .unsupported(.encrypted)
        }
        return .known(.doc)
    }

    /// Well-known formats that hold no resume, so that the message can be sure of itself.
    private static func foreign(_ bytes: [UInt8]) -> PipelineError? {
        let signatures: [[UInt8]] = [
            [0x7F, 0x45, 0x4C, 0x46], [0x4D, 0x5A, 0x90, 0x00], [0x1F, 0x8B, 0x08], [0x37, 0x7A, 0xBC, 0xAF],
            Array("Rar!".utf8), Array("%!PS".utf8), Array("ustar".utf8), [0x42, 0x5A, 0x68],
        ]
        return signatures.contains { hasPrefix(bytes, $0) } ? .unsupportedMediaType : nil
    }

    private static func isHTML(_ start: String) -> Bool {
        var rest = Substring(start)
        // An XML declaration, comments and a byte order mark may come first.
        while rest.hasPrefix("<?") || rest.hasPrefix("<!--") {
            let comment = rest.hasPrefix("<!--")
            guard let end = rest.firstRange(ofASCII: comment ? "-->" : ">") else { break }
            rest = rest[end...].drop { $0 == " " || $0.isNewline || $0 == "\t" }
        }
        let tags = [
            "<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<h1", "<table", "<meta", "<title",
            "<style", "<section", "<article", "<main", "<ul", "<span", "<font", "<center",
        ]
        return tags.contains { rest.hasPrefix($0) }
    }

    /// The first kilobyte in lower case, as ASCII, without what leads up to it.
    private static func leadingText(_ bytes: [UInt8]) -> String {
        var from = 0
        if hasPrefix(bytes, [0xEF, 0xBB, 0xBF]) { from = 3 }
        let wide = hasPrefix(bytes, [0xFF, 0xFE]) || hasPrefix(bytes, [0xFE, 0xFF])
        var result: [UInt8] = []
        for byte in bytes[from..<min(bytes.count, wide ? 2048 : 1024)] {
            if wide && (byte == 0 || byte >= 0xFE) { continue }
            if result.isEmpty && (byte == 32 || (9...13).contains(byte)) { continue }
            result.append((65...90).contains(byte) ? byte + 32 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func hasPrefix(_ bytes: [UInt8], _ prefix: String) -> Bool { hasPrefix(bytes, Array(prefix.utf8)) }

    private static func hasPrefix(_ bytes: [UInt8], _ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

    private static func contains(_ bytes: [UInt8], utf16 text: String) -> Bool {
        ByteSearch.first(text.utf8.flatMap { [$0, 0] }, in: bytes[...]) != nil
    }

    private static func contains(
        _ bytes: [UInt8],
        _ text: String,
        within limit: Int,
        ignoringCase: Bool = false
    ) -> Bool {
        let head = bytes.prefix(limit)
        guard ignoringCase else { return ByteSearch.first(Array(text.utf8), in: head) != nil }
        let lowered = head.map { (65...90).contains($0) ? $0 + 32 : $0 }
        return ByteSearch.first(Array(text.utf8), in: lowered[...]) != nil
    }
}

extension PipelineError {
    /// The file is of a kind that is not read.
    static let unsupportedMediaType = PipelineError.extraction(
        .unsupportedMediaType,
        "Files of this kind cannot be read: send a PDF, a Word or OpenDocument file, RTF, HTML, text or a picture."
    )
}

extension Substring {
    /// Where the first occurrence of `text` ends.
    fileprivate func firstRange(ofASCII text: String) -> Index? {
        let wanted = Array(text.utf8)
        guard let at = ByteSearch.first(wanted, in: Array(utf8)[...]) else { return nil }
        return utf8.index(startIndex, offsetBy: at + wanted.count)
    }
}

/// Finds bytes in bytes.
enum ByteSearch {
    /// Offset of the first occurrence of `needle`, or nil.
    static func first(_ needle: [UInt8], in haystack: ArraySlice<UInt8>) -> Int? {
        guard let lead = needle.first, haystack.count >= needle.count else { return nil }
        var at = haystack.startIndex
        let last = haystack.endIndex - needle.count
        while at <= last {
            guard let found = haystack[at...last].firstIndex(of: lead) else { return nil }
            if haystack[found..<found + needle.count].elementsEqual(needle) { return found }
            at = found + 1
        }
        return nil
    }
}
