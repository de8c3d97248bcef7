internal import GraphQL
public import Pipeline

/// What files may be, wherever they come from.
public enum UploadRules {
    /// The largest file, in bytes.
    public static let maxFileBytes = ExtractionLimits().maxFileBytes
    /// The most files that one request names.
    static let maxFiles = 500
    /// The longest note of a decision, in Unicode scalars.
    static let maxNoteScalars = 2_000
    /// How long a link for an upload works.
    static let linkLifetime = Duration.seconds(3600)
    /// How long a file is kept that nobody registers.
    public static let unregisteredLifetime = Duration.seconds(24 * 3600)
    private static let maxNameBytes = 255

    /// The entries of `CreateUploadsInput.files`, each checked.
    static func files(_ input: ArgumentValues, of recruiter: ObjectID, at now: Timestamp) throws -> [NewFile] {
        let values = try input.list("files") ?? []
        try check(values.count, field: "input.files")
        return try values.enumerated().map { place, value in
            let path = "input.files.\(place)"
            let entry = try object(value, path)
            let byteCount = try byteCount(entry, path)
            return NewFile(
                id: ObjectID(at: now),
                recruiterID: recruiter,
                name: try name(entry, path),
                mediaType: try mediaType(entry, path),
                maxBytes: byteCount,
                createdAt: now,
                expiresAt: now.advanced(by: linkLifetime)
            )
        }
    }

    /// An entry of `RegisterResumesInput.resumes`.
    struct Entry {
        let url: String
        let name: String
        let mediaType: String
        let byteCount: Int
        let sha256: String?

        /// The file as it will be registered, or why it will not.
        ///
        /// - Parameters:
        ///   - place: What the URL means.
        ///   - files: Those of the server's own store that are there.
        /// - Returns: With the name and the media type that the entry gives.
        func candidate(at place: FilePlace, _ files: [ObjectID: StoredFile]) -> UploadCandidate {
            UploadCandidate(name: name, outcome: outcome(at: place, files))
        }

        private func outcome(
            at place: FilePlace,
            _ files: [ObjectID: StoredFile]
        ) -> Result<ResumeFile, PipelineError> {
            switch place {
            case .refused(let error): return .failure(error)
            case .elsewhere:
                return .success(
                    ResumeFile(
                        name: name,
                        mediaType: mediaType,
                        byteCount: byteCount,
                        sha256: nil,
                        storeID: nil,
                        url: url,
                        claimedSHA256: sha256?.lowercased()
                    )
                )
            case .stored(let id):
                guard let stored = files[id] else { return .failure(.noSuchUpload) }
                if let sha256, sha256.lowercased() != stored.sha256 { return .failure(.otherContent) }
                var file = ResumeFile(stored)
                file.name = name
                file.mediaType = mediaType
                return .success(file)
            }
        }
    }

    /// The entries of `RegisterResumesInput.resumes`, each checked.
    static func entries(_ input: ArgumentValues) throws -> [Entry] {
        let values = try input.list("resumes") ?? []
        try check(values.count, field: "input.resumes")
        return try values.enumerated().map { place, value in
            let path = "input.resumes.\(place)"
            let entry = try object(value, path)
            let byteCount = try byteCount(entry, path)
            let sha256 = try entry.string("sha256")
            if let sha256, sha256.utf8.count != 64 || !sha256.utf8.allSatisfy({ isHexadecimal($0) }) {
                throw GraphQLError.badInput("sha256 must be 64 hexadecimal digits.", field: "\(path).sha256")
            }
            return Entry(
                url: try entry.requiredString("url"),
                name: try name(entry, path),
                mediaType: try mediaType(entry, path),
                byteCount: byteCount,
                sha256: sha256
            )
        }
    }

    private static func check(_ count: Int, field: String) throws {
        guard (1...maxFiles).contains(count) else {
            throw GraphQLError.badInput("Name from 1 to \(maxFiles) files; got \(count).", field: field)
        }
    }

    private static func object(_ value: Value, _ path: String) throws -> ArgumentValues {
        guard case .object(let object) = value else { throw ResolverMistake(what: "\(path) is no object") }
        return ArgumentValues(object)
    }

    private static func name(_ entry: ArgumentValues, _ path: String) throws -> String {
        let name = try entry.requiredString("name")
        guard name.contains(where: { !$0.isWhitespace }), name.utf8.count <= maxNameBytes,
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw GraphQLError.badInput(
                "name must have 1 to \(maxNameBytes) bytes, and no control characters.",
                field: "\(path).name"
            )
        }
        return name
    }

    private static func mediaType(_ entry: ArgumentValues, _ path: String) throws -> String {
        let type = try entry.requiredString("mediaType")
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        let allowed = Set("!#$&^_.+-;= \"".utf8)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), type.utf8.count <= 255,
            type.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || allowed.contains($0) || $0 == 0x2F
            })
        else {
            throw GraphQLError.badInput("mediaType must be such as application/pdf.", field: "\(path).mediaType")
        }
        return type
    }

    private static func byteCount(_ entry: ArgumentValues, _ path: String) throws -> Int {
        let count = try entry.requiredInt("byteCount")
        guard (1...maxFileBytes).contains(count) else {
            throw GraphQLError.badInput(
                "byteCount is \(count); a file has from 1 to \(maxFileBytes) bytes.",
                field: "\(path).byteCount"
            )
        }
        return count
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}

/// A file that a request wants registered, or why it cannot be.
struct UploadCandidate {
    let name: String
    let outcome: Result<ResumeFile, PipelineError>

    init(name: String, outcome: Result<ResumeFile, PipelineError>) {
        self.name = name
        self.outcome = outcome
    }

    /// A file of a multipart request.
    init(_ upload: UploadedFile) {
        name = upload.name
        outcome = upload.outcome.map(ResumeFile.init).mapError { refusal in
            switch refusal {
            case .empty: .emptyUpload
            case .tooLarge(let maxBytes): .tooLargeUpload(maxBytes)
            case .alreadyWritten: .noSuchUpload
            }
        }
    }
}

extension PipelineError {
    /// A URL of the server's own store under which there is nothing to register.
    public static let noSuchUpload = PipelineError(
        .fileUnreachable,
        "There is no such file, or it is registered already: send it to a new URL of createUploads first.",
        stage: .fetch
    )
    /// A file whose content is not what the client said it was.
    public static let otherContent = PipelineError(
        .fileDamaged,
        "The file is not what its SHA-256 says: send it again.",
        stage: .fetch
    )
    /// A file without a byte.
    public static let emptyUpload = PipelineError(
        .fileDamaged,
        "The file is empty: it may not have been saved or sent in full; send it again.",
        stage: .fetch
    )

    static func tooLargeUpload(_ maxBytes: Int) -> PipelineError {
        PipelineError(
            .fileTooLarge,
            "The file is larger than \(maxBytes >> 20) MB: save it with smaller pictures, or send fewer pages.",
            stage: .fetch
        )
    }
}
