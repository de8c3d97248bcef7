internal import CLibZip

/// A zip archive in memory, read with limits that no document reaches and every bomb does.
@safe struct ZipArchive: ~Copyable {
    /// Largest entry that is unpacked, in bytes.
    static let maxEntryBytes = 32 << 20
    /// Most that is unpacked of one archive, in bytes.
    static let maxTotalBytes = 64 << 20
    /// Largest growth of an entry of some size; deflate reaches about 1,000 on bytes that say nothing.
    static let maxRatio = 400

    private let handle: OpaquePointer  // never leaves this file
    private let bytes: UnsafeMutableRawPointer
    private var unpacked = 0
    /// Names of the entries, in the archive's order.
    let names: [String]

    /// Opens an archive.
    init(_ contents: [UInt8]) throws(PipelineError) {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, contents.count), alignment: 1)
        unsafe contents.withUnsafeBytes { source in
            if let start = source.baseAddress { unsafe copy.copyMemory(from: start, byteCount: source.count) }
        }
        var error = unsafe zip_error_t()
        guard let source = unsafe zip_source_buffer_create(copy, UInt64(contents.count), 0, &error) else {
            unsafe copy.deallocate()
            throw .damaged("file")
        }
        guard let handle = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
            unsafe zip_source_free(source)
            unsafe copy.deallocate()
            throw .damaged("file")
        }
        unsafe self.handle = handle
        unsafe self.bytes = copy
        var names: [String] = []
        for index in 0..<min(max(0, unsafe zip_get_num_entries(handle, 0)), 10000) {
            // The archive owns the name; it is copied before anything else happens to the archive.
            if let name = unsafe zip_get_name(handle, UInt64(index), 0) { unsafe names.append(String(cString: name)) }
        }
        self.names = names
    }

    deinit {
        unsafe zip_discard(handle)
        unsafe bytes.deallocate()
    }

    /// The entry called `name` unpacked, or nil where there is none.
    mutating func entry(_ name: String) throws(PipelineError) -> [UInt8]? {
        let index = unsafe zip_name_locate(handle, name, 0)
        guard index >= 0 else { return nil }
        var status = unsafe zip_stat_t()
        guard unsafe zip_stat_index(handle, UInt64(index), 0, &status) == 0 else { throw .damaged("file") }
        let (size, packed, encryption) = unsafe (status.size, status.comp_size, status.encryption_method)
        if encryption != UInt16(ZIP_EM_NONE) { throw .encrypted }
        if size > UInt64(Self.maxEntryBytes) || size > UInt64(Self.maxTotalBytes - unpacked) { throw .bomb }
        if size > 4 << 20, packed > 0, size / packed > UInt64(Self.maxRatio) { throw .bomb }
        guard let file = unsafe zip_fopen_index(handle, UInt64(index), 0) else { throw .damaged("file") }
        defer { unsafe _ = zip_fclose(file) }
        // One byte more than promised, so that a lie about the size is noticed.
        var contents = [UInt8](repeating: 0, count: Int(size) + 1)
        var filled = 0
        while filled < contents.count {
            let room = contents.count - filled
            let read = unsafe contents.withUnsafeMutableBytes { buffer in
                unsafe zip_fread(file, buffer.baseAddress?.advanced(by: filled), UInt64(room))
            }
            guard read >= 0 else { throw .damaged("file") }
            if read == 0 { break }
            filled += Int(read)
        }
        guard filled == Int(size) else { throw .damaged("file") }
        contents.removeLast()
        unpacked += filled
        return contents
    }

    /// What kind of document the archive is.
    mutating func mediaType() throws(PipelineError) -> MediaType {
        if let declared = try entry("mimetype") {
            let name = String(decoding: declared.prefix(100), as: UTF8.self)
            if name.hasPrefix("application/vnd.oasis.opendocument.text") { return .odt }
            throw .unsupportedMediaType
        }
        if names.contains("word/document.xml") { return .docx }
        guard names.contains("[Content_Types].xml") else {
            if names.contains("content.xml") { return .odt }
            throw .unsupportedMediaType
        }
        if names.contains(where: { $0.hasPrefix("xl/") || $0.hasPrefix("ppt/") || $0.hasPrefix("visio/") }) {
            throw .unsupportedMediaType
        }
        return .docx
    }
}

extension PipelineError {
    /// The file unpacks to far more than a resume holds.
    fileprivate static let bomb = PipelineError.extraction(
        .fileTooLarge,
        "The file unpacks to far more than a resume holds: save it again without large parts."
    )
}
