internal import CZlib

/// Packs bytes as `gzip`.
///
/// - Source: RFC 1952.
enum Gzip {
    /// The fastest.
    ///
    /// Measured on pages of resumes of 14 KB to 1.4 MB, on one core: level 1 leaves 28 % at 120 MB/s, level 4 25 % at 75 MB/s,
    /// level 6 22 % at 30 MB/s. A client gains little by the difference, and the server's time is everybody's.
    private static let level: Int32 = 1
    /// The largest window, and 16 for the form of `gzip`.
    private static let windowBits: Int32 = 15 + 16
    private static let memoryLevel: Int32 = 8

    /// - Parameter bytes: At most 2 GiB.
    /// - Returns: Nil where the packed form is no smaller, or there is no memory for it.
    static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        guard let count = UInt32(exactly: bytes.count), count > 0 else { return nil }
        var stream = unsafe z_stream()
        // zlib remembers where its stream lies: one pointer for all calls.
        return unsafe withUnsafeMutablePointer(to: &stream) { stream in
            let size = unsafe Int32(MemoryLayout<z_stream>.size)
            guard
                unsafe deflateInit2_(
                    stream,
                    level,
                    Z_DEFLATED,
                    windowBits,
                    memoryLevel,
                    Z_DEFAULT_STRATEGY,
                    ZLIB_VERSION,
                    size
                ) == Z_OK
            else { return nil }
            defer { unsafe deflateEnd(stream) }
            // Room for one byte less than there are: what does not fit is not worth sending.
            let packed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { room, filled in
                unsafe bytes.withUnsafeBufferPointer { input in
                    // Declared as if it were written to; zlib only reads it.
                    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                    unsafe stream.pointee.avail_in = count
                    unsafe stream.pointee.next_out = room.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(clamping: room.count)
                    filled = unsafe deflate(stream, Z_FINISH) == Z_STREAM_END ? Int(stream.pointee.total_out) : 0
                }
            }
            return packed.isEmpty ? nil : packed
        }
    }
}
