internal import CSandbox
internal import Foundation
internal import Glibc
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// Gets the text out of files that nobody vouches for.
///
/// Every file is read by a child process of its own, with limits on time, memory and files and without the network (see
/// ``ExtractorChild``). It runs the program `shortlist-reader` that lies beside this one, or else this very program with a
/// hidden argument. Whatever a file does to it, this process gets a document or an error.
public struct Extractor: Sendable {
    /// What a file may cost.
    public var limits: ExtractionLimits
    /// How the child is started: a program and what goes before the file's path.
    public var childCommand: [String]

    /// Makes an extractor whose children run the reader that was installed with this program.
    public init(limits: ExtractionLimits = ExtractionLimits()) {
        self.init(limits: limits, childCommand: Self.readerCommand)
    }

    /// The reader is held open, where children may see that: who replaces the programs while this one runs does not change
    /// what it starts.
    private static let readerCommand: [String] = {
        let ownPath = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let path = FilePath(ownPath).removingLastComponent().appending("shortlist-reader")
        let reader = unsafe open(path.string, O_RDONLY | O_CLOEXEC)
        guard reader >= 0 else { return ["/proc/self/exe", ExtractorChild.commandName] }
        let held = "/proc/\(getpid())/fd/\(reader)"
        guard unsafe access(held, X_OK) == 0 else { return ["/proc/self/exe", ExtractorChild.commandName] }
        // A program with rights of its own, such as to a low port, is nobody's to look into.
        var status = stat()
        let isOpen = unsafe stat("/proc/self/fd", &status) == 0 && (status.st_uid == geteuid() || geteuid() == 0)
        return [isOpen ? held : path.string]
    }()

    /// Makes an extractor whose children are started by `childCommand`, the program's path first.
    public init(limits: ExtractionLimits = ExtractionLimits(), childCommand: [String]) {
        self.limits = limits
        self.childCommand = childCommand
    }

    /// Reads the file at `path`.
    ///
    /// Starts one process; a caller with many files bounds how many it reads at once.
    public func extract(path: String) async -> Result<ExtractedDocument, PipelineError> {
        do throws(PipelineError) {
            let folder = try ScratchFolder()
            defer { folder.remove() }
            let copy = try privateCopy(of: path, in: folder)
            let user = try ReadingUser.owner(of: [folder.path, copy])
            return try await answer(for: copy, in: folder, as: user)
        } catch {
            return .failure(error)
        }
    }

    // MARK: The file

