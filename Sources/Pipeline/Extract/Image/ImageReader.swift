/// Reads pictures of resumes: photographs of paper, scans, screenshots.
enum ImageReader {
    /// Largest picture in pixels: an A4 page at 600 dots an inch has 35 million.
    static let maxPixels = 50_000_000

    /// Reads the picture at `path` whose contents are `bytes`.
    static func read(
        _ bytes: [UInt8],
        mediaType: MediaType,
        path: String,
        folder: String
    ) async throws(PipelineError) -> ExtractedDocument {
        guard let size = ImageSize(bytes, mediaType: mediaType) else { throw .damaged("picture") }
        guard size.width > 0, size.height > 0 else { throw .damaged("picture") }
        let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, pixels <= maxPixels else {
            throw .extraction(
                .fileTooLarge,
                "The picture has too many pixels: send it with about 300 to the inch."
            )
        }
        // Too small for a single letter, and Tesseract complains of it.
        guard size.width >= 16, size.height >= 16 else { throw .noText }
        let lines = try await Tesseract(folder: folder).lines(imagePath: path, dotsPerInch: nil)
        var assembler = TextAssembler()
        for line in lines { assembler.append(line.stretches, box: line.box, block: line.block) }
        return assembler.document(mediaType: mediaType.rawValue, usedOCR: true)
    }
}
