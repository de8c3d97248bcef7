extension DocumentNode {
    /// The document as text, laid out afresh; comments are lost.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension DefinitionNode {
    /// The definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension OperationDefinitionNode {
    /// The operation as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension FragmentDefinitionNode {
    /// The fragment as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension VariableDefinitionNode {
    /// The variable's definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension SelectionSetNode {
    /// The selection set as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension SelectionNode {
    /// The selection as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension FieldNode {
    /// The field, with what is selected on it, as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension ArgumentNode {
    /// The argument as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension DirectiveNode {
    /// The directive as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension ValueNode {
    /// The value as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension TypeNode {
    /// The type as text: `[Job!]!`.
    public var printed: String {
        var opening = ""
        var closing = ""
        var node = self
        // Outer marks come last: they are gathered from the outside in, and the text read backwards.
        while true {
            switch node.kind {
            case .named(let name): return opening + name + String(closing.reversed())
            case .nonNull(let inner):
                closing += "!"
                node = inner
            case .list(let inner):
                opening += "["
                closing += "]"
                node = inner
            }
        }
    }
}

extension TypeSystemDefinitionNode {
    /// The definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension FieldDefinitionNode {
    /// The field's definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension InputValueDefinitionNode {
    /// The argument's or input field's definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}

extension EnumValueDefinitionNode {
    /// The enum value's definition as text.
    public var printed: String { Printer.print { $0.run(self) } }
}
