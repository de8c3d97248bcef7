/// Reads a document of executable and type system definitions.
///
/// - Parameters:
///   - source: The document.
///   - limits: How large it may be.
/// - Returns: At least one definition. Cost: linear in the number of bytes.
/// - Throws: ``GraphQLError`` with the code `GRAPHQL_PARSE_FAILED` for what is not of the grammar, with its line and
///   column; and `QUERY_TOO_COMPLEX` for what is beyond a limit.
/// - Source: GraphQL September 2025, §2 Language and §3 Type System.
public func parse(_ source: Source, limits: DocumentLimits = .standard) throws(GraphQLError) -> DocumentNode {
    var parser = try Parser(source, limits: limits)
    return try parser.document()
}

/// Reads a value, such as `{ a: [$b] }`.
///
/// - Parameters:
///   - source: Nothing but the value.
///   - limits: How large it may be.
/// - Returns: The value.
/// - Throws: ``GraphQLError`` as ``parse(_:limits:)``.
public func parseValue(_ source: Source, limits: DocumentLimits = .standard) throws(GraphQLError) -> ValueNode {
    var parser = try Parser(source, limits: limits)
    return try parser.whole { (parser: inout Parser) throws(GraphQLError) in try parser.value(isConst: false) }
}

/// Reads a value without variables, such as `{ a: [1] }`.
///
/// - Parameters:
///   - source: Nothing but the value.
///   - limits: How large it may be.
/// - Returns: The value.
/// - Throws: ``GraphQLError`` as ``parse(_:limits:)``.
public func parseConstValue(_ source: Source, limits: DocumentLimits = .standard) throws(GraphQLError) -> ValueNode {
    var parser = try Parser(source, limits: limits)
    return try parser.whole { (parser: inout Parser) throws(GraphQLError) in try parser.value(isConst: true) }
}

/// Reads a reference to a type, such as `[Int!]!`.
///
/// - Parameters:
///   - source: Nothing but the reference.
///   - limits: How large it may be.
/// - Returns: The reference.
/// - Throws: ``GraphQLError`` as ``parse(_:limits:)``.
public func parseType(_ source: Source, limits: DocumentLimits = .standard) throws(GraphQLError) -> TypeNode {
    var parser = try Parser(source, limits: limits)
    return try parser.whole { (parser: inout Parser) throws(GraphQLError) in try parser.type() }
}

/// Recursive descent over the tokens of one document.
///
/// The recursion is as deep as ``DocumentLimits/maxDepth`` allows, whatever the document. Where messages and places are
/// concerned it does what the reference implementation does.
struct Parser {
    private(set) var lexer: Lexer
    /// The one to be looked at next.
    private(set) var token = Token(kind: .startOfFile, start: 0, end: 0)
    private let limits: DocumentLimits
    private var tokenCount = 0
    var namesVariables = false
    private var depth = 0

    /// Checks the size and the encoding, and reads the first token.
    init(_ source: Source, limits: DocumentLimits) throws(GraphQLError) {
        lexer = Lexer(source)
        self.limits = limits
        guard source.bytes.count <= limits.maxBytes else {
            throw .tooComplex(
                "Source contains more than \(limits.maxBytes) bytes.",
                limit: "maxBytes",
                maximum: limits.maxBytes,
                actual: source.bytes.count,
                in: source,
                at: nil
            )
        }
        do {
            _ = try UTF8Span(validating: source.bytes.span)
        } catch {
            throw .syntax("Invalid UTF-8.", in: source, at: error.byteOffsets.lowerBound)
        }
        try advance()
    }

    /// A document: one or more definitions.
    mutating func document() throws(GraphQLError) -> DocumentNode {
        var definitions = [try definition()]
        while token.kind != .endOfFile { definitions.append(try definition()) }
        return DocumentNode(
            source: lexer.source,
            definitions: definitions,
            tokenCount: tokenCount,
            namesVariables: namesVariables
        )
    }

    /// One node, and then the end of the source.
    mutating func whole<Node>(
        _ node: (inout Parser) throws(GraphQLError) -> Node
    ) throws(GraphQLError) -> Node {
        let node = try node(&self)
        try expect(.endOfFile)
        return node
    }

    /// Any definition: the keyword decides, which may stand after a description.
    private mutating func definition() throws(GraphQLError) -> DefinitionNode {
        if token.kind == .leftBrace { return .operation(try operationDefinition()) }
        let hasDescription = isDescription
        let keyword = hasDescription ? try lexer.peeked() : token
        if hasDescription, keyword.kind == .leftBrace {
            throw lexer.failure(
                "Unexpected description, descriptions are not supported on shorthand queries.",
                at: token.start
            )
        }
        guard keyword.kind == .name else { throw unexpected(keyword) }
        switch lexer.value(of: keyword) {
        case "query", "mutation", "subscription":
            return .operation(try operationDefinition())
        case "fragment":
            return .fragment(try fragmentDefinition())
        case "schema", "scalar", "type", "interface", "union", "enum", "input", "directive":
            return .typeSystem(try typeSystemDefinition())
        case _ where hasDescription:
            throw lexer.failure(
                "Unexpected description, only GraphQL definitions support descriptions.",
                at: token.start
            )
        case "extend":
            return .typeSystem(try typeSystemExtension())
        default:
            throw unexpected(keyword)
        }
    }

