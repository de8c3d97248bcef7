/// Writes zip archives for tests: entries as they are, without compression.
enum TestZip {
    /// An archive of `entries`; `claimedSize` may lie about how large each is when unpacked.
    static func archive(
        _ entries: [(name: String, text: String)],
        claimedSize: Int? = nil,
        flags: UInt16 = 0
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array(entry.name.utf8)
            let contents = Array(entry.text.utf8)
            let offset = bytes.count
            var fields: [UInt8] = []
            fields += little16(flags) + little16(claimedSize == nil ? 0 : 8) + little32(0)
            fields +=
                little32(Int(checksum(contents))) + little32(contents.count) + little32(claimedSize ?? contents.count)
            fields += little16(UInt16(name.count)) + little16(0)
            bytes += little32(0x0403_4B50) + little16(20) + fields + name + contents
            directory += little32(0x0201_4B50) + little16(20) + little16(20) + fields
            directory += little16(0) + little16(0) + little16(0) + little32(0) + little32(offset) + name
        }
        let start = bytes.count
        bytes += directory
        bytes += little32(0x0605_4B50) + little16(0) + little16(0)
        bytes += little16(UInt16(entries.count)) + little16(UInt16(entries.count))
        return bytes + little32(directory.count) + little32(start) + little16(0)
    }

    /// A Word document with `body` in its body, and other parts by name.
    static func docx(body: String, parts: [(name: String, text: String)] = []) -> [UInt8] {
        archive(
            [("[Content_Types].xml", "<Types/>"), ("word/document.xml", word("document", "<w:body>\(body)</w:body>"))]
                + parts
        )
    }

    /// A part of a Word document with root `w:\(root)`.
    static func word(_ root: String, _ contents: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?><w:\(root) xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:a="urn:a" \
        xmlns:v="urn:v">\(contents)</w:\(root)>
        """
    }

    private static func little16(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

    private static func little32(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var result: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            result ^= UInt32(byte)
            for _ in 0..<8 { result = result & 1 == 1 ? result >> 1 ^ 0xEDB8_8320 : result >> 1 }
        }
        return ~result
    }
}
