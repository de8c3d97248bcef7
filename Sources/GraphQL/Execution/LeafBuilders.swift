/// Makes columns of leaf values of one Swift type.
public struct LeafBuilder<Element: LeafElement>: ColumnBuilder {
    @usableFromInline var elements: [Element.Stored] = []
    @usableFromInline var nulls = NullPositions()
    @usableFromInline var failures: [(position: Int, error: any Error)] = []

    /// - Parameter capacity: How many positions are expected.
    @inlinable
    public init(capacity: Int) {
        elements.reserveCapacity(capacity)
    }

    /// Adds a position that holds `element`.
    @inlinable
    public mutating func append(_ element: Element) {
        elements.append(element.stored)
    }

    /// Adds positions that hold `elements`.
    @inlinable
    public mutating func append(all elements: [Element]) {
        // The lists of a column are mostly of about one length; where all elements come at once, there is room for them.
        if self.elements.isEmpty, elements.count < self.elements.capacity {
            self.elements.reserveCapacity(min(self.elements.capacity * elements.count, Self.mostExpected))
        }
        for place in elements.indices { self.elements.append(elements[place].stored) }
    }

    /// More positions than so many are no longer reserved in advance.
    @usableFromInline static var mostExpected: Int { 4_096 }

    /// Adds a position that holds null.
    @inlinable
    public mutating func appendNull() {
        nulls.insert(elements.count)
        elements.append(Element.filler)
    }

    /// Adds a position that failed.
    @inlinable
    public mutating func appendFailure(_ error: any Error) {
        failures.append((elements.count, error))
        appendNull()
    }

    /// The column; the builder is not used again.
    public mutating func finish() -> Column {
        Column(Element.content(elements), count: elements.count, nulls: nulls, failures: failures)
    }
}

/// What leaf columns hold.
public protocol LeafElement {
    /// As it is kept in the column.
    associatedtype Stored
    /// The value as it is kept.
    var stored: Stored { get }
    /// Stands at positions without a value.
    static var filler: Stored { get }
    /// Internal to the engine: the column's content.
    static func columnContent(_ elements: [Stored]) -> LeafContent
}

/// The content of a leaf column, made by the engine's own types alone.
public struct LeafContent {
    let content: Column.Content
}

extension LeafElement {
    static func content(_ elements: [Stored]) -> Column.Content { columnContent(elements).content }
}

extension String: OutputValue, LeafElement {
    /// Makes columns of texts.
    public typealias Builder = LeafBuilder<String>
    /// Texts.
    public static var shape: OutputShape { .string }
    /// The text.
    @inlinable public var stored: String { self }
    /// Stands at positions without a value.
    @inlinable public static var filler: String { "" }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [String]) -> LeafContent { LeafContent(content: .strings(elements)) }
}

extension Int: OutputValue, LeafElement {
    /// Makes columns of whole numbers.
    public typealias Builder = LeafBuilder<Int>
    /// Whole numbers.
    public static var shape: OutputShape { .integer }
    /// The number.
    @inlinable public var stored: Int { self }
    /// Stands at positions without a value.
    @inlinable public static var filler: Int { 0 }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [Int]) -> LeafContent { LeafContent(content: .integers(elements)) }
}

extension Int32: OutputValue, LeafElement {
    /// Makes columns of whole numbers.
    public typealias Builder = LeafBuilder<Int32>
    /// Whole numbers.
    public static var shape: OutputShape { .integer }
    /// The number.
    @inlinable public var stored: Int { Int(self) }
    /// Stands at positions without a value.
    @inlinable public static var filler: Int { 0 }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [Int]) -> LeafContent { LeafContent(content: .integers(elements)) }
}

extension Double: OutputValue, LeafElement {
    /// Makes columns of numbers.
    public typealias Builder = LeafBuilder<Double>
    /// Numbers.
    public static var shape: OutputShape { .double }
    /// The number.
    @inlinable public var stored: Double { self }
    /// Stands at positions without a value.
    @inlinable public static var filler: Double { 0 }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [Double]) -> LeafContent { LeafContent(content: .doubles(elements)) }
}

extension Bool: OutputValue, LeafElement {
    /// Makes columns of flags.
    public typealias Builder = LeafBuilder<Bool>
    /// Flags.
    public static var shape: OutputShape { .boolean }
    /// The flag.
    @inlinable public var stored: Bool { self }
    /// Stands at positions without a value.
    @inlinable public static var filler: Bool { false }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [Bool]) -> LeafContent { LeafContent(content: .booleans(elements)) }
}

extension Value: OutputValue, LeafElement {
    /// Makes columns of values of any leaf type; ``Value/null`` is null.
    public typealias Builder = LeafBuilder<Value>
    /// Fits every leaf.
    public static var shape: OutputShape { .value }
    /// The value.
    @inlinable public var stored: Value { self }
    /// Stands at positions without a value.
    @inlinable public static var filler: Value { .null }
    /// Internal to the engine: the column's content.
    public static func columnContent(_ elements: [Value]) -> LeafContent { LeafContent(content: .values(elements)) }
}

// MARK: - Leaves that write themselves

/// A leaf value that writes itself as JSON, so that no text is made of it first: an identifier, an instant.
///
/// The engine does not coerce it: what it writes must be one JSON value that the field's type allows.
public protocol WrittenLeaf: JSONWritable, LeafValue where Builder == WrittenLeafBuilder<Self> {}

/// A value that writes itself as JSON.
public protocol JSONWritable: Sendable {
    /// Writes the value.
    func write(into buffer: inout ResponseBuffer)
}

extension WrittenLeaf {
    /// Fits every leaf.
    public static var shape: OutputShape { .value }
}

/// Makes columns of leaves that write themselves.
public struct WrittenLeafBuilder<Element: JSONWritable>: ColumnBuilder {
    @usableFromInline var elements: [Element?] = []
    @usableFromInline var nulls = NullPositions()
    @usableFromInline var failures: [(position: Int, error: any Error)] = []

    /// - Parameter capacity: How many positions are expected.
    @inlinable
    public init(capacity: Int) {
        elements.reserveCapacity(capacity)
    }

    /// Adds a position that holds `element`.
    @inlinable
    public mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Adds a position that holds null.
    @inlinable
    public mutating func appendNull() {
        nulls.insert(elements.count)
        elements.append(nil)
    }

    /// Adds a position that failed.
    @inlinable
    public mutating func appendFailure(_ error: any Error) {
        failures.append((elements.count, error))
        appendNull()
    }

    /// The column; the builder is not used again.
    @inlinable
    public mutating func finish() -> Column {
        let elements = elements
        let leaves = WrittenLeaves(count: elements.count, nulls: nulls) { elements[$0]?.write(into: &$1) }
        return Column(leaves, failures: failures)
    }
}

/// Leaves of one type, which the closure knows.
///
/// A generic type would look its type up for each leaf, which takes longer than to write it: conformances of generic types are
/// not made anew for each.
@usableFromInline
struct WrittenLeaves: Sendable {
    @usableFromInline let count: Int
    let nulls: NullPositions
    /// Writes the leaf of a position that is not null.
    let write: @Sendable (_ position: Int, _ buffer: inout ResponseBuffer) -> Void

    @usableFromInline
    init(
        count: Int,
        nulls: NullPositions,
        write: @escaping @Sendable (_ position: Int, _ buffer: inout ResponseBuffer) -> Void
    ) {
        self.count = count
        self.nulls = nulls
        self.write = write
    }
}
