import Testing

@testable import GraphQL

@Suite struct DocumentWalkTests {
    /// Reports every node it is shown, so that a test sees the order.
    private class Witness: ValidationRule {
        override class var visits: NodeKinds {
            [
                .document, .operation, .fragment, .variableDefinition, .selectionSet, .field, .fragmentSpread,
                .inlineFragment, .argument, .directive, .directives, .value, .objectField, .typeName, .typeSystem,
            ]
        }

        override class var leaves: NodeKinds { visits }

        private func note(_ text: String) { context.report(text, at: []) }

        override func enter(document: DocumentNode) { note("document") }
        override func leave(document: DocumentNode) { note("/document") }
        override func enter(operation: OperationDefinitionNode) { note("operation") }
        override func leave(operation: OperationDefinitionNode) { note("/operation") }
        override func enter(fragment: FragmentDefinitionNode) { note("fragment \(fragment.name.value)") }
        override func leave(fragment: FragmentDefinitionNode) { note("/fragment") }
        override func enter(variableDefinition: VariableDefinitionNode) {
            note("variable \(variableDefinition.variable.value)")
        }
        override func leave(variableDefinition: VariableDefinitionNode) { note("/variable") }
        override func enter(selectionSet: SelectionSetNode) { note("{") }
        override func leave(selectionSet: SelectionSetNode) { note("}") }
        override func enter(field: FieldNode) { note("field \(field.name.value)") }
        override func leave(field: FieldNode) { note("/field") }
        override func enter(fragmentSpread: FragmentSpreadNode) { note("...\(fragmentSpread.name.value)") }
        override func enter(inlineFragment: InlineFragmentNode) { note("...") }
        override func leave(inlineFragment: InlineFragmentNode) { note("/...") }
        override func enter(argument: ArgumentNode) { note("argument \(argument.name.value)") }
        override func leave(argument: ArgumentNode) { note("/argument") }
        override func enter(directive: DirectiveNode, at location: DirectiveLocation) {
            note("@\(directive.name.value) \(location.rawValue)")
        }
        override func leave(directive: DirectiveNode) { note("/@") }
        override func enter(directives: [DirectiveNode]) { note("\(directives.count)@") }
        override func enter(value: ValueNode) { note("value") }
        override func leave(value: ValueNode) { note("/value") }
        override func enter(objectField: ObjectFieldNode) { note("key \(objectField.name.value)") }
        override func enter(typeName: NameNode) { note("type \(typeName.value)") }
        override func enter(typeSystem: TypeSystemDefinitionNode) { note("definition \(typeSystem.name.value)") }
        override func leave(typeSystem: TypeSystemDefinitionNode) { note("/definition") }
    }

    @Test func `nodes are shown from the outside in, each with its parts in order`() {
        let query = """
            query ($v: [Int!] = [1] @c) @q { f(x: { k: $v }) @d(y: 2) @d { ...S @s ... on T @i { g } } }
            fragment S on T @f { h }
            """
        #expect(
            errors([Witness.self], query).map(\.message).joined(separator: " ") == """
                document operation 1@ variable v 1@ type Int value value /value /value @c VARIABLE_DEFINITION /@ \
                /variable @q QUERY /@ { field f 2@ argument x value key k value /value /value /argument \
                @d FIELD argument y value /value /argument /@ @d FIELD /@ { ...S 1@ @s FRAGMENT_SPREAD /@ \
                ... 1@ type T @i INLINE_FRAGMENT /@ { field g /field } /... } /field } /operation \
                fragment S 1@ type T @f FRAGMENT_DEFINITION /@ { field h /field } /fragment /document
                """
        )
    }

    @Test func `definitions of the type system are shown with what stands in them`() {
        let query = """
            type A implements I @o { f(x: X = 1 @a): [F!] @f } union U @u = M enum E { V @v } input N { k: K @k }
            directive @d(z: Z) on FIELD schema @s { query: Q }
            """
        #expect(
            errors([Witness.self], query).map(\.message).joined(separator: " ") == """
                document definition A 1@ type I @o OBJECT /@ 1@ 1@ type X value /value @a ARGUMENT_DEFINITION /@ \
                type F @f FIELD_DEFINITION /@ /definition definition U 1@ @u UNION /@ type M /definition \
                definition E 1@ @v ENUM_VALUE /@ /definition definition N 1@ type K @k INPUT_FIELD_DEFINITION /@ \
                /definition definition d type Z /definition definition  1@ @s SCHEMA /@ type Q /definition /document
                """
        )
    }

    @Test func `nothing is shown once the limit of errors is reached`() throws {
        let fields = (0..<1_000).map { "a\($0)" }.joined(separator: " ")
        let document = try parse(Source("{ \(fields) }"), limits: .unlimited)
        let errors = validate(
            document,
            against: library,
            options: ValidationOptions(rules: [Witness.self], maxErrors: 5)
        )
        #expect(errors.map(\.message).dropLast() == ["document", "operation", "{", "field a0", "/field"])
    }
}
