extension MediaRange {
    /// A media type by its two names, in lower case.
    typealias Name = (type: String, subtype: String)

    /// Whether a client wants `name` rather than any of `others`.
    ///
    /// Among types it likes equally: the one it names more closely, then the one it names first. What only `*/*` covers is
    /// not asked for.
    ///
    /// - Parameters:
    ///   - name: What could be sent.
    ///   - others: What else could be sent.
    ///   - accept: The values of `Accept`.
    /// - Returns: False where the client says nothing of `name`.
    /// - Source: RFC 9110, §12.5.1.
    static func prefers(_ name: Name, over others: [Name], accept: [String]) -> Bool {
        let ranges = accept.flatMap(parse)
        guard let asked = Rank(name, in: ranges), asked.specificity > 0 else { return false }
        return others.allSatisfy { other in Rank(other, in: ranges).map { $0 < asked } ?? true }
    }

    /// How much a client likes a type.
    private struct Rank: Comparable {
        let quality: Int
        let specificity: Int
        /// Of the range that says so, in the field.
        let place: Int

        /// As the closest of the ranges that cover `name` says; nil where none does, or the type is refused.
        init?(_ name: Name, in ranges: [MediaRange]) {
            let covering = ranges.enumerated().compactMap { place, range in
                range.specificity(for: name.type, name.subtype).map { (range, $0, place) }
            }
            guard let closest = covering.max(by: { ($0.1, $1.2) < ($1.1, $0.2) }), closest.0.quality > 0 else {
                return nil
            }
            (quality, specificity, place) = (closest.0.quality, closest.1, closest.2)
        }

        static func < (left: Rank, right: Rank) -> Bool {
            (left.quality, left.specificity, right.place) < (right.quality, right.specificity, left.place)
        }
    }
}
