import Testing

@testable import GraphQL

@Suite struct TypeInfoTests {
    /// Reports what the types are at each field, argument, value and key.
    private class Witness: ValidationRule {
        override class var leaves: NodeKinds { [.field, .argument] }
        override class var visits: NodeKinds { [.field, .argument, .value, .objectField, .inlineFragment, .directive] }

        private func shown(_ type: TypeReference?) -> String { type.map(\.description) ?? "nil" }

        override func enter(field: FieldNode) {
            let types = context.types
            context.report(
                "\(types.parentType?.name ?? "nil").\(types.field?.name ?? "nil"): \(shown(types.type))",
                at: []
            )
        }
        override func leave(field: FieldNode) {
            context.report("/\(context.types.field?.name ?? "nil")", at: [])
        }
        override func enter(inlineFragment: InlineFragmentNode) {
            context.report("\(context.types.parentType?.name ?? "nil") ... \(shown(context.types.type))", at: [])
        }
        override func enter(directive: DirectiveNode, at location: DirectiveLocation) {
            context.report("@\(context.types.directive?.name ?? "nil")", at: [])
        }
        override func enter(argument: ArgumentNode) {
            context.report("(\(context.types.argument?.name ?? "nil")", at: [])
        }
        override func leave(argument: ArgumentNode) {
            context.report(shown(context.types.inputType) + ")", at: [])
        }
        override func enter(objectField: ObjectFieldNode) {
            context.report(
                "\(context.types.inputField?.name ?? "nil") of \(shown(context.types.parentInputType))",
                at: []
            )
        }
        override func enter(value: ValueNode) {
            let types = context.types
            let preset = types.defaultValue == nil ? "" : " preset"
            context.report("\(shown(types.inputType)) in \(shown(types.parentInputType))\(preset)", at: [])
        }
    }

    private func walked(_ query: String) -> [String] {
        errors([Witness.self], query).map(\.message)
    }

    @Test func `a field has its own type, and its selection set's as parent`() {
        #expect(
            walked("{ book { authors { name } __typename } gone { a } }") == [
                "Query.book: Book", "Book.authors: [Author!]!", "Author.name: String", "/name", "/authors",
                "Book.__typename: String!", "/__typename", "/book", "Query.nil: nil", "nil.nil: nil", "/nil", "/nil",
            ]
        )
    }

    @Test func `meta-fields of the schema stand on the query root only`() {
        #expect(walked("{ __schema { directives { name } } }").first == "Query.__schema: __Schema!")
        #expect(walked("mutation { __schema { a } }").first == "Mutation.nil: nil")
    }

    @Test func `fragments take the type of their condition, or of what is around them`() {
        #expect(
            walked("{ item { ... on Book { pages } ... { id } ... on Gone { id } ... on Genre { id } } }") == [
                "Query.item: Item", "Item ... Book", "Book.pages: Int", "/pages", "Item ... Item", "Item.id: ID!",
                "/id",
                "Item ... nil", "nil.nil: nil", "/nil", "Item ... Genre", "nil.nil: nil", "/nil", "/item",
            ]
        )
    }

    @Test func `arguments, lists and input objects know what they expect`() {
        #expect(
            walked("{ find(first: 1, filter: { genres: [CRIME], minPages: 2, gone: 3 }, gone: 4) { a } }").prefix(16)
                == [
                    "Query.find: [Find!]!", "(first", "Int in nil preset", "Int)",
                    "(filter", "BookFilter in nil", "genres of BookFilter", "Genre! in [Genre!]", "Genre! in [Genre!]",
                    "minPages of BookFilter", "Int in BookFilter preset", "nil of BookFilter", "nil in BookFilter",
                    "BookFilter)", "(nil", "nil in nil",
                ]
        )
    }

    @Test func `arguments belong to the directive they stand in, and to the field around an unknown one`() {
        #expect(
            walked("{ member(id: 1) @include(if: true) @gone(id: 2) { a } }").prefix(10) == [
                "Query.member: Member", "(id", "ID in nil", "ID)", "@include", "(if", "Boolean! in nil", "Boolean!)",
                "@nil", "(id",
            ]
        )
    }

    @Test func `a default value has its variable's type`() {
        #expect(
            walked("query ($a: [Int!] = [1], $b: Book = 2) { a }").prefix(3) == [
                "Int! in [Int!]", "Int! in [Int!]", "nil in nil",
            ]
        )
    }
}
