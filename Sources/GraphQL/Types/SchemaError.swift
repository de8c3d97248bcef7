/// Everything that is wrong with a schema's document.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// At least one: an error of syntax alone, or the rules' in the order of the document.
    public let errors: [GraphQLError]
    /// Of the document, such as `schema.graphql`.
    public let sourceName: String

    /// - Parameters:
    ///   - errors: At least one.
    ///   - sourceName: Of the document.
    public init(_ errors: [GraphQLError], in sourceName: String) {
        self.errors = errors
        self.sourceName = sourceName
    }

    /// A line for each error.
    ///
    /// Such as `schema.graphql:3:5: Unknown type 'Strin'.`
    public var description: String {
        errors.map { error in
            let place = error.locations.first.map { ":\($0.line):\($0.column)" } ?? ""
            return "\(sourceName)\(place): \(error.message)"
        }.joined(separator: "\n")
    }
}

/// Gathers what is wrong with a schema, place by place.
struct SchemaReports {
    private var reports: [(message: String, offsets: [SourceOffset])] = []

    /// Whether nothing is wrong so far.
    var isEmpty: Bool { reports.isEmpty }

    /// - Parameters:
    ///   - message: In the reference implementation's words.
    ///   - offsets: Those that are nil, as of built-in definitions, are left out.
    mutating func report(_ message: String, at offsets: [SourceOffset?]) {
        reports.append((message, offsets.compactMap(\.self)))
    }

    /// - Parameters:
    ///   - message: In the reference implementation's words.
    ///   - offsets: Those that are nil, as of built-in definitions, are left out.
    mutating func report(_ message: String, at offsets: SourceOffset?...) {
        report(message, at: offsets)
    }

    /// What was reported, in that order.
    ///
    /// Cost: one pass over the source, however many errors there are.
    func errors(in source: Source) -> [GraphQLError] {
        let locations = source.locations(at: reports.flatMap(\.offsets))
        return reports.map { report in
            GraphQLError(report.message, locations: report.offsets.compactMap { locations[$0] })
        }
    }
}
