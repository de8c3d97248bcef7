extension GraphQLSchema {
    /// Builds a schema from a document of type system definitions and extensions, and checks it.
    ///
    /// Extensions are merged into what they extend. Without a `schema` definition the types called `Query`, `Mutation` and
    /// `Subscription` are the roots. Built-in scalars, directives and introspection types are added; operations and fragments
    /// in the document are passed over.
    ///
    /// - Parameters:
    ///   - document: Such as a parsed `schema.graphql`.
    ///   - scalars: How custom scalars come in and go out, by name. Those not named let every value through.
    /// - Returns: A valid schema.
    /// - Throws: ``SchemaError`` with everything that is wrong, messages and places being graphql-js's.
    /// - Source: GraphQL September 2025, §3 Type System.
    public static func build(
        from document: DocumentNode,
        scalars: [String: ScalarCoercion] = [:]
    ) throws -> GraphQLSchema {
        let problems = validateSDL(document)
        guard problems.isEmpty else { throw SchemaError(problems, in: document.source.name) }
        var builder = SchemaBuilder(document, scalars: scalars)
        let schema = builder.build()
        var reports = builder.reports
        if reports.isEmpty {
            var check = SchemaCheck(schema, from: builder.definitions)
            check.check()
            reports = check.reports
        }
        let errors = reports.errors(in: document.source)
        guard errors.isEmpty else { throw SchemaError(errors, in: document.source.name) }
        return schema
    }

    /// Parses a document of type system definitions, builds a schema from it, and checks it.
    ///
    /// - Parameters:
    ///   - source: Such as the content of a `schema.graphql`.
    ///   - scalars: How custom scalars come in and go out, by name. Those not named let every value through.
    /// - Returns: A valid schema.
    /// - Throws: ``SchemaError`` with everything that is wrong: the one error of syntax, or all others.
    public static func build(
        from source: Source,
        scalars: [String: ScalarCoercion] = [:]
    ) throws -> GraphQLSchema {
        let document: DocumentNode
        do throws(GraphQLError) {
            document = try parse(source, limits: .unlimited)
        } catch {
            throw SchemaError([error], in: source.name)
        }
        return try build(from: document, scalars: scalars)
    }
}

/// Makes the types of a schema from the definitions of a document.
///
/// First all types by name, then what refers to them. What cannot be built is reported and left out, so that the checks
/// that follow find the rest.
struct SchemaBuilder {
    let definitions: SchemaDefinitions
    private let scalars: [String: ScalarCoercion]
    private var types: [String: NamedType] = [:]
    private var keepsUnusedScalars = false
    private(set) var reports = SchemaReports()

    /// - Parameters:
    ///   - document: The schema's.
    ///   - scalars: How custom scalars come in and go out, by name.
    init(_ document: DocumentNode, scalars: [String: ScalarCoercion]) {
        definitions = SchemaDefinitions(document)
        self.scalars = scalars
    }

    /// The schema, which is of use only where nothing was reported.
    mutating func build() -> GraphQLSchema {
        var written: [NamedType] = []
        for (name, node) in BuiltInDefinitions.types { types[name] = shell([node], isBuiltIn: true) }
        var names: Set<String> = []
        for node in definitions.types where names.insert(node.name.value).inserted {
            let type = types[node.name.value] ?? shell(definitions.parts(of: node), isBuiltIn: false)
            types[type.name] = type
            written.append(type)
        }
        for node in BuiltInDefinitions.all.types { fill(types[node.name.value], from: [node], isBuiltIn: true) }
        for type in written where !type.parts.isEmpty { fill(type, from: type.parts, isBuiltIn: false) }
        for name in scalars.keys.sorted() where (types[name] as? ScalarType) == nil {
            reports.report("A coercion is given for '\(name)', which is no scalar of the schema.")
        }

        let directives = directives()
        let parts = definitions.schemaParts
        let unused = keepsUnusedScalars ? ["Int", "Float", "ID"].compactMap { types[$0] } : []
        return GraphQLSchema(
            description: definitions.schema?.description?.text,
            appliedDirectives: parts.flatMap(\.directives),
            types: SchemaTypeOrder.ordered(
                written + unused,
                directives: directives,
                introspection: types["__Schema"]
            ),
            directives: directives,
            queryType: root(.query),
            mutationType: root(.mutation),
            subscriptionType: root(.subscription),
            parts: parts
        )
    }

    /// The type without what refers to other types.
    private mutating func shell(_ parts: [TypeSystemDefinitionNode], isBuiltIn: Bool) -> NamedType {
        let node = parts[0]
        let name = node.name.value
        let description = node.description?.text
        let directives = parts.flatMap(\.directives)
        let type: NamedType
        switch node.kind {
        case .object:
            type = ObjectType(name: name, description: description, appliedDirectives: directives)
        case .interface:
            type = InterfaceType(name: name, description: description, appliedDirectives: directives)
        case .union:
            type = UnionType(name: name, description: description, appliedDirectives: directives)
        case .enum:
            let values = parts.flatMap(\.enumValues).map { value in
                EnumValue(
                    name: value.name.value,
                    description: value.description?.text,
                    deprecationReason: deprecationReason(value.directives),
                    appliedDirectives: value.directives,
                    node: isBuiltIn ? nil : value
                )
            }
            type = EnumType(name: name, description: description, appliedDirectives: directives, values: values)
        case .inputObject:
            let isOneOf = node.directives.contains { $0.name.value == "oneOf" }
            type = InputObjectType(
                name: name,
                description: description,
                appliedDirectives: directives,
                isOneOf: isOneOf
            )
        case .scalar, .schema, .directive:
            type = ScalarType(
                name: name,
                description: description,
                appliedDirectives: directives,
                specifiedByURL: specifiedByURL(parts),
                coercion: scalars[name] ?? .builtIn(name) ?? .unchanged
            )
        }
        if !isBuiltIn { type.parts = parts }
        return type
    }

