internal import Foundation

/// A safetensors file, mapped into memory: named arrays of numbers that are read in place.
///
/// The file is eight bytes of header length (little-endian), a JSON header that gives each tensor its type, shape and
/// place, and the numbers. Everything the header claims is checked against the file before a pointer is handed out.
///
/// - Source: the format section of the `safetensors` project's README.
@safe final class SafeTensors: @unchecked Sendable {  // the mapping is read-only and lives as long as this object
    /// What the header says of one tensor; `__metadata__` has none of these.
    private struct Entry: Decodable {
        var dtype: String?
        var shape: [Int]?
        var data_offsets: [Int]?
    }

    /// The reference implementation's own limit on the header.
    private static let maxHeaderBytes = 100_000_000

    private let file: String
    private let bytes: UnsafeRawBufferPointer
    private let dataStart: Int
    private let entries: [String: Entry]

    /// Maps `file` and reads its header.
    ///
    /// - Throws: ``EmbeddingModelError/damaged(file:reason:)``.
    init(file: String) throws(EmbeddingModelError) {
        self.file = file
        unsafe bytes = try Self.map(file)
        do throws(EmbeddingModelError) {
            (dataStart, entries) = try unsafe Self.header(of: bytes, file: file)
        } catch {
            unsafe Self.unmap(bytes)
            throw error
        }
    }

    deinit { unsafe Self.unmap(bytes) }

    /// Lends all bytes of the file.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { unsafe body(bytes) }

    /// Gives the pages read so far back to the page cache; they come back when they are read again.
    func releasePages() {
        guard let start = unsafe bytes.baseAddress else { return }
        let pages = unsafe UnsafeMutableRawPointer(mutating: start)
        unsafe madvise(pages, bytes.count, Int32(MADV_DONTNEED))
        unsafe madvise(pages, bytes.count, Int32(MADV_RANDOM))  // from now on single rows of tables
    }

    /// The numbers of the fp32 tensor `name`, row-major; valid as long as this object lives.
    ///
    /// - Throws: ``EmbeddingModelError/damaged(file:reason:)`` when there is no such tensor of that shape.
    func floats(_ name: String, shape: [Int]) throws(EmbeddingModelError) -> UnsafePointer<Float> {
        guard let entry = entries[name] else { throw damaged("it has no tensor \(name)") }
        guard entry.dtype == "F32", entry.shape == shape else {
            throw damaged("its tensor \(name) is not fp32 of shape \(shape)")
        }
        let byteCount = shape.reduce(MemoryLayout<Float>.size, *)  // the caller's shape, so it cannot overflow
        guard let offsets = entry.data_offsets, offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0],
            offsets[1] - offsets[0] == byteCount, unsafe offsets[1] <= bytes.count - dataStart
        else { throw damaged("its tensor \(name) lies outside the file") }
        let start = dataStart + offsets[0]
        guard start % MemoryLayout<Float>.alignment == 0, let base = unsafe bytes.baseAddress else {
            throw damaged("its tensor \(name) is not aligned")
        }
        return unsafe (base + start).assumingMemoryBound(to: Float.self)
    }

    private func damaged(_ reason: String) -> EmbeddingModelError { .damaged(file: file, reason: reason) }

    private static func map(_ file: String) throws(EmbeddingModelError) -> UnsafeRawBufferPointer {
        let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .damaged(file: file, reason: "it cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 8 else {
            throw .damaged(file: file, reason: "it is empty or no regular file")
        }
        let count = Int(status.st_size)
        guard let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe start != MAP_FAILED
        else { throw .damaged(file: file, reason: "it cannot be mapped into memory") }
        return unsafe UnsafeRawBufferPointer(start: start, count: count)
    }

    private static func unmap(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        unsafe munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }

    private static func header(
        of bytes: UnsafeRawBufferPointer,
        file: String
    ) throws(EmbeddingModelError) -> (dataStart: Int, entries: [String: Entry]) {
        let length = unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(min(maxHeaderBytes, bytes.count - 8)) else {
            throw .damaged(file: file, reason: "it is cut short or no safetensors file")
        }
        let dataStart = 8 + Int(length)
        do {
            let json = unsafe Data(bytes[8..<dataStart])
            return (dataStart, try JSONDecoder().decode([String: Entry].self, from: json))
        } catch {
            throw .damaged(file: file, reason: "its header is not the JSON of a safetensors file")
        }
    }
}
