import Schema
import Testing

@testable import MongoStore

@Suite struct BSONTests {
    @Test func `only a document of one text gives that text, whatever its length`() throws {
        let long = String(repeating: "ü", count: 300)
        let rows: [BSONValue] = [
            ["name": "Swift"], ["name": ""], ["name": .string(long)], [:], ["nam": "x"], ["name": 7], ["name": ["x"]],
            ["name": "x", "evidence": []], ["evidence": [], "name": "x"], ["names": "x"], "name", ["name": "a\u{0}b"],
        ]
        let document: BSONDocument = ["rows": .array(rows)]
        var found: [String?] = []
        try document.eachField { field in try field.eachField { found.append($0.onlyText(named: "name")) } }
        #expect(found == ["Swift", "", long, nil, nil, nil, nil, nil, nil, nil, nil, "a\u{0}b"])
    }

    @Test func `an array of so many whole numbers gives them, whatever their width`() throws {
        let rows: [BSONValue] = [
            [1, -2, 3], [1, 5_000_000_000, 3], [1, 2.0, 3], [], [1, 2], [1, 2, 3, 4], [1, 2.5, 3], [1, "2", 3],
            [1, nil, 3], "123",
            ["0": 1, "1": 2, "2": 3],
        ]
        let document: BSONDocument = ["rows": .array(rows)]
        var found: [[Int]?] = []
        try document.eachField { field in try field.eachField { found.append(try $0.integers(3)) } }
        #expect(found == [[1, -2, 3], [1, 5_000_000_000, 3], [1, 2, 3], nil, nil, nil, nil, nil, nil, nil, nil])
        let twelve = (1...12).map { $0 * $0 }
        let long: BSONDocument = ["row": .array(twelve.map { .int($0) })]
        try long.eachField { field in
            let numbers = try field.integers(12)
            #expect(numbers == twelve)
        }
    }

    @Test func `fields are found by name, in the order written and in any other`() throws {
        let names = ["a", "aa", "text", "nested", "list", "last"]
        let document: BSONDocument = [
            "a": 1, "aa": 2, "text": "three", "nested": ["a": 4, "inner": 5], "list": [6], "last": 7,
        ]
        func shown(_ field: BSONField?) -> String {
            field.map { $0.int.map(String.init) ?? $0.string ?? "of another type" } ?? "none"
        }
        try document.lent { document in
            let expected = ["1", "2", "three", "of another type", "of another type", "7"]
            var inOrder = try document.fields()
            let found = [
                shown(try inOrder.next("a")), shown(try inOrder.next("aa")), shown(try inOrder.next("text")),
                shown(try inOrder.next("nested")), shown(try inOrder.next("list")), shown(try inOrder.next("last")),
            ]
            #expect(found == expected)
            let absent = [
                shown(try inOrder.next("inner")), shown(try inOrder.next("")), shown(try inOrder.next("texts")),
                shown(try inOrder.next("a\u{0}")),
            ]
            #expect(absent == ["none", "none", "none", "none"])
            for number in 0..<216 {
                var fields = try document.fields()
                let order = [number / 36, number / 6 % 6, number % 6]
                let found = try order.map { place in
                    switch names[place] {
                    case "a": shown(try fields.next("a"))
                    case "aa": shown(try fields.next("aa"))
                    case "text": shown(try fields.next("text"))
                    case "nested": shown(try fields.next("nested"))
                    case "list": shown(try fields.next("list"))
                    default: shown(try fields.next("last"))
                    }
                }
                #expect(found == order.map { expected[$0] }, "\(order)")
            }
            var numbers = try document.fields()
            #expect(try numbers.int("a") == 1 && numbers.int("aa") == 2, "in their order")
            #expect(try numbers.int("last") == 7 && numbers.int("a") == 1, "in another")
            #expect(try numbers.int("text") == nil && numbers.int("absent") == nil && numbers.timestamp("aa") == nil)
            var fields = try document.fields()
            var nested = try fields.next("nested")?.fields()
            #expect(try nested?.next("inner")?.int == 5)
            var none = try fields.next("list")?.fields()
            #expect(try none?.next("0") == nil, "a list is no document")
        }
    }

    @Test func `fields of a document that is damaged anywhere are refused or are none`() throws {
        let whole: BSONDocument = ["name": "Swift", "count": 3, "nested": ["more": [1, "x"]]]
        var refused = 0
        for place in whole.bytes.indices.dropFirst(4) {
            for byte in [0x00, 0x02, 0x03, 0x10, 0x41, 0x7F, 0xFF] as [UInt8] {
                var bytes = Array(whole.bytes)
                bytes[place - whole.bytes.startIndex] = byte
                // Whatever is read, nothing beyond the bytes is.
                do {
                    try unsafe bytes.withUnsafeBytes { bytes in
                        var fields = try unsafe BSONField.root(bytes).fields()
                        _ = try fields.next("name")?.string
                        _ = try fields.int("count")
                        var nested = try fields.next("nested")?.fields()
                        _ = try nested?.next("more")?.array { $0.int ?? $0.string.map(\.utf8.count) }
                        _ = try fields.next("absent")
                    }
                } catch is BSONError {
                    refused += 1
                }
            }
        }
        #expect(refused > 50)
    }

