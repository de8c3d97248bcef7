/// The documents that an operator allows, by identifier.
///
/// Made from a manifest that a client's build wrote, or from the files of a folder. Where trusted documents alone are
/// allowed, a text runs only if it is, byte for byte, one of them.
public struct TrustedDocuments: Sendable {
    /// Says what is wrong with a manifest.
    public struct ManifestError: Error, CustomStringConvertible, Equatable {
        /// One line for the operator.
        public let description: String
    }

    private var textByIdentifier: [String: [UInt8]] = [:]
    private var texts: Set<[UInt8]> = []

    /// How many documents there are.
    public var count: Int { textByIdentifier.count }

    /// Documents of a folder's files: each is known by its name and by `sha256:` with the hash of its text.
    ///
    /// - Parameters:
    ///   - files: Name without extension, and text.
    ///   - sha256: The lower-case hexadecimal SHA-256 of bytes.
    public init(files: [(name: String, text: [UInt8])], sha256: (_ bytes: [UInt8]) -> String) {
        for (name, text) in files {
            insert(text, identifier: name)
            insert(text, identifier: "sha256:" + sha256(text))
        }
    }

    /// Documents of a manifest in one of the two forms in use.
    ///
    /// - An object of identifier to text, as Relay's compiler and graphql-codegen write it.
    /// - Apollo's: `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": …, "body": …}, …]}`.
    ///
    /// Each is known by its identifier and by `sha256:` with the hash of its text.
    ///
    /// - Parameters:
    ///   - manifest: The decoded JSON.
    ///   - sha256: The lower-case hexadecimal SHA-256 of bytes.
    /// - Throws: ``ManifestError`` that names the entry.
    public init(manifest: Value, sha256: (_ bytes: [UInt8]) -> String) throws(ManifestError) {
        guard case .object(let object) = manifest else {
            throw ManifestError(description: "the manifest is not an object")
        }
        func add(_ identifier: String, _ text: String) {
            let bytes = Array(text.utf8)
            insert(bytes, identifier: identifier)
            insert(bytes, identifier: "sha256:" + sha256(bytes))
        }
        guard case .list(let operations)? = object["operations"] else {
            for (identifier, value) in object.entries {
                guard case .string(let text) = value else {
                    throw ManifestError(description: "the document of \"\(identifier)\" is not a string")
                }
                add(identifier, text)
            }
            return
        }
        for (place, operation) in operations.enumerated() {
            guard case .object(let entry) = operation,
                case .string(let identifier)? = entry["id"],
                case .string(let text)? = entry["body"]
            else {
                throw ManifestError(description: "operations[\(place)] lacks the strings \"id\" and \"body\"")
            }
            add(identifier, text)
        }
    }

    /// The text of the document known by `identifier`.
    public func text(of identifier: String) -> [UInt8]? { textByIdentifier[identifier] }

    /// Whether `text` is, byte for byte, one of the documents.
    public func contains(_ text: [UInt8]) -> Bool { texts.contains(text) }

    private mutating func insert(_ text: [UInt8], identifier: String) {
        textByIdentifier[identifier] = text
        texts.insert(text)
    }
}
