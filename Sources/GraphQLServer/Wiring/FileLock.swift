internal import ArgumentParser
internal import Foundation

/// A lock on a file, which processes hold alone or together; the end of a process ends it too.
struct FileLock: Sendable {
    private let descriptor: Int32

    /// Opens the file, without holding the lock yet.
    ///
    /// - Parameter path: Made where it is missing.
    /// - Throws: ``CommandFailure``.
    init(_ path: String) throws {
        // Not inherited: a server that is started must not hold its starter's lock.
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(status: ExitStatus.missing, message: "\(path) cannot be opened")
        }
    }

    /// Waits until nobody else holds the lock, and holds it alone.
    func lock() async {
        while !own() { try? await Task.sleep(for: .milliseconds(20)) }
    }

    /// Holds the lock alone; false where someone else holds it.
    func own() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Holds the lock together with others; false where someone holds it alone.
    func share() -> Bool { flock(descriptor, LOCK_SH | LOCK_NB) == 0 }

    /// Lets go; the lock is not used again.
    func close() { _ = Foundation.close(descriptor) }
}