    /// Copies the file, so that it cannot change while it is read and its name cannot be mistaken for an option.
    private func privateCopy(of path: String, in folder: borrowing ScratchFolder) throws(PipelineError) -> String {
        // Without blocking, or a named pipe would be waited for.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw Self.unreachable(errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw Self.unreachable(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw .extraction(.fileUnreachable, "This is a folder, not a file: name the files in it.")
        default:
            throw .extraction(.fileUnreachable, "This is no ordinary file: save it as one and send that.")
        }
        if status.st_size == 0 {
            throw .extraction(
                .fileDamaged,
                "The file is empty: it may not have been saved or sent in full; send it again."
            )
        }
        guard status.st_size <= limits.maxFileBytes else { throw tooLarge }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let room = bytes.count - filled
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(file, $0.baseAddress?.advanced(by: filled), room)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreachable(errno) }
            if count == 0 { break }
            filled += count
        }
        let copy = "\(folder.path)/resume\(Self.safeExtension(path))"
        let target = unsafe open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw Self.noScratch }
        defer { close(target) }
        var written = 0
        while written < filled {
            let room = filled - written
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(target, $0.baseAddress?.advanced(by: written), room)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.noScratch }
            written += count
        }
        return copy
    }

    private static func safeExtension(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.utf8.lastIndex(of: 46) else { return "" }
        let ending = name[dot...]
        let isPlain = ending.utf8.dropFirst().allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 32) }
        return isPlain && ending.utf8.count <= 10 ? ending.lowercased() : ""
    }

    private static func unreachable(_ problem: Int32) -> PipelineError {
        switch problem {
        case ENOENT, ENOTDIR:
            .extraction(.fileUnreachable, "There is no such file: check its name and where it lies.")
        case EACCES, EPERM:
            .extraction(
                .fileUnreachable,
                "The file may not be read: give the user who runs this program the right to read it."
            )
        case ENAMETOOLONG, ELOOP:
            .extraction(
                .fileUnreachable,
                "The file's name leads nowhere: give it a shorter name without circular links."
            )
        case EMFILE, ENFILE, ENOMEM:
            .extraction(.fileUnreachable, "Too many files are open: try again.", retryable: true)
        default:
            .extraction(
                .fileUnreachable,
                "The file could not be read from its disk: copy it and try again.",
                retryable: true
            )
        }
    }

    private var tooLarge: PipelineError {
        .extraction(
            .fileTooLarge,
            "The file is larger than \(limits.maxFileBytes >> 20) MB: save it with smaller pictures, or send fewer pages."
        )
    }

    static let noScratch = PipelineError.extraction(
        .internal,
        "There is no room for temporary files: free some space on the disk.",
        retryable: true
    )

    // MARK: The child

    private func answer(
        for copy: String,
        in folder: borrowing ScratchFolder,
        as user: UInt32?
    ) async throws(PipelineError) -> Result<ExtractedDocument, PipelineError> {
        guard let program = childCommand.first else { throw Self.cannotStart }
        let lifeline = try Lifeline()
        let limit = limits.maxAnswerBytes
        let deadline = Duration.seconds(limits.wallSeconds)
        let configuration = self.configuration(program, copy, folder.path, user)
        let input = lifeline.childEnd
        let ended: Ended
        do {
            ended = try await withThrowingTaskGroup(of: Ended.self) { group in
                group.addTask {
                    let result = try await Subprocess.run(
                        configuration,
                        input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                        output: .bytes(limit: limit),
                        error: .discarded
                    )
                    // A child that was killed may have left programs behind that it had started.
                    kill(-result.processIdentifier.value, SIGKILL)
                    return .onItsOwn(result.terminationStatus, result.standardOutput)
                }
                group.addTask {
                    try await Task.sleep(for: deadline)
                    return .late
                }
                // Whoever comes second is called off: the clock quietly, the child by killing its process group.
                defer { group.cancelAll() }
                return try await group.next() ?? .late
            }
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw .extraction(.fileTooLarge, "The file holds far more text than a resume does: send fewer pages.")
        } catch {
            throw Self.cannotStart
        }
        switch ended {
        case .late: throw Self.timedOut(retryable: true)
        case .onItsOwn(.signaled(let signal), _): throw Self.killed(by: signal)
        case .onItsOwn(.exited(let status), let output):
            if status == ExtractorChild.startFailure { throw Self.cannotStart }
            guard let answer = try? JSONDecoder().decode(ExtractorChild.Answer.self, from: Data(output)) else {
                throw .damaged("file")
            }
            // Whoever took the child over answers what he likes.
            if let document = answer.document, !document.isSound { throw .damaged("file") }
            return answer.result
        }
    }

    private enum Ended: Sendable {
        case onItsOwn(TerminationStatus, [UInt8])
        case late
    }

    private func configuration(_ program: String, _ copy: String, _ folder: String, _ user: UInt32?) -> Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(100))
        ]
        var environment: [Environment.Key: String] = [
            "LC_ALL": "C.UTF-8", "TMPDIR": folder, "HOME": folder, "OMP_THREAD_LIMIT": "1",
            // Each of malloc's arenas reserves 64 MB of the address space that the child may use.
            "MALLOC_ARENA_MAX": "2",
        ]
        let own = ProcessInfo.processInfo.environment
        environment["PATH"] = own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for name in ["TESSDATA_PREFIX", "LD_LIBRARY_PATH", "OCR_LANGUAGES"] {
            if let value = own[name] { environment[Environment.Key(stringLiteral: name)] = value }
        }
        environment[Environment.Key(stringLiteral: ExtractorChild.limitsVariable)] = ExtractorChild.encode(limits)
        if let user { environment[Environment.Key(stringLiteral: ExtractorChild.userVariable)] = String(user) }
        return Configuration(
            executable: .path(FilePath(program)),
            arguments: Arguments(Array(childCommand.dropFirst()) + [copy]),
            environment: .custom(environment),
            workingDirectory: FilePath(folder),
            platformOptions: options
        )
    }

    private static let cannotStart = PipelineError.extraction(
        .internal,
        "The process that reads files could not be started: try again.",
        retryable: true
    )

    private static func timedOut(retryable: Bool) -> PipelineError {
        .extraction(
            .timedOut,
            "Reading the file took too long: save it again as a simpler file, or send fewer pages.",
            retryable: retryable
        )
    }

    private static func killed(by signal: Int32) -> PipelineError {
        switch signal {
        case SIGXCPU: timedOut(retryable: false)
        case SIGKILL, SIGXFSZ:
            .extraction(
                .fileTooLarge,
                "Reading the file takes more memory than a resume may: save it again without large parts."
            )
        default: .damaged("file")
        }
    }
}

/// A pipe whose far end the child watches: it ends itself when this process is gone.
private struct Lifeline: ~Copyable {
    let childEnd: FileDescriptor
    private let ownEnd: FileDescriptor

    init() throws(PipelineError) {
        var (near, far): (Int32, Int32) = (-1, -1)
        guard unsafe sandbox_pipe(&far, &near) == 0 else {
            throw .extraction(.internal, "Too many files are open: try again.", retryable: true)
        }
        childEnd = FileDescriptor(rawValue: far)
        ownEnd = FileDescriptor(rawValue: near)
    }

    deinit {
        try? childEnd.close()
        try? ownEnd.close()
    }
}

/// Who reads a file where this process runs as root: a user of a range that nobody has an account in, another for each file,
/// so that what reads one file can neither see nor hinder what reads another, and is counted by itself.
enum ReadingUser {
    private static let first: UInt32 = 61_184
    private static let count: UInt32 = 4_336
    private static let last = Atomic<UInt32>(UInt32.random(in: 0..<count))

    /// Whether it is one of these users.
    static func includes(_ user: UInt32) -> Bool { (first..<(first + count)).contains(user) }

    /// Gives folder and file to the next such user.
    ///
    /// - Returns: Nil where this process is not root, or another user would not get to the folder.
    /// - Throws: ``Extractor/noScratch``.
    static func owner(of paths: [String]) throws(PipelineError) -> UInt32? {
        guard geteuid() == 0, let folder = paths.first, isOpenTo(folder) else { return nil }
        let user = first + last.wrappingAdd(1, ordering: .relaxed).newValue % count
        for path in paths where unsafe chown(path, user, user) != 0 { throw Extractor.noScratch }
        return user
    }

    /// Whether everybody may go through all folders above.
    private static func isOpenTo(_ folder: String) -> Bool {
        var path = FilePath(folder).removingLastComponent()
        while true {
            var status = stat()
            guard unsafe stat(path.string, &status) == 0, status.st_mode & S_IXOTH != 0 else { return false }
            guard path.components.count > 0 else { return true }
            path = path.removingLastComponent()
        }
    }
}
