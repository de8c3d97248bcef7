/// Reads PDF files with Poppler's command line tools.
///
/// It gives what a person sees of them, in reading order, and apart from it what is hidden. `pdftotext` gives the words,
/// `pdftohtml` their looks and links, `pdftoppm` what is really to be seen where one of the two raises doubt. Call it in a
/// process that is locked in: the files are not to be trusted.
struct PDFExtractor: Sendable {
    /// How much of a file is read.
    struct Limits: Sendable {
        /// Files with more pages are refused.
        var mostPages = 500
        /// Pages from the first on whose text is read; what follows is left out.
        var readPages = 100
        /// Pages that are read from their picture, the first ones that need it.
        var recognisedPages = 20
        /// Time after which no further page is read from its picture.
        var recognitionTime: Duration = .seconds(50)
        /// Pages whose looks are checked on a picture, from the first doubtful one on.
        var checkedPages = 30
        /// Most bytes that a tool may print for one file.
        var outputBytes = 48 << 20
        /// Longest time for one run of a tool.
        var deadline: Duration = .seconds(30)

        init() {}
    }

    /// Words up to which a page counts as one without text.
    private static let fewWords = 8

    /// An existing folder for files of this run.
    let workFolder: String
    let limits: Limits
    /// Reads pictures of pages; nil leaves pages without text empty.
    let recogniser: (any PageRecogniser)?

    init(workFolder: String, limits: Limits = Limits(), recogniser: (any PageRecogniser)? = nil) {
        self.workFolder = workFolder
        self.limits = limits
        self.recogniser = recogniser
    }

    /// Reads one file.
    ///
    /// - Parameter path: The file, as a whole path.
    /// - Returns: The document; its `text` is never blank.
    /// - Throws: `FILE_ENCRYPTED`, `FILE_DAMAGED`, `FILE_TOO_LARGE`, `NO_TEXT` or `TIMED_OUT`; `INTERNAL` when Poppler is
    ///   missing.
    func extract(path: String) async throws(PipelineError) -> ExtractedDocument {
        let poppler = Poppler(path: path, limits: limits)
        var pages = try await poppler.pages()
        let pageCount = pages.count < limits.readPages ? pages.count : max(pages.count, try await poppler.pageCount())
        guard pageCount <= limits.mostPages else {
            throw .extraction(
                .fileTooLarge,
                "The file has \(pageCount) pages, more than the \(limits.mostPages) that are accepted: send a shorter one."
            )
        }
        var (hidden, layers) = try await takeHidden(out: &pages, poppler: poppler)
        let (scans, unread) = try await recognise(pages, mayFail: !layers.isEmpty, poppler: poppler)
        // Where the picture of a scan could not be read, its layer is all there is; it stays reported.
        for number in unread {
            if let page = layers.removeValue(forKey: number) { pages[number - 1] = page }
        }

        var lines: [PageText.Line] = []
        var mismatches: [HiddenText] = []
        for (index, page) in pages.enumerated() {
            guard let scan = scans[page.number], !scan.lines.isEmpty else {
                lines += PageText(page).lines
                continue
            }
            lines += scan.lines
            // The layer of a searchable scan is no secret as long as it says what the picture says.
            let layer = hidden[index].filter { $0.reason == .invisibleRenderMode }
            let strange = scan.mismatches(with: layer)
            mismatches += strange
            hidden[index] = hidden[index].filter { $0.reason != .invisibleRenderMode } + strange
        }
        RunningHeads.mark(&lines, pages: pages)
        Hyphenation.join(&lines)
        var assembler = TextAssembler()
        for line in lines {
            assembler.append(
                line.stretches,
                page: line.page,
                box: line.edges.box,
                fontSize: line.fontSize,
                style: line.style,
                block: line.block
            )
        }
        guard !assembler.isEmpty else { throw .noText }
        for piece in hidden.joined() {
            assembler.hide(piece.text, page: piece.page, box: piece.box, reason: piece.reason)
        }
        for link in pages.lazy.flatMap(\.segments).compactMap(\.link) where Self.leadsOutside(link) {
            assembler.link(link)
        }
        return assembler.document(
            mediaType: "application/pdf",
            pageCount: pageCount,
            usedOCR: scans.values.contains { !$0.lines.isEmpty },
            imageMismatches: mismatches
        )
    }

