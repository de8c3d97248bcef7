internal import Pipeline
internal import Schema

/// Takes and gives files of the server's own store, by signed links, piece by piece.
///
/// What is given is a stranger's file: a browser saves it and never shows it under our origin.
struct FileEndpoint: Sendable {
    /// What the paths of files begin with.
    static let path = "/files/"

    let files: any FileStore
    let links: SignedLinks

    /// What to do with a request to a file's path.
    func route(_ request: HTTPRequest) -> HTTPRoute {
        let permission = links.permission(String(request.path.dropFirst(Self.path.count)), at: .now)
        switch (request.method, permission) {
        case ("PUT", .write(let file)?):
            return .stream(maxBytes: file.maxBytes) { _, body in await write(file, body) }
        case ("GET", .read(let file, let recruiter)?), ("HEAD", .read(let file, let recruiter)?):
            return .collect(maxBytes: 0) { _, _ in await read(file, of: recruiter) }
        case ("OPTIONS", _):
            return .answer(HTTPResponse(status: 204, fields: ["Allow": "GET, HEAD, PUT, OPTIONS"]))
        case (_, .write?):
            return .answer(.text(405, "This link takes a file: PUT it.", fields: ["Allow": "PUT"]))
        case (_, .read?):
            return .answer(.text(405, "This link gives a file: GET it.", fields: ["Allow": "GET, HEAD"]))
        case (_, nil):
            // The same for links that never were, and for those that were.
            return .answer(.text(404, "The link is not valid, or its time is over: ask for a new one."))
        }
    }

    private func write(_ file: NewFile, _ body: HTTPBodyReader) async -> HTTPResponse {
        do {
            let stored = try await files.write(file) { try await body.next() }
            let answer: JSONValue = .object([
                ("fileUrl", .string(links.url(of: stored.id))), ("byteCount", .int(stored.byteCount)),
                ("sha256", .string(stored.sha256)),
            ])
            return HTTPResponse(
                status: 201,
                fields: ["Content-Type": "application/json; charset=utf-8"],
                body: .bytes(Array((answer.text + "\n").utf8))
            )
        } catch let refusal as FileRefusal {
            switch refusal {
            case .empty: return .text(400, "The file is empty: send its bytes as the body.")
            case .tooLarge(let maxBytes):
                return .text(413, "The file has more than the \(maxBytes) bytes that it was announced with.")
            case .alreadyWritten: return .text(409, "There is a file here already: ask for a new link.")
            }
        } catch {
            return .text(503, "The file could not be stored. Try again.", fields: ["Retry-After": "1"])
        }
    }

    private func read(_ id: ObjectID, of recruiter: ObjectID) async -> HTTPResponse {
        do {
            guard let file = try await files.files([id], of: recruiter).first else {
                return .text(404, "The file is not there any more.")
            }
            return HTTPResponse(
                status: 200,
                fields: [
                    "Content-Type": file.mediaType,
                    "Content-Disposition": Self.attachment(file.name),
                    "Content-Security-Policy": "sandbox; default-src 'none'",
                    "X-Content-Type-Options": "nosniff",
                    "Cache-Control": "private, no-store",
                ],
                body: .stream(byteCount: file.byteCount) { writer in
                    try await files.read(file) { try await writer.write($0) }
                    return nil
                }
            )
        } catch {
            return .text(503, "The file could not be read. Try again.", fields: ["Retry-After": "1"])
        }
    }

    /// - Source: RFC 6266, §4; RFC 8187, §3.2.
    static func attachment(_ name: String) -> String {
        let plain = Set("!#$&+-.^_`|~".utf8)
        let encoded = name.utf8.map { byte -> String in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || plain.contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }
        return "attachment; filename*=UTF-8''" + encoded.joined()
    }
}
