internal import Schema

extension KeysetQuery {
    /// A part of a recruiter's jobs.
    init(_ query: JobQuery, of recruiter: ObjectID) {
        var prefix: [(key: String, value: BSONValue)] = [("recruiterId", .objectID(recruiter))]
        if let status = query.status { prefix.append(("status", .string(status.rawValue))) }
        self.init(
            collection: Collections.jobs,
            prefix: prefix,
            key: Self.key(query.order),
            filter: query.words.isEmpty ? [] : [("titleWords", ["$all": .wordStarts(query.words)])],
            isDescending: query.isDescending,
            page: query.page,
            projection: JobDocument.projection(query.parts)
        )
    }

    private static func key(_ order: JobQuery.Order) -> String {
        switch order {
        case .lastUpdatedAt: "lastUpdatedAt"
        case .createdAt: "createdAt"
        case .title: "titleKey"
        }
    }
}

extension BSONValue {
    /// Patterns for words that begin with these.
    ///
    /// Words are letters and digits, which mean nothing else in a pattern; anything else is quoted.
    static func wordStarts(_ words: [String]) -> BSONValue {
        .array(words.map { .regex("^\\Q\($0.replacing("\\E", with: ""))\\E", options: "") })
    }
}
