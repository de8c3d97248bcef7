internal import Glibc
internal import SystemPackage

/// Runs Poppler's tools on one file.
struct Poppler: Sendable {
    private static let package = "poppler-utils"

    let path: String
    let limits: PDFExtractor.Limits

    /// The first pages with words in reading order and pieces of equal looks.
    ///
    /// Both are placed from the top left corner of what a reader sees, the crop box.
    func pages() async throws(PipelineError) -> [PDFExtractor.Page] {
        async let wordsRun = Self.attempt { () async throws(PipelineError) in try await wordsOutput() }
        async let looksRun = Self.attempt { () async throws(PipelineError) in
            try await looksOutput(pages: 1...limits.readPages, invisibleToo: false)
        }
        let (wordsResult, looksResult) = (await wordsRun, await looksRun)
        let words = try wordsResult.get()
        let looks = try looksResult.get()
        if !words.succeeded && !looks.succeeded { throw await complaint() }
        // A tool that crashes halfway has often printed most of the file.
        var pages = PopplerOutput.words(words.output)
        let looked = PopplerOutput.segments(looks.output)
        if pages.isEmpty { throw await complaint() }
        let offsets = try await cropOffsets(pages, media: looked)
        for (index, page) in looked.enumerated() where index < pages.count {
            pages[index].segments = Self.moved(page.segments, by: offsets[index + 1])
        }
        return pages
    }

    /// The pieces of text of some pages by page number, also those drawn in an invisible mode.
    func segmentsWithInvisible(
        of numbers: ClosedRange<Int>,
        like pages: [PDFExtractor.Page]
    ) async throws(PipelineError) -> [Int: [PDFExtractor.Segment]] {
        let looked = PopplerOutput.segments(try await looksOutput(pages: numbers, invisibleToo: true).output)
        var result: [Int: [PDFExtractor.Segment]] = [:]
        let chosen = pages.filter { numbers.contains($0.number) }
        let offsets = try await cropOffsets(chosen, media: looked)
        for (page, looks) in zip(chosen, looked) {
            result[page.number] = Self.moved(looks.segments, by: offsets[page.number])
        }
        return result
    }

    /// Small pictures of some pages by page number.
    func rasters(of numbers: ClosedRange<Int>) async throws(PipelineError) -> [Int: PageRaster] {
        let outcome = try await run(
            "pdftoppm",
            ["-q", "-cropbox", "-scale-to", "\(PageRaster.longestSide)"] + Self.range(numbers) + [path]
        )
        var result: [Int: PageRaster] = [:]
        for (number, raster) in zip(numbers, PageRaster.pictures(outcome.output)) { result[number] = raster }
        return result
    }

    /// Draws one page in shades of grey into a PGM file.
    ///
    /// - Returns: Whether there is a file.
    func draw(page: Int, dotsPerInch: Int, into folder: String) async throws(PipelineError) -> String? {
        let stem = "\(folder)/page-\(page)"
        _ = try await run(
            "pdftoppm",
            ["-q", "-cropbox", "-gray", "-r", "\(dotsPerInch)", "-singlefile"] + Self.range(page...page) + [path, stem]
        )
        let file = stem + ".pgm"
        return unsafe access(file, R_OK) == 0 ? file : nil
    }

    /// Whether the file holds pictures: their dictionaries are never compressed.
    func hasPictures() -> Bool {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return false }
        defer { try? file.close() }
        let mark = Array("/Image".utf8)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var kept = 0
        while true {
            let read =
                (unsafe try? buffer.withUnsafeMutableBytes { bytes in
                    unsafe try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[kept...]))
                }) ?? 0
            guard read > 0 else { return false }
            let end = kept + read
            var i = 0
            while i + mark.count < end {
                // `/ImageB` and the like only name what a page may use.
                if buffer[i] == mark[0], buffer[(i + 1)..<(i + mark.count)].elementsEqual(mark.dropFirst()),
                    !(UInt8(ascii: "A")...UInt8(ascii: "z")).contains(buffer[i + mark.count])
                {
                    return true
                }
                i += 1
            }
            // The mark may lie across two pieces.
            kept = min(mark.count, end)
            for j in 0..<kept { buffer[j] = buffer[end - kept + j] }
        }
    }

    /// How many pages the file says it has.
    func pageCount() async throws(PipelineError) -> Int {
        let outcome = try await run("pdfinfo", [path])
        for line in String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("Pages:") {
            return Int(line.dropFirst("Pages:".count).filter { $0 != " " }) ?? 0
        }
        return 0
    }

    // MARK: - Crop boxes

    /// How far the crop box of each page lies from the media box, right and down, by page number.
    private func cropOffsets(
        _ pages: [PDFExtractor.Page],
        media: [PDFExtractor.Page]
    ) async throws(PipelineError) -> [Int: (x: Double, y: Double)] {
        let cropped = zip(pages, media).contains {
            abs($0.width - $1.width) > 1 || abs($0.height - $1.height) > 1
        }
        guard cropped, let first = pages.first?.number, let last = pages.last?.number else { return [:] }
        let outcome = try await run("pdfinfo", ["-box"] + Self.range(first...last) + [path])
        return PopplerOutput.cropOffsets(outcome.output)
    }

    private static func moved(
        _ segments: [PDFExtractor.Segment],
        by offset: (x: Double, y: Double)?
    ) -> [PDFExtractor.Segment] {
        guard let offset else { return segments }
        return segments.map { segment in
            var segment = segment
            segment.edges.left -= offset.x
            segment.edges.right -= offset.x
            segment.edges.top -= offset.y
            segment.edges.bottom -= offset.y
            return segment
        }
    }

    // MARK: - Running

    private func wordsOutput() async throws(PipelineError) -> Tool.Outcome {
        try await run(
            "pdftotext",
            ["-q", "-bbox-layout", "-cropbox", "-enc", "UTF-8"] + Self.range(1...limits.readPages) + [path, "-"]
        )
    }

    private func looksOutput(pages: ClosedRange<Int>, invisibleToo: Bool) async throws(PipelineError) -> Tool.Outcome {
        try await run(
            "pdftohtml",
            ["-xml", "-i", "-q", "-nodrm", "-noroundcoord", "-zoom", "\(Int(PopplerOutput.zoom))", "-stdout"]
                + Self.range(pages) + (invisibleToo ? ["-hidden"] : []) + [path]
        )
    }

    private static func range(_ pages: ClosedRange<Int>) -> [String] {
        ["-f", "\(pages.lowerBound)", "-l", "\(pages.upperBound)"]
    }

    /// Why Poppler could not open the file.
    private func complaint() async -> PipelineError {
        // The quiet runs say nothing; this one does.
        let spoken = (try? await run("pdfinfo", [path]))?.complaint ?? ""
        let isLocked = ["assword", "security handler", "ncrypt"].contains { spoken.contains($0) }
        return isLocked ? .encrypted : .damaged("PDF")
    }

    private func run(_ program: String, _ arguments: [String]) async throws(PipelineError) -> Tool.Outcome {
        do throws(Tool.Failure) {
            return try await Tool(program, package: Self.package)
                .run(arguments, outputLimit: limits.outputBytes, deadline: limits.deadline)
        } catch {
            throw error.pipelineError
        }
    }

    private static func attempt(
        _ run: () async throws(PipelineError) -> Tool.Outcome
    ) async -> Result<Tool.Outcome, PipelineError> {
        do throws(PipelineError) { return .success(try await run()) } catch { return .failure(error) }
    }
}
