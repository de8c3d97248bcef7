import Testing

@testable import GraphQL

@Suite struct OverlappingFieldsCanBeMergedRuleTests {
    @Test(arguments: [
        "{ book { title title } }",
        "{ book { title(upper: true) title(upper: true) } }",
        #"{ find(text: "a", filter: {title: "t", exact: true}) { __typename } find(filter: {exact: true, title: "t"}, text: "a") { __typename } }"#,
        "{ book { small: title big: title(upper: true) } }",
        "{ book { title @include(if: true) title @include(if: false) } }",
        "{ item { ... on Book { length: pages } ... on Film { length: minutes } } }",
        "{ item { ... on Book { title(upper: true) } ... on Film { title(upper: false) } } }",
        "{ find { ... on Book { same: sequel { title } } ... on Film { same: borrower { title: name } } } }",
        "{ book { ...F ...F } } fragment F on Book { title ...G } fragment G on Book { ...F title }",
        "{ missing { a: b } missing { a: b } }",
        "{ a: book { title } b: book { title: id } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(OverlappingFieldsCanBeMergedRule.self, query)
    }

    @Test func `one response name is one field`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { value: title value: genre } }",
            [
                (
                    "Fields 'value' conflict because 'title' and 'genre' are different fields. Use "
                        + "different aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 23)]
                )
            ]
        )
    }

    @Test func `one response name has one set of arguments`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { title title(upper: true) } member { name(short: true) name(short: false) } probe { two(a: 1, b: 2) two(a: 1, c: 2) } }",
            [
                (
                    "Fields 'title' conflict because they have differing arguments. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 16)]
                ),
                (
                    "Fields 'name' conflict because they have differing arguments. Use different aliases "
                        + "on the fields to fetch both if this was intentional.",
                    [(1, 46), (1, 64)]
                ),
                (
                    "Fields 'two' conflict because they have differing arguments. Use different aliases "
                        + "on the fields to fetch both if this was intentional.",
                    [(1, 93), (1, 109)]
                ),
            ]
        )
    }

    @Test func `values are compared as written`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            #"{ probe { a: string(of: "a") a: string(of: """a""") b: filter(of: {tags: [1, 2]}) b: filter(of: {tags: [2, 1]}) c: id(of: 1) c: id(of: "1") d: int(of: $d) d: int(of: $e) } }"#,
            [
                (
                    "Fields 'a' conflict because they have differing arguments. Use different aliases on "
                        + "the fields to fetch both if this was intentional.",
                    [(1, 11), (1, 30)]
                ),
                (
                    "Fields 'b' conflict because they have differing arguments. Use different aliases on "
                        + "the fields to fetch both if this was intentional.",
                    [(1, 53), (1, 83)]
                ),
                (
                    "Fields 'c' conflict because they have differing arguments. Use different aliases on "
                        + "the fields to fetch both if this was intentional.",
                    [(1, 113), (1, 126)]
                ),
                (
                    "Fields 'd' conflict because they have differing arguments. Use different aliases on "
                        + "the fields to fetch both if this was intentional.",
                    [(1, 141), (1, 156)]
                ),
            ]
        )
    }

    @Test func `fragments are compared with what stands beside them`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { x: title ...F } } fragment F on Book { x: id }",
            [
                (
                    "Fields 'x' conflict because 'title' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 49)]
                )
            ]
        )
    }

    @Test func `fragments are compared with one another`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { ...F ...G } } fragment F on Book { x: title } fragment G on Book { x: id }",
            [
                (
                    "Fields 'x' conflict because 'title' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 45), (1, 77)]
                )
            ]
        )
    }

    @Test func `fragments in fragments are compared`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { ...F ...G x: pages } } fragment F on Book { ...H } fragment G on Book { x: title } fragment H on Book { x: id }",
            [
                (
                    "Fields 'x' conflict because 'pages' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 20), (1, 114)]
                ),
                (
                    "Fields 'x' conflict because 'id' and 'title' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 114), (1, 82)]
                ),
                (
                    "Fields 'x' conflict because 'pages' and 'title' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 20), (1, 82)]
                ),
            ]
        )
    }

    @Test func `each conflict is reported once`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ a: book { ...F ...G } b: book { ...F ...G } c: book { ...F ...G x: genre } } fragment F on Book { x: title } fragment G on Book { x: id }",
            [
                (
                    "Fields 'x' conflict because 'title' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 101), (1, 133)]
                ),
                (
                    "Fields 'x' conflict because 'genre' and 'title' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 67), (1, 101)]
                ),
                (
                    "Fields 'x' conflict because 'genre' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 67), (1, 133)]
                ),
            ]
        )
    }

    @Test func `fields below are compared`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { x: title } book { x: id } }",
            [
                (
                    "Fields 'book' conflict because subfields 'x' conflict because 'title' and 'id' are "
                        + "different fields. Use different aliases on the fields to fetch both if this was "
                        + "intentional.",
                    [(1, 3), (1, 10), (1, 21), (1, 28)]
                )
            ]
        )
    }

    @Test func `all conflicts below are told together`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ book { x: title y: pages } book { x: id y: genre } }",
            [
                (
                    "Fields 'book' conflict because subfields 'x' conflict because 'title' and 'id' are "
                        + "different fields and subfields 'y' conflict because 'pages' and 'genre' are "
                        + "different fields. Use different aliases on the fields to fetch both if this was "
                        + "intentional.",
                    [(1, 3), (1, 10), (1, 19), (1, 30), (1, 37), (1, 43)]
                )
            ]
        )
    }

    @Test func `conflicts far below name the whole way`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ member { loans { borrower { x: name } } } member { loans { borrower { x: friends { name } } } } }",
            [
                (
                    "Fields 'member' conflict because subfields 'loans' conflict because subfields "
                        + "'borrower' conflict because subfields 'x' conflict because 'name' and 'friends' are "
                        + "different fields. Use different aliases on the fields to fetch both if this was "
                        + "intentional.",
                    [(1, 3), (1, 12), (1, 20), (1, 31), (1, 45), (1, 54), (1, 62), (1, 73)]
                )
            ]
        )
    }

    @Test func `the conflict is reported where the ways meet`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ member { friends { x: name } friends { x: loans { id } } } member { friends { name } } }",
            [
                (
                    "Fields 'friends' conflict because subfields 'x' conflict because 'name' and 'loans' "
                        + "are different fields. Use different aliases on the fields to fetch both if this was "
                        + "intentional.",
                    [(1, 12), (1, 22), (1, 32), (1, 42)]
                )
            ]
        )
    }

    @Test func `other objects may give other fields, but of one shape`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ find { ... on Book { x: pages } ... on Film { x: title } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types 'Int' and 'String'. Use "
                        + "different aliases on the fields to fetch both if this was intentional.",
                    [(1, 24), (1, 49)]
                )
            ]
        )
    }

    @Test func `lists and non-null marks are part of the shape`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ find { ... on Book { x: id y: authors { name } z: title } ... on Film { x: title y: borrower { name } z: borrower { name } } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types 'ID!' and 'String'. Use "
                        + "different aliases on the fields to fetch both if this was intentional.",
                    [(1, 24), (1, 75)]
                ),
                (
                    "Fields 'y' conflict because they return conflicting types '[Author!]!' and "
                        + "'Member'. Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 30), (1, 84)]
                ),
                (
                    "Fields 'z' conflict because they return conflicting types 'String' and 'Member'. "
                        + "Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 50), (1, 105)]
                ),
            ]
        )
    }

    @Test func `shapes below are compared though objects differ`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ find { ... on Book { x: sequel { y: title } } ... on Film { x: borrower { y: friends { name } } } } }",
            [
                (
                    "Fields 'x' conflict because subfields 'y' conflict because they return conflicting "
                        + "types 'String' and '[Member]'. Use different aliases on the fields to fetch both if "
                        + "this was intentional.",
                    [(1, 24), (1, 36), (1, 63), (1, 77)]
                )
            ]
        )
    }

    @Test func `interfaces may meet any object`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ item { ... on Book { x: pages } ... on Lendable { x: dueAt } } }",
            [
                (
                    "Fields 'x' conflict because 'pages' and 'dueAt' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 24), (1, 53)]
                )
            ]
        )
    }

    @Test func `a field on an interface meets those of each object`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ item { x: title ... on Book { x: id } ... on Film { x: title(upper: true) } } }",
            [
                (
                    "Fields 'x' conflict because 'title' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 33)]
                ),
                (
                    "Fields 'x' conflict because they have differing arguments. Use different aliases on "
                        + "the fields to fetch both if this was intentional.",
                    [(1, 10), (1, 55)]
                ),
                (
                    "Fields 'x' conflict because they return conflicting types 'ID!' and 'String'. Use "
                        + "different aliases on the fields to fetch both if this was intentional.",
                    [(1, 33), (1, 55)]
                ),
            ]
        )
    }

    @Test func `fragments that no operation reaches are checked`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ __typename } fragment F on Book { x: title x: id ...G } fragment G on Book { ...F y: title y: pages }",
            [
                (
                    "Fields 'x' conflict because 'title' and 'id' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 37), (1, 46)]
                ),
                (
                    "Fields 'y' conflict because 'title' and 'pages' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 85), (1, 94)]
                ),
            ]
        )
    }

    @Test func `unknown types and fields are compared by name`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ missing { x: a } missing { x: b } ... on Nothing { y: c y: d } }",
            [
                (
                    "Fields 'missing' conflict because subfields 'x' conflict because 'a' and 'b' are "
                        + "different fields. Use different aliases on the fields to fetch both if this was "
                        + "intentional.",
                    [(1, 3), (1, 13), (1, 20), (1, 30)]
                ),
                (
                    "Fields 'y' conflict because 'c' and 'd' are different fields. Use different aliases "
                        + "on the fields to fetch both if this was intentional.",
                    [(1, 54), (1, 59)]
                ),
            ]
        )
    }

    @Test func `of equal names every fragment is checked`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ ...F } fragment F on Query { x: book { id } x: item { id } } fragment F on Query { __typename }",
            [
                (
                    "Fields 'x' conflict because 'book' and 'item' are different fields. Use different "
                        + "aliases on the fields to fetch both if this was intentional.",
                    [(1, 32), (1, 47)]
                )
            ]
        )
    }

    // graphql-js does not look up meta-fields here. By the specification they have a type as other fields have.
    @Test func `meta-fields have a shape too`() {
        expectErrors(
            OverlappingFieldsCanBeMergedRule.self,
            "{ find { ... on Book { x: __typename } ... on Film { x: minutes } } }",
            [
                (
                    "Fields 'x' conflict because they return conflicting types 'String!' and 'Int'."
                        + " Use different aliases on the fields to fetch both if this was intentional.",
                    [(1, 24), (1, 54)]
                )
            ]
        )
    }
}
