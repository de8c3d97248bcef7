internal import GraphQL
internal import Schema

/// Multipart requests: an operation whose files come along with it.
///
/// Everything that can be told before the first file is: only an operation that is valid, and a request that is signed in, has
/// files stored, which are charged before. Each file then succeeds or fails on its own. What no resume holds at the end is let go.
///
/// - Source: GraphQL multipart request specification.
extension GraphQLEndpoint {
    /// Whether a request is one of these.
    static func isMultipart(_ request: HTTPRequest) -> Bool {
        guard request.fields["Content-Type"] != "application/json", let type = contentType(of: request) else {
            return false
        }
        return type.type == "multipart" && type.subtype == "form-data"
    }

    /// Answers a multipart request.
    ///
    /// - Parameters:
    ///   - request: With a `Content-Type` of `multipart/form-data`.
    ///   - source: The next bytes of its body, never empty; nil after the last.
    /// - Returns: The operation's answer, or why it did not run.
    func respond(
        to request: HTTPRequest,
        parts source: @escaping @Sendable () async throws -> [UInt8]?
    ) async -> HTTPResponse {
        guard let intake = uploads else { return .text(503, "This server keeps no files.") }
        do {
            return try await answer(request, intake, source)
        } catch let refusal as Refusal {
            observe?(nil, .refused, .zero)
            return refusal.response
        } catch {
            // The client left in the middle of its request: nobody reads this.
            return .text(400, "The body is not whole.")
        }
    }

    private func answer(
        _ request: HTTPRequest,
        _ intake: UploadIntake,
        _ source: @escaping @Sendable () async throws -> [UInt8]?
    ) async throws -> HTTPResponse {
        let form = try form(of: request)
        do {
            let reader = try Self.reader(of: request, intake.limits, source)
            let (parameters, map) = try await read(reader, form, intake.limits)
            let plan = try await plan(parameters, form)
            let context = try await context(of: request, form)
            let owner: ObjectID
            do {
                owner = try await intake.admit(map.names.count, context)
            } catch let error as GraphQLError {
                throw refusal(error, .requestError, form)
            }
            let kept = KeptFor(owner: owner, intake: intake, executor: executable.options.executor)
            var files: [UploadedFile] = []
            do {
                let references = try await take(reader, map, kept, into: &files)
                let variables = map.filled(parameters.variables, with: references)
                let response = await run(plan, variables, intake.add(files, context), form)
                await kept.release(files)
                return response
            } catch {
                await kept.release(files)
                throw error
            }
        } catch let error as MultipartError {
            throw refusal(Self.error(error.message, "BAD_USER_INPUT"), .unreadable, form)
        } catch let error where !(error is Refusal || error is HTTPHostError || error is CancellationError) {
            throw refusal(executable.options.maskError(error, ResponsePath()), .failed, form)
        }
    }

    // MARK: - Before the files

    /// Headers that a page of another origin can send only after the browser has asked; any of them will do.
    ///
    /// Whoever is signed in sends one of them anyway: credentials are in no cookie.
    private static let preflightFields = [
        "Authorization", "GraphQL-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name",
    ]

    private static func reader(
        of request: HTTPRequest,
        _ limits: UploadIntake.Limits,
        _ source: @escaping @Sendable () async throws -> [UInt8]?
    ) throws(MultipartError) -> MultipartReader {
        // A form is what any page may make a browser post.
        guard preflightFields.contains(where: { request.fields[$0]?.isEmpty == false }) else {
            throw MultipartError(
                "A multipart request needs one of the headers \(preflightFields.joined(separator: ", ")), with any value."
            )
        }
        guard let boundary = contentType(of: request)?.parameters["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), boundary.last != " "
        else { throw MultipartError("The Content-Type needs a boundary of 1 to 70 characters.") }
        var bounds = MultipartReader.Limits()
        bounds.maxParts = limits.maxFiles + 2
        return MultipartReader(boundary: boundary, limits: bounds, source: source)
    }

    /// Reads the parts `operations` and `map`, which come first.
    private func read(
        _ reader: MultipartReader,
        _ form: ResponseMediaType,
        _ limits: UploadIntake.Limits
    ) async throws -> (parameters: OperationRequest, map: UploadMap) {
        func field(_ name: String, _ place: String) async throws -> [UInt8] {
            guard try await reader.nextPart()?.name == name else {
                throw MultipartError("The \(place) part must be \"\(name)\".")
            }
            return try await reader.whole(name, maxBytes: limits.maxFieldBytes)
        }
        let operations = try await field("operations", "first")
        let parameters = try self.parameters(form) { () throws(GraphQLParameters.Malformed) in
            try GraphQLParameters.read(json: operations, as: "The part \"operations\"")
        }
        let json = try await field("map", "second")
        let map = try UploadMap(json: json, variables: parameters.variables, maxFiles: limits.maxFiles)
        return (parameters, map)
    }

    // MARK: - The files

    private struct KeptFor {
        let owner: ObjectID
        let intake: UploadIntake
        let executor: (any TaskExecutor)?

        private static let maxReleaseTime = Duration.seconds(5)

        /// Lets go of what was stored.
        ///
        /// Where that fails, or MongoDB stands still, files keep their lifetime.
        func release(_ files: [UploadedFile]) async {
            let ids = files.compactMap { try? $0.outcome.get().id }
            if ids.isEmpty { return }
            // Also where the client has left.
            await Task {
                await value(before: .now + Self.maxReleaseTime, on: executor) {
                    try? await intake.store.release(ids, of: owner, at: intake.now())
                }
            }.value
        }
    }

    /// Stores each file as it comes.
    ///
    /// - Parameters:
    ///   - reader: Of the parts after the map.
    ///   - map: Names the files.
    ///   - kept: For whom.
    ///   - files: Gets them in the order in which they came, whatever is thrown then.
    /// - Returns: What stands for each by the name of its part.
    /// - Throws: `MultipartError`; what the store says went wrong.
    private func take(
        _ reader: MultipartReader,
        _ map: UploadMap,
        _ kept: KeptFor,
        into files: inout [UploadedFile]
    ) async throws -> [String: Value] {
        var references: [String: Value] = [:]
        while let part = try await reader.nextPart() {
            guard map.contains(part.name) else {
                throw MultipartError("The file \"\(UploadMap.shown(part.name))\" is not in \"map\".")
            }
            let reference = Value.string(UploadReference.text(place: files.count))
            guard references.updateValue(reference, forKey: part.name) == nil else {
                throw MultipartError("The file \"\(UploadMap.shown(part.name))\" came more than once.")
            }
            files.append(try await store(part, reader, kept))
        }
        if let name = map.names.first(where: { references[$0] == nil }) {
            throw MultipartError("The file \"\(UploadMap.shown(name))\" of \"map\" did not come.")
        }
        return references
    }

    private func store(_ part: MultipartPart, _ reader: MultipartReader, _ kept: KeptFor) async throws -> UploadedFile {
        let intake = kept.intake
        let now = intake.now()
        let file = NewFile(
            id: ObjectID(at: now),
            recruiterID: kept.owner,
            name: FileName.cleaned(part.fileName ?? part.name),
            mediaType: part.mediaType,
            maxBytes: intake.limits.maxFileBytes,
            createdAt: now,
            expiresAt: now.advanced(by: intake.limits.fileLifetime)
        )
        do {
            let stored = try await intake.store.write(file) { try await reader.nextPiece() }
            return UploadedFile(name: file.name, outcome: .success(stored))
        } catch let refusal as FileRefusal {
            return UploadedFile(name: file.name, outcome: .failure(refusal))
        }
    }
}
