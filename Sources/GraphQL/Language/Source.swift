/// A document's text, as UTF-8 bytes, with a name for messages.
public struct Source: Sendable {
    /// The text.
    ///
    /// Whether it is well-formed UTF-8 is checked where it matters: in strings, comments and names.
    public let bytes: [UInt8]
    /// Shown in messages, such as `schema.graphql`.
    public let name: String

    /// - Parameters:
    ///   - bytes: The text, UTF-8.
    ///   - name: Shown in messages.
    public init(bytes: [UInt8], name: String = "GraphQL request") {
        self.bytes = bytes
        self.name = name
    }

    /// - Parameters:
    ///   - text: The text.
    ///   - name: Shown in messages.
    public init(_ text: String, name: String = "GraphQL request") {
        self.init(bytes: Array(text.utf8), name: name)
    }

    /// The line and column of the byte at `offset`.
    ///
    /// Cost: one pass over the bytes before it.
    ///
    /// - Parameter offset: From 0 to the number of bytes.
    /// - Returns: From line 1, column 1.
    public func location(at offset: SourceOffset) -> SourceLocation {
        locations(at: [offset])[offset] ?? SourceLocation(line: 1, column: 1)
    }

    /// The line and column of each offset.
    ///
    /// Cost: one pass over the bytes before the last of them.
    ///
    /// - Parameter offsets: From 0 to the number of bytes, in any order; the same one may stand more than once.
    /// - Returns: One for each different offset.
    public func locations(at offsets: [SourceOffset]) -> [SourceOffset: SourceLocation] {
        var locations: [SourceOffset: SourceLocation] = [:]
        var line = 1
        var column = 1
        var index = 0
        for offset in offsets.sorted() where locations[offset] == nil {
            let end = min(Int(offset), bytes.count)
            while index < end {
                switch bytes[index] {
                case 0x0A:
                    line += 1
                    column = 1
                case 0x0D:
                    // CR LF is one line terminator; the LF ends the line.
                    if index + 1 < bytes.count, bytes[index + 1] == 0x0A { break }
                    line += 1
                    column = 1
                case 0x80...0xBF:
                    break  // A continuation byte adds no column.
                default:
                    column += 1
                }
                index += 1
            }
            locations[offset] = SourceLocation(line: line, column: column)
        }
        return locations
    }
}

/// A byte's place in a ``Source``, from 0.
///
/// Sources of 2 GiB and more are refused before they are read.
public typealias SourceOffset = Int32

/// A place in a document, as errors show it.
///
/// - Source: GraphQL September 2025, §7.1.7 Errors.
public struct SourceLocation: Hashable, Sendable {
    /// From 1.
    ///
    /// Lines end with LF, CR or CR LF.
    public let line: Int
    /// From 1, counted in Unicode scalars.
    public let column: Int

    /// - Parameters:
    ///   - line: From 1.
    ///   - column: From 1, in Unicode scalars.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
