internal import Subprocess
internal import SystemPackage

/// One of the system's programs that reads files for us, such as `pdftotext`, found through `PATH`.
///
/// Every run has a deadline and a ceiling on what it may print; past either, its whole process group is killed.
struct Tool: Sendable {
    /// What a run left behind.
    ///
    /// A program that ran but failed is an outcome, not an error.
    struct Outcome: Sendable {
        /// Exit status; 128 plus the signal's number for a program that was killed, as shells have it.
        var status: Int32
        /// Everything it printed.
        var output: [UInt8]
        /// The end of what it complained about, at most ``Tool/complaintBytes`` bytes.
        var complaint: String

        /// Whether the exit status is 0.
        var succeeded: Bool { status == 0 }
    }

    /// Why there is no outcome.
    enum Failure: Error, Sendable, Equatable {
        /// The program is not installed.
        case missing(program: String, package: String)
        /// It did not end in time.
        case timedOut(program: String)
        /// It printed more than it may.
        case tooMuchOutput(program: String)
        /// It could not be started or spoken to.
        case broken(program: String)

        /// The same as an error of the extract stage, worded for the recruiter.
        var pipelineError: PipelineError {
            switch self {
            case .missing(let program, let package):
                PipelineError(
                    .internal,
                    "Reading this file needs the program \(program): install the package \(package).",
                    stage: .extract,
                    retryable: true
                )
            case .timedOut:
                PipelineError(
                    .timedOut,
                    "Reading the file took too long. Save it again as a simpler file, or send fewer pages.",
                    stage: .extract,
                    retryable: true
                )
            case .tooMuchOutput:
                PipelineError(
                    .fileTooLarge,
                    "The file holds far more text than a resume does. Send fewer pages.",
                    stage: .extract
                )
            case .broken(let program):
                PipelineError(
                    .internal,
                    "The program \(program) could not be run.",
                    stage: .extract,
                    retryable: true
                )
            }
        }
    }

    /// How much of the end of standard error is kept.
    static let complaintBytes = 4096

    /// Name of the program.
    var program: String
    /// Debian package that holds it, for the error when it is missing.
    var package: String

    /// Makes a tool.
    init(_ program: String, package: String) {
        self.program = program
        self.package = package
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Handed over as they are, without a shell. A file name must not start with `-`: pass whole paths.
    ///   - input: Bytes for its standard input, which is empty otherwise.
    ///   - outputLimit: Most bytes that it may print.
    ///   - deadline: Longest time from start to end.
    ///   - folder: Where it runs; the caller's working directory if nil.
    /// - Returns: What it printed and how it ended.
    /// - Throws: ``Failure``; a non-zero exit status is an ``Outcome``.
    func run(
        _ arguments: [String],
        input: [UInt8]? = nil,
        outputLimit: Int = 32 << 20,
        deadline: Duration = .seconds(30),
        folder: String? = nil
    ) async throws(Failure) -> Outcome {
        do {
            return try await withThrowingTaskGroup(of: Outcome?.self) { group in
                group.addTask {
                    // Subprocess collects the two kinds of input under different types.
                    if let input {
                        try await outcome(arguments, .array(input), outputLimit: outputLimit, folder: folder)
                    } else {
                        try await outcome(arguments, .none, outputLimit: outputLimit, folder: folder)
                    }
                }
                group.addTask {
                    try await Task.sleep(for: deadline)
                    return nil
                }
                defer { group.cancelAll() }
                // The first to end decides: the program, or the clock.
                guard let first = try await group.next(), let outcome = first else {
                    throw Failure.timedOut(program: program)
                }
                return outcome
            }
        } catch let failure as Failure {
            throw failure
        } catch let error as SubprocessError {
            switch error.code {
            case .executableNotFound: throw .missing(program: program, package: package)
            case .outputLimitExceeded: throw .tooMuchOutput(program: program)
            default: throw .broken(program: program)
            }
        } catch is CancellationError {
            throw .timedOut(program: program)
        } catch {
            throw .broken(program: program)
        }
    }

    /// One run without a clock; cancelling the task kills the process group.
    private func outcome(
        _ arguments: [String],
        _ input: some InputProtocol,
        outputLimit: Int,
        folder: String?
    ) async throws -> Outcome {
        var options = PlatformOptions()
        // Within an extractor's child the program stays in the child's group, to be killed with it.
        let isAlone = !ExtractorChild.isThisProcess
        if isAlone { options.processGroupID = 0 }
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: isAlone, allowedDurationToNextStep: .milliseconds(100))
        ]
        let result = try await Subprocess.run(
            Configuration(
                executable: .name(program),
                arguments: Arguments(arguments),
                workingDirectory: folder.map { FilePath($0) },
                platformOptions: options
            ),
            input: input,
            output: .bytes(limit: outputLimit),
            error: .sequence
        ) { execution in
            var tail: [UInt8] = []
            for try await piece in execution.standardError {
                unsafe piece.withUnsafeBytes { bytes in unsafe tail.append(contentsOf: bytes) }
                if tail.count > 4 * Self.complaintBytes { tail.removeFirst(tail.count - Self.complaintBytes) }
            }
            return tail
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(
            status: status,
            output: result.standardOutput,
            complaint: String(decoding: result.closureResult.suffix(Self.complaintBytes), as: UTF8.self)
        )
    }
}
