internal import GraphQL

/// Reads the parameters of a GraphQL request out of what HTTP brought.
///
/// - Source: GraphQL over HTTP, "Request".
enum GraphQLParameters {
    /// What is wrong with the parameters; the message is for the client.
    struct Malformed: Error, Equatable {
        let message: String
        /// Whether they could not even be read as JSON.
        let isNotJSON: Bool
    }

    /// From the JSON of a POST.
    ///
    /// - Parameters:
    ///   - body: UTF-8.
    ///   - what: What messages call it.
    /// - Returns: What was asked; a query, an identifier or a hash is there.
    /// - Throws: ``Malformed``.
    static func read(json body: [UInt8], as what: String = "The body") throws(Malformed) -> OperationRequest {
        let value: Value
        do throws(GraphQLError) {
            value = try JSONParser().parse(body)
        } catch {
            let place = error.locations.first.map { " (line \($0.line), column \($0.column))" } ?? ""
            throw Malformed(message: "\(what) is no JSON: \(error.message)\(place).", isNotJSON: true)
        }
        guard case .object(let map) = value else {
            throw Malformed(message: "\(what) must be one JSON object; batches are not accepted.", isNotJSON: false)
        }
        var request = OperationRequest()
        request.query = try string("query", map["query"]).map { Array($0.utf8) }
        request.documentID = try string("documentId", map["documentId"])
        request.operationName = try string("operationName", map["operationName"])
        request.variables = try object("variables", map["variables"]) ?? [:]
        request.extensions = try object("extensions", map["extensions"]) ?? [:]
        return try complete(request)
    }

    /// From the query of a GET's URL.
    ///
    /// An empty parameter is an absent one.
    static func read(query: String) throws(Malformed) -> OperationRequest {
        var request = OperationRequest()
        for (name, value) in URLQuery.parse(query) where !value.isEmpty {
            switch name {
            case "query": request.query = value
            case "documentId": request.documentID = String(decoding: value, as: UTF8.self)
            case "operationName": request.operationName = String(decoding: value, as: UTF8.self)
            case "variables": request.variables = try object(name, try json(name, value)) ?? [:]
            case "extensions": request.extensions = try object(name, try json(name, value)) ?? [:]
            default: break  // Unknown parameters are passed over.
            }
        }
        return try complete(request)
    }

    private static func complete(_ request: OperationRequest) throws(Malformed) -> OperationRequest {
        let isPersisted = request.extensions["persistedQuery"].map { $0 != .null } ?? false
        guard request.query?.isEmpty == false || request.documentID != nil || isPersisted else {
            throw Malformed(message: "The parameter \"query\" is missing.", isNotJSON: false)
        }
        return request
    }

    private static func json(_ name: String, _ bytes: [UInt8]) throws(Malformed) -> Value {
        do throws(GraphQLError) {
            return try JSONParser().parse(bytes)
        } catch {
            throw Malformed(message: "The parameter \"\(name)\" is no JSON: \(error.message).", isNotJSON: true)
        }
    }

    private static func string(_ name: String, _ value: Value?) throws(Malformed) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw Malformed(message: "The parameter \"\(name)\" must be a string.", isNotJSON: false)
        }
    }

    private static func object(_ name: String, _ value: Value?) throws(Malformed) -> Value.Object? {
        switch value {
        case nil, .null?: return nil
        case .object(let object)?: return object
        default: throw Malformed(message: "The parameter \"\(name)\" must be an object.", isNotJSON: false)
        }
    }
}
