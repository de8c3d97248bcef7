import Foundation
import Testing

@testable import Pipeline

@Suite struct ScratchFolderTests {
    private static func withParent(_ body: (String) throws -> Void) throws {
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("scratch-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: parent) }
        try body(parent.path)
    }

    private static func names(_ folder: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test func `a folder in use is left alone, and one whose process has ended is not`() throws {
        try Self.withParent { parent in
            do {
                let used = try ScratchFolder(in: parent)
                try Data("resume".utf8).write(to: URL(fileURLWithPath: used.path + "/resume.txt"))
                #expect(ScratchFolder.removeAbandoned(in: parent) == 0)
                #expect(FileManager.default.fileExists(atPath: used.path + "/resume.txt"))
            }
            // Let go of, as by the end of its process, and not erased.
            #expect(try Self.names(parent).count == 1)
            #expect(ScratchFolder.removeAbandoned(in: parent) == 1)
            #expect(try Self.names(parent).isEmpty)
        }
    }

    @Test func `nothing else is touched`() throws {
        try Self.withParent { parent in
            let files = FileManager.default
            let strangers = [
                "shortlist-Ab3dE6", "shortlist-new-Ab3dE6", "shortlist-scratch-Ab3dE6.bak", "shortlist-scratch-",
            ]
            for name in strangers {
                try files.createDirectory(atPath: "\(parent)/\(name)", withIntermediateDirectories: false)
            }
            #expect(files.createFile(atPath: "\(parent)/shortlist-scratch-aFile1", contents: nil))
            try files.createDirectory(atPath: "\(parent)/elsewhere", withIntermediateDirectories: false)
            #expect(files.createFile(atPath: "\(parent)/elsewhere/kept", contents: nil))
            try files.createSymbolicLink(atPath: "\(parent)/shortlist-scratch-aLink1", withDestinationPath: "elsewhere")
            let before = try Self.names(parent)
            #expect(ScratchFolder.removeAbandoned(in: parent) == 0)
            #expect(try Self.names(parent) == before && files.fileExists(atPath: "\(parent)/elsewhere/kept"))
        }
    }

    @Test func `an empty folder that never became one in use goes when it is old`() throws {
        try Self.withParent { parent in
            let files = FileManager.default
            let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -120)]
            for name in ["shortlist-new-Ab3dE6", "shortlist-new-fresh1", "shortlist-new-filled"] {
                try files.createDirectory(atPath: "\(parent)/\(name)", withIntermediateDirectories: false)
            }
            #expect(files.createFile(atPath: "\(parent)/shortlist-new-filled/kept", contents: nil))
            for name in ["shortlist-new-Ab3dE6", "shortlist-new-filled"] {
                try files.setAttributes(old, ofItemAtPath: "\(parent)/\(name)")
            }
            #expect(ScratchFolder.removeAbandoned(in: parent) == 1)
            #expect(try Self.names(parent) == ["shortlist-new-fresh1", "shortlist-new-filled"])
        }
    }

    @Test func `a folder is its owner's alone, and is erased with what is in it`() throws {
        try Self.withParent { parent in
            let folder = try ScratchFolder(in: parent)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data().write(to: URL(fileURLWithPath: folder.path + "/page.ppm"))
            folder.remove()
            #expect(try Self.names(parent).isEmpty)
        }
        #expect(throws: PipelineError.self) { _ = try ScratchFolder(in: "/nonexistent").path }
    }
}
