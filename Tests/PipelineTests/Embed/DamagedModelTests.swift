import Foundation
import Testing

@testable import Pipeline

@Suite final class DamagedModelTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "damaged-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test func `a missing model is named, with the way to install it`() throws {
        let error = try #require(loadingError())
        #expect(error == .missing(file: "model.safetensors", folder: folder.path))
        #expect(error.description.contains("Scripts/install-model"))
        #expect(error.description.contains("MODEL_DIR"))
        #expect(error.localizedDescription == error.description)
    }

    @Test func `a missing vocabulary is named`() throws {
        try write(weights: [])
        #expect(loadingError() == .missing(file: "vocab.txt", folder: folder.path))
    }

    @Test(arguments: ["", "hello\nworld\n"])
    func `another vocabulary is refused`(text: String) throws {
        try write(weights: [])
        try Data(text.utf8).write(to: folder.appending(path: "vocab.txt"))
        expectDamaged("vocab.txt")
    }

    @Test(
        arguments: [
            [], [1, 2, 3], Array(repeating: 0, count: 9), Array(repeating: 255, count: 64),
            header("{"), header("[]"), header("{}"), header(#"{"embeddings.word_embeddings.weight": 5}"#),
            header(entry(dtype: "F16", offsets: "[0, 46881792]")), header(entry(shape: "[384, 30522]")),
            header(entry(offsets: "[0, 46881792]")), header(entry(offsets: "[-4, 46881788]")),
            header(entry(offsets: "[0]")), header(entry(offsets: "[9223372036854775807, -9223372036854775808]")),
            header(entry(offsets: "[9223372036800000000, 9223372036846881792]")),
        ] as [[UInt8]]
    )
    func `weights that are no such file are refused`(bytes: [UInt8]) throws {
        try installVocabulary()
        try write(weights: bytes)
        expectDamaged("model.safetensors")
    }

    @Test func `weights that are cut short are refused`() throws {
        try installVocabulary()
        let whole = try FileHandle(
            forReadingFrom: URL(filePath: InstalledModel.folder).appending(path: "model.safetensors")
        )
        let start = try #require(try whole.read(upToCount: 1_000_000))
        try write(weights: [UInt8](start))
        expectDamaged("model.safetensors")
    }

    @Test func `a weight that is not a number is refused`() throws {
        try installVocabulary()
        var bytes = try Data(contentsOf: URL(filePath: InstalledModel.folder).appending(path: "model.safetensors"))
        let place = 60_000_000  // among the weights of the layers
        bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0xC0, 0x7F] as [UInt8])
        try bytes.write(to: folder.appending(path: "model.safetensors"))
        expectDamaged("model.safetensors")
    }

    private func loadingError() -> EmbeddingModelError? {
        do throws(EmbeddingModelError) {
            _ = try EmbeddingModel(folder: folder.path)
            return nil
        } catch {
            return error
        }
    }

    private func expectDamaged(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .damaged(let file, _) = loadingError() else {
            Issue.record("not reported as damaged", sourceLocation: sourceLocation)
            return
        }
        #expect(file.hasSuffix("/\(name)"), sourceLocation: sourceLocation)
    }

    private func installVocabulary() throws {
        let installed = URL(filePath: InstalledModel.folder).appending(path: "vocab.txt")
        try FileManager.default.copyItem(at: installed, to: folder.appending(path: "vocab.txt"))
    }

    private func write(weights: [UInt8]) throws {
        try Data(weights).write(to: folder.appending(path: "model.safetensors"))
    }

    private static func header(_ json: String) -> [UInt8] {
        unsafe withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { unsafe [UInt8]($0) } + Array(json.utf8)
    }

    private static func entry(
        dtype: String = "F32",
        shape: String = "[30522, 384]",
        offsets: String = "[0, 46881792]"
    ) -> String {
        #"{"embeddings.word_embeddings.weight": {"dtype": "\#(dtype)", "shape": \#(shape), "data_offsets": \#(offsets)}}"#
    }
}