    /// Takes what a reader does not see out of the pages.
    ///
    /// - Returns: What was taken, page by page, and by page number the pages of searchable scans as they were.
    private func takeHidden(
        out pages: inout [Page],
        poppler: Poppler
    ) async throws(PipelineError) -> (hidden: [[HiddenText]], layers: [Int: Page]) {
        let hasPictures = poppler.hasPictures()
        var finders = pages.map { HiddenTextFinder(page: $0) }
        var invisible: [Int: [Segment]] = [:]
        if let range = Self.range(finders.filter(\.lacksSegments).map(\.page.number)) {
            invisible = try await poppler.segmentsWithInvisible(of: range, like: pages)
        }
        var rasters: [Int: PageRaster] = [:]
        let doubtful = finders.filter { $0.isDoubtful(fileHasPictures: hasPictures) }.map(\.page.number)
        if let range = Self.range(Array(doubtful.prefix(limits.checkedPages))) {
            rasters = try await poppler.rasters(of: range)
        }
        var hidden: [[HiddenText]] = []
        var layers: [Int: Page] = [:]
        for index in finders.indices {
            let whole = finders[index].page
            hidden.append(finders[index].sortOut(invisible: invisible[whole.number], raster: rasters[whole.number]))
            pages[index] = finders[index].page
            let isLayer = hidden[index].contains { $0.reason == .invisibleRenderMode }
            if isLayer, hasPictures, Self.hasFewWords(pages[index]) { layers[whole.number] = whole }
        }
        return (HiddenTextFinder.withoutGhosts(hidden, visible: pages), layers)
    }

    /// Numbers of the pages with no text to see, or next to none.
    ///
    /// They may be pictures, or letters drawn as shapes.
    static func pagesNeedingOCR(_ pages: [Page]) -> [Int] {
        pages.filter(hasFewWords).map(\.number)
    }

    private static func hasFewWords(_ page: Page) -> Bool {
        page.fragments.reduce(0) { $0 + $1.words.count } < fewWords
    }

    /// Reads the pages that need it from their pictures.
    ///
    /// An error ends it; it is thrown if nothing else is known of the file, unless it `mayFail`.
    ///
    /// - Returns: What was read by page number, and the numbers of the pages that could not be tried.
    private func recognise(
        _ pages: [Page],
        mayFail: Bool,
        poppler: Poppler
    ) async throws(PipelineError) -> (scans: [Int: ScannedPage], unread: [Int]) {
        let needed = Self.pagesNeedingOCR(pages)
        let numbers = Array(needed.prefix(limits.recognisedPages))
        guard let recogniser, let range = Self.range(numbers) else { return ([:], needed) }
        let rasters = try await poppler.rasters(of: range)
        var scans: [Int: ScannedPage] = [:]
        let clock = ContinuousClock()
        let end = clock.now + limits.recognitionTime
        for (index, number) in numbers.enumerated() {
            let page = pages[number - 1]
            // The last lines of a resume that spilled over: there is nothing beside them.
            let boxes = page.fragments.flatMap(\.words).map(\.edges)
            guard let raster = rasters[number],
                !raster.isBlank(outside: boxes, pageWidth: page.width, pageHeight: page.height)
            else { continue }
            guard clock.now < end else { return (scans, Array(needed.dropFirst(index))) }
            let scan: ScannedPage
            do throws(PipelineError) {
                scan = try await ScannedPage(page, poppler: poppler, recogniser: recogniser, workFolder: workFolder)
            } catch {
                // What other pages say is worth more than the reason why this one cannot be read.
                if !mayFail, scans.isEmpty, pages.allSatisfy(\.fragments.isEmpty) { throw error }
                return (scans, Array(needed.dropFirst(index)))
            }
            // A page with a few words and a picture beside them is no scan.
            let words = page.fragments.reduce(0) { $0 + $1.words.count }
            let read = scan.lines.lazy.flatMap(\.stretches).reduce(0) { $0 + $1.split(separator: " ").count }
            if read > 2 * words { scans[number] = scan }
        }
        return (scans, Array(needed.dropFirst(numbers.count)))
    }

    private static func range(_ numbers: [Int]) -> ClosedRange<Int>? {
        guard let first = numbers.min(), let last = numbers.max() else { return nil }
        return first...last
    }

    /// Whether a link leads to the world and not to another place of the same file.
    private static func leadsOutside(_ link: String) -> Bool {
        let link = link.lowercased()
        return ["http:", "https:", "mailto:", "tel:", "ftp:", "www."].contains { link.hasPrefix($0) }
    }
}
