/// A model: what the fields of an object type are resolved on.
///
/// A Swift type conforms by saying so; it needs nothing else.
public protocol ObjectValue: OutputValue where Builder == ObjectBuilder<Self> {}

extension ObjectValue {
    /// Objects of this Swift type.
    public static var shape: OutputShape { .object(Self.self) }
}

/// The objects of one level, all of one Swift type, with the type erased.
///
/// `@unchecked Sendable`, since a class that is not final cannot be checked; all members are constants of Sendable types.
@usableFromInline
class ObjectBatch: @unchecked Sendable {
    @usableFromInline let count: Int

    /// Of each object.
    var elementType: any Sendable.Type { Never.self }

    @usableFromInline
    init(count: Int) {
        self.count = count
    }
}

/// The objects of one level.
///
/// `@unchecked Sendable` as its superclass is; `elements` is a constant array of Sendable values.
@usableFromInline
final class Objects<Element: Sendable>: ObjectBatch, @unchecked Sendable {
    @usableFromInline let elements: [Element]

    @usableFromInline
    init(_ elements: [Element]) {
        self.elements = elements
        super.init(count: elements.count)
    }

    override var elementType: any Sendable.Type { Element.self }
}

/// Which object each position of a column holds.
struct ObjectPositions: Sendable {
    /// Without gaps: the parents of the next level.
    let batch: ObjectBatch
    /// For each position its object's place in the batch; nil where no position is null and so each is its own place.
    let places: [Int32]?
}

/// Makes columns of objects.
public struct ObjectBuilder<Element: Sendable>: ColumnBuilder {
    @usableFromInline var elements: [Element] = []
    @usableFromInline var nulls = NullPositions()
    @usableFromInline var failures: [(position: Int, error: any Error)] = []
    @usableFromInline var count = 0

    /// - Parameter capacity: How many positions are expected.
    @inlinable
    public init(capacity: Int) {
        elements.reserveCapacity(capacity)
    }

    /// Adds a position that holds `element`.
    @inlinable
    public mutating func append(_ element: Element) {
        elements.append(element)
        count += 1
    }

    /// Adds positions that hold `elements`; of a single list they are not copied.
    @inlinable
    public mutating func append(all elements: [Element]) {
        if self.elements.isEmpty { self.elements = elements } else { self.elements += elements }
        count += elements.count
    }

    /// Adds a position that holds null.
    @inlinable
    public mutating func appendNull() {
        nulls.insert(count)
        count += 1
    }

    /// Adds a position that failed.
    @inlinable
    public mutating func appendFailure(_ error: any Error) {
        failures.append((count, error))
        appendNull()
    }

    /// The column; the builder is not used again.
    public mutating func finish() -> Column {
        Column(
            .objects(ObjectPositions(batch: Objects(elements), places: nulls.places(count: count))),
            count: count,
            nulls: nulls,
            failures: failures
        )
    }
}

extension NullPositions {
    /// The places that the other positions get when these are left out; nil where there are none to leave out.
    func places(count: Int) -> [Int32]? {
        guard !isEmpty else { return nil }
        var next: Int32 = 0
        return (0..<count).map { position in
            if contains(position) { return -1 }
            defer { next += 1 }
            return next
        }
    }
}

/// An object where the field's type is an interface or a union: its object type is told by its Swift type, or by name.
public struct AbstractValue: OutputValue {
    /// The object itself.
    let object: any ObjectValue
    /// Nil where the Swift type tells.
    let typeName: String?

    /// - Parameters:
    ///   - object: Of the Swift type on which the object type's fields are resolved.
    ///   - typeName: The object type; needed only where several are resolved on that Swift type.
    public init(_ object: some ObjectValue, as typeName: String? = nil) {
        self.object = object
        self.typeName = typeName
    }

    /// Objects of several Swift types.
    public static var shape: OutputShape { .abstract }

    /// Makes columns of them.
    public struct Builder: ColumnBuilder {
        private var values: [AbstractValue?] = []
        private var nulls = NullPositions()
        private var failures: [(position: Int, error: any Error)] = []

        /// - Parameter capacity: How many positions are expected.
        public init(capacity: Int) {
            values.reserveCapacity(capacity)
        }

        /// Adds a position that holds `element`.
        public mutating func append(_ element: AbstractValue) {
            values.append(element)
        }

        /// Adds a position that holds null.
        public mutating func appendNull() {
            nulls.insert(values.count)
            values.append(nil)
        }

        /// Adds a position that failed.
        public mutating func appendFailure(_ error: any Error) {
            failures.append((values.count, error))
            appendNull()
        }

        /// The column; the builder is not used again.
        public mutating func finish() -> Column {
            Column(.abstract(values), count: values.count, nulls: nulls, failures: failures)
        }
    }
}
