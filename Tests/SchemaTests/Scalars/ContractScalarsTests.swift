import GraphQL
import Testing

@testable import Schema

@Suite struct ContractScalarsTests {
    @Test(arguments: [
        "https://example.com", "http://127.0.0.1:8080/a?b=c#d", "mailto:a@b", "urn:isbn:1", "https://[::1]/",
        "https://example.com/%20",
    ])
    func `absolute URLs are accepted`(text: String) throws {
        #expect(try ScalarCoercion.url.coerceInput(.string(text)) == .string(text))
    }

    @Test(arguments: [
        "", "example.com", "/a", "//example.com", "http://", "http:///a", "https:", "1http://a", "http://a b",
        "https://exämple.com", "https://a/%2", "https://a/%zz", "https://a/\n", "javascript", "https://?x",
    ])
    func `what is no absolute URL is refused`(text: String) {
        #expect(throws: ScalarCoercion.Refusal.self) { try ScalarCoercion.url.coerceInput(.string(text)) }
    }

    @Test func `a share is a number from 0 to 1`() throws {
        #expect(try ScalarCoercion.unitInterval.coerceInput(.int(1)) == .float(1))
        #expect(try ScalarCoercion.unitInterval.coerceInput(.float(0.25)) == .float(0.25))
        for value: Value in [.float(1.0001), .float(-0.1), .int(2), .string("0.5"), .boolean(true)] {
            #expect(throws: ScalarCoercion.Refusal.self) { try ScalarCoercion.unitInterval.coerceInput(value) }
        }
    }

    @Test func `instants come in as they go out`() throws {
        let value = try ScalarCoercion.dateTime.coerceInput(.string("2026-11-23T10:15:02+01:00"))
        #expect(value == .string("2026-11-23T09:15:02.000Z"))
        #expect(throws: ScalarCoercion.Refusal.self) { try ScalarCoercion.dateTime.coerceInput(.int(5)) }
    }

    @Test func `a file comes by a multipart request alone`() {
        #expect(throws: ScalarCoercion.Refusal.self) { try ScalarCoercion.upload.coerceInput(.string("a.pdf")) }
    }
}
