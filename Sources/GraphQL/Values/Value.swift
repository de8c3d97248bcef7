/// A value that came in: from JSON variables, a literal of the document, or a default; and what `extensions` hold.
public enum Value: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// Whole numbers that fit; larger ones are ``float(_:)``.
    case int(Int)
    /// Always finite.
    case float(Double)
    case string(String)
    /// The name of an enum's value; never made from JSON, where enum values are strings until they are coerced.
    case `enum`(String)
    case list([Value])
    case object(Object)

    /// The entries of an object, in their order.
    ///
    /// A key stands once; setting it again keeps its place.
    public struct Object: Equatable, Sendable, ExpressibleByDictionaryLiteral {
        /// In the order in which they were first set.
        public private(set) var entries: [(key: String, value: Value)] = []
        /// Built only for large objects: small ones are searched from the start.
        private var places: [String: Int] = [:]

        /// Makes an empty object.
        public init() {}

        /// - Parameter elements: In their order; of equal keys the last value counts.
        public init(dictionaryLiteral elements: (String, Value)...) {
            for (key, value) in elements { self[key] = value }
        }

        /// Whether there is no entry.
        public var isEmpty: Bool { entries.isEmpty }
        /// How many entries there are.
        public var count: Int { entries.count }
        /// In their order.
        public var keys: [String] { entries.map(\.key) }

        /// The value of `key`; nil where it does not stand.
        ///
        /// Setting nil is without effect.
        public subscript(key: String) -> Value? {
            get { place(of: key).map { entries[$0].value } }
            set {
                guard let newValue else { return }
                if let place = place(of: key) {
                    entries[place].value = newValue
                    return
                }
                entries.append((key, newValue))
                if entries.count > Self.searched {
                    if places.isEmpty {
                        for (place, entry) in entries.enumerated() { places[entry.key] = place }
                    } else {
                        places[key] = entries.count - 1
                    }
                }
            }
        }

        /// Up to so many entries are searched one by one.
        private static let searched = 8

        private func place(of key: String) -> Int? {
            places.isEmpty ? entries.firstIndex { $0.key == key } : places[key]
        }

        /// Equal entries, whatever their order: objects of the specification are unordered.
        public static func == (left: Object, right: Object) -> Bool {
            left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
        }
    }
}
