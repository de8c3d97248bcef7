import Schema
import Synchronization

@testable import GraphQLServer

/// Keeps files in memory.
final class MemoryFileStore: FileStore {
    struct Kept {
        let file: NewFile
        let content: [UInt8]
    }

    struct Broken: Error {}

    private let state = Mutex<(kept: [Kept], begun: Int, released: Set<ObjectID>)>(([], 0, []))
    /// Names of files whose writing fails.
    private let broken: Set<String>
    /// Whether letting files go takes until nobody waits for it.
    private let keepsForEver: Bool

    init(broken: Set<String> = [], keepsForEver: Bool = false) {
        self.broken = broken
        self.keepsForEver = keepsForEver
    }

    /// In the order in which they were written.
    var kept: [Kept] { state.withLock { $0.kept } }
    /// How many files were begun, whatever became of them.
    var begun: Int { state.withLock { $0.begun } }

    /// Names of files that were let go.
    var released: [String] {
        state.withLock { state in state.kept.filter { state.released.contains($0.file.id) }.map(\.file.name) }
    }

    func release(_ ids: [ObjectID], of recruiter: ObjectID, at now: Timestamp) async throws {
        if keepsForEver { try await Task.sleep(for: .seconds(60 * 60)) }
        state.withLock { $0.released.formUnion(ids) }
    }

    func write(_ file: NewFile, _ next: @Sendable () async throws -> [UInt8]?) async throws -> StoredFile {
        state.withLock { $0.begun += 1 }
        if broken.contains(file.name) { throw Broken() }
        var content: [UInt8] = []
        while let piece = try await next() {
            content += piece
            if content.count > file.maxBytes { throw FileRefusal.tooLarge(maxBytes: file.maxBytes) }
        }
        if content.isEmpty { throw FileRefusal.empty }
        let kept = Kept(file: file, content: content)
        state.withLock { $0.kept.append(kept) }
        return stored(kept)
    }

    func files(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredFile] {
        kept.filter { ids.contains($0.file.id) && $0.file.recruiterID == recruiter }.map(stored)
    }

    func read(_ file: StoredFile, _ write: @Sendable ([UInt8]) async throws -> Void) async throws {
        for kept in kept where kept.file.id == file.id { try await write(kept.content) }
    }

    private func stored(_ kept: Kept) -> StoredFile {
        StoredFile(
            id: kept.file.id,
            recruiterID: kept.file.recruiterID,
            name: kept.file.name,
            mediaType: kept.file.mediaType,
            byteCount: kept.content.count,
            sha256: ""
        )
    }
}
