import CZlib
import Testing

@testable import GraphQLServer

@Suite struct ContentCodingTests {
    private static let text = (0..<200).map { "{\"id\":\"job_\($0)\",\"title\":\"Engineer\"}" }.joined()

    private func request(_ fields: HTTPFields, method: String = "POST") -> HTTPRequest {
        HTTPRequest(method: method, path: "/graphql", query: nil, fields: fields, remoteAddress: "127.0.0.1", id: "r1")
    }

    private func json(_ text: String = text, status: Int = 200, _ fields: HTTPFields = [:]) -> HTTPResponse {
        var response = HTTPResponse(status: status, fields: fields, body: .bytes(Array(text.utf8)))
        response.fields.fill("Content-Type", "application/json; charset=utf-8")
        return response
    }

    private func bytes(_ response: HTTPResponse) -> [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    @Test func `an answer is packed for a client that asks, and unpacks to what it was`() throws {
        let asking = request(["Accept-Encoding": "gzip, br"])
        let coded = ContentCoding.coded(json(Self.text, ["Vary": "Accept"]), for: asking)
        #expect(coded.fields["Content-Encoding"] == "gzip")
        #expect(coded.fields.values("Vary") == ["Accept, Accept-Encoding"])
        #expect(bytes(coded).count < Self.text.utf8.count / 4)
        #expect(try unpacked(bytes(coded)) == Array(Self.text.utf8))
    }

    @Test(
        arguments: [
            ([], false), ([""], false), (["gzip"], true), (["GZIP"], true), (["x-gzip"], true), (["br"], false),
            (["deflate, gzip;q=1.0, *;q=0.5"], true), (["*"], true), (["gzip;q=0"], false), (["gzip;q=0, *"], false),
            (["gzip; q=0.2"], true), (["identity, gzip;q=0.5"], false), (["identity;q=0.5, gzip"], true),
            (["br", "gzip"], true), (["gzip;q=x"], false), (["identity;q=0"], false), (["*;q=0"], false),
        ] as [([String], Bool)]
    )
    func `the client's weights decide`(values: [String], isPacked: Bool) {
        #expect(ContentCoding.prefersGzip(values) == isPacked, "\(values)")
    }

    @Test func `what gains nothing, or is not ours to change, stays as it is`() {
        let asking = request(["Accept-Encoding": "gzip"])
        let streamed = HTTPResponse(
            status: 200,
            fields: ["Content-Type": "text/event-stream"],
            body: .stream(byteCount: nil) { _ in nil }
        )
        var generator = SystemRandomNumberGenerator()
        let noise = HTTPResponse(
            status: 200,
            fields: ["Content-Type": "text/plain"],
            body: .bytes((0..<4_000).map { _ in UInt8.random(in: 0...255, using: &generator) })
        )
        for response in [
            json("short"), json(Self.text, ["Content-Type": "application/pdf"]), json(status: 206), json(status: 304),
            json(status: 204), json(Self.text, ["Content-Encoding": "br"]),
            json(Self.text, ["Cache-Control": "no-transform"]), streamed, noise,
        ] {
            let coded = ContentCoding.coded(response, for: asking)
            #expect(coded.fields["Content-Encoding"] == response.fields["Content-Encoding"])
            #expect(bytes(coded) == bytes(response))
        }
        let head = ContentCoding.coded(json(), for: request(["Accept-Encoding": "gzip"], method: "HEAD"))
        #expect(head.fields["Content-Encoding"] == nil)
    }

    @Test func `a client that did not ask is told that it could have`() {
        let coded = ContentCoding.coded(json(), for: request([:]))
        #expect(coded.fields["Content-Encoding"] == nil && coded.fields["Vary"] == "Accept-Encoding")
    }

    @Test func `packed bytes have a tag of their own, which conditions may name`() {
        let asking = request(["Accept-Encoding": "gzip"])
        let coded = ContentCoding.coded(json(Self.text, ["ETag": "\"abc\""]), for: asking)
        #expect(coded.fields["ETag"] == "\"abc-gzip\"")
        let again = request(["Accept-Encoding": "gzip", "If-None-Match": "\"x\", \"abc-gzip\""])
        #expect(ContentCoding.plain(again).fields["If-None-Match"] == "\"x\", \"abc\"")
        let same = HTTPResponse(status: 304, fields: ["ETag": "\"abc\""])
        #expect(ContentCoding.coded(same, for: again).fields["ETag"] == "\"abc-gzip\"")
        let plain = request(["Accept-Encoding": "gzip", "If-None-Match": "\"abc\""])
        #expect(ContentCoding.coded(same, for: plain).fields["ETag"] == "\"abc\"")
        let weak = ContentCoding.coded(json(Self.text, ["ETag": "W/\"abc\""]), for: asking)
        #expect(weak.fields["ETag"] == "W/\"abc\"")
    }

    private struct Damaged: Error {}

    private func unpacked(_ packed: [UInt8]) throws -> [UInt8] {
        var packed = packed
        var plain = [UInt8](repeating: 0, count: 1 << 20)
        var stream = unsafe z_stream()
        let count = unsafe packed.withUnsafeMutableBufferPointer { input in
            unsafe plain.withUnsafeMutableBufferPointer { output in
                unsafe withUnsafeMutablePointer(to: &stream) { stream -> Int? in
                    let size = unsafe Int32(MemoryLayout<z_stream>.size)
                    guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
                    defer { unsafe inflateEnd(stream) }
                    unsafe stream.pointee.next_in = input.baseAddress
                    unsafe stream.pointee.avail_in = UInt32(input.count)
                    unsafe stream.pointee.next_out = output.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(output.count)
                    return unsafe inflate(stream, Z_FINISH) == Z_STREAM_END ? Int(stream.pointee.total_out) : nil
                }
            }
        }
        guard let count else { throw Damaged() }
        return Array(plain.prefix(count))
    }
}
