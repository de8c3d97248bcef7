/// Reads Word documents of 2007 and later: page headers, body, notes and page footers, in this order.
struct DOCXReader {
    private var styles = WordStyles()
    private var assembler = TextAssembler()
    private var block = 0

    /// Reads the document in `archive`.
    static func read(_ archive: inout ZipArchive) throws(PipelineError) -> ExtractedDocument {
        var reader = DOCXReader()
        let main = try mainPart(&archive)
        guard let body = try archive.entry(main) else { throw .damaged("Word document") }
        let folder = main.split(separator: "/").dropLast().joined(separator: "/")
        if let contents = try archive.entry(folder + "/styles.xml") { reader.styles = try WordStyles(contents) }
        let parts = archive.names.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".xml") }.sorted()
        func named(_ start: String) -> [String] { parts.filter { $0.hasPrefix("\(folder)/\(start)") } }
        try reader.readRunningHeads(named("header"), &archive)
        try reader.readPart(main, body, &archive)
        for name in named("footnotes") + named("endnotes") {
            if let contents = try archive.entry(name) { try reader.readPart(name, contents, &archive) }
        }
        try reader.readRunningHeads(named("footer"), &archive)
        return reader.assembler.document(mediaType: MediaType.docx.rawValue)
    }

    /// Reads a Word document that is one XML file (2003, or a flat package), as old programs and some websites save it.
    static func readFlat(_ contents: [UInt8]) throws(PipelineError) -> ExtractedDocument {
        var reader = DOCXReader()
        var part = WordPartReader(styles: try WordStyles(contents), targets: [:], hasBackdrop: true)
        try part.read(contents)
        reader.add(part)
        return reader.assembler.document(mediaType: MediaType.wordXML.rawValue)
    }

    /// Headers and footers of first, even and other pages mostly say the same: each line is kept once.
    private mutating func readRunningHeads(_ names: [String], _ archive: inout ZipArchive) throws(PipelineError) {
        var known: Set<String> = []
        for name in names {
            guard let contents = try archive.entry(name) else { continue }
            let part = try partReader(name, contents, &archive)
            add(part, style: .runningHead) { known.insert($0.stretches.joined(separator: "\t")).inserted }
        }
    }

    private mutating func readPart(
        _ name: String,
        _ contents: [UInt8],
        _ archive: inout ZipArchive
    ) throws(PipelineError) {
        add(try partReader(name, contents, &archive))
    }

    private func partReader(
        _ name: String,
        _ contents: [UInt8],
        _ archive: inout ZipArchive
    ) throws(PipelineError) -> WordPartReader {
        var part = WordPartReader(
            styles: styles,
            targets: try Self.targets(of: name, &archive),
            hasBackdrop: Self.hasBackdrop(contents)
        )
        try part.read(contents)
        return part
    }

    private mutating func add(
        _ part: WordPartReader,
        style: LineStyle = [],
        where isWanted: (FlowLine) -> Bool = { _ in true }
    ) {
        assembler.append(part.lines.filter(isWanted), adding: style, block: &block)
        for piece in part.hidden { assembler.hide(piece.text, reason: piece.reason) }
        for link in part.links { assembler.link(link) }
    }

    /// Whether the part draws something behind its text or colours the page.
    private static func hasBackdrop(_ contents: [UInt8]) -> Bool {
        ["behindDoc=\"1\"", "<w:background ", "<v:background", "z-index:-"].contains {
            ByteSearch.first(Array($0.utf8), in: contents[...]) != nil
        }
    }

    /// Name of the part with the body: `word/document.xml` but for odd programs.
    private static func mainPart(_ archive: inout ZipArchive) throws(PipelineError) -> String {
        if archive.names.contains("word/document.xml") { return "word/document.xml" }
        guard let contents = try archive.entry("_rels/.rels") else { throw .damaged("Word document") }
        for relation in try relations(contents) where relation.type.hasSuffix("/officeDocument") {
            return String(relation.target.drop { $0 == "/" })
        }
        throw .damaged("Word document")
    }

    /// Targets outside the document that `part` links to, by relation id.
    private static func targets(of part: String, _ archive: inout ZipArchive) throws(PipelineError) -> [String: String]
    {
        var steps = part.split(separator: "/")
        guard let name = steps.popLast() else { return [:] }
        let folder = steps.joined(separator: "/")
        guard let contents = try archive.entry("\(folder)/_rels/\(name).rels") else { return [:] }
        var result: [String: String] = [:]
        for relation in try relations(contents) where relation.type.hasSuffix("/hyperlink") {
            result[relation.id] = relation.target
        }
        return result
    }

    private static func relations(
        _ contents: [UInt8]
    ) throws(PipelineError) -> [(id: String, type: String, target: String)] {
        var reader = try XMLPullReader(contents)
        var result: [(id: String, type: String, target: String)] = []
        while let event = try reader.next() {
            guard case .start("Relationship") = event, let id = reader.attribute("Id"),
                let type = reader.attribute("Type"), let target = reader.attribute("Target")
            else { continue }
            result.append((id, type, target))
        }
        return result
    }
}
