internal import GraphQL

/// Which part of a connection is asked for, and what of it must be found out.
///
/// - Source: Relay, GraphQL Cursor Connections Specification, §4 and §5.
public struct PageRequest: Sendable, Equatable {
    /// The most rows of a page.
    public static let maxRows = 100
    /// The rows of a page where nothing is said.
    public static let defaultRows = 20

    /// How many rows at most.
    public var limit = PageRequest.defaultRows
    /// Whether they are the last of the range.
    public var isBackward = false
    /// Only what comes after it; the row itself is left out.
    public var after: PageCursor?
    /// Only what comes before it; the row itself is left out.
    public var before: PageCursor?
    /// Whether rows are shown at all.
    public var needsRows = true
    /// Whether it must be found out if something precedes the page.
    public var needsPrevious = true
    /// Whether it must be found out if something follows the page.
    public var needsNext = true
    /// Whether all rows of the connection must be counted.
    public var needsTotal = false

    /// The first page.
    public init() {}

    /// Reads the arguments and the look-ahead of a connection field.
    ///
    /// - Parameters:
    ///   - call: Of a field with `first`, `after`, `last` and `before`.
    ///   - order: That of the connection: cursors of another are refused.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT` and the argument's name as `field`.
    init(_ call: FieldCall, order: Character) throws {
        let first = try Self.count("first", call)
        let last = try Self.count("last", call)
        if first != nil, last != nil {
            throw GraphQLError.badInput("Give \"first\" or \"last\", not both.", field: "last")
        }
        limit = first ?? last ?? Self.defaultRows
        isBackward = last != nil
        after = try Self.cursor("after", call, order)
        before = try Self.cursor("before", call, order)
        let selection = call.selection
        needsRows = selection.contains("edges") || selection.contains("nodes") || selection.contains("pageInfo")
        needsPrevious = selection["pageInfo"].contains("hasPreviousPage")
        needsNext = selection["pageInfo"].contains("hasNextPage")
        needsTotal = selection.contains("totalCount")
    }

    private static func count(_ name: String, _ call: FieldCall) throws -> Int? {
        guard let count = try call.arguments.int(name) else { return nil }
        guard (1...maxRows).contains(count) else {
            throw GraphQLError.badInput("\"\(name)\" is \(count); it must be from 1 to \(maxRows).", field: name)
        }
        return count
    }

    private static func cursor(_ name: String, _ call: FieldCall, _ order: Character) throws -> PageCursor? {
        guard let text = try call.arguments.string(name) else { return nil }
        guard let cursor = PageCursor(text) else {
            throw GraphQLError.badInput("\"\(name)\" is no cursor of this connection.", field: name)
        }
        guard cursor.order == order else {
            throw GraphQLError.badInput("\"\(name)\" is a cursor of another order.", field: name)
        }
        return cursor
    }
}

/// A part of a connection.
public struct Page<Row: Sendable>: Sendable {
    /// In the connection's order, also when they are its last.
    public var rows: [Row]
    /// Nil where nobody asked.
    public var hasPrevious: Bool?
    /// Nil where nobody asked.
    public var hasNext: Bool?
    /// All rows of the connection; nil where nobody asked.
    public var total: Int?

    /// Each parameter is the property of its name.
    public init(rows: [Row], hasPrevious: Bool? = nil, hasNext: Bool? = nil, total: Int? = nil) {
        self.rows = rows
        self.hasPrevious = hasPrevious
        self.hasNext = hasNext
        self.total = total
    }
}
