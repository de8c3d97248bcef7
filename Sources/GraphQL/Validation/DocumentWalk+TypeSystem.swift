/// Definitions of the type system in an executable document: reported as such, yet also checked.
extension DocumentWalk {
    func walk(_ node: TypeSystemDefinitionNode) {
        enter(node)
        announce(node.directives)
        switch node.kind {
        case .schema(let roots):
            walk(node.directives, at: .schema)
            for root in roots where !context.isFull { walk(typeName: root.type) }
        case .scalar:
            walk(node.directives, at: .scalar)
        case .object(let interfaces, let fields):
            for interface in interfaces where !context.isFull { walk(typeName: interface) }
            walk(node.directives, at: .object)
            for field in fields where !context.isFull { walk(field) }
        case .interface(let interfaces, let fields):
            for interface in interfaces where !context.isFull { walk(typeName: interface) }
            walk(node.directives, at: .interface)
            for field in fields where !context.isFull { walk(field) }
        case .union(let members):
            walk(node.directives, at: .union)
            for member in members where !context.isFull { walk(typeName: member) }
        case .enum(let values):
            walk(node.directives, at: .enum)
            for value in values where !context.isFull {
                announce(value.directives)
                walk(value.directives, at: .enumValue)
            }
        case .inputObject(let fields):
            walk(node.directives, at: .inputObject)
            for field in fields where !context.isFull { walk(field, at: .inputFieldDefinition) }
        case .directive(let arguments, _, _):
            for argument in arguments where !context.isFull { walk(argument, at: .argumentDefinition) }
        }
        leave(node)
    }

    private func walk(_ node: FieldDefinitionNode) {
        announce(node.directives)
        for argument in node.arguments where !context.isFull { walk(argument, at: .argumentDefinition) }
        walk(node.type)
        walk(node.directives, at: .fieldDefinition)
    }

    private func walk(_ node: InputValueDefinitionNode, at location: DirectiveLocation) {
        announce(node.directives)
        walk(node.type)
        if let value = node.defaultValue { walk(value) }
        walk(node.directives, at: location)
    }
}
