import Testing

@testable import Pipeline

@Suite struct DOCReaderTests {
    @Test func `pieces of both widths are read in their order, with cells, fields and breaks`() throws {
        let document = try #require(
            DOCTextReader.read(
                Self.document(
                    "Jo \u{201C}Doe\u{201D}\rBaker\t2019\u{0B}Oslo\rA\u{7}B\u{7}\u{7}",
                    wide: "Łódź\r\u{13} HYPERLINK \"https://jo.example\" \u{14}my page\u{15} e\u{1E}mail\r"
                )
            )
        )
        #expect(document.lines.map(\.text) == ["Jo “Doe”", "Baker\t2019", "Oslo", "A\tB", "Łódź", "my page e-mail"])
        #expect(document.links == ["https://jo.example"])
        #expect(document.lines[3].style == .tableCell)
        expectConsistent(document)
    }

    @Test func `any byte may be wrong without a crash`() {
        let whole = Self.document("Jo Doe\r", wide: "Łódź\r")
        var random = SplitMix(state: 11)
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<8 {
                // Most of the file is padding; its structure lies here.
                let region = [0..<512, 512..<560, 1024..<1536, 1536..<1640, 1536 + 0x1A2..<1536 + 0x1AA, 5632..<5700]
                    .randomElement(using: &random)
                bytes[Int.random(in: region ?? 0..<512, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = DOCTextReader.read(Array(bytes.prefix(Int.random(in: 0...bytes.count * 2, using: &random))))
        }
    }

    @Test func `what is no compound file is not read`() {
        #expect(DOCTextReader.read(Array("Jo Doe".utf8)) == nil)
        #expect(CompoundFile([UInt8](repeating: 0xFF, count: 2000)) == nil)
    }

    /// A Word 97 document of two pieces: one in bytes, one in UTF-16.
    ///
    /// Sectors: 0 the table, 1 the directory, 2–9 the text, 10–17 the piece table.
    private static func document(_ narrow: String, wide: String) -> [UInt8] {
        let units = Array(wide.utf16)
        let quotes: [Unicode.Scalar: UInt8] = ["\u{201C}": 0x93, "\u{201D}": 0x94]
        let bytes = narrow.unicodeScalars.map { quotes[$0] ?? UInt8(truncatingIfNeeded: $0.value) }
        var text = [UInt8](repeating: 0, count: 4096)
        put([0xEC, 0xA5, 0xC1, 0x00], at: 0, in: &text)
        put([0x00, 0x02], at: 10, in: &text)
        put(little32(bytes.count + units.count), at: 0x4C, in: &text)
        put(bytes, at: 2048, in: &text)
        put(units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }, at: 3000, in: &text)
        var pieces: [UInt8] = [2] + little32(28)
        pieces += little32(0) + little32(bytes.count) + little32(bytes.count + units.count)
        pieces += [0, 0] + little32(0x4000_0000 | 2048 * 2) + [0, 0] + [0, 0] + little32(3000) + [0, 0]
        put(little32(0) + little32(pieces.count), at: 0x1A2, in: &text)
        var table = [UInt8](repeating: 0, count: 4096)
        put(pieces, at: 0, in: &table)
        var header = [UInt8](repeating: 0xFF, count: 512)
        put([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], at: 0, in: &header)
        put([9, 0], at: 30, in: &header)
        put(little32(1) + little32(1), at: 44, in: &header)
        put(little32(0xFFFF_FFFE), at: 60, in: &header)
        put(little32(0xFFFF_FFFE), at: 68, in: &header)
        put(little32(0), at: 76, in: &header)
        var chains = [0xFFFF_FFFD, 0xFFFF_FFFE] + (3...17).map { $0 == 10 ? 0xFFFF_FFFE : $0 } + [0xFFFF_FFFE]
        chains += [Int](repeating: 0xFFFF_FFFF, count: 128 - chains.count)
        let directory =
            entry("Root Entry", kind: 5, start: 0xFFFF_FFFE, size: 0)
            + entry("WordDocument", kind: 2, start: 2, size: 4096)
            + entry("1Table", kind: 2, start: 10, size: 4096) + [UInt8](repeating: 0, count: 128)
        return header + chains.flatMap(little32) + directory + text + table
    }

    private static func entry(_ name: String, kind: UInt8, start: Int, size: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 128)
        put(name.utf8.flatMap { [$0, 0] }, at: 0, in: &bytes)
        bytes[64] = UInt8((name.utf8.count + 1) * 2)
        bytes[66] = kind
        put(little32(start) + little32(size), at: 116, in: &bytes)
        return bytes
    }

    private static func put(_ values: [UInt8], at start: Int, in bytes: inout [UInt8]) {
        bytes.replaceSubrange(start..<start + values.count, with: values)
    }

    private static func little32(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
