import Testing

@testable import Schema

@Suite struct Base64URLTests {
    @Test(
        arguments: [
            ([], ""), ([0x66], "Zg"), ([0x66, 0x6F], "Zm8"), ([0x66, 0x6F, 0x6F], "Zm9v"),
            ([0xFF, 0xEF, 0xBE], "_---"),
        ] as [([UInt8], String)]
    )
    func `bytes are written as RFC 4648 says, and read back`(bytes: [UInt8], text: String) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text) == bytes)
    }

    @Test(arguments: ["Z", "Zh", "Zm9=", "Zg==", "Zm+v", "Zm/v", "Zm 9", "Zm9vé"])
    func `a text that is not the one for its bytes is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
