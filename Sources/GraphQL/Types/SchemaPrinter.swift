extension GraphQLSchema {
    /// The schema as a document of type system definitions, laid out afresh.
    ///
    /// Types and directives stand in the order of the schema, extensions merged into what they extend; comments are lost, and
    /// of the applied directives only `@deprecated`, `@specifiedBy` and `@oneOf` are kept. Built-in definitions are left out.
    ///
    /// - Returns: Without a line break at the end. Byte for byte what graphql-js's `printSchema` gives.
    public func printed() -> String {
        var printer = SchemaPrinter()
        printer.print(self)
        return String(decoding: printer.bytes, as: UTF8.self)
    }
}

/// Writes a schema's definitions.
///
/// Cost: linear in what is written.
struct SchemaPrinter {
    private(set) var bytes: [UInt8] = []

    mutating func print(_ schema: GraphQLSchema) {
        if needsDefinition(schema) { separate { $0.printDefinition(of: schema) } }
        for directive in schema.directives where !BuiltInDefinitions.directiveNames.contains(directive.name) {
            separate { $0.print(directive) }
        }
        for type in schema.types where BuiltInDefinitions.types[type.name] == nil {
            separate { $0.print(type) }
        }
    }

    private mutating func separate(_ print: (inout Self) -> Void) {
        if !bytes.isEmpty { write("\n\n") }
        print(&self)
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}

// MARK: - Schema and directives

extension SchemaPrinter {
    /// Not where it has no description and the default names of the root types say the same.
    private func needsDefinition(_ schema: GraphQLSchema) -> Bool {
        guard OperationType.allCases.contains(where: { schema.rootType(of: $0) != nil }) else { return false }
        return schema.description != nil
            || OperationType.allCases.contains { schema.rootType(of: $0) !== schema.type($0.defaultTypeName) }
    }

    private mutating func printDefinition(of schema: GraphQLSchema) {
        print(description: schema.description)
        write("schema {\n")
        for operation in OperationType.allCases {
            if let type = schema.rootType(of: operation) { write("  \(operation.rawValue): \(type.name)\n") }
        }
        write("}")
    }

    private mutating func print(_ directive: Directive) {
        print(description: directive.description)
        write("directive @\(directive.name)")
        print(arguments: directive.arguments)
        if directive.isRepeatable { write(" repeatable") }
        write(" on \(directive.locations.map(\.rawValue).joined(separator: " | "))")
    }
}

// MARK: - Types

extension SchemaPrinter {
    private mutating func print(_ type: NamedType) {
        print(description: type.description)
        switch type {
        case let type as ScalarType:
            write("scalar \(type.name)")
            if let url = type.specifiedByURL { write(" @specifiedBy(url: \(url.printedLiteral))") }
        case let type as FieldsType:
            write("\(type.kind == .object ? "type" : "interface") \(type.name)")
            if !type.interfaces.isEmpty {
                write(" implements \(type.interfaces.map(\.name).joined(separator: " & "))")
            }
            block(type.fields) { printer, field, isFirst in
                printer.print(description: field.description, indentation: "  ", isFirst: isFirst)
                printer.write("  \(field.name)")
                printer.print(arguments: field.arguments, indentation: "  ")
                printer.write(": \(field.type)")
                printer.print(deprecationReason: field.deprecationReason)
            }
        case let type as UnionType:
            write("union \(type.name)")
            if !type.members.isEmpty { write(" = \(type.members.map(\.name).joined(separator: " | "))") }
        case let type as EnumType:
            write("enum \(type.name)")
            block(type.values) { printer, value, isFirst in
                printer.print(description: value.description, indentation: "  ", isFirst: isFirst)
                printer.write("  \(value.name)")
                printer.print(deprecationReason: value.deprecationReason)
            }
        case let type as InputObjectType:
            write("input \(type.name)\(type.isOneOf ? " @oneOf" : "")")
            block(type.fields) { printer, field, isFirst in
                printer.print(description: field.description, indentation: "  ", isFirst: isFirst)
                printer.write("  ")
                printer.print(field)
            }
        default:
            break
        }
    }

    private mutating func block<Item>(_ items: [Item], _ print: (inout Self, Item, _ isFirst: Bool) -> Void) {
        guard !items.isEmpty else { return }
        write(" {\n")
        for (index, item) in items.enumerated() {
            print(&self, item, index == 0)
            write("\n")
        }
        write("}")
    }

    /// On one line, unless one of them has a description.
    private mutating func print(arguments: [InputValue], indentation: String = "") {
        guard !arguments.isEmpty else { return }
        write("(")
        if arguments.allSatisfy({ $0.description == nil }) {
            for (index, argument) in arguments.enumerated() {
                if index > 0 { write(", ") }
                print(argument)
            }
        } else {
            for (index, argument) in arguments.enumerated() {
                write("\n")
                print(description: argument.description, indentation: "  " + indentation, isFirst: index == 0)
                write("  " + indentation)
                print(argument)
            }
            write("\n" + indentation)
        }
        write(")")
    }

    private mutating func print(_ value: InputValue) {
        write("\(value.name): \(value.type)")
        if let literal = value.defaultValue { write(" = \(literal.printed)") }
        print(deprecationReason: value.deprecationReason)
    }

    private mutating func print(deprecationReason: String?) {
        guard let deprecationReason else { return }
        write(" @deprecated")
        if deprecationReason != BuiltInDefinitions.deprecationReason {
            write("(reason: \(deprecationReason.printedLiteral))")
        }
    }

    private mutating func print(description: String?, indentation: String = "", isFirst: Bool = true) {
        guard let description else { return }
        if !indentation.isEmpty, !isFirst { write("\n") }
        write(indentation)
        let text =
            BlockString.isPrintable(description) ? BlockString.printed(description) : description.printedLiteral
        for byte in text.utf8 {
            bytes.append(byte)
            if byte == 0x0A { write(indentation) }
        }
        write("\n")
    }
}
