import Foundation
import Testing

/// The built program, run from outside.
struct Program {
    /// What a run left.
    struct Outcome {
        var status: Int32
        var output: String
        var complaint: String

        /// The rows of a JSON answer.
        func rows() throws -> [[String: Any]] {
            try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]], "\(complaint)")
        }
    }

    /// The folder of this package.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program stands beside the test bundle that runs this.
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("shortlist").path

    /// Runs the program with arguments, on a thread of its own: a wait on the shared pool would stall every other test.
    static func run(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await run(path, arguments, input: input, environment: environment)
    }

    /// Runs another program.
    static func run(
        _ program: String,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            Thread {
                continuation.resume(
                    with: Result { try runHere(program, arguments, input: input, environment: environment) }
                )
            }.start()
        }
    }

    /// How long a program may run, in seconds: far longer than any does.
    private static let patience = 300.0

    private static func runHere(
        _ program: String,
        _ arguments: [String],
        input: String,
        environment: [String: String]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (inputPipe, outputPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        process.standardInput = inputPipe
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        try process.start()
        // What it starts is of its group.
        let end = DispatchWorkItem { kill(-process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: end)
        defer { end.cancel() }
        inputPipe.fileHandleForWriting.write(Data(input.utf8))
        try inputPipe.fileHandleForWriting.close()
        // The answers here are far smaller on standard error than a pipe holds.
        let output = outputPipe.fileHandleForReading.readDataToEndOfFile()
        let complaint = errorPipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // Foundation keeps them otherwise.
        for pipe in [outputPipe, errorPipe] { try? pipe.fileHandleForReading.close() }
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: output, as: UTF8.self),
            complaint: String(decoding: complaint, as: UTF8.self)
        )
    }
}

extension Process {
    private static let starting = NSLock()

    /// Starts it, one at a time.
    ///
    /// Foundation learns of a process's end by a descriptor that nobody but the process should hold; another that is started at
    /// that moment would inherit it, and the first would not end before the second.
    func start() throws { try Self.starting.withLock { try run() } }

    /// Waits for the end; false where it does not come in time.
    func ends(within seconds: Double) -> Bool {
        let ended = DispatchSemaphore(value: 0)
        terminationHandler = { _ in ended.signal() }
        // It may have ended before anybody was to be told.
        return !isRunning || ended.wait(timeout: .now() + seconds) == .success
    }
}

/// A folder of files for one test, gone with it.
final class Workspace {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("shortlist-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file and tells its path.
    func file(_ name: String, _ content: String) throws -> String { try file(name, Data(content.utf8)) }

    /// Writes a file and tells its path.
    func file(_ name: String, _ content: Data) throws -> String {
        let path = url.appendingPathComponent(name)
        try content.write(to: path)
        return path.path
    }
}
