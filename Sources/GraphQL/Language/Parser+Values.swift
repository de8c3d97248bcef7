/// Values, type references, arguments and applied directives.
///
/// - Source: GraphQL September 2025, §2.6 Arguments, §2.9 Input Values, §2.11 Type References and §2.12 Directives.
extension Parser {
    /// A value; where it is constant, variables are refused.
    mutating func value(isConst: Bool) throws(GraphQLError) -> ValueNode {
        let start = token
        switch start.kind {
        case .leftBracket:
            try enter()
            let values = try any(.leftBracket, .rightBracket) { (parser: inout Parser) throws(GraphQLError) in
                try parser.value(isConst: isConst)
            }
            leave()
            return ValueNode(.list(values), at: start.offset)
        case .leftBrace:
            try enter()
            let fields = try any(.leftBrace, .rightBrace) { (parser: inout Parser) throws(GraphQLError) in
                try parser.objectField(isConst: isConst)
            }
            leave()
            return ValueNode(.object(fields), at: start.offset)
        case .int:
            try advance()
            return ValueNode(.int(lexer.value(of: start)), at: start.offset)
        case .float:
            try advance()
            return ValueNode(.float(lexer.value(of: start)), at: start.offset)
        case .string, .blockString:
            return try stringLiteral()
        case .name:
            try advance()
            return ValueNode(namedValue(lexer.value(of: start)), at: start.offset)
        case .dollar where isConst:
            try advance()
            guard token.kind == .name else { throw unexpected(start) }
            let name = lexer.excerpt(token.start..<token.end)
            throw lexer.failure("Unexpected variable '$\(name)' in constant value.", at: start.start)
        case .dollar:
            return ValueNode(.variable(try variable().value), at: start.offset)
        default:
            throw unexpected(start)
        }
    }

    private func namedValue(_ name: String) -> ValueNode.Kind {
        switch name {
        case "true": .boolean(true)
        case "false": .boolean(false)
        case "null": .null
        default: .enum(name)
        }
    }

    /// A string or block string, which must be there.
    mutating func stringLiteral() throws(GraphQLError) -> ValueNode {
        let start = token
        try advance()
        return ValueNode(.string(lexer.value(of: start), isBlock: start.kind == .blockString), at: start.offset)
    }

    private mutating func objectField(isConst: Bool) throws(GraphQLError) -> ObjectFieldNode {
        let name = try name()
        try expect(.colon)
        return ObjectFieldNode(name: name, value: try value(isConst: isConst))
    }

    mutating func arguments(isConst: Bool) throws(GraphQLError) -> [ArgumentNode] {
        try optionalMany(.leftParenthesis, .rightParenthesis) { (parser: inout Parser) throws(GraphQLError) in
            let name = try parser.name()
            try parser.expect(.colon)
            return ArgumentNode(name: name, value: try parser.value(isConst: isConst))
        }
    }

    mutating func directives(isConst: Bool) throws(GraphQLError) -> [DirectiveNode] {
        var directives: [DirectiveNode] = []
        while token.kind == .at {
            try checkDirectives(directives.count + 1)
            let start = try expect(.at)
            directives.append(
                DirectiveNode(name: try name(), arguments: try arguments(isConst: isConst), at: start.offset)
            )
        }
        return directives
    }

    mutating func type() throws(GraphQLError) -> TypeNode {
        let start = token
        let type: TypeNode
        if try skip(.leftBracket) {
            try enter()
            let item = try self.type()
            leave()
            try expect(.rightBracket)
            type = TypeNode(.list(item), at: start.offset)
        } else {
            type = TypeNode(.named(try name().value), at: start.offset)
        }
        return try skip(.bang) ? TypeNode(.nonNull(type), at: start.offset) : type
    }
}
