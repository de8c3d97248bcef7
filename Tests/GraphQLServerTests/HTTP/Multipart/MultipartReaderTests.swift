import Synchronization
import Testing

@testable import GraphQLServer

/// Gives bytes away in pieces, as a connection does.
final class Pieces: Sendable {
    private let rest: Mutex<ArraySlice<UInt8>>
    private let size: Int

    init(_ bytes: [UInt8], size: Int) {
        rest = Mutex(bytes[...])
        self.size = size
    }

    func next() -> [UInt8]? {
        rest.withLock { rest in
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            return piece.isEmpty ? nil : piece
        }
    }

    /// How many bytes nobody has asked for yet.
    var remaining: Int { rest.withLock { $0.count } }
}

@Suite struct MultipartReaderTests {
    struct Part: Equatable {
        var name: String
        var content: String
        var fileName: String?
        var mediaType = "application/octet-stream"
    }

    /// The parts of a body that comes in pieces of this size.
    private func parts(
        _ body: String,
        size: Int = .max,
        limits: MultipartReader.Limits = MultipartReader.Limits()
    ) async throws -> [Part] {
        let pieces = Pieces(Array(body.utf8), size: size)
        let reader = MultipartReader(boundary: "xYz", limits: limits) { pieces.next() }
        var parts: [Part] = []
        while let part = try await reader.nextPart() {
            var bytes: [UInt8] = []
            while let piece = try await reader.nextPiece() {
                #expect(!piece.isEmpty)
                bytes += piece
            }
            let content = String(decoding: bytes, as: UTF8.self)
            parts.append(Part(name: part.name, content: content, fileName: part.fileName, mediaType: part.mediaType))
        }
        #expect(pieces.remaining == 0)
        return parts
    }

    private func part(_ name: String, _ content: String) -> String {
        "--xYz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n"
    }

