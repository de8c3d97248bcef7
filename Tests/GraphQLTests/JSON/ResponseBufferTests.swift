import Testing

@testable import GraphQL

@Suite struct ResponseBufferTests {
    private func written(_ write: (inout ResponseBuffer) -> Void) -> String {
        var buffer = ResponseBuffer(capacity: 1)
        write(&buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain", #""plain""#),
        ("é 😀 \u{2028}\u{7F}", "\"é 😀 \u{2028}\u{7F}\""),
        (#"a"b\c/d"#, #""a\"b\\c/d""#),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1}\u{F}\u{10}\u{1F}", #""\u0000\u0001\u000f\u0010\u001f""#),
        ("0123456789abcdef\"0123456789abcdef", #""0123456789abcdef\"0123456789abcdef""#),
    ])
    func `a string is escaped only where JSON requires it`(text: String, json: String) {
        #expect(written { $0.write(string: text) } == json)
    }

    @Test func `an escape is found at every place of a word`() {
        for special in ["\"", "\\", "\u{1F}"] {
            let escape = special == "\u{1F}" ? #"\u001f"# : "\\" + special
            for before in 0..<20 {
                for after in 0..<20 {
                    let (left, right) = (String(repeating: "x", count: before), String(repeating: "ÿ", count: after))
                    #expect(written { $0.write(string: left + special + right) } == "\"" + left + escape + right + "\"")
                }
            }
        }
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (10, "10"), (-1, "-1"), (1_234_567, "1234567"),
        (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
    ])
    func `a whole number is exact`(int: Int, json: String) {
        #expect(written { $0.write(int: int) } == json)
    }

    @Test(arguments: [
        (5.0, "5"), (-5.0, "-5"), (0.0, "0"), (-0.0, "0"), (0.1, "0.1"), (-12.5, "-12.5"), (0.3, "0.3"),
        (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"), (100.000001, "100.000001"),
        (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (0.00000123, "0.00000123"),
        (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.2345e22, "1.2345e+22"),
        (0x1.ac53a7e04bcdap+66, "123456789012345680000"), (9_007_199_254_740_992, "9007199254740992"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"), (1e100, "1e+100"),
        (12345678.901234567, "12345678.901234567"), (2251799813685249.5, "2251799813685249.5"),
        (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
    ])
    func `a number is written as JavaScript writes it`(double: Double, json: String) {
        #expect(written { $0.write(double: double) } == json)
    }

    @Test func `every number comes back the same`() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix64(state: seed)
        for _ in 0..<20_000 {
            let bits = Double(bitPattern: generator.next())
            let few = Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1000
            for double in [bits, few] where double.isFinite {
                #expect(Double(written { $0.write(double: double) }) == double, "seed \(seed)")
            }
        }
    }

    @Test func `a value keeps the order of its entries`() {
        let value: Value = .object([
            "z": .list([.null, .boolean(true), .boolean(false), .int(-3), .float(0.5)]), "a": .string("b"),
            "e": .enum("RED"), "o": .object([:]), "l": .list([]),
        ])
        let json = #"{"z":[null,true,false,-3,0.5],"a":"b","e":"RED","o":{},"l":[]}"#
        #expect(written { $0.write(value: value) } == json)
    }

    @Test func `raw bytes are written as they are, and can be taken back`() {
        var buffer = ResponseBuffer()
        buffer.write(raw: #"{"data":"#)
        let mark = buffer.count
        buffer.write(raw: ResponseBuffer.encoded(key: #"a"b"#))
        #expect(buffer.bytes == Array(#"{"data":"a\"b":"#.utf8))
        buffer.truncate(to: mark)
        buffer.writeNull()
        buffer.write(byte: UInt8(ascii: "}"))
        #expect(buffer.count == 13)
        #expect(unsafe buffer.withUnsafeBytes { unsafe Array($0) } == Array(#"{"data":null}"#.utf8))
    }
}
