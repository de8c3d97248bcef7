import Synchronization

/// An operation of a document, ready to be executed with any variables: its fields collected, its constants coerced.
///
/// Which fields `@skip` and `@include` leave, and in which order they then stand, hangs on the variables that they read.
/// So there is a plan for each assignment of those that came up, and none of them is looked at while a plan runs.
public final class OperationPlan: Sendable {
    /// What was parsed.
    public let document: DocumentNode
    /// The operation that is executed.
    public let operation: OperationDefinitionNode
    let executable: ExecutableSchema
    let rootType: ObjectType
    private let fragments: [String: FragmentDefinitionNode]
    /// Read by `@skip` and `@include`, without `$`.
    private let conditionNames: [String]
    private let variants = Mutex<[[Truth]: Variant]>([:])
    /// The plan where no variable is read.
    private let only: Variant?

    /// The plan for one assignment of the variables that directives read.
    final class Variant: Sendable {
        let root: Result<SelectionPlan, LocatedError>
        /// By ``FieldPlan/id``.
        let responseNames: [String]
        /// Whether any resolver may wait.
        let waits: Bool
        /// What it costs, where that hangs on no variable; negative as long as nobody has asked.
        let constantCost = Atomic(-1)

        init(root: Result<SelectionPlan, LocatedError>, responseNames: [String], waits: Bool) {
            self.root = root
            self.responseNames = responseNames
            self.waits = waits
        }
    }

    /// Whether it is no larger than the document, as what remembers documents counts on.
    ///
    /// Fragments that are put in place again and again, each time beside others, make plans of many times their text.
    var isWorthKeeping: Bool { only.map { $0.responseNames.count <= document.tokenCount } ?? true }

    /// How long the last response was: the next one is likely to be about as long.
    private let lastBytes = Atomic(0)

    /// How long the next response is likely to be, in bytes: about as long as the last one; 0 before the first.
    public var expectedBytes: Int {
        let last = lastBytes.load(ordering: .relaxed)
        return min(last + last / 8, Self.maxExpectedBytes)
    }

    func expect(bytes: Int) {
        lastBytes.store(bytes, ordering: .relaxed)
    }

    private static let maxExpectedBytes = 1 << 20

    /// What a variable says to a directive.
    private enum Truth: Hashable {
        case yes
        case no
        case null
        case missing
        /// Not a Boolean: validation refuses it.
        case other

        init(_ value: Value?) {
            self =
                switch value {
                case .boolean(true)?: .yes
                case .boolean(false)?: .no
                case .null?: .null
                case nil: .missing
                default: .other
                }
        }
    }

    /// So many assignments are remembered; a client that tries them all pays for each.
    private static let maxVariants = 16

    /// Plans an operation.
    ///
    /// - Parameters:
    ///   - document: Validated; what validation would refuse is executed as far as the specification defines it.
    ///   - operationName: Needed where the document has several operations.
    ///   - executable: What it is executed on.
    /// - Throws: Why it cannot be executed: no such operation, no root type, or too complex.
    public init(
        _ document: DocumentNode,
        operationName: String? = nil,
        on executable: ExecutableSchema
    ) throws(RequestErrors) {
        let operation = try Self.operation(operationName, in: document)
        guard let rootType = executable.schema.rootType(of: operation.operation) else {
            throw RequestErrors([
                GraphQLError(
                    "Schema is not configured to execute \(operation.operation.rawValue) operation.",
                    locations: [document.source.location(at: operation.offset)]
                )
            ])
        }
        var fragments: [String: FragmentDefinitionNode] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        self.document = document
        self.operation = operation
        self.executable = executable
        self.rootType = rootType
        self.fragments = fragments
        conditionNames =
            document.namesVariables
            ? ConditionVariables(of: operation, fragments: fragments.isEmpty ? [] : document.fragments).names : []
        guard conditionNames.isEmpty else {
            only = nil
            return
        }
        do {
            only = try Self.compile(operation, on: rootType, executable, fragments, VariableValues())
        } catch {
            throw RequestErrors([error])
        }
    }

    /// The plan for these variables.
    ///
    /// - Parameter variables: Coerced.
    /// - Returns: One that was made before, or a new one.
    /// - Throws: ``GraphQLError`` where it is too complex.
    func variant(for variables: VariableValues) throws(GraphQLError) -> Variant {
        if let only { return only }
        let key = conditionNames.map { Truth(variables[$0]) }
        if let known = variants.withLock({ $0[key] }) { return known }
        var conditions = VariableValues()
        for name in conditionNames { conditions[name] = variables[name] }
        let variant = try Self.compile(operation, on: rootType, executable, fragments, conditions)
        variants.withLock { variants in
            // At most as many fields as the document has tokens: what remembers documents counts on it.
            let fields = variants.values.reduce(variant.responseNames.count) { $0 + $1.responseNames.count }
            if variants.count >= Self.maxVariants || fields > document.tokenCount { variants.removeAll() }
            if variant.responseNames.count <= document.tokenCount { variants[key] = variant }
        }
        return variant
    }

    private static func compile(
        _ operation: OperationDefinitionNode,
        on type: ObjectType,
        _ executable: ExecutableSchema,
        _ fragments: [String: FragmentDefinitionNode],
        _ conditions: VariableValues
    ) throws(GraphQLError) -> Variant {
        var compiler = PlanCompiler(executable: executable, fragments: fragments, conditions: conditions)
        let root = try compiler.plan(operation, on: type)
        return Variant(root: root, responseNames: compiler.responseNames, waits: compiler.waits)
    }

    /// - Source: GraphQL September 2025, §6.1 Executing Requests, GetOperation.
    private static func operation(
        _ name: String?,
        in document: DocumentNode
    ) throws(RequestErrors) -> OperationDefinitionNode {
        var found: OperationDefinitionNode?
        for case .operation(let operation) in document.definitions {
            if let name {
                if operation.name?.value == name { found = operation }
            } else if found != nil {
                throw RequestErrors([
                    GraphQLError("Must provide operation name if query contains multiple operations.")
                ])
            } else {
                found = operation
            }
        }
        if let found { return found }
        throw RequestErrors([
            GraphQLError(name.map { "Unknown operation named '\(Lexer.cut($0))'." } ?? "Must provide an operation.")
        ])
    }
}

extension DocumentNode {
    fileprivate var fragments: [FragmentDefinitionNode] {
        definitions.compactMap { if case .fragment(let fragment) = $0 { fragment } else { nil } }
    }
}

/// The variables that `@skip` and `@include` read, anywhere an operation may reach.
private struct ConditionVariables {
    /// In the order in which they come up.
    private(set) var names: [String] = []
    private var seen: Set<String> = []

    init(of operation: OperationDefinitionNode, fragments: [FragmentDefinitionNode]) {
        var sets = [operation.selectionSet] + fragments.map(\.selectionSet)
        while let set = sets.popLast() {
            for selection in set.selections {
                switch selection {
                case .field(let node):
                    add(node.directives)
                    if let set = node.selectionSet { sets.append(set) }
                case .fragmentSpread(let node):
                    add(node.directives)
                case .inlineFragment(let node):
                    add(node.directives)
                    sets.append(node.selectionSet)
                }
            }
        }
    }

    private mutating func add(_ directives: [DirectiveNode]) {
        for directive in directives where directive.name.value == "skip" || directive.name.value == "include" {
            for argument in directive.arguments {
                if case .variable(let name) = argument.value.kind, seen.insert(name).inserted { names.append(name) }
            }
        }
    }
}