    // MARK: Descriptions and names

    var isDescription: Bool { token.kind == .string || token.kind == .blockString }

    mutating func description() throws(GraphQLError) -> ValueNode? {
        isDescription ? try stringLiteral() : nil
    }

    mutating func name() throws(GraphQLError) -> NameNode {
        let token = try expect(.name)
        return NameNode(lexer.value(of: token), at: token.offset)
    }

    // MARK: Tokens

    /// Looks at the next token.
    mutating func advance() throws(GraphQLError) {
        token = try lexer.next()
        guard token.kind != .endOfFile else { return }
        tokenCount += 1
        if tokenCount > limits.maxTokens {
            throw tooComplex(
                "Document contains more than \(limits.maxTokens) tokens.",
                limit: "maxTokens",
                maximum: limits.maxTokens
            )
        }
    }

    /// Goes past a token that must be there.
    @discardableResult
    mutating func expect(_ kind: TokenKind) throws(GraphQLError) -> Token {
        let token = token
        guard token.kind == kind else {
            throw lexer.failure("Expected \(kind.description), found \(described(token)).", at: token.start)
        }
        try advance()
        return token
    }

    /// Goes past a token that may be there.
    mutating func skip(_ kind: TokenKind) throws(GraphQLError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    func isKeyword(_ keyword: String) -> Bool {
        token.kind == .name && token.end - token.start == keyword.utf8.count && lexer.value(of: token) == keyword
    }

    /// Goes past a keyword that must be there.
    mutating func expect(keyword: String) throws(GraphQLError) {
        guard try skip(keyword: keyword) else {
            throw lexer.failure("Expected '\(keyword)', found \(described(token)).", at: token.start)
        }
    }

    /// Goes past a keyword that may be there.
    mutating func skip(keyword: String) throws(GraphQLError) -> Bool {
        guard isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    // MARK: Lists

    /// Nodes between two tokens: at least one.
    mutating func many<Node>(
        _ open: TokenKind,
        _ close: TokenKind,
        _ node: (inout Parser) throws(GraphQLError) -> Node
    ) throws(GraphQLError) -> [Node] {
        try expect(open)
        var nodes = [try node(&self)]
        while try !skip(close) { nodes.append(try node(&self)) }
        return nodes
    }

    /// Nodes between two tokens, at least one; none where the first token is not there.
    mutating func optionalMany<Node>(
        _ open: TokenKind,
        _ close: TokenKind,
        _ node: (inout Parser) throws(GraphQLError) -> Node
    ) throws(GraphQLError) -> [Node] {
        token.kind == open ? try many(open, close, node) : []
    }

    /// Nodes between two tokens, perhaps none.
    mutating func any<Node>(
        _ open: TokenKind,
        _ close: TokenKind,
        _ node: (inout Parser) throws(GraphQLError) -> Node
    ) throws(GraphQLError) -> [Node] {
        try expect(open)
        var nodes: [Node] = []
        while try !skip(close) { nodes.append(try node(&self)) }
        return nodes
    }

    /// Nodes with a token between them, which may also stand before the first: at least one.
    mutating func delimited<Node>(
        by delimiter: TokenKind,
        _ node: (inout Parser) throws(GraphQLError) -> Node
    ) throws(GraphQLError) -> [Node] {
        _ = try skip(delimiter)
        var nodes: [Node] = []
        repeat { nodes.append(try node(&self)) } while try skip(delimiter)
        return nodes
    }

    // MARK: Limits and errors

    /// Goes one level deeper; ``leave()`` must follow.
    mutating func enter() throws(GraphQLError) {
        depth += 1
        if depth > limits.maxDepth {
            throw tooComplex("Document is nested too deeply.", limit: "maxDepth", maximum: limits.maxDepth)
        }
    }

    mutating func leave() {
        depth -= 1
    }

    func checkDirectives(_ count: Int) throws(GraphQLError) {
        if count > limits.maxDirectivesPerNode {
            throw tooComplex(
                "Document contains more than \(limits.maxDirectivesPerNode) directives on one node.",
                limit: "maxDirectivesPerNode",
                maximum: limits.maxDirectivesPerNode
            )
        }
    }

    private func tooComplex(_ description: String, limit: String, maximum: Int) -> GraphQLError {
        .tooComplex(
            description,
            limit: limit,
            maximum: maximum,
            actual: maximum + 1,
            in: lexer.source,
            at: token.start
        )
    }

    /// The error that `token` cannot stand where it does.
    func unexpected(_ token: Token) -> GraphQLError {
        lexer.failure("Unexpected \(described(token)).", at: token.start)
    }

    func described(_ token: Token) -> String {
        switch token.kind {
        case .name, .int, .float: "\(token.kind.description) '\(lexer.excerpt(token.start..<token.end))'"
        case .string, .blockString: "\(token.kind.description) '\(Lexer.cut(lexer.value(of: token)))'"
        default: token.kind.description
        }
    }
}
