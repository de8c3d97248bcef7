/// Definitions and extensions of the type system.
///
/// - Source: GraphQL September 2025, §3 Type System.
extension Parser {
    /// A definition, perhaps with a description; the keyword is known to be one of them.
    mutating func typeSystemDefinition() throws(GraphQLError) -> TypeSystemDefinitionNode {
        let start = token
        let description = try description()
        let keyword = try expect(.name)
        return try definition(keyword, description: description, isExtension: false, start: start)
    }

    /// `extend`, then the keyword of what is extended.
    mutating func typeSystemExtension() throws(GraphQLError) -> TypeSystemDefinitionNode {
        let start = token
        try advance()
        guard token.kind == .name else { throw unexpected(token) }
        let keyword = token
        switch lexer.value(of: keyword) {
        case "schema", "scalar", "type", "interface", "union", "enum", "input": try advance()
        default: throw unexpected(keyword)
        }
        let definition = try definition(keyword, description: nil, isExtension: true, start: start)
        // An extension has to add something.
        if definition.directives.isEmpty, definition.isEmpty { throw unexpected(token) }
        return definition
    }

    /// The rest after the keyword.
    private mutating func definition(
        _ keyword: Token,
        description: ValueNode?,
        isExtension: Bool,
        start: Token
    ) throws(GraphQLError) -> TypeSystemDefinitionNode {
        let name: NameNode
        let directives: [DirectiveNode]
        let kind: TypeSystemDefinitionNode.Kind
        switch lexer.value(of: keyword) {
        case "schema":
            name = NameNode("", at: keyword.offset)
            directives = try self.directives(isConst: true)
            kind = .schema(try rootOperationTypes(isExtension: isExtension))
        case "scalar":
            name = try self.name()
            directives = try self.directives(isConst: true)
            kind = .scalar
        case "type":
            name = try self.name()
            let interfaces = try implementsInterfaces()
            directives = try self.directives(isConst: true)
            kind = .object(interfaces: interfaces, fields: try fieldDefinitions())
        case "interface":
            name = try self.name()
            let interfaces = try implementsInterfaces()
            directives = try self.directives(isConst: true)
            kind = .interface(interfaces: interfaces, fields: try fieldDefinitions())
        case "union":
            name = try self.name()
            directives = try self.directives(isConst: true)
            kind = .union(members: try unionMembers())
        case "enum":
            name = try self.name()
            directives = try self.directives(isConst: true)
            kind = .enum(values: try enumValues())
        case "input":
            name = try self.name()
            directives = try self.directives(isConst: true)
            kind = .inputObject(fields: try inputValues(.leftBrace, .rightBrace))
        default:
            try expect(.at)
            name = try self.name()
            directives = []
            kind = try directiveDefinition()
        }
        return TypeSystemDefinitionNode(
            description: description,
            isExtension: isExtension,
            name: name,
            directives: directives,
            kind: kind,
            at: start.offset
        )
    }

    private mutating func rootOperationTypes(isExtension: Bool) throws(GraphQLError) -> [RootOperationTypeNode] {
        if isExtension, token.kind != .leftBrace { return [] }
        return try many(.leftBrace, .rightBrace) { (parser: inout Parser) throws(GraphQLError) in
            let start = parser.token
            let operation = try parser.operationType()
            try parser.expect(.colon)
            return RootOperationTypeNode(operation: operation, type: try parser.name(), at: start.offset)
        }
    }

    private mutating func implementsInterfaces() throws(GraphQLError) -> [NameNode] {
        guard try skip(keyword: "implements") else { return [] }
        return try delimited(by: .ampersand) { (parser: inout Parser) throws(GraphQLError) in try parser.name() }
    }

    private mutating func fieldDefinitions() throws(GraphQLError) -> [FieldDefinitionNode] {
        try optionalMany(.leftBrace, .rightBrace) { (parser: inout Parser) throws(GraphQLError) in
            let start = parser.token
            let description = try parser.description()
            let name = try parser.name()
            let arguments = try parser.inputValues(.leftParenthesis, .rightParenthesis)
            try parser.expect(.colon)
            return FieldDefinitionNode(
                description: description,
                name: name,
                arguments: arguments,
                type: try parser.type(),
                directives: try parser.directives(isConst: true),
                at: start.offset
            )
        }
    }

    /// Arguments or input fields; none where the first token is not there.
    private mutating func inputValues(
        _ open: TokenKind,
        _ close: TokenKind
    ) throws(GraphQLError) -> [InputValueDefinitionNode] {
        try optionalMany(open, close) { (parser: inout Parser) throws(GraphQLError) in
            let start = parser.token
            let description = try parser.description()
            let name = try parser.name()
            try parser.expect(.colon)
            return InputValueDefinitionNode(
                description: description,
                name: name,
                type: try parser.type(),
                defaultValue: try parser.skip(.equals) ? try parser.value(isConst: true) : nil,
                directives: try parser.directives(isConst: true),
                at: start.offset
            )
        }
    }

    private mutating func unionMembers() throws(GraphQLError) -> [NameNode] {
        guard try skip(.equals) else { return [] }
        return try delimited(by: .pipe) { (parser: inout Parser) throws(GraphQLError) in try parser.name() }
    }

    private mutating func enumValues() throws(GraphQLError) -> [EnumValueDefinitionNode] {
        try optionalMany(.leftBrace, .rightBrace) { (parser: inout Parser) throws(GraphQLError) in
            let start = parser.token
            let description = try parser.description()
            return EnumValueDefinitionNode(
                description: description,
                name: try parser.enumValueName(),
                directives: try parser.directives(isConst: true),
                at: start.offset
            )
        }
    }

    private mutating func enumValueName() throws(GraphQLError) -> NameNode {
        if isKeyword("true") || isKeyword("false") || isKeyword("null") {
            throw lexer.failure(
                "\(described(token)) is reserved and cannot be used for an enum value.",
                at: token.start
            )
        }
        return try name()
    }

    private mutating func directiveDefinition() throws(GraphQLError) -> TypeSystemDefinitionNode.Kind {
        let arguments = try inputValues(.leftParenthesis, .rightParenthesis)
        let isRepeatable = try skip(keyword: "repeatable")
        try expect(keyword: "on")
        let locations = try delimited(by: .pipe) { (parser: inout Parser) throws(GraphQLError) in
            let start = parser.token
            let name = try parser.name()
            guard DirectiveLocation(rawValue: name.value) != nil else { throw parser.unexpected(start) }
            return name
        }
        return .directive(arguments: arguments, isRepeatable: isRepeatable, locations: locations)
    }
}

extension TypeSystemDefinitionNode {
    /// Whether nothing but directives was written after the name.
    fileprivate var isEmpty: Bool {
        switch kind {
        case .schema(let operations): operations.isEmpty
        case .scalar: true
        case .object(let interfaces, let fields), .interface(let interfaces, let fields):
            interfaces.isEmpty && fields.isEmpty
        case .union(let members): members.isEmpty
        case .enum(let values): values.isEmpty
        case .inputObject(let fields): fields.isEmpty
        case .directive: false
        }
    }
}
