/// What the types are at the place of a document that a walk is at; nil wherever the document does not fit the schema.
///
/// Only the walk changes it, before it shows a node to the rules: at a field, the field's own definition and type are read,
/// and the parent type is that of the selection set the field stands in; at a list literal, the input type is already that of
/// the items, and the list's own is the parent input type; at an object field, the input type is the field's own, and the
/// object's is the parent input type.
///
/// What an `enter` covers up it returns, and the `leave` of the same node takes it back: the walk's own stack is the
/// only one.
///
/// A class, so that each property is read and written on its own: a rule that reads one costs no check of exclusive access.
final class TypeInfo {
    let schema: GraphQLSchema
    /// The type of the selection set around the node; composite.
    fileprivate(set) var parentType: NamedType?
    /// The type of the field, operation root or fragment condition that the node is or stands in.
    fileprivate(set) var type: TypeReference?
    /// Of the field that the node is or stands in; meta-fields included.
    fileprivate(set) var field: Field?
    /// Of the directive that the node is or stands in.
    fileprivate(set) var directive: Directive?
    /// Of the argument that the node is or stands in.
    fileprivate(set) var argument: InputValue?
    /// What the value at the node should be: the argument's, variable's, input field's or list item's type.
    fileprivate(set) var inputType: TypeReference?
    /// The input type around ``inputType``: of the list or input object that the value stands in.
    fileprivate(set) var parentInputType: TypeReference?
    /// The input field that the value is given for.
    fileprivate(set) var inputField: InputValue?
    /// Of the input position, where the schema gives one.
    fileprivate(set) var defaultValue: ValueNode?

    init(schema: GraphQLSchema) {
        self.schema = schema
    }

    /// What a field covers up.
    struct OuterField {
        fileprivate let field: Field?
        fileprivate let type: TypeReference?
    }

    /// What an argument, variable definition, list or object field covers up.
    struct OuterInput {
        fileprivate let inputType: TypeReference?
        fileprivate let parentInputType: TypeReference?
        fileprivate let inputField: InputValue?
        fileprivate let defaultValue: ValueNode?
    }
}

// MARK: - Output

extension TypeInfo {
    func enter(operation node: OperationDefinitionNode) -> TypeReference? {
        enter(type: schema.rootType(of: node.operation).map { .named($0) })
    }

    func enter(fragment node: FragmentDefinitionNode) -> TypeReference? {
        enter(condition: node.typeCondition)
    }

    func enter(inlineFragment node: InlineFragmentNode) -> TypeReference? {
        guard let condition = node.typeCondition else { return enter(type: (type?.namedType).map { .named($0) }) }
        return enter(condition: condition)
    }

    func leave(to outer: TypeReference?) {
        type = outer
    }

    private func enter(condition: NameNode) -> TypeReference? {
        guard let named = schema.type(condition.value), named.isOutput else { return enter(type: nil) }
        return enter(type: .named(named))
    }

    private func enter(type inner: TypeReference?) -> TypeReference? {
        let outer = type
        type = inner
        return outer
    }

    func enterSelectionSet() -> NamedType? {
        let outer = parentType
        parentType = type?.namedType
        if parentType?.isComposite == false { parentType = nil }
        return outer
    }

    func leaveSelectionSet(to outer: NamedType?) {
        parentType = outer
    }

    func enter(field node: FieldNode) -> OuterField {
        let outer = OuterField(field: field, type: type)
        field = parentType.flatMap { schema.field(node.name.value, of: $0) }
        type = field?.type
        return outer
    }

    func leave(to outer: OuterField) {
        field = outer.field
        type = outer.type
    }

    func enter(directive node: DirectiveNode) {
        directive = schema.directive(node.name.value)
    }

    func leaveDirective() {
        directive = nil
    }
}

// MARK: - Input

extension TypeInfo {
    func enter(variableDefinition node: VariableDefinitionNode) -> OuterInput {
        let type = schema.type(of: node.type)
        return enterInput(type?.namedType.isInput == true ? type : nil, of: nil, default: defaultValue)
    }

    /// Arguments of an unknown directive are looked up in the field around it, as graphql-js does.
    func enter(argument node: ArgumentNode) -> OuterInput {
        if let directive {
            argument = directive.arguments.first { $0.name == node.name.value }
        } else {
            argument = field?.argument(node.name.value)
        }
        return enterInput(argument?.type, of: nil, default: argument?.defaultValue)
    }

    func leaveArgument(to outer: OuterInput) {
        argument = nil
        leave(to: outer)
    }

    func enterList() -> OuterInput {
        enterInput(inputType?.item, of: nil, default: nil)
    }

    func enter(objectField node: ObjectFieldNode) -> OuterInput {
        let field = (inputType?.namedType as? InputObjectType)?.field(node.name.value)
        return enterInput(field?.type, of: field, default: field?.defaultValue)
    }

    func leave(to outer: OuterInput) {
        inputType = outer.inputType
        parentInputType = outer.parentInputType
        inputField = outer.inputField
        defaultValue = outer.defaultValue
    }

    private func enterInput(
        _ inner: TypeReference?,
        of field: InputValue?,
        default value: ValueNode?
    ) -> OuterInput {
        let outer = OuterInput(
            inputType: inputType,
            parentInputType: parentInputType,
            inputField: inputField,
            defaultValue: defaultValue
        )
        parentInputType = inputType
        inputType = inner
        inputField = field
        defaultValue = value
        return outer
    }
}

extension GraphQLSchema {
    /// The type that a reference of a document means; nil where its named type is unknown.
    func type(of node: TypeNode) -> TypeReference? {
        switch node.kind {
        case .named(let name): type(name).map { .named($0) }
        case .list(let item): type(of: item).map { .list($0) }
        case .nonNull(let inner): type(of: inner).map { .nonNull($0) }
        }
    }
}
