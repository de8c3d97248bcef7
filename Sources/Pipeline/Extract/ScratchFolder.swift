internal import Foundation
internal import Glibc

/// A private folder, gone with all that is in it when it is no longer needed.
///
/// It is locked as long as this value lives, so that whoever clears up after processes that were killed leaves it alone: the end of
/// a process ends its locks.
@safe struct ScratchFolder: ~Copyable {
    let path: String
    /// Of the folder, which holds the lock; children do not inherit it.
    private let descriptor: Int32

    /// Makes one that nobody else may read.
    ///
    /// - Parameter parent: The folder that it is made in.
    /// - Throws: ``Extractor/noScratch``.
    init(in parent: String = ScratchFolder.defaultParent) throws(PipelineError) {
        // Under a name that nobody clears up until it is locked.
        var template = Array("\(parent)/\(Self.newPrefix)XXXXXX".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else { throw Extractor.noScratch }
        let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let final = "\(parent)/\(Self.prefix)\(made.suffix(Self.suffixLength))"
        let folder = unsafe open(made, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0, flock(folder, LOCK_EX | LOCK_NB) == 0, unsafe rename(made, final) == 0 else {
            if folder >= 0 { _ = close(folder) }
            _ = unsafe rmdir(made)
            throw Extractor.noScratch
        }
        path = final
        descriptor = folder
    }

    deinit { _ = close(descriptor) }

    /// Erases it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    static var defaultParent: String { ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp" }

    private static let prefix = "shortlist-scratch-"
    private static let newPrefix = "shortlist-new-"
    /// Far longer than a folder has the name of a new one.
    private static let newSeconds = 60
    private static let suffixLength = 6

    /// Erases the folders of processes that have ended without doing so.
    ///
    /// One that was killed while it made its folder has left an empty one, which is erased when it is a minute old.
    ///
    /// - Parameter parent: The folder that they are in.
    /// - Returns: How many were erased.
    static func removeAbandoned(in parent: String = ScratchFolder.defaultParent) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.count { name in
            func isNamed(_ prefix: String) -> Bool {
                name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + suffixLength
            }
            if isNamed(newPrefix) { return removeIfNeverUsed("\(parent)/\(name)") }
            return isNamed(prefix) && removeIfAbandoned("\(parent)/\(name)")
        }
    }

    private static func removeIfNeverUsed(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_uid == geteuid(),
            time(nil) - status.st_mtim.tv_sec > newSeconds
        else { return false }
        return unsafe rmdir(path) == 0
    }

    private static func removeIfAbandoned(_ path: String) -> Bool {
        let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { _ = close(folder) }
        // Another's folder may have our kind of name; where we are root, ours belongs to who reads the file.
        var status = stat()
        guard unsafe fstat(folder, &status) == 0,
            status.st_uid == geteuid() || (geteuid() == 0 && ReadingUser.includes(status.st_uid)),
            flock(folder, LOCK_EX | LOCK_NB) == 0
        else { return false }
        return (try? FileManager.default.removeItem(atPath: path)) != nil
    }
}

extension Extractor {
    /// Erases what processes that were killed have left in the folder for temporary files; those that run lose nothing.
    ///
    /// Blocks while it does.
    ///
    /// - Returns: How many folders were erased.
    public static func removeAbandonedFolders() -> Int { ScratchFolder.removeAbandoned() }
}
