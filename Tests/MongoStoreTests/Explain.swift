import Testing

@testable import MongoStore

/// What the server did for a search.
struct QueryPlan {
    let returned: Int
    let documents: Int
    let keys: Int
    let plan: String

    /// Whether an index gave the rows in their order.
    var isOrderedByIndex: Bool {
        plan.contains("IXSCAN") && !plan.contains("COLLSCAN") && !plan.contains("\"SORT\"")
    }
}

/// Asks the server how it does a search.
func explain(_ find: KeysetQuery.Find, on collection: Collection, _ workers: MongoWorkers) async throws -> QueryPlan {
    guard case .document(let filter) = try find.filter.value(), case .document(let options) = try find.options.value()
    else { throw BSONError("no documents") }
    return try await explain([("find", .string(collection.name)), ("filter", .document(filter))] + options, workers)
}

/// Asks the server how it runs a command.
func explain(_ command: [(key: String, value: BSONValue)], _ workers: MongoWorkers) async throws -> QueryPlan {
    let reply = try await workers.withClient {
        try $0.read(["explain": .document(command), "verbosity": "executionStats"])
    }
    let stats = try reply.document("executionStats")
    return QueryPlan(
        returned: try stats.int("nReturned"),
        documents: try stats.int("totalDocsExamined"),
        keys: try stats.int("totalKeysExamined"),
        plan: "\(try reply.document("queryPlanner").document("winningPlan").value())"
    )
}
