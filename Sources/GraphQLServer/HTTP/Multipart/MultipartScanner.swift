internal import Foundation

/// Takes the bytes of a multipart body apart as they come.
///
/// Holds one piece, a delimiter and the header of one part at most. Work is linear in the bytes, however they are cut.
///
/// - Source: RFC 2046, §5.1.1; RFC 7578.
struct MultipartScanner {
    /// What comes next in the body.
    enum Step {
        /// Nothing more can be told before more bytes are added.
        case needsMore
        /// A part begins, with these header fields.
        case part(HTTPFields)
        /// Some of the part's content, never empty.
        case piece([UInt8])
        /// The part is whole.
        case partEnd
        /// All parts came; what follows does not matter.
        case end
    }

    private enum Phase {
        /// Before the first delimiter.
        case preamble
        /// Behind the boundary of a delimiter.
        case delimiter
        /// At the line break in front of a part's header.
        case header
        /// At the line break in front of a part's content.
        case contentStart
        case content
        case epilogue
    }

    private let delimiter: [UInt8]
    private let maxHeaderBytes: Int
    private var phase = Phase.preamble
    /// The first delimiter may stand at the very start, as if a line break were before it.
    private var pending: [UInt8] = lineBreak
    /// Of what is pending, so much is done with.
    private var start = 0

    /// - Parameters:
    ///   - boundary: As the request's content type gives it.
    ///   - maxHeaderBytes: Of one part.
    init(boundary: String, maxHeaderBytes: Int) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.maxHeaderBytes = maxHeaderBytes
    }

    /// Whether all parts came.
    var isAtEnd: Bool { if case .epilogue = phase { true } else { false } }

    /// Adds what follows in the body.
    mutating func add(_ bytes: [UInt8]) {
        if isAtEnd { return }
        pending.removeSubrange(..<start)
        start = 0
        pending += bytes
    }

    /// What comes next.
    ///
    /// - Throws: ``MultipartError`` where the body is none that clients write; nothing can be told after that.
    mutating func next() throws(MultipartError) -> Step {
        while true {
            switch phase {
            case .preamble:
                guard let place = place(of: delimiter) else {
                    start = max(start, pending.count - delimiter.count + 1)
                    return .needsMore
                }
                start = place + delimiter.count
                phase = .delimiter
            case .delimiter:
                guard let isLast = try endOfDelimiter() else { return .needsMore }
                phase = isLast ? .epilogue : .header
            case .header:
                guard let fields = try header() else { return .needsMore }
                phase = .contentStart
                return .part(fields)
            case .contentStart:
                // Of an empty part the line break before the content may be the delimiter's own.
                guard pending.count - start >= delimiter.count else { return .needsMore }
                if !pending[start...].starts(with: delimiter) { start += Self.lineBreak.count }
                phase = .content
            case .content:
                return content()
            case .epilogue:
                pending = []
                start = 0
                return .end
            }
        }
    }

    // MARK: - Parts of a body

    private static let lineBreak: [UInt8] = [0x0D, 0x0A]

    /// Goes behind the boundary's line; whether it was the last, or nil where more bytes are needed to tell.
    private mutating func endOfDelimiter() throws(MultipartError) -> Bool? {
        let rest = pending[start...]
        if rest.starts(with: Self.dashes) { return true }
        let line = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard rest.count >= 2, line.count >= 2 else {
            guard rest.count <= maxHeaderBytes else { throw MultipartError("A boundary's line is too long.") }
            return nil
        }
        guard line.starts(with: Self.lineBreak) else {
            throw MultipartError("A boundary is followed by something else than a line break.")
        }
        start = line.startIndex
        return false
    }

    private static let dashes = Array("--".utf8)

    /// Reads a header from the line break in front of it to the empty line; nil where that has not come yet.
    private mutating func header() throws(MultipartError) -> HTTPFields? {
        let end = place(of: Self.lineBreak + Self.lineBreak)
        guard (end ?? pending.count) - start <= maxHeaderBytes else {
            throw MultipartError("The header of a part has more than \(maxHeaderBytes) bytes.")
        }
        guard let end else { return nil }
        var fields = HTTPFields()
        let block = String(decoding: pending[start..<end], as: UTF8.self)
        for line in block.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                line[..<colon].unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }),
                !line.unicodeScalars.contains(where: { ["\0", "\r", "\n"].contains($0) })
            else { throw MultipartError("The header of a part is not well-formed.") }
            let value = line[line.index(after: colon)...]
            fields.append(String(line[..<colon]), value.trimmingCharacters(in: .whitespaces))
        }
        start = end + Self.lineBreak.count
        return fields
    }

    private mutating func content() -> Step {
        let place = place(of: delimiter)
        if place == start {
            start += delimiter.count
            phase = .delimiter
            return .partEnd
        }
        // What might be the start of a delimiter waits for its rest.
        let end = place ?? pending.count - delimiter.count + 1
        guard end > start else { return .needsMore }
        defer { start = end }
        return .piece(Array(pending[start..<end]))
    }

    // MARK: - Search

    /// Where a pattern that begins with a carriage return stands in what is pending; nil where it does not.
    private func place(of pattern: [UInt8]) -> Int? {
        var from = start
        let last = pending.count - pattern.count
        while from <= last {
            // The C library looks at many bytes at a time.
            let found = unsafe pending.withUnsafeBytes { bytes -> Int? in
                guard let base = bytes.baseAddress else { return nil }
                return unsafe memchr(base + from, 0x0D, last - from + 1).map { unsafe UnsafeRawPointer($0) - base }
            }
            guard let found else { return nil }
            if pending[found + 1] == pattern[1], pending[found...].starts(with: pattern) { return found }
            from = found + 1
        }
        return nil
    }
}

/// Why a multipart body is refused.
struct MultipartError: Error, Equatable {
    /// For the client.
    let message: String

    init(_ message: String) { self.message = message }
}
