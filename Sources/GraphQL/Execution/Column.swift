/// What a field gave for all objects of a level: one position for each, in their order.
///
/// A position holds a value, is null, or failed with an error of its own.
public struct Column: Sendable {
    /// The values, all of one kind.
    enum Content: Sendable {
        case strings([String])
        case integers([Int])
        case doubles([Double])
        case booleans([Bool])
        case values([Value])
        case raw(WrittenLeaves)
        case objects(ObjectPositions)
        case abstract([AbstractValue?])
        case lists(ListColumn)
    }

    /// How many positions there are.
    public let count: Int
    var content: Content
    /// The positions that are null or failed.
    var nulls: NullPositions
    /// By position, ascending.
    var failures: [(position: Int, error: any Error)]

    init(
        _ content: Content,
        count: Int,
        nulls: NullPositions = NullPositions(),
        failures: [(position: Int, error: any Error)] = []
    ) {
        self.content = content
        self.count = count
        self.nulls = nulls
        self.failures = failures
    }

    /// A column of leaf values that write themselves.
    @usableFromInline
    init(_ leaves: WrittenLeaves, failures: [(position: Int, error: any Error)]) {
        self.init(.raw(leaves), count: leaves.count, nulls: leaves.nulls, failures: failures)
    }

    /// A column of values one by one.
    ///
    /// - Parameter values: One for each object of the level.
    @inlinable
    public init<Element: OutputValue>(_ values: [Element]) {
        var builder = Element.Builder(capacity: values.count)
        builder.append(all: values)
        self = builder.finish()
    }

    /// What went wrong at `position`; nil where it is null or holds a value.
    func failure(at position: Int) -> (any Error)? {
        guard !failures.isEmpty else { return nil }
        var low = 0
        var high = failures.count
        while low < high {
            let middle = (low + high) / 2
            if failures[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return low < failures.count && failures[low].position == position ? failures[low].error : nil
    }
}

/// A set of positions, as bits; takes no room while it is empty.
@usableFromInline
struct NullPositions: Sendable {
    @usableFromInline var words: [UInt64] = []

    @inlinable
    init() {}

    @inlinable var isEmpty: Bool { words.isEmpty }

    @inlinable
    mutating func insert(_ position: Int) {
        let word = position >> 6
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(position & 63)
    }

    @inlinable
    func contains(_ position: Int) -> Bool {
        let word = position >> 6
        return word < words.count && words[word] & (1 << UInt64(position & 63)) != 0
    }
}

/// Lists: where each one starts in the column of all items.
///
/// A class, since a column holds columns.
final class ListColumn: Sendable {
    /// For each list where its items start, and at the end where the last one stops.
    let starts: [Int]
    /// Of all lists, end to end.
    let items: Column

    init(starts: [Int], items: Column) {
        self.starts = starts
        self.items = items
    }
}

/// The positions of a column of lists, while it is made.
public struct ListPositions {
    @usableFromInline var starts: [Int]
    @usableFromInline var nulls = NullPositions()
    @usableFromInline var failures: [(position: Int, error: any Error)] = []

    /// - Parameter capacity: How many lists are expected.
    @inlinable
    public init(capacity: Int) {
        starts = []
        starts.reserveCapacity(capacity + 1)
        starts.append(0)
    }

    @inlinable var position: Int { starts.count - 1 }

    /// Adds a list of the next `count` items.
    @inlinable
    public mutating func append(count: Int) {
        starts.append(starts[starts.count - 1] + count)
    }

    /// Adds a position that holds null.
    @inlinable
    public mutating func appendNull() {
        nulls.insert(position)
        append(count: 0)
    }

    /// Adds a position that failed.
    @inlinable
    public mutating func appendFailure(_ error: any Error) {
        failures.append((position, error))
        appendNull()
    }

    /// The column of lists over the column of all their items, end to end.
    public func finish(items: Column) -> Column {
        Column(.lists(ListColumn(starts: starts, items: items)), count: position, nulls: nulls, failures: failures)
    }
}
