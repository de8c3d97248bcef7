import Testing

@testable import Pipeline

@Suite struct ImageReaderTests {
    @Test(
        arguments: [
            ([0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10], PipelineError.Code.fileTooLarge),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .fileTooLarge), ([0, 0, 0, 8, 0, 0, 0, 8], .noText),
            ([0, 0, 0, 0, 0, 0, 0, 8], .fileDamaged), ([], .fileDamaged),
        ] as [([UInt8], PipelineError.Code)]
    )
    func `sizes that make no sense are refused before anything is decoded`(
        size: [UInt8],
        expected: PipelineError.Code
    ) async {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52] + size
        do {
            _ = try await ImageReader.read(picture, mediaType: .png, path: "/does/not/exist", folder: "/tmp")
            Issue.record("no error")
        } catch {
            #expect(error.code == expected)
        }
    }
}
