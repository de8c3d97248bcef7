/// What the types are at the place of a document that a walk is at; nil wherever the document does not fit the schema.
///
/// Only the walk changes it. After `enter(field:)` a rule reads the field's own definition and type; the parent type is that
/// of the selection set the field stands in.
struct TypeInfo {
    let schema: GraphQLSchema
    /// The type of the selection set around the node; composite.
    private(set) var parentType: NamedType?
    /// The type of the field, operation root or fragment condition that the node is or stands in.
    private(set) var type: TypeReference?
    /// Of the field that the node is or stands in; meta-fields included.
    private(set) var field: Field?
    /// Of the directive that the node is or stands in.
    private(set) var directive: Directive?
    /// Of the argument that the node is or stands in.
    private(set) var argument: InputValue?
    /// What the value at the node should be: the argument's, variable's, input field's or list item's type.
    private(set) var inputType: TypeReference?
    /// The input type around ``inputType``: of the list or input object that the value stands in.
    private(set) var parentInputType: TypeReference?
    /// The input field that the value is given for.
    private(set) var inputField: InputValue?
    /// Of the input position, where the schema gives one.
    private(set) var defaultValue: ValueNode?

    init(schema: GraphQLSchema) {
        self.schema = schema
    }
}
