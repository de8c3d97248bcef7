import Testing

@testable import GraphQLServer

@Suite struct WaitPreferenceTests {
    @Test(
        arguments: [
            ("wait=10", .seconds(10)), ("WAIT = 7", .seconds(7)), ("respond-async, wait=\"5\"; x=y", .seconds(5)),
            ("wait=100", .seconds(30)), ("wait=99999999999999999999", .seconds(30)), ("wait=+5", nil),
            ("wait=0", .zero), ("wait=3, wait=9", .seconds(3)), ("wait", nil),
            ("wait=", nil),
            ("wait=-1", nil), ("wait=x", nil), ("return=minimal", nil), ("", nil),
        ] as [(String, Duration?)]
    )
    func `a preference to wait is read, and bounded`(value: String, expected: Duration?) {
        #expect(WaitPreference.read(["Prefer": value]) == expected)
    }
}
