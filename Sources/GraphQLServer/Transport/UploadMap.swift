internal import GraphQL

/// The part `map` of a multipart request: which file stands for which nulls of the variables.
///
/// - Source: GraphQL multipart request specification, "Server".
struct UploadMap {
    /// By the name of the file's part; never more than the limit.
    private let paths: [String: [VariablePath]]
    /// In the order of the map.
    let names: [String]

    /// Reads the map, and sees that each of its paths leads to a null.
    ///
    /// - Parameters:
    ///   - json: `{"0": ["variables.input.files.0"], …}`.
    ///   - variables: As the operation has them.
    ///   - maxFiles: More are refused.
    /// - Throws: ``MultipartError``.
    init(json: [UInt8], variables: Value.Object, maxFiles: Int) throws(MultipartError) {
        let value: Value
        do throws(GraphQLError) {
            value = try JSONParser().parse(json)
        } catch {
            throw MultipartError("The part \"map\" is no JSON: \(error.message).")
        }
        guard case .object(let map) = value else { throw MultipartError("The part \"map\" must be one JSON object.") }
        guard map.count <= maxFiles else {
            throw MultipartError("The part \"map\" has \(map.count) files; at most \(maxFiles) are taken.")
        }
        var paths: [String: [VariablePath]] = [:]
        var known: Set<VariablePath> = []
        for (name, value) in map.entries {
            guard case .list(let items) = value, !items.isEmpty else {
                throw MultipartError("In \"map\" the file \"\(Self.shown(name))\" must have a list of paths.")
            }
            paths[name] = try items.map { item throws(MultipartError) in
                guard case .string(let text) = item, let path = VariablePath(text) else {
                    throw MultipartError(
                        "In \"map\" the paths of the file \"\(Self.shown(name))\" must begin with \"variables.\"."
                    )
                }
                guard path.value(in: variables) == .null else {
                    throw MultipartError("There is no null at \"\(Self.shown(text))\", to put a file in place of.")
                }
                guard known.insert(path).inserted else {
                    throw MultipartError("In \"map\" the path \"\(Self.shown(text))\" stands more than once.")
                }
                return path
            }
        }
        self.paths = paths
        names = map.keys
    }

    /// Whether a file is in the map.
    func contains(_ name: String) -> Bool { paths[name] != nil }

    /// The variables with what stands for each file in place of its nulls.
    ///
    /// Cost: one pass over the variables, however many paths lead into one list.
    ///
    /// - Parameters:
    ///   - variables: Those that the map was read for.
    ///   - values: By the name of the file's part.
    /// - Returns: The same, but for what the paths of these files lead to.
    func filled(_ variables: Value.Object, with values: [String: Value]) -> Value.Object {
        let root = Branch()
        for (name, value) in values {
            for path in paths[name] ?? [] { root.put(value, at: path) }
        }
        guard case .object(let filled) = root.filled(.object(variables)) else { return variables }
        return filled
    }

    /// A client's text as a message may repeat it.
    static func shown(_ text: String) -> String { text.utf8.count > 100 ? "\(text.prefix(25))…" : text }
}

/// A place in an operation's variables: `variables.input.files.0`.
struct VariablePath: Hashable {
    /// Behind `variables`; never empty.
    fileprivate let steps: [String]

    /// - Parameter text: Nil where it does not lead into variables.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == "variables" else { return nil }
        steps = parts.dropFirst().map(String.init)
    }

    /// What stands there; nil where the path leads nowhere.
    func value(in variables: Value.Object) -> Value? {
        var value = Value.object(variables)
        for step in steps {
            switch value {
            case .object(let object):
                guard let inner = object[step] else { return nil }
                value = inner
            case .list(let items):
                guard let index = Self.index(step), items.indices.contains(index) else { return nil }
                value = items[index]
            default:
                return nil
            }
        }
        return value
    }

    fileprivate static func index(_ step: String) -> Int? { Int(step).flatMap { String($0) == step ? $0 : nil } }
}

/// What is put below one place of the variables.
private final class Branch {
    private var branches: [String: Branch] = [:]
    private var value: Value?

    func put(_ value: Value, at path: VariablePath) {
        var branch = self
        for step in path.steps {
            let next = branch.branches[step] ?? Branch()
            branch.branches[step] = next
            branch = next
        }
        branch.value = value
    }

    /// Recursion as deep as the variables nest, which the parser of JSON bounds.
    func filled(_ old: Value) -> Value {
        if let value { return value }
        switch old {
        case .object(var object):
            for (step, branch) in branches { object[step] = object[step].map(branch.filled) }
            return .object(object)
        case .list(var items):
            for (step, branch) in branches {
                guard let index = VariablePath.index(step), items.indices.contains(index) else { continue }
                items[index] = branch.filled(items[index])
            }
            return .list(items)
        default:
            return old
        }
    }
}
