/// What is asked for on the objects of one type at one place of an operation: its fields, collected and merged.
///
/// Plans are shared: two places that select the same fields by the same fragments have one plan.
final class SelectionPlan: Sendable {
    let type: ObjectType
    /// In the order of the response.
    let fields: [FieldPlan]

    /// How many levels of selections there are, this one included.
    let height: Int
    /// What `__typename` gives, as bytes.
    let typeNameBytes: [UInt8]

    init(type: ObjectType, fields: [FieldPlan]) {
        self.type = type
        self.fields = fields
        typeNameBytes = Array(type.name.utf8)
        height = 1 + fields.reduce(0) { max($0, $1.height) }
    }
}

/// A field as it stands in the response: all nodes of its response name, merged.
final class FieldPlan: Sendable {
    /// A number from 0, unique in the plan.
    let id: Int
    let responseName: String
    let parentType: ObjectType
    let target: ExecutableField
    /// In document order, at least one; the first gives the arguments.
    let nodes: [FieldNode]
    let arguments: Arguments
    let children: Children
    /// How many levels of selections there are below.
    let height: Int
    /// `"name":`, which follows ``separator(at:)``.
    let key: [UInt8]

    /// The arguments, as far as they do not hang on variables.
    enum Arguments: Sendable {
        case constant(ArgumentValues)
        /// Coerced for each execution.
        case variable
        case invalid(LocatedError)
    }

    /// What is selected below.
    enum Children: Sendable {
        /// A leaf has none.
        case none
        case object(SelectionPlan)
        /// By ``NamedType/index`` of the possible types.
        case abstract([Int: SelectionPlan])
        /// A directive's condition cannot be told: every object fails.
        case invalid(LocatedError)
    }

    init(
        id: Int,
        responseName: String,
        parentType: ObjectType,
        target: ExecutableField,
        nodes: [FieldNode],
        arguments: Arguments,
        children: Children
    ) {
        self.id = id
        self.responseName = responseName
        self.parentType = parentType
        self.target = target
        self.nodes = nodes
        self.arguments = arguments
        self.children = children
        height =
            switch children {
            case .none, .invalid: 0
            case .object(let plan): plan.height
            case .abstract(let plans): plans.values.reduce(0) { max($0, $1.height) }
            }
        key = nodes[0].alias == nil ? target.key : ExecutableField.key(responseName)
    }

    var field: Field { target.field }
    var completion: Completion { target.completion }

    /// The most places of one field that an error names.
    ///
    /// A field may be written ten thousand times over and fail on a thousand objects; an error must stay small.
    private static let maxLocations = 16

    /// Where the field stands in the document.
    var offsets: [SourceOffset] { nodes.prefix(Self.maxLocations).map(\.offset) }

    /// What stands before the key of the first field of an object, or of a later one.
    static func separator(at index: Int) -> UInt8 { UInt8(ascii: index == 0 ? "{" : ",") }

    /// Such as `Job.title`.
    var coordinate: String { "\(parentType.name).\(field.name)" }

    /// The plan for objects of `type`; nil for a leaf, or a type that is not possible.
    func children(for type: ObjectType) -> SelectionPlan? {
        switch children {
        case .none, .invalid: nil
        case .object(let plan): plan.type === type ? plan : nil
        case .abstract(let plans): plans[type.index]
        }
    }
}
