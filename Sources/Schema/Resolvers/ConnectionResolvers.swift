internal import GraphQL

/// A part of a recruiter's jobs.
struct JobConnection: ObjectValue {
    let query: JobQuery
    let page: Page<StoredJob>
}

/// A job and its place in a connection.
struct JobEdge: ObjectValue {
    let cursor: PageCursor
    let node: StoredJob
}

/// What lies around a page.
struct PageInfo: ObjectValue {
    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: PageCursor?
    let endCursor: PageCursor?
}

/// A connection of which it is known that nothing is in it.
struct EmptyConnection: ObjectValue {}

/// What stands in the lists of an empty connection: nothing.
struct NoObject: ObjectValue {}

extension Resolvers {
    /// The connections, their edges, and `PageInfo`.
    mutating func addConnections() {
        field("JobConnection.edges", on: JobConnection.self) { connection in
            connection.page.rows.map { JobEdge(cursor: connection.query.cursor(of: $0), node: $0) }
        }
        field("JobConnection.nodes", on: JobConnection.self) { $0.page.rows }
        field("JobConnection.totalCount", on: JobConnection.self) { $0.page.total }
        field("JobConnection.pageInfo", on: JobConnection.self) { connection in
            PageInfo(
                hasNextPage: connection.page.hasNext ?? false,
                hasPreviousPage: connection.page.hasPrevious ?? false,
                startCursor: connection.page.rows.first.map(connection.query.cursor),
                endCursor: connection.page.rows.last.map(connection.query.cursor)
            )
        }
        field("JobEdge.cursor", on: JobEdge.self) { $0.cursor.text }
        field("JobEdge.node", on: JobEdge.self) { $0.node }

        field("PageInfo.hasNextPage", on: PageInfo.self) { $0.hasNextPage }
        field("PageInfo.hasPreviousPage", on: PageInfo.self) { $0.hasPreviousPage }
        field("PageInfo.startCursor", on: PageInfo.self) { $0.startCursor?.text }
        field("PageInfo.endCursor", on: PageInfo.self) { $0.endCursor?.text }

        for name in ["ResumeConnection", "BatchConnection"] {
            field("\(name).edges", on: EmptyConnection.self) { _ in [NoObject]() }
            field("\(name).nodes", on: EmptyConnection.self) { _ in [NoObject]() }
            field("\(name).totalCount", on: EmptyConnection.self) { _ in 0 }
            field("\(name).pageInfo", on: EmptyConnection.self) { _ in
                PageInfo(hasNextPage: false, hasPreviousPage: false, startCursor: nil, endCursor: nil)
            }
        }
    }
}
