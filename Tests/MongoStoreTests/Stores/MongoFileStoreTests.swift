import Foundation
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore

@Suite struct MongoFileStoreTests {
    private struct Left: Error {}

    @Test(arguments: [1, 255 << 10, (255 << 10) + 1, 1_000_000])
    func `a file is read as it was written, in whatever pieces`(byteCount: Int) async throws {
        try await World.with { world in
            var generator = SystemRandomNumberGenerator()
            let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let pieces = stride(from: 0, to: byteCount, by: 70_000).map {
                Array(bytes[$0..<min(byteCount, $0 + 70_000)])
            }
            let stored = try await world.files.write(world.newFile(), world.pieces(pieces))
            #expect(stored.byteCount == byteCount && stored.sha256 == Digest.sha256(bytes))
            let read = Mutex<[UInt8]>([])
            try await world.files.read(stored) { piece in
                #expect(piece.count <= 255 << 10)
                read.withLock { $0 += piece }
            }
            #expect(read.withLock { $0 } == bytes)
            #expect(try await world.files.files([stored.id], of: world.anna) == [stored])
        }
    }

    @Test func `nothing is left of a file that is too large, empty, or broken off`() async throws {
        try await World.with { world in
            await #expect(throws: FileRefusal.tooLarge(maxBytes: 10)) {
                try await world.files.write(
                    world.newFile(maxBytes: 10),
                    world.pieces([[1, 2], Array(repeating: 0, count: 9)])
                )
            }
            await #expect(throws: FileRefusal.empty) { try await world.files.write(world.newFile(), world.pieces([])) }
            let isFirst = Mutex(true)
            await #expect(throws: Left.self) {
                try await world.files.write(world.newFile()) {
                    guard isFirst.withLock({ $0 }) else { throw Left() }
                    isFirst.withLock { $0 = false }
                    return Array(repeating: 7, count: 300 << 10)
                }
            }
            let left = [try await world.count(Collections.files), try await world.count(Collections.chunks)]
            #expect(left == [0, 0])
        }
    }

    @Test func `a link takes one file, unless its writer died`() async throws {
        try await World.with { world in
            let file = world.newFile()
            _ = try await world.files.write(file, world.pieces([[1]]))
            await #expect(throws: FileRefusal.alreadyWritten) { try await world.files.write(file, world.pieces([[2]])) }
            // A file that was begun by a server that died.
            let half = world.newFile()
            try await world.workers.withClient { client in
                _ = try client.write([
                    "insert": "files.files",
                    "documents": [
                        [
                            "_id": .objectID(half.id), "length": .int64(0), "chunkSize": 1,
                            "uploadDate": .time(World.start), "filename": "x",
                            "metadata": ["recruiterId": .objectID(world.anna), "whole": false],
                        ]
                    ],
                ])
            }
            await #expect(throws: FileRefusal.alreadyWritten) { try await world.files.write(half, world.pieces([[2]])) }
            #expect(try await world.files.files([half.id], of: world.anna).isEmpty)
            var late = half
            late.createdAt = World.start.advanced(by: .seconds(600))
            #expect(try await world.files.write(late, world.pieces([[2]])).byteCount == 1)
        }
    }

    @Test func `a writer whose place was taken changes nothing of its successor's file`() async throws {
        try await World.with { world in
            let file = world.newFile()
            let (held, release) = AsyncStream.makeStream(of: Void.self)
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let count = Mutex(0)
            let slow = Task {
                try await world.files.write(file) {
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    if number == 2 {
                        // It stalls, and comes back when another has written the file.
                        begin.finish()
                        for await _ in held {}
                    }
                    return number <= 3 ? Array(repeating: UInt8(number), count: 255 << 10) : nil
                }
            }
            for await _ in begun {}
            var next = file
            next.createdAt = file.createdAt.advanced(by: .seconds(301))
            let content = Array(repeating: UInt8(9), count: 600 << 10)
            let stored = try await world.files.write(next, world.pieces([content]))
            release.finish()
            await #expect(throws: FileRefusal.alreadyWritten) { try await slow.value }
            let read = Mutex<[UInt8]>([])
            try await world.files.read(stored) { piece in read.withLock { $0 += piece } }
            #expect(read.withLock { $0 } == content)
            #expect(try await world.count(Collections.chunks) == 3)
            #expect(try await world.files.files([file.id], of: world.anna) == [stored])
        }
    }

    @Test func `a writer that is slow but alive keeps its place`() async throws {
        try await World.with { world in
            let file = world.newFile()
            let count = Mutex(0)
            let stored = try await world.files.write(file) {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard number <= 3 else { return nil }
                world.clock.advance(by: .seconds(200))
                if number == 3 {
                    var other = file
                    other.createdAt = world.clock.now
                    await #expect(throws: FileRefusal.alreadyWritten) {
                        try await world.files.write(other, world.pieces([[1]]))
                    }
                }
                return Array(repeating: 7, count: 255 << 10)
            }
            #expect(stored.byteCount == 3 * (255 << 10))
        }
    }

    @Test func `a file that is let go is erased at once, unless a resume holds it, or it is another's`() async throws {
        try await World.with { world in
            _ = try await world.register(1, in: try await world.job())
            _ = try await world.file("nobody wants me")
            let ids = try await world.workers.withClient { client in
                try client.find(Collections.files.name, [:]).map { try $0.objectID("_id") }
            }
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            try await world.files.release(ids, of: world.ben, at: world.clock.now)
            #expect(try await upkeep.run(at: world.clock.now).erasedFiles == 0)
            try await world.files.release(ids, of: world.anna, at: world.clock.now)
            #expect(try await upkeep.run(at: world.clock.now).erasedFiles == 1)
            #expect(try await world.count(Collections.files) == 1)
        }
    }

    @Test func `a file that nobody registers is erased, one that is held is not`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            _ = try await world.file("nobody wants me")
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            #expect(try await upkeep.run(at: world.clock.now).erasedFiles == 0)
            world.clock.advance(by: .seconds(61))
            #expect(try await upkeep.run(at: world.clock.now).erasedFiles == 1)
            #expect(try await world.count(Collections.files) == 1)
            #expect(try await world.count(Collections.chunks) == 1)
        }
    }
}
