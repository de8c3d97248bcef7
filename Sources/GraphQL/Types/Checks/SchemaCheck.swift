/// The type validation of a built schema: what the rules on its document alone cannot see.
///
/// Each concern has an extension in a file of its own. Everything that is wrong is gathered; messages and places are
/// graphql-js's.
///
/// - Source: GraphQL September 2025, §3 Type System, the Type Validation of each section.
struct SchemaCheck {
    let schema: GraphQLSchema
    let definitions: SchemaDefinitions
    var reports = SchemaReports()
    var defaultValueCycles = DefaultValueCycles()

    /// - Parameters:
    ///   - schema: Built from the definitions.
    ///   - definitions: They passed the rules that need no schema.
    init(_ schema: GraphQLSchema, from definitions: SchemaDefinitions) {
        self.schema = schema
        self.definitions = definitions
    }

    /// Runs all checks, in the order of the types.
    mutating func check() {
        checkRoots()
        for directive in schema.directives { check(directive) }
        // Built-in types, which no document wrote, are right.
        for type in schema.types where !type.parts.isEmpty {
            checkName(type.name, at: type.parts[0].offset)
            switch type {
            case let type as FieldsType:
                checkFields(of: type)
                checkInterfaces(of: type)
            case let type as UnionType:
                checkMembers(of: type)
            case let type as EnumType:
                checkValues(of: type)
            case let type as InputObjectType:
                checkFields(of: type)
                defaultValueCycles.check(type, &reports)
            default:
                break
            }
        }
        checkFiniteValues()
        checkDirectiveCycles()
    }

    /// Names that begin with two underscores belong to introspection.
    ///
    /// - Source: GraphQL September 2025, §2.1.9 Names, Reserved Names.
    mutating func checkName(_ name: String, at offset: SourceOffset?) {
        guard name.utf8.starts(with: "__".utf8) else { return }
        reports.report(
            "Name '\(name)' must not begin with '__', which is reserved by GraphQL introspection.",
            at: offset
        )
    }
}

extension NamedType {
    /// Where the definition and its extensions begin.
    var offsets: [SourceOffset] { parts.map(\.offset) }
}

extension [DirectiveNode] {
    /// Of the `@deprecated` among them.
    var deprecatedOffset: SourceOffset? { first { $0.name.value == "deprecated" }?.offset }
}
