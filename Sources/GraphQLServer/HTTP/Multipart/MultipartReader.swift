/// Reads a multipart body part by part and piece by piece, as it comes.
///
/// One part at a time: the next one ends the one before, and skips what was not read of it.
actor MultipartReader {
    /// How much is read at most.
    struct Limits: Sendable {
        /// In a part's header.
        var maxHeaderBytes = 8 << 10
        var maxParts = 102
    }

    private let source: @Sendable () async throws -> [UInt8]?
    private let maxParts: Int
    private var scanner: MultipartScanner
    private var parts = 0
    private var isInPart = false

    /// - Parameters:
    ///   - boundary: As the request's content type gives it.
    ///   - limits: How much is read at most.
    ///   - source: The next bytes of the body, never empty; nil after the last.
    init(
        boundary: String,
        limits: Limits = Limits(),
        source: @escaping @Sendable () async throws -> [UInt8]?
    ) {
        self.source = source
        maxParts = limits.maxParts
        scanner = MultipartScanner(boundary: boundary, maxHeaderBytes: limits.maxHeaderBytes)
    }

    /// The next part; nil after the last.
    ///
    /// - Throws: ``MultipartError``; what the source throws.
    func nextPart() async throws -> MultipartPart? {
        while isInPart { _ = try await nextPiece() }
        switch try await step() {
        case .part(let fields):
            parts += 1
            guard parts <= maxParts else { throw MultipartError("There are more than \(maxParts) parts.") }
            isInPart = true
            return try MultipartPart(fields)
        case .end, .needsMore, .piece, .partEnd:
            // Read to its end, so that the connection can be used again.
            while try await source() != nil {}
            return nil
        }
    }

    /// The next piece of the part, never empty; nil after the last.
    ///
    /// - Throws: ``MultipartError``; what the source throws.
    func nextPiece() async throws -> [UInt8]? {
        guard isInPart else { return nil }
        if case .piece(let piece) = try await step() { return piece }
        isInPart = false
        return nil
    }

    /// The rest of the part.
    ///
    /// - Parameters:
    ///   - name: For the message.
    ///   - maxBytes: More are refused.
    /// - Returns: All in one.
    /// - Throws: ``MultipartError``; what the source throws.
    func whole(_ name: String, maxBytes: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await nextPiece() {
            guard bytes.count + piece.count <= maxBytes else {
                throw MultipartError("The part \"\(name)\" has more than \(maxBytes) bytes.")
            }
            bytes += piece
        }
        return bytes
    }

    private func step() async throws -> MultipartScanner.Step {
        while true {
            let step = try scanner.next()
            guard case .needsMore = step else { return step }
            guard let bytes = try await source() else {
                throw MultipartError("The body ends before its last boundary.")
            }
            scanner.add(bytes)
        }
    }
}

/// What a part's header says of it.
struct MultipartPart: Sendable {
    /// Of the form's field.
    let name: String
    /// As the client calls the file; nil for what is none.
    let fileName: String?
    /// In lower case, without parameters.
    let mediaType: String

    /// - Parameter fields: Of the part's header.
    /// - Throws: ``MultipartError`` where they do not name a form's field, or the content is encoded.
    init(_ fields: HTTPFields) throws(MultipartError) {
        let dispositions = fields.values("Content-Disposition")
        guard dispositions.count == 1, let disposition = ContentDisposition(dispositions[0]),
            disposition.type == "form-data", let name = disposition["name"]
        else { throw MultipartError("A part has no Content-Disposition of form-data with a name.") }
        // Deprecated by RFC 7578; a file that came in Base64 would be kept in it.
        let encoding = fields["Content-Transfer-Encoding"]?.lowercased() ?? "binary"
        guard ["binary", "8bit", "7bit"].contains(encoding) else {
            throw MultipartError("No Content-Transfer-Encoding but binary is known.")
        }
        self.name = name
        fileName = disposition.fileName
        mediaType = Self.mediaType(fields["Content-Type"])
    }

    private static let unknownType = "application/octet-stream"

    private static func mediaType(_ field: String?) -> String {
        guard let field, let range = MediaRange(Substring(field)) else { return unknownType }
        let text = "\(range.type)/\(range.subtype)"
        let isToken = [range.type, range.subtype].allSatisfy { $0.utf8.allSatisfy(isTokenByte) && !$0.contains("*") }
        return isToken && text.utf8.count <= 127 ? text : unknownType
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
