/// The globally unique identifier of an object, as clients see it: `job_` and 24 hexadecimal digits.
public struct NodeID: Hashable, Sendable {
    /// What it is an identifier of.
    public enum Kind: String, Sendable, CaseIterable {
        case recruiter
        case job
        case resume
        case batch
        case event
    }

    /// What it is an identifier of.
    public let kind: Kind
    /// In the store.
    public let key: ObjectID

    /// - Parameters:
    ///   - kind: What it is an identifier of.
    ///   - key: In the store.
    public init(_ kind: Kind, _ key: ObjectID) {
        self.kind = kind
        self.key = key
    }

    /// - Parameter text: As a client sent it; nil for what no object can have.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        // Only lower case: an object has one identifier, and clients compare them as texts.
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let key = ObjectID(String(parts[1])),
            key.description == parts[1]
        else { return nil }
        self.init(kind, key)
    }
}

extension NodeID: CustomStringConvertible {
    /// As clients see it.
    public var description: String { unsafe String(unsafeUninitializedCapacity: byteCount) { unsafe write(to: $0) } }

    /// Of a description.
    var byteCount: Int { kind.rawValue.utf8.count + 1 + ObjectID.digitCount }

    /// Writes what ``description`` gives.
    ///
    /// - Parameter text: With room for ``byteCount``.
    /// - Returns: How many bytes it has.
    func write(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var place = 0
        for byte in kind.rawValue.utf8 {
            unsafe text[place] = byte
            place += 1
        }
        unsafe text[place] = UInt8(ascii: "_")
        return place + 1 + (unsafe key.write(to: UnsafeMutableBufferPointer(rebasing: text[(place + 1)...])))
    }
}
