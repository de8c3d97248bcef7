internal import Synchronization

/// Projections as they are sent, by the parts that they read: each is made once.
final class Projections<Parts: Hashable & Sendable>: Sendable {
    private let fields: @Sendable (Parts) -> [String]
    /// As many as there are sets of parts, at most.
    private let made = Mutex<[Parts: BSONDocument]>([:])

    /// - Parameter fields: Which are read for these parts.
    init(_ fields: @escaping @Sendable (Parts) -> [String]) {
        self.fields = fields
    }

    /// The projection for these parts.
    subscript(_ parts: Parts) -> BSONDocument {
        made.withLock { made in
            if let known = made[parts] { return known }
            let projection = BSONWriter.document { writer in
                for field in fields(parts) { writer.append(field, 1) }
            }
            made[parts] = projection
            return projection
        }
    }
}
