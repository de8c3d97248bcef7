internal import Foundation

/// Takes one resume through the stages, from a file or from stored text to an explained score.
public struct ResumeProcessor: Sendable {
    /// Compares.
    public let screener: Screener
    /// Reads files.
    public let extractor: Extractor
    /// Shared by all workers.
    public let jobs: PreparedJobs

    /// Makes one of its parts.
    public init(screener: Screener, extractor: Extractor) {
        self.screener = screener
        self.extractor = extractor
        jobs = PreparedJobs(screener)
    }

    /// Processes a claimed resume.
    ///
    /// - Parameters:
    ///   - claimed: From the queue.
    ///   - onStage: Is told each stage as it begins.
    /// - Returns: What was found out, or why the file cannot be processed.
    /// - Throws: `CancellationError`.
    public func process<Lease>(
        _ claimed: ClaimedResume<Lease>,
        onStage: @Sendable (PipelineError.Stage) -> Void
    ) async throws -> Result<ProcessedResume, PipelineError> {
        let document: ExtractedDocument
        var known: ResumeVectors?
        var isStored = false
        switch claimed.material {
        case .nothing(let error): return .failure(error)
        case .text(let stored, let vectors):
            document = stored
            known = vectors
            isStored = true
        case .file(let name, let read):
            onStage(.fetch)
            let file: ScratchFile
            do {
                file = try await ScratchFile(named: name, read)
            } catch let error as PipelineError {
                return .failure(error)
            } catch {
                try Task.checkCancellation()
                return .failure(Self.unreachable)
            }
            defer { file.remove() }
            onStage(.extract)
            let extracted = await extractor.extract(path: file.path)
            try Task.checkCancellation()
            switch extracted {
            case .failure(let error): return .failure(error)
            case .success(let read): document = read
            }
        }
        onStage(.parse)
        let resume = screener.read(document, registeredOn: claimed.registeredOn)
        onStage(.embed)
        do {
            let isKnownGood = known?.version == screener.vectorsVersion
            let vectors: ResumeVectors
            if let known, isKnownGood { vectors = known } else { vectors = try await screener.embed(resume) }
            let job = try await jobs.prepared(claimed.job, key: claimed.jobKey)
            onStage(.score)
            return .success(
                ProcessedResume(
                    document: isStored ? nil : document,
                    vectors: isKnownGood ? nil : vectors,
                    screened: screener.judge(resume, vectors, for: job)
                )
            )
        } catch {
            try Task.checkCancellation()
            return .failure(Self.notCompared)
        }
    }

    private static let unreachable = PipelineError(
        .fileUnreachable,
        "The file could not be read from its store: try again.",
        stage: .fetch,
        retryable: true
    )

    private static let notCompared = PipelineError(
        .internal,
        "The text could not be compared with the job: try again.",
        stage: .embed,
        retryable: true
    )
}

/// A file that lies in the folder for temporary files until it is no longer needed.
private struct ScratchFile: Sendable {
    let path: String

    /// Writes what `read` hands out.
    init(
        named name: String,
        _ read: (@Sendable ([UInt8]) async throws -> Void) async throws -> Void
    ) async throws {
        // Of the name only the ending counts, and only a plain one: it tells Markdown from plain text.
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        let isPlain =
            ending.utf8.count <= 8 && ending.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 32) }
        path =
            (ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp") + "/shortlist-\(UUID().uuidString)"
            + (isPlain && name.contains(".") ? ".\(ending.lowercased())" : "")
        guard
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Self.noRoom }
        do {
            try await read { piece in try handle.write(contentsOf: Data(piece)) }
            try handle.close()
        } catch {
            try? handle.close()
            remove()
            throw error
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    private static let noRoom = PipelineError(
        .internal,
        "There is no room for temporary files: free some space on the disk.",
        stage: .fetch,
        retryable: true
    )
}
