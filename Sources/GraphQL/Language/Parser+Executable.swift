/// Operations and fragments.
///
/// - Source: GraphQL September 2025, §2.2–§2.8 and §2.12.
extension Parser {
    mutating func operationDefinition() throws(GraphQLError) -> OperationDefinitionNode {
        let start = token
        if start.kind == .leftBrace {
            return OperationDefinitionNode(
                description: nil,
                operation: .query,
                name: nil,
                variableDefinitions: [],
                directives: [],
                selectionSet: try selectionSet(),
                isShorthand: true,
                at: start.offset
            )
        }
        return OperationDefinitionNode(
            description: try description(),
            operation: try operationType(),
            name: token.kind == .name ? try name() : nil,
            variableDefinitions: try optionalMany(.leftParenthesis, .rightParenthesis) {
                (parser: inout Parser) throws(GraphQLError) in try parser.variableDefinition()
            },
            directives: try directives(isConst: false),
            selectionSet: try selectionSet(),
            isShorthand: false,
            at: start.offset
        )
    }

    mutating func operationType() throws(GraphQLError) -> OperationType {
        let token = try expect(.name)
        guard let type = OperationType(rawValue: lexer.value(of: token)) else { throw unexpected(token) }
        return type
    }

    private mutating func variableDefinition() throws(GraphQLError) -> VariableDefinitionNode {
        let start = token
        let description = try description()
        let variable = try variable()
        try expect(.colon)
        return VariableDefinitionNode(
            description: description,
            variable: variable,
            type: try type(),
            defaultValue: try skip(.equals) ? try value(isConst: true) : nil,
            directives: try directives(isConst: true),
            at: start.offset
        )
    }

    /// The name without `$`, at the `$`.
    mutating func variable() throws(GraphQLError) -> NameNode {
        let dollar = try expect(.dollar)
        namesVariables = true
        return NameNode(try name().value, at: dollar.offset)
    }

    mutating func selectionSet() throws(GraphQLError) -> SelectionSetNode {
        try enter()
        let start = token
        let selections = try many(.leftBrace, .rightBrace) { (parser: inout Parser) throws(GraphQLError) in
            try parser.selection()
        }
        leave()
        return SelectionSetNode(selections, at: start.offset)
    }

    private mutating func selection() throws(GraphQLError) -> SelectionNode {
        token.kind == .spread ? try fragment() : .field(try field())
    }

    private mutating func field() throws(GraphQLError) -> FieldNode {
        let nameOrAlias = try name()
        let isAlias = try skip(.colon)
        return FieldNode(
            alias: isAlias ? nameOrAlias : nil,
            name: isAlias ? try name() : nameOrAlias,
            arguments: try arguments(isConst: false),
            directives: try directives(isConst: false),
            selectionSet: token.kind == .leftBrace ? try selectionSet() : nil
        )
    }

    /// A fragment's spread, or a fragment in place.
    private mutating func fragment() throws(GraphQLError) -> SelectionNode {
        let start = try expect(.spread)
        let hasTypeCondition = try skip(keyword: "on")
        if !hasTypeCondition, token.kind == .name {
            return .fragmentSpread(
                FragmentSpreadNode(name: try name(), directives: try directives(isConst: false), at: start.offset)
            )
        }
        return .inlineFragment(
            InlineFragmentNode(
                typeCondition: hasTypeCondition ? try name() : nil,
                directives: try directives(isConst: false),
                selectionSet: try selectionSet(),
                at: start.offset
            )
        )
    }

    mutating func fragmentDefinition() throws(GraphQLError) -> FragmentDefinitionNode {
        let start = token
        let description = try description()
        try expect(keyword: "fragment")
        if isKeyword("on") { throw unexpected(token) }
        let name = try name()
        try expect(keyword: "on")
        return FragmentDefinitionNode(
            description: description,
            name: name,
            typeCondition: try self.name(),
            directives: try directives(isConst: false),
            selectionSet: try selectionSet(),
            at: start.offset
        )
    }
}
