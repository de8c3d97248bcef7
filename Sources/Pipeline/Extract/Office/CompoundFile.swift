/// An OLE2 compound file in memory: named streams, each a chain of sectors.
///
/// Source: [MS-CFB]. Every chain is bounded by the file's size, so that a circle ends.
struct CompoundFile {
    private let bytes: ByteReader
    private let sectorSize: Int
    private var table: [UInt32] = []
    private var miniTable: [UInt32] = []
    private var miniStream: [UInt8] = []
    private var streams: [String: (start: UInt32, size: Int)] = [:]

    private static let miniSectorSize = 64
    private static let miniStreamCutoff = 4096
    private static let lastSector: UInt32 = 0xFFFF_FFFA

    /// Opens a file; nil where its structure makes no sense.
    init?(_ contents: [UInt8]) {
        bytes = ByteReader(bytes: contents)
        guard let shift = bytes.little16(30), shift == 9 || shift == 12, let tableSectors = bytes.little32(44),
            let directory = bytes.little32(48), let firstMini = bytes.little32(60), let firstMore = bytes.little32(68)
        else { return nil }
        sectorSize = 1 << shift
        let most = contents.count / sectorSize + 1
        // The first 109 sectors of the table are listed in the header, the rest in sectors of their own.
        var places = (0..<109).compactMap { bytes.little32(76 + $0 * 4) }
        var more = UInt32(truncatingIfNeeded: firstMore)
        for _ in 0..<most where more < Self.lastSector {
            let sector = ByteReader(bytes: self.sector(more))
            let perSector = sectorSize / 4
            places += (0..<perSector - 1).compactMap { sector.little32($0 * 4) }
            more = UInt32(truncatingIfNeeded: sector.little32((perSector - 1) * 4) ?? Int(Self.lastSector))
        }
        for place in places.prefix(min(tableSectors, most)) where place < Int(Self.lastSector) {
            let sector = ByteReader(bytes: self.sector(UInt32(truncatingIfNeeded: place)))
            for entry in 0..<sectorSize / 4 {
                table.append(UInt32(truncatingIfNeeded: sector.little32(entry * 4) ?? Int(Self.lastSector)))
            }
        }
        let mini = ByteReader(bytes: chain(UInt32(truncatingIfNeeded: firstMini)))
        miniTable = (0..<mini.bytes.count / 4).map { UInt32(truncatingIfNeeded: mini.little32($0 * 4) ?? 0) }
        readDirectory(chain(UInt32(truncatingIfNeeded: directory)))
        guard !streams.isEmpty else { return nil }
    }

    /// The stream called `name`, or nil.
    func stream(_ name: String) -> [UInt8]? {
        guard let entry = streams[name] else { return nil }
        if entry.size < Self.miniStreamCutoff { return miniChain(entry.start, size: entry.size) }
        let whole = chain(entry.start)
        return Array(whole.prefix(entry.size))
    }

    private mutating func readDirectory(_ entries: [UInt8]) {
        let reader = ByteReader(bytes: entries)
        for at in stride(from: 0, to: entries.count - 127, by: 128) {
            let length = (reader.little16(at + 64) ?? 0) / 2 - 1
            guard (1...31).contains(length), let start = reader.little32(at + 116), let size = reader.little32(at + 120)
            else { continue }
            let units = (0..<length).compactMap { reader.little16(at + $0 * 2).map { UInt16(truncatingIfNeeded: $0) } }
            let kind = reader.byte(at + 66)
            if kind == 5 {
                miniStream = chain(UInt32(truncatingIfNeeded: start))
            } else if kind == 2 {
                let name = String(decoding: units, as: UTF16.self)
                // Documents within the document have streams of the same names further on.
                if streams[name] == nil { streams[name] = (UInt32(truncatingIfNeeded: start), size) }
            }
        }
    }

    private func sector(_ number: UInt32) -> [UInt8] {
        let start = (Int(number) + 1) * sectorSize
        guard start < bytes.bytes.count else { return [] }
        return Array(bytes.bytes[start..<min(bytes.bytes.count, start + sectorSize)])
    }

    private func chain(_ first: UInt32) -> [UInt8] {
        var result: [UInt8] = []
        var next = first
        while next < Self.lastSector, result.count <= bytes.bytes.count {
            let piece = sector(next)
            if piece.isEmpty { break }
            result += piece
            guard Int(next) < table.count else { break }
            next = table[Int(next)]
        }
        return result
    }

    private func miniChain(_ first: UInt32, size: Int) -> [UInt8] {
        var result: [UInt8] = []
        var next = first
        while next < Self.lastSector, result.count < size {
            let start = Int(next) * Self.miniSectorSize
            guard start < miniStream.count else { break }
            result += miniStream[start..<min(miniStream.count, start + Self.miniSectorSize)]
            guard Int(next) < miniTable.count else { break }
            next = miniTable[Int(next)]
        }
        return Array(result.prefix(size))
    }
}

/// Little-endian numbers out of bytes; nil beyond the end.
struct ByteReader {
    let bytes: [UInt8]

    func byte(_ at: Int) -> Int? { bytes.indices.contains(at) ? Int(bytes[at]) : nil }

    func little16(_ at: Int) -> Int? {
        guard at >= 0, at <= bytes.count - 2 else { return nil }
        return Int(bytes[at]) | Int(bytes[at + 1]) << 8
    }

    func little32(_ at: Int) -> Int? {
        guard let low = little16(at), let high = little16(at + 2) else { return nil }
        return low | high << 16
    }
}
