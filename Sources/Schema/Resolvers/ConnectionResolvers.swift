internal import GraphQL

/// A part of a list that is paged by cursors.
///
/// - Source: Relay, GraphQL Cursor Connections Specification.
struct Connection<Node: ObjectValue>: ObjectValue {
    let page: Page<Node>
    /// Where a node stands.
    let cursor: @Sendable (Node) -> PageCursor
}

/// A node and its place in a connection.
struct Edge<Node: ObjectValue>: ObjectValue {
    let cursor: PageCursor
    let node: Node
}

/// What lies around a page.
struct PageInfo: ObjectValue {
    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: PageCursor?
    let endCursor: PageCursor?
}

extension Page {
    /// The same part, with other rows for the same places.
    ///
    /// Rows are moved and not copied, unless somebody else holds them.
    consuming func map<Other: Sendable>(_ transform: (consuming Row) -> Other) -> Page<Other> {
        var others: [Other] = []
        others.reserveCapacity(rows.count)
        while !rows.isEmpty { others.append(transform(rows.removeLast())) }
        others.reverse()
        return Page<Other>(rows: others, hasPrevious: hasPrevious, hasNext: hasNext, total: total)
    }
}

extension Resolvers {
    /// The connections, their edges, and `PageInfo`.
    mutating func addConnections() {
        addConnection("Job", of: JobView.self)
        addConnection("Resume", of: ResumeView.self)
        addConnection("Batch", of: StoredBatch.self)
        addConnection("JobEvent", of: JobEvent.self)

        field("PageInfo.hasNextPage", on: PageInfo.self) { $0.hasNextPage }
        field("PageInfo.hasPreviousPage", on: PageInfo.self) { $0.hasPreviousPage }
        field("PageInfo.startCursor", on: PageInfo.self) { $0.startCursor?.text }
        field("PageInfo.endCursor", on: PageInfo.self) { $0.endCursor?.text }
    }

    private mutating func addConnection<Node: ObjectValue>(_ name: String, of node: Node.Type) {
        field("\(name)Connection.edges", on: Connection<Node>.self) { connection in
            connection.page.rows.map { Edge(cursor: connection.cursor($0), node: $0) }
        }
        field("\(name)Connection.nodes", on: Connection<Node>.self) { $0.page.rows }
        field("\(name)Connection.totalCount", on: Connection<Node>.self) { $0.page.total }
        field("\(name)Connection.pageInfo", on: Connection<Node>.self) { connection in
            PageInfo(
                hasNextPage: connection.page.hasNext ?? false,
                hasPreviousPage: connection.page.hasPrevious ?? false,
                startCursor: connection.page.rows.first.map(connection.cursor),
                endCursor: connection.page.rows.last.map(connection.cursor)
            )
        }
        field("\(name)Edge.cursor", on: Edge<Node>.self) { $0.cursor.text }
        field("\(name)Edge.node", on: Edge<Node>.self) { $0.node }
    }
}
