internal import Foundation

/// Reads a document of any known kind in this process.
///
/// Only for files that can be trusted to end: ``Extractor`` puts a child process with limits around it.
struct DocumentReader {
    /// A folder of its own for whatever has to be written on the way.
    var scratchFolder: String
    /// What the file may cost.
    var limits = ExtractionLimits()

    /// Reads the file at `path`, whose name's extension is only a hint.
    func read(path: String) async -> Result<ExtractedDocument, PipelineError> {
        guard let data = FileManager.default.contents(atPath: path) else {
            return .failure(.extraction(.fileUnreachable, "The file cannot be opened: send it again.", retryable: true))
        }
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".")
        let fileExtension = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        do throws(PipelineError) {
            let document = try await read([UInt8](data), path: path, fileExtension: fileExtension)
            guard document.text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { throw .noText }
            return .success(document)
        } catch {
            return .failure(error)
        }
    }

    private func read(
        _ bytes: [UInt8],
        path: String,
        fileExtension: String
    ) async throws(PipelineError) -> ExtractedDocument {
        switch MediaType.sniff(bytes, fileExtension: fileExtension) {
        case .unsupported(let error): throw error
        case .zip: return try readArchive(bytes)
        case .known(let mediaType):
            switch mediaType {
            case .docx, .odt: throw .damaged("file")
            case .pdf:
                return try await PDFExtractor(workFolder: scratchFolder, recogniser: Tesseract(folder: scratchFolder))
                    .extract(path: path)
            case .doc: return try await DOCReader.read(bytes, path: path, folder: scratchFolder)
            case .wordXML: return try DOCXReader.readFlat(bytes)
            case .rtf: return try RTFReader.read(bytes)
            case .html: return try HTMLReader.read(bytes)
            case .markdown: return MarkdownReader.read(bytes)
            case .json: return JSONResumeReader.read(bytes)
            case .plain: return PlainTextReader.read(bytes)
            case .png, .jpeg, .tiff, .webp, .bmp, .gif:
                return try await ImageReader.read(bytes, mediaType: mediaType, path: path, folder: scratchFolder)
            }
        }
    }

    private func readArchive(_ bytes: [UInt8]) throws(PipelineError) -> ExtractedDocument {
        var archive = try ZipArchive(bytes)
        switch try archive.mediaType() {
        case .odt: return try ODTReader.read(&archive)
        default: return try DOCXReader.read(&archive)
        }
    }
}
