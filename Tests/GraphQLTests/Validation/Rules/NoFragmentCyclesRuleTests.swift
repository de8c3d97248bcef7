import Testing

@testable import GraphQL

@Suite struct NoFragmentCyclesRuleTests {
    @Test(arguments: [
        "fragment A on Book { ...B } fragment B on Book { id }",
        "fragment A on Book { ...B ...B } fragment B on Book { id }",
        "fragment A on Book { ...B ...C } fragment B on Book { ...C } fragment C on Book { id }",
        "fragment A on Book { ...Missing }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(NoFragmentCyclesRule.self, query)
    }

    @Test func `a fragment cannot spread itself`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            "fragment A on Book { ...A }",
            [
                ("Cannot spread fragment 'A' within itself.", [(1, 22)])
            ]
        )
    }

    @Test func `nor itself in a field`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            "fragment A on Book { sequel { ... { ...A } } }",
            [
                ("Cannot spread fragment 'A' within itself.", [(1, 37)])
            ]
        )
    }

    @Test func `nor itself through others`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            "fragment A on Book { ...B } fragment B on Book { ...C } fragment C on Book { ...A }",
            [
                ("Cannot spread fragment 'A' within itself via 'B', 'C'.", [(1, 22), (1, 50), (1, 78)])
            ]
        )
    }

    @Test func `two cycles through one fragment are both reported`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            """
            fragment A on Book { ...B ...C } fragment B on Book { ...A } fragment C on Book { ...A ...C
            }
            """,
            [
                ("Cannot spread fragment 'A' within itself via 'B'.", [(1, 22), (1, 55)]),
                ("Cannot spread fragment 'A' within itself via 'C'.", [(1, 27), (1, 83)]),
                ("Cannot spread fragment 'C' within itself.", [(1, 88)]),
            ]
        )
    }

    @Test func `cycles are reported once however they are entered`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            """
            fragment A on Book { ...B sequel { ...C } } fragment B on Book { ...D } fragment C on Book
            { ...D } fragment D on Book { ...A ...E } fragment E on Book { ...B }
            """,
            [
                ("Cannot spread fragment 'A' within itself via 'B', 'D'.", [(1, 22), (1, 66), (2, 31)]),
                ("Cannot spread fragment 'B' within itself via 'D', 'E'.", [(1, 66), (2, 36), (2, 64)]),
            ]
        )
    }

    @Test func `inner selection sets are searched last one first`() {
        expectErrors(
            NoFragmentCyclesRule.self,
            """
            fragment A on Book { sequel { ...B } ... { sequel { ...C } ...D } ...E } fragment B on Book
            { ...A } fragment C on Book { ...A } fragment D on Book { ...A } fragment E on Book { ...A
            }
            """,
            [
                ("Cannot spread fragment 'A' within itself via 'E'.", [(1, 67), (2, 87)]),
                ("Cannot spread fragment 'A' within itself via 'D'.", [(1, 60), (2, 59)]),
                ("Cannot spread fragment 'A' within itself via 'C'.", [(1, 53), (2, 31)]),
                ("Cannot spread fragment 'A' within itself via 'B'.", [(1, 31), (2, 3)]),
            ]
        )
    }
}