    @Test func `parts come whole and in order, however the body is cut`() async throws {
        let tricky = "\r\n--xY\r\r\n--xy\r\n-\r\n--x\r\n--\r\n\r\n--xY"
        let body =
            "a preamble\r\n" + part("operations", "{}")
            + "--xYz \t\r\ncontent-type: Text/Plain; charset=utf-8\r\n"
            + "CONTENT-DISPOSITION: form-data; name=\"0\"; filename=\"a.txt\"\r\n\r\n\(tricky)\r\n" + part("1", "")
            + "--xYz--\r\nan epilogue --xYz\r\n"
        for size in Array(1...80) + [body.utf8.count] {
            let found = try await parts(body, size: size)
            #expect(
                found == [
                    Part(name: "operations", content: "{}"),
                    Part(name: "0", content: tricky, fileName: "a.txt", mediaType: "text/plain"),
                    Part(name: "1", content: ""),
                ],
                "\(size)"
            )
        }
    }

    @Test(arguments: [1, 7, 1_000])
    func `an empty part may share its line break with the boundary`(size: Int) async throws {
        let head = "--xYz\r\nContent-Disposition: form-data; name="
        let body = head + "a\r\n\r\n" + head + "b\r\n\r\nb\r\n--xYz--"
        #expect(try await parts(body, size: size) == [Part(name: "a", content: ""), Part(name: "b", content: "b")])
    }

    @Test func `a body without parts has none`() async throws {
        #expect(try await parts("--xYz--").isEmpty)
        #expect(try await parts("--xYz--\r\n", size: 1).isEmpty)
    }

    @Test(arguments: [
        ("", "The body ends before its last boundary."), ("nothing of it", "The body ends before its last boundary."),
        ("--xYz", "The body ends before its last boundary."),
        ("--xYz\r\nContent-Disposition: form-data; name=a\r\n", "The body ends before its last boundary."),
        ("--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "The body ends before its last boundary."),
        (
            "--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--xYz",
            "The body ends before its last boundary."
        ),
        ("--xYzz\r\n", "A boundary is followed by something else than a line break."),
        (
            "--xYz\nContent-Disposition: form-data; name=a\n\nx",
            "A boundary is followed by something else than a line break."
        ),
        ("--xYz\r\n\r\nx\r\n--xYz--", "A part has no Content-Disposition of form-data with a name."),
        (
            "--xYz\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--xYz--",
            "A part has no Content-Disposition of form-data with a name."
        ),
        (
            "--xYz\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx\r\n--xYz--",
            "A part has no Content-Disposition of form-data with a name."
        ),
        ("--xYz\r\nno colon\r\n\r\nx", "The header of a part is not well-formed."),
        ("--xYz\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nx", "The header of a part is not well-formed."),
        ("--xYz\r\nName : a\r\n\r\nx", "The header of a part is not well-formed."),
        ("--xYz\r\nName: a\0b\r\n\r\nx", "The header of a part is not well-formed."),
        (
            "--xYz\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--xYz--",
            "No Content-Transfer-Encoding but binary is known."
        ),
    ])
    func `what is no form is refused, and told why`(body: String, message: String) async throws {
        for size in [1, 5, 10_000] {
            await #expect(throws: MultipartError(message)) { try await parts(body, size: size) }
        }
    }

    @Test func `headers and parts are bounded`() async throws {
        var limits = MultipartReader.Limits()
        limits.maxHeaderBytes = 60
        limits.maxParts = 2
        let two = part("a", "1") + part("b", "2")
        #expect(try await parts(two + "--xYz--", limits: limits).count == 2)
        await #expect(throws: MultipartError("There are more than 2 parts.")) {
            try await parts(two + part("c", "3") + "--xYz--", limits: limits)
        }
        let endless = "--xYz\r\nX: " + String(repeating: "a", count: 100)
        for body in [endless, endless + "\r\n\r\nx\r\n--xYz--"] {
            await #expect(throws: MultipartError("The header of a part has more than 60 bytes.")) {
                try await parts(body, size: 3, limits: limits)
            }
        }
        await #expect(throws: MultipartError("A boundary's line is too long.")) {
            try await parts("--xYz" + String(repeating: " ", count: 100), limits: limits)
        }
    }

    @Test func `pieces are handed on as they come, and a part that is not read is skipped`() async throws {
        let body = part("a", String(repeating: "a", count: 100_000)) + part("b", "b") + "--xYz--"
        let pieces = Pieces(Array(body.utf8), size: 1_000)
        let reader = MultipartReader(boundary: "xYz") { pieces.next() }
        #expect(try await reader.nextPart()?.name == "a")
        _ = try await reader.nextPiece()
        #expect(pieces.remaining > 98_000)
        #expect(try await reader.nextPart()?.name == "b")
        #expect(try await reader.whole("b", maxBytes: 1) == Array("b".utf8))
        #expect(try await reader.nextPiece() == nil)
        #expect(try await reader.nextPart() == nil)
    }

    @Test func `a part that must be small is refused when it is not`() async throws {
        let pieces = Pieces(Array((part("map", "123456") + "--xYz--").utf8), size: 2)
        let reader = MultipartReader(boundary: "xYz") { pieces.next() }
        _ = try await reader.nextPart()
        await #expect(throws: MultipartError("The part \"map\" has more than 5 bytes.")) {
            try await reader.whole("map", maxBytes: 5)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `bytes that look like boundaries again and again cost no more than others`() async throws {
        for noise in [String(repeating: "\r\n--xY", count: 300_000), String(repeating: "\r", count: 1_000_000)] {
            let found = try await parts(part("a", noise) + "--xYz--", size: 30_000)
            #expect(found.map(\.content.utf8.count) == [noise.utf8.count])
        }
    }

    @Test(
        arguments: [
            ("application/pdf", "application/pdf"), ("Application/PDF; name=x", "application/pdf"),
            (nil, "application/octet-stream"), ("nonsense", "application/octet-stream"),
            ("text/*", "application/octet-stream"), ("text/pl ain", "application/octet-stream"),
            ("text/<b>", "application/octet-stream"),
            ("a/" + String(repeating: "b", count: 200), "application/octet-stream"),
        ] as [(String?, String)]
    )
    func `a media type is what a client says, as far as it is one`(field: String?, type: String) throws {
        var fields: HTTPFields = ["Content-Disposition": "form-data; name=a"]
        if let field { fields.append("Content-Type", field) }
        #expect(try MultipartPart(fields).mediaType == type)
    }
}