    /// Adds to a type what refers to other types.
    private mutating func fill(_ type: NamedType?, from parts: [TypeSystemDefinitionNode], isBuiltIn: Bool) {
        switch type {
        case let type as FieldsType:
            type.setFields(
                parts.flatMap(\.fields).compactMap { node in
                    let arguments = inputValues(node.arguments, isBuiltIn: isBuiltIn)
                    guard let type = reference(node.type) else { return nil }
                    return Field(
                        name: node.name.value,
                        description: node.description?.text,
                        arguments: arguments,
                        type: type,
                        deprecationReason: deprecationReason(node.directives),
                        appliedDirectives: node.directives,
                        node: isBuiltIn ? nil : node
                    )
                }
            )
            type.interfaces = parts.flatMap(\.interfaces).compactMap {
                named($0.value, at: $0.offset) as? InterfaceType
            }
        case let type as UnionType:
            type.members = parts.flatMap(\.members).compactMap { named($0.value, at: $0.offset) as? ObjectType }
        case let type as InputObjectType:
            type.setFields(inputValues(parts.flatMap(\.inputFields), isBuiltIn: isBuiltIn))
        default:
            break
        }
    }

    private mutating func inputValues(_ nodes: [InputValueDefinitionNode], isBuiltIn: Bool) -> [InputValue] {
        nodes.compactMap { node in
            guard let type = reference(node.type) else { return nil }
            return InputValue(
                name: node.name.value,
                description: node.description?.text,
                type: type,
                defaultValue: node.defaultValue,
                deprecationReason: deprecationReason(node.directives),
                appliedDirectives: node.directives,
                node: isBuiltIn ? nil : node
            )
        }
    }

    /// Those of the document, then the built-in ones that it does not define itself.
    private mutating func directives() -> [Directive] {
        let own = Set(definitions.directives.map(\.name.value))
        let builtIn = BuiltInDefinitions.all.directives.filter { !own.contains($0.name.value) }
        return definitions.directives.compactMap { directive($0, isBuiltIn: false) }
            + builtIn.compactMap { directive($0, isBuiltIn: true) }
    }

    private mutating func directive(_ node: TypeSystemDefinitionNode, isBuiltIn: Bool) -> Directive? {
        guard case .directive(let arguments, let isRepeatable, let locations) = node.kind else { return nil }
        return Directive(
            name: node.name.value,
            description: node.description?.text,
            arguments: inputValues(arguments, isBuiltIn: isBuiltIn),
            isRepeatable: isRepeatable,
            locations: locations.compactMap { DirectiveLocation(rawValue: $0.value) },
            node: isBuiltIn ? nil : node
        )
    }

    private func root(_ operation: OperationType) -> ObjectType? {
        definitions.rootName(of: operation).flatMap { types[$0] as? ObjectType }
    }

    private mutating func reference(_ node: TypeNode) -> TypeReference? {
        switch node.kind {
        case .named(let name): named(name, at: node.offset).map { .named($0) }
        case .list(let inner): reference(inner).map { .list($0) }
        case .nonNull(let inner): reference(inner).map { .nonNull($0) }
        }
    }

    private mutating func named(_ name: String, at offset: SourceOffset) -> NamedType? {
        if let type = types[name] { return type }
        reports.report("Unknown type '\(name)'.", at: offset)
        return nil
    }
}

extension SchemaBuilder {
    /// What every schema has, without any root type: all built-in scalars, directives and introspection types.
    static let builtIn: GraphQLSchema = {
        var builder = SchemaBuilder(DocumentNode(source: Source(""), definitions: [], tokenCount: 0), scalars: [:])
        builder.keepsUnusedScalars = true
        return builder.build()
    }()
}

// MARK: - What built-in directives say

extension SchemaBuilder {
    private mutating func deprecationReason(_ directives: [DirectiveNode]) -> String? {
        guard let directive = directives.first(where: { $0.name.value == "deprecated" }) else { return nil }
        guard let argument = directive.argument("reason") else { return BuiltInDefinitions.deprecationReason }
        return text(of: argument)
    }

    private mutating func specifiedByURL(_ parts: [TypeSystemDefinitionNode]) -> String? {
        var url: String?
        for part in parts {
            guard let directive = part.directives.first(where: { $0.name.value == "specifiedBy" }) else { continue }
            guard let argument = directive.argument("url") else {
                reports.report("Argument 'url' of required type 'String!' was not provided.", at: directive.offset)
                continue
            }
            url = text(of: argument) ?? url
        }
        return url
    }

    private mutating func text(of argument: ArgumentNode) -> String? {
        if let text = argument.value.text { return text }
        let problem =
            if case .null = argument.value.kind {
                "Expected value of non-null type 'String!' not to be null."
            } else {
                "String cannot represent a non string value: \(argument.value.textForMessage)"
            }
        reports.report("Argument '\(argument.name.value)' has invalid value: \(problem)", at: argument.value.offset)
        return nil
    }
}

extension DirectiveNode {
    /// The argument called `name`; of several the last one.
    func argument(_ name: String) -> ArgumentNode? {
        arguments.last { $0.name.value == name }
    }
}
