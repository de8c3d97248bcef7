/// What a resolver gives for one object: a leaf value, an object, or these as optional, in lists, or as `Result`.
///
/// Values are never kept one by one. A resolver's values for all objects of a level go straight into a column of their
/// kind: texts with texts, numbers with numbers, the objects of all lists end to end. So there is no box per value, and
/// the next level's resolvers get all their objects as one array.
///
/// The engine conforms `String`, `Int`, `Int32`, `Double`, `Bool`, ``Value``, ``Column``, `Optional`, `Array` and
/// `Result`; a model conforms by ``ObjectValue``.
public protocol OutputValue: Sendable {
    /// Makes columns of these values.
    associatedtype Builder: ColumnBuilder where Builder.Output == Self
    /// What the columns hold, compared with the field's type when the server starts.
    static var shape: OutputShape { get }
}

/// Makes a ``Column``, position by position.
public protocol ColumnBuilder {
    /// What a position holds.
    associatedtype Output

    /// - Parameter capacity: How many positions are expected.
    init(capacity: Int)
    /// Adds a position that holds `element`.
    mutating func append(_ element: Output)
    /// Adds positions that hold `elements`.
    mutating func append(all elements: [Output])
    /// Adds a position that holds null.
    mutating func appendNull()
    /// Adds a position that failed.
    mutating func appendFailure(_ error: any Error)
    /// The column; the builder is not used again.
    mutating func finish() -> Column
}

extension ColumnBuilder {
    /// Adds them one by one.
    @inlinable
    public mutating func append(all elements: [Output]) {
        for place in elements.indices { append(elements[place]) }
    }
}

/// What a column holds, as far as the Swift type of a resolver tells.
public indirect enum OutputShape: Sendable {
    case string
    case integer
    case double
    case boolean
    /// A ``Value``: fits every leaf.
    case value
    /// Objects of one Swift type.
    case object(any ObjectValue.Type)
    /// ``AbstractValue``: objects of several Swift types.
    case abstract
    case list(OutputShape)
    /// A ``Column``, whose content only shows when it is there.
    case any
}

// MARK: - Wrappers

extension Optional: OutputValue where Wrapped: OutputValue {
    /// The columns of the wrapped values, in which nil is null.
    public struct Builder: ColumnBuilder {
        @usableFromInline var wrapped: Wrapped.Builder

        /// - Parameter capacity: How many positions are expected.
        @inlinable
        public init(capacity: Int) {
            wrapped = Wrapped.Builder(capacity: capacity)
        }

        /// Adds a position; nil is null.
        @inlinable
        public mutating func append(_ element: Wrapped?) {
            if let element { wrapped.append(element) } else { wrapped.appendNull() }
        }

        /// Adds a position that holds null.
        @inlinable
        public mutating func appendNull() { wrapped.appendNull() }

        /// Adds a position that failed.
        @inlinable
        public mutating func appendFailure(_ error: any Error) { wrapped.appendFailure(error) }

        /// The column; the builder is not used again.
        @inlinable
        public mutating func finish() -> Column { wrapped.finish() }
    }

    /// That of the wrapped value: any position may hold null.
    public static var shape: OutputShape { Wrapped.shape }
}

extension Result: OutputValue where Success: OutputValue, Failure: Sendable {
    /// The columns of the values, in which a failure stands for one position alone.
    public struct Builder: ColumnBuilder {
        @usableFromInline var success: Success.Builder

        /// - Parameter capacity: How many positions are expected.
        @inlinable
        public init(capacity: Int) {
            success = Success.Builder(capacity: capacity)
        }

        /// Adds a position.
        @inlinable
        public mutating func append(_ element: Result<Success, Failure>) {
            switch element {
            case .success(let value): success.append(value)
            case .failure(let error): success.appendFailure(error)
            }
        }

        /// Adds a position that holds null.
        @inlinable
        public mutating func appendNull() { success.appendNull() }

        /// Adds a position that failed.
        @inlinable
        public mutating func appendFailure(_ error: any Error) { success.appendFailure(error) }

        /// The column; the builder is not used again.
        @inlinable
        public mutating func finish() -> Column { success.finish() }
    }

    /// That of the value: any position may have failed.
    public static var shape: OutputShape { Success.shape }
}

extension Array: OutputValue where Element: OutputValue {
    /// The columns of lists: all items end to end, and where each list starts.
    public struct Builder: ColumnBuilder {
        @usableFromInline var items: Element.Builder
        @usableFromInline var lists: ListPositions

        /// - Parameter capacity: How many positions are expected.
        @inlinable
        public init(capacity: Int) {
            items = Element.Builder(capacity: capacity)
            lists = ListPositions(capacity: capacity)
        }

        /// Adds a position that holds a list.
        @inlinable
        public mutating func append(_ element: [Element]) {
            items.append(all: element)
            lists.append(count: element.count)
        }

        /// Adds a position that holds null.
        @inlinable
        public mutating func appendNull() { lists.appendNull() }

        /// Adds a position that failed.
        @inlinable
        public mutating func appendFailure(_ error: any Error) { lists.appendFailure(error) }

        /// The column; the builder is not used again.
        @inlinable
        public mutating func finish() -> Column { lists.finish(items: items.finish()) }
    }

    /// A list of the items' shape.
    public static var shape: OutputShape { .list(Element.shape) }
}
