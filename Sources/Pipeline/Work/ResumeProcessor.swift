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
            switch try await self.read(name, read, onStage) {
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

    private static let noRoom = PipelineError(
        .internal,
        "There is no room for temporary files: free some space on the disk.",
        stage: .fetch,
        retryable: true
    )

    // MARK: - Files

    /// The text of a file, which lies in a folder of its own until it is read.
    private func read(
        _ name: String,
        _ content: (@Sendable ([UInt8]) async throws -> Void) async throws -> Void,
        _ onStage: @Sendable (PipelineError.Stage) -> Void
    ) async throws -> Result<ExtractedDocument, PipelineError> {
        guard let folder = try? ScratchFolder() else { return .failure(Self.noRoom) }
        defer { folder.remove() }
        let path = "\(folder.path)/resume\(Self.ending(of: name))"
        do {
            try await Self.write(content, to: path)
        } catch let error as PipelineError {
            return .failure(error)
        } catch {
            try Task.checkCancellation()
            return .failure(Self.unreachable)
        }
        onStage(.extract)
        let extracted = await extractor.extract(path: path)
        try Task.checkCancellation()
        return extracted
    }

    /// Of the name only the ending counts, and only a plain one: it tells Markdown from plain text.
    private static func ending(of name: String) -> String {
        guard name.contains("."), let ending = name.split(separator: ".").last?.lowercased() else { return "" }
        let isPlain = ending.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        return isPlain && ending.utf8.count <= 8 ? ".\(ending)" : ""
    }

    private static func write(
        _ content: (@Sendable ([UInt8]) async throws -> Void) async throws -> Void,
        to path: String
    ) async throws {
        guard
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw noRoom }
        defer { try? handle.close() }
        try await content { piece in try handle.write(contentsOf: Data(piece)) }
    }
}
