// The JSON reader and writer: whatever the bytes, an error or a value; and a value written is read as the same value.

@testable import GraphQL

/// One run of the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let value: Value
    do {
        value = try JSONParser().parse(bytes)
    } catch {
        precondition(error.code == "BAD_USER_INPUT" && error.locations.count == 1, "an error has no code or place")
        return 0
    }
    let written = writtenBytes(of: value)
    guard let again = try? JSONParser().parse(written) else {
        preconditionFailure("a written value is refused: \(String(decoding: written, as: UTF8.self))")
    }
    // Values are not compared as such: 5.0 is written as 5, which is read as a whole number.
    precondition(writtenBytes(of: again) == written, "a written value is read otherwise")
    return 0
}

private func writtenBytes(of value: Value) -> [UInt8] {
    var buffer = ResponseBuffer(capacity: 64)
    buffer.write(value: value)
    return buffer.bytes
}
