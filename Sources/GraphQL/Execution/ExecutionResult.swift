/// What came of a request: data and errors, as the response shows them.
///
/// - Source: GraphQL September 2025, §7.1 Response Format.
public struct ExecutionResult: Sendable {
    /// In the order of the response.
    public let errors: [GraphQLError]
    /// Of the response as a whole; left out while empty.
    public var extensions: Value.Object = [:]
    /// `{"data":…`, without the last brace; nil for a request error.
    private let written: Written?
    /// Whether `data` is null, since an error reached the root.
    public let isDataNull: Bool

    private final class Written: Sendable {
        let buffer: ResponseBuffer

        init(_ buffer: consuming ResponseBuffer) {
            self.buffer = buffer
        }
    }

    static let opening: StaticString = "{\"data\":"

    /// What was executed.
    ///
    /// - Parameters:
    ///   - written: Starts with ``opening``.
    ///   - isDataNull: Whether an error reached the root.
    ///   - errors: In the order of the response.
    init(written: consuming ResponseBuffer, isDataNull: Bool, errors: [GraphQLError]) {
        self.isDataNull = isDataNull
        self.written = Written(written)
        self.errors = errors
    }

    /// What was not executed, or not to the end.
    ///
    /// - Parameters:
    ///   - errors: At least one.
    ///   - hasData: Whether execution had begun, so that `data` stands there as null.
    public init(errors: [GraphQLError], hasData: Bool = false) {
        self.errors = errors
        isDataNull = hasData
        if hasData {
            var buffer = ResponseBuffer(capacity: 16)
            buffer.write(raw: Self.opening)
            buffer.writeNull()
            written = Written(buffer)
        } else {
            written = nil
        }
    }

    /// A request error: nothing was executed, the response has no `data`.
    ///
    /// - Parameter failure: Why.
    public init(_ failure: RequestErrors) {
        self.init(errors: failure.errors)
    }

    /// Whether nothing was executed: the response has no `data`.
    public var isRequestError: Bool { written == nil }

    /// The JSON of `data`; nil for a request error.
    ///
    /// Cost: a copy.
    public var data: [UInt8]? {
        written.map { Array($0.buffer.bytes.dropFirst(Self.opening.utf8CodeUnitCount)) }
    }

    /// Writes the response: `errors` first where there are any, then `data`, then `extensions`.
    ///
    /// - Parameter buffer: Is added to.
    public func write(into buffer: inout ResponseBuffer) {
        buffer.write(byte: UInt8(ascii: "{"))
        if !errors.isEmpty {
            buffer.write(raw: "\"errors\":[")
            for (index, error) in errors.enumerated() {
                if index > 0 { buffer.write(byte: UInt8(ascii: ",")) }
                buffer.write(error: error)
            }
            buffer.write(raw: "]")
        }
        if let written {
            if !errors.isEmpty { buffer.write(byte: UInt8(ascii: ",")) }
            // The brace is there already.
            buffer.write(written.buffer, 1..<written.buffer.count)
        }
        if !extensions.isEmpty {
            buffer.write(raw: ",\"extensions\":")
            buffer.write(value: .object(extensions))
        }
        buffer.write(byte: UInt8(ascii: "}"))
    }

    /// The response as JSON.
    ///
    /// Cost: a copy.
    public var json: [UInt8] {
        // Mostly it is whole but for its last brace.
        if let written, errors.isEmpty, extensions.isEmpty {
            return written.buffer.bytes(followedBy: UInt8(ascii: "}"))
        }
        var buffer = ResponseBuffer(capacity: 64 + (written?.buffer.count ?? 0) + 128 * errors.count)
        write(into: &buffer)
        return buffer.bytes
    }
}

extension ResponseBuffer {
    /// Writes an entry of `errors`.
    ///
    /// - Source: GraphQL September 2025, §7.1.7 Errors.
    mutating func write(error: GraphQLError) {
        write(raw: "{\"message\":")
        write(string: error.message)
        if !error.locations.isEmpty {
            write(raw: ",\"locations\":[")
            for (index, location) in error.locations.enumerated() {
                write(raw: index > 0 ? ",{\"line\":" : "{\"line\":")
                write(int: location.line)
                write(raw: ",\"column\":")
                write(int: location.column)
                write(raw: "}")
            }
            write(raw: "]")
        }
        if let path = error.path {
            write(raw: ",\"path\":[")
            for (index, step) in path.steps.enumerated() {
                if index > 0 { write(byte: UInt8(ascii: ",")) }
                switch step {
                case .field(let name): write(string: name)
                case .index(let index): write(int: index)
                }
            }
            write(raw: "]")
        }
        if !error.extensions.isEmpty {
            write(raw: ",\"extensions\":")
            write(value: .object(error.extensions))
        }
        write(raw: "}")
    }
}
