import Testing

@testable import GraphQLServer

@Suite struct ResultFramingTests {
    private let json = Array(#"{"data":1}"#.utf8)
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `server-sent events carry a name, a place to go on, and the result`() {
        let framing = ResultFraming.serverSentEvents
        #expect(text(framing.next(json, id: "c")) == "event: next\nid: c\ndata: {\"data\":1}\n\n")
        #expect(text(framing.completion) == "event: complete\ndata:\n\n")
        #expect(text(framing.heartbeat) == ": ping\n\n")
    }

    @Test func `parts are closed as soon as they are sent`() {
        let framing = ResultFraming.multipart
        let whole = text(framing.opening() + framing.heartbeat + framing.next(json, id: "c") + framing.completion)
        #expect(
            whole == "\r\n--graphql\r\nContent-Type: application/json\r\n\r\n{}"
                + "\r\n--graphql\r\nContent-Type: application/json\r\n\r\n{\"payload\":{\"data\":1}}\r\n--graphql--\r\n"
        )
    }
}
