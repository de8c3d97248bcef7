/// How many pixels a picture has, by its header alone.
struct ImageSize: Equatable {
    /// In pixels.
    var width: Int
    /// In pixels.
    var height: Int

    /// Reads the header, of a TIFF file's first page; nil where it makes no sense.
    init?(_ bytes: [UInt8], mediaType: MediaType) {
        let source = Source(bytes: bytes)
        let found: (Int, Int)?
        switch mediaType {
        case .png: found = source.pair(source.big32(16), source.big32(20))
        case .gif: found = source.pair(source.little16(6), source.little16(8))
        case .bmp:
            found =
                source.little32(14) == 12
                ? source.pair(source.little16(18), source.little16(20))
                : source.pair(
                    source.little32(18),
                    source.little32(22).map { Int(Int32(truncatingIfNeeded: $0).magnitude) }
                )
        case .jpeg: found = source.jpeg()
        case .webp: found = source.webp()
        case .tiff: found = source.tiff()
        default: found = nil
        }
        guard let (width, height) = found else { return nil }
        (self.width, self.height) = (width, height)
    }

    private struct Source {
        let bytes: [UInt8]

        func byte(_ at: Int) -> Int? { bytes.indices.contains(at) ? Int(bytes[at]) : nil }
        func big16(_ at: Int) -> Int? { pair(byte(at), byte(at + 1)).map { $0 << 8 | $1 } }
        func little16(_ at: Int) -> Int? { pair(byte(at), byte(at + 1)).map { $1 << 8 | $0 } }
        func big32(_ at: Int) -> Int? { pair(big16(at), big16(at + 2)).map { $0 << 16 | $1 } }
        func little32(_ at: Int) -> Int? { pair(little16(at), little16(at + 2)).map { $1 << 16 | $0 } }

        func pair(_ first: Int?, _ second: Int?) -> (Int, Int)? {
            guard let first, let second else { return nil }
            return (first, second)
        }

        /// Walks the segments to the frame header.
        func jpeg() -> (Int, Int)? {
            var at = 2
            while let marker = byte(at) {
                guard marker == 0xFF, let kind = byte(at + 1) else {
                    at += 1
                    continue
                }
                if kind == 0xFF {
                    at += 1
                } else if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
                    return pair(big16(at + 7), big16(at + 5))
                } else if kind == 0x01 || (0xD0...0xD8).contains(kind) {
                    at += 2
                } else {
                    guard let length = big16(at + 2), length >= 2 else { return nil }
                    at += 2 + length
                }
            }
            return nil
        }

        func webp() -> (Int, Int)? {
            guard bytes.count > 30 else { return nil }
            switch String(decoding: bytes[12..<16], as: UTF8.self) {
            case "VP8 ": return pair(little16(26).map { $0 & 0x3FFF }, little16(28).map { $0 & 0x3FFF })
            case "VP8L": return little32(21).map { ($0 & 0x3FFF + 1, $0 >> 14 & 0x3FFF + 1) }
            case "VP8X":
                return pair(little32(24).map { $0 & 0xFFFFFF + 1 }, little32(26).map { $0 >> 8 & 0xFFFFFF + 1 })
            default: return nil
            }
        }

        func tiff() -> (Int, Int)? {
            let isLittle = byte(0) == 0x49
            func word(_ at: Int) -> Int? { isLittle ? little16(at) : big16(at) }
            func long(_ at: Int) -> Int? { isLittle ? little32(at) : big32(at) }
            guard let directory = long(4), let count = word(directory) else { return nil }
            var (width, height): (Int?, Int?)
            for entry in 0..<min(count, 500) {
                let at = directory + 2 + entry * 12
                guard let tag = word(at), let type = word(at + 2) else { return nil }
                let value = type == 3 ? word(at + 8) : long(at + 8)
                if tag == 256 { width = value }
                if tag == 257 { height = value }
            }
            return pair(width, height)
        }
    }
}
