import Testing

@testable import Pipeline

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("%PDF-1.7\n", MediaType.pdf), ("junk\n%PDF-1.4", .pdf), (#"{\rtf1 x}"#, .rtf), ("<!DOCTYPE html><p>x", .html),
        ("\u{FEFF}  <html>", .html), ("<?xml version='1.0'?><!-- c --><html>", .html), ("<div>x</div>", .html),
        (#"{"basics": {}}"#, .json), ("Jo Doe, baker", .plain), ("GIF89a........", .gif), ("RIFF....WEBPVP8 ", .webp),
        (#"<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>"#, .wordXML), ("<Jo> wrote this", .plain),
    ])
    func `contents decide what a file is`(contents: String, expected: MediaType) {
        guard case .known(let found) = MediaType.sniff(Array(contents.utf8), fileExtension: "pdf") else {
            Issue.record("\(contents) is not known")
            return
        }
        #expect(found == expected)
    }

    @Test func `only the name tells Markdown from plain text`() {
        guard case .known(.markdown) = MediaType.sniff(Array("# Jo".utf8), fileExtension: "md") else {
            Issue.record("not Markdown")
            return
        }
    }

    @Test(
        arguments: [
            ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], PipelineError.Code.unsupportedMediaType), ([], .fileDamaged),
            (MediaTypeTests.compoundFile("Workbook"), .unsupportedMediaType),
            (MediaTypeTests.compoundFile("EncryptedPackage"), .fileEncrypted),
            (MediaTypeTests.noise, .unsupportedMediaType),
        ] as [([UInt8], PipelineError.Code)]
    )
    func `other files are refused by the reason`(bytes: [UInt8], expected: PipelineError.Code) {
        guard case .unsupported(let error) = MediaType.sniff(bytes, fileExtension: "pdf") else {
            Issue.record("taken for something known")
            return
        }
        #expect(error.code == expected)
    }

    @Test func `a compound file with a Word stream is an old Word document`() {
        guard case .known(.doc) = MediaType.sniff(Self.compoundFile("WordDocument"), fileExtension: "txt") else {
            Issue.record("not known as Word")
            return
        }
    }

    @Test func `archives of other kinds are refused`() throws {
        for names in [["[Content_Types].xml", "xl/workbook.xml"], ["readme.txt"]] {
            var archive = try ZipArchive(TestZip.archive(names.map { ($0, "x") }))
            do {
                _ = try archive.mediaType()
                Issue.record("\(names) taken for a document")
            } catch {
                #expect(error.code == .unsupportedMediaType)
            }
        }
    }

    @Test func `sizes of pictures are read from their headers`() {
        let png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x10, 0, 0, 0, 0, 5,
        ]
        #expect(ImageSize(png, mediaType: .png).map { [$0.width, $0.height] } == [4096, 5])
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 11, 8, 0, 9, 1, 0]
        #expect(ImageSize(jpeg, mediaType: .jpeg).map { [$0.width, $0.height] } == [256, 9])
        let tiff: [UInt8] = [
            0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0,
        ]
        #expect(ImageSize(tiff, mediaType: .tiff).map { [$0.width, $0.height] } == [7, 9])
        for mediaType in MediaType.images { #expect(ImageSize([0xFF, 0xD8, 0xFF], mediaType: mediaType) == nil) }
    }

    private static func compoundFile(_ stream: String) -> [UInt8] {
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1000)
            + stream.utf8.flatMap { [$0, 0] }
    }

    private static var noise: [UInt8] {
        var random = SplitMix(state: 7)
        return (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