    @Test func `an array of whole numbers that is damaged is refused or is none`() throws {
        let whole: BSONDocument = ["row": [1, 2, 3]]
        let start = whole.bytes.startIndex
        for place in whole.bytes.indices where place - start >= 4 {
            for byte in [0, 1, 0x10, 0x7F, 0xFF] as [UInt8] {
                var bytes = Array(whole.bytes)
                bytes[place - start] = byte
                guard let document = try? BSONDocument(bytes) else { continue }
                do {
                    try document.eachField { field in
                        if let numbers = try field.integers(3) { #expect(numbers.count == 3) }
                    }
                } catch {
                    #expect(error is BSONError)
                }
            }
        }
    }

    /// One of each type that the writer knows.
    static let everything: BSONValue = [
        "null": nil, "least": .minKey, "most": .maxKey, "yes": true, "no": false,
        "small": 7, "negative": -1, "large": 5_000_000_000, "half": 0.5,
        "text": "Zoë 😀", "empty": "",
        "id": .optional(ObjectID("0123456789abcdefABCDEF01"), BSONValue.objectID),
        "at": .date(-1), "bytes": .binary([0, 255, 1]), "clock": .timestamp(.max),
        "pattern": .regex("^a.*b$", options: "im"),
        "list": [1, "two", [3.5], ["four": nil]],
        "nested": ["a": ["b": ["c": []]]],
    ]

    private func document(_ value: BSONValue) -> BSONDocument {
        guard case .document(let fields) = value else { return [:] }
        return BSONWriter.document { writer in
            for (key, value) in fields { writer.append(key, value) }
        }
    }

    @Test func `what is written is read back, type by type`() throws {
        let written = document(Self.everything)
        #expect(try written.value() == Self.everything)
        #expect(try BSONDocument(Array(written.bytes)).value() == Self.everything)
    }

    @Test func `the bytes are those of the specification's example`() {
        // {"BSON": ["awesome", 5.05, 1986]}, from bsonspec.org's FAQ.
        let expected: [UInt8] =
            [0x31, 0, 0, 0, 4] + Array("BSON".utf8) + [0, 0x26, 0, 0, 0, 2, 0x30, 0, 8, 0, 0, 0] + Array("awesome".utf8)
            + [0, 1, 0x31, 0, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33, 0x14, 0x40, 0x10, 0x32, 0, 0xC2, 7, 0, 0, 0, 0]
        let document: BSONDocument = ["BSON": ["awesome", 5.05, 1986]]
        #expect(Array(document.bytes) == expected)
    }

    @Test func `a field is found by its name and read as what it is`() throws {
        let document = document(Self.everything)
        #expect(try document.first("text")?.string == "Zoë 😀")
        #expect(try document.first("small")?.int == 7)
        #expect(try document.first("small")?.double == 7)
        #expect(try document.first("large")?.int == 5_000_000_000)
        #expect(try document.first("half")?.double == 0.5)
        #expect(try document.first("half")?.int == nil)
        #expect(try document.first("at")?.date == -1)
        #expect(try document.first("id")?.objectID?.description == "0123456789abcdefabcdef01")
        #expect(try document.first("bytes")?.binary.map(Array.init) == [0, 255, 1])
        #expect(try document.first("null")?.isNull == true)
        #expect(try document.first("nested")?.document()?.first("a")?.document()?.first("b") != nil)
        #expect(try document.first("missing") == nil)
        #expect(try document.first("text")?.int == nil)
    }

    @Test(
        arguments: [
            ([], "no bytes"), ([5, 0, 0, 0], "too few"), ([6, 0, 0, 0, 0], "wrong length"),
            ([5, 0, 0, 0, 1], "no end"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0], "negative length"),
        ] as [([UInt8], String)]
    )
    func `bytes that are no document are refused`(bytes: [UInt8], why: String) {
        #expect(throws: BSONError.self, "\(why)") { try BSONDocument(bytes) }
    }

    @Test(
        arguments: [
            ("a string longer than its document", [0x02, 0x61, 0, 0xFF, 0xFF, 0xFF, 0x7F]),
            ("a string without room for its NUL", [0x02, 0x61, 0, 0, 0, 0, 0]),
            ("a string that does not end in NUL", [0x02, 0x61, 0, 2, 0, 0, 0, 0x62, 0x63]),
            ("a number cut short", [0x10, 0x61, 0, 0, 0, 0]),
            ("a name without end", [0x10, 0x61, 0x61]),
            ("an unknown type", [0x63, 0x61, 0]),
            ("a document shorter than any", [0x03, 0x61, 0, 4, 0, 0, 0]),
            ("a pattern without end", [0x0B, 0x61, 0, 0x61, 0, 0x62]),
        ] as [(String, [UInt8])]
    )
    func `a damaged field is an error`(what: String, field: [UInt8]) throws {
        let document = try BSONDocument([UInt8(field.count + 5), 0, 0, 0] + field + [0])
        #expect(throws: BSONError.self, "\(what)") { try document.value() }
    }

    @Test func `any change of any byte gives a value or an error`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let whole = Array(document(Self.everything).bytes)
        var values = 0
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
            if next(4) == 0 { bytes.removeLast(next(bytes.count)) }
            if (try? BSONDocument(bytes).value()) != nil { values += 1 }
        }
        #expect(values > 0 && values < 20_000, "seed \(seed)")
    }

    @Test func `a document nested deeper than MongoDB allows is an error, not a crash`() throws {
        var bytes: [UInt8] = [5, 0, 0, 0, 0]
        for _ in 0..<50_000 {
            let length = UInt32(bytes.count + 8)
            bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) } + [3, 0x61, 0] + bytes + [0]
            if bytes.count > 4_000 { break }
        }
        let document = try BSONDocument(bytes)
        #expect(throws: BSONError("more than 128 levels")) { try document.value() }
    }

    @Test(arguments: ["", "0123", "0123456789abcdef0123456g", "0123456789abcdef012345678"])
    func `an identifier is 24 hexadecimal digits`(text: String) {
        #expect(ObjectID(text) == nil)
    }
}
