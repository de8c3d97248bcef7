internal import CSandbox
internal import Foundation
internal import Glibc

/// The child process of ``Extractor``: enters the sandbox, reads one file, prints the outcome as JSON.
public enum ExtractorChild {
    /// Name of the hidden command that must lead to ``run(arguments:)``.
    public static let commandName = "__extract"

    /// Exit status for a child that could not even begin.
    static let startFailure: Int32 = 70

    /// Environment variable that hands the limits over.
    static let limitsVariable = "SHORTLIST_EXTRACTION_LIMITS"

    /// Environment variable that names the user to become, by number.
    static let userVariable = "SHORTLIST_EXTRACTION_USER"

    /// Whether this process is such a child.
    static var isThisProcess: Bool { ProcessInfo.processInfo.environment[limitsVariable] != nil }

    /// What the child prints.
    struct Answer: Codable {
        var document: ExtractedDocument?
        var error: PipelineError?

        /// Makes an answer of an outcome.
        init(_ result: Result<ExtractedDocument, PipelineError>) {
            switch result {
            case .success(let document): self.document = document
            case .failure(let error): self.error = error
            }
        }

        /// The outcome that the answer stands for.
        var result: Result<ExtractedDocument, PipelineError> {
            if let document { return .success(document) }
            return .failure(error ?? .damaged("file"))
        }
    }

    /// Reads the file whose path is the only one of `arguments`, in the folder that the process was started in.
    ///
    /// Never call it but in a process that does nothing else: it gives up rights for good.
    ///
    /// - Returns: The exit status for the process.
    public static func run(arguments: [String]) async -> Int32 {
        guard arguments.count == 1 else { return startFailure }
        let limits = decodeLimits(ProcessInfo.processInfo.environment[limitsVariable])
        var ceilings = sandbox_limits(
            cpu_seconds: UInt64(clamping: limits.cpuSeconds),
            memory_bytes: UInt64(clamping: limits.memoryBytes),
            file_bytes: UInt64(clamping: limits.scratchFileBytes),
            open_files: UInt64(clamping: limits.openFiles),
            processes: UInt64(clamping: limits.processes),
            user: ProcessInfo.processInfo.environment[userVariable].flatMap(UInt32.init) ?? 0
        )
        guard unsafe sandbox_enter(&ceilings) == 0 else { return startFailure }
        watchParent()
        let reader = DocumentReader(scratchFolder: FileManager.default.currentDirectoryPath, limits: limits)
        let outcome = await reader.read(path: arguments[0])
        guard let answer = try? JSONEncoder().encode(Answer(outcome)) else { return startFailure }
        return printAll([UInt8](answer)) ? 0 : startFailure
    }

    /// Limits as the value of an environment variable.
    static func encode(_ limits: ExtractionLimits) -> String {
        (try? JSONEncoder().encode(limits)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func decodeLimits(_ text: String?) -> ExtractionLimits {
        guard let text, let limits = try? JSONDecoder().decode(ExtractionLimits.self, from: Data(text.utf8)) else {
            return ExtractionLimits()
        }
        return limits
    }

    /// Standard input is a pipe that the parent never writes to: its end means that the parent is gone, and that this
    /// process and the programs that it started have nothing left to do.
    private static func watchParent() {
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
                if count > 0 || (count < 0 && errno == EINTR) { continue }
                // Only where the process leads a group of its own, as the parent starts it.
                if getpgrp() == getpid() { kill(0, SIGKILL) }
                _exit(startFailure)
            }
        }
        thread.stackSize = 64 << 10
        thread.start()
    }

    private static func printAll(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let room = bytes.count - written
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress?.advanced(by: written), room)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
