/// One rule of validation.
///
/// A subclass says which nodes it wants to see, and reports what is wrong with them.
///
/// All rules see a document in one walk, each node on the way down (`enter`) and on the way up (`leave`), in the order of
/// the list they were given in. A rule lives for one document. It is shown nothing more once the limit of errors is reached.
///
/// The children of a node follow in this order: of an operation its directives come after its variable definitions; of a
/// variable definition type, default value, directives; of a field arguments, directives, selection set; of a fragment
/// type condition, directives, selection set. Descriptions are never shown: they do not affect validation.
///
/// - Source: GraphQL September 2025, §5 Validation.
class ValidationRule {
    let context: ValidationContext

    required init(_ context: ValidationContext) {
        self.context = context
    }

    /// The kinds of node that the rule is shown on the way down.
    class var visits: NodeKinds { [] }
    /// The kinds of node that the rule is shown on the way up.
    class var leaves: NodeKinds { [] }

    func enter(document: DocumentNode) {}
    func leave(document: DocumentNode) {}
    func enter(operation: OperationDefinitionNode) {}
    func leave(operation: OperationDefinitionNode) {}
    func enter(fragment: FragmentDefinitionNode) {}
    func leave(fragment: FragmentDefinitionNode) {}
    func enter(variableDefinition: VariableDefinitionNode) {}
    func leave(variableDefinition: VariableDefinitionNode) {}
    func enter(selectionSet: SelectionSetNode) {}
    func leave(selectionSet: SelectionSetNode) {}
    func enter(field: FieldNode) {}
    func leave(field: FieldNode) {}
    func enter(fragmentSpread: FragmentSpreadNode) {}
    func enter(inlineFragment: InlineFragmentNode) {}
    func leave(inlineFragment: InlineFragmentNode) {}
    func enter(argument: ArgumentNode) {}
    func leave(argument: ArgumentNode) {}
    func enter(directive: DirectiveNode, at location: DirectiveLocation) {}
    func leave(directive: DirectiveNode) {}
    /// The directives of one node, together, right after the node itself and before its other children.
    ///
    /// Not called for a node without directives.
    func enter(directives: [DirectiveNode]) {}
    /// A value, outermost first; at a list literal the context's input type is already that of the items.
    ///
    /// Not called for the variable of a definition.
    func enter(value: ValueNode) {}
    func leave(value: ValueNode) {}
    /// A field of an object literal, before its value.
    func enter(objectField: ObjectFieldNode) {}
    /// The name of a type: of a type condition, or inside the type of a variable or of a type system definition.
    func enter(typeName: NameNode) {}
    /// A definition of the type system, in an executable document; what stands in it follows.
    func enter(typeSystem: TypeSystemDefinitionNode) {}
    func leave(typeSystem: TypeSystemDefinitionNode) {}
}

/// Kinds of node that a rule asks to be shown.
struct NodeKinds: OptionSet {
    let rawValue: Int

    static let document = NodeKinds(rawValue: 1 << 0)
    static let operation = NodeKinds(rawValue: 1 << 1)
    static let fragment = NodeKinds(rawValue: 1 << 2)
    static let variableDefinition = NodeKinds(rawValue: 1 << 3)
    static let selectionSet = NodeKinds(rawValue: 1 << 4)
    static let field = NodeKinds(rawValue: 1 << 5)
    static let fragmentSpread = NodeKinds(rawValue: 1 << 6)
    static let inlineFragment = NodeKinds(rawValue: 1 << 7)
    static let argument = NodeKinds(rawValue: 1 << 8)
    static let directive = NodeKinds(rawValue: 1 << 9)
    static let directives = NodeKinds(rawValue: 1 << 10)
    static let value = NodeKinds(rawValue: 1 << 11)
    static let objectField = NodeKinds(rawValue: 1 << 12)
    static let typeName = NodeKinds(rawValue: 1 << 13)
    static let typeSystem = NodeKinds(rawValue: 1 << 14)
}
