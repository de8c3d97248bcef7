internal import CLibXML2

/// Reads an XML document piece by piece, without a tree.
///
/// External entities and the network are never touched, and a document that defines entities of its own is refused, so
/// that nothing can grow on the way. Names are local ones: prefixes differ between programs.
@safe struct XMLPullReader: ~Copyable {
    /// What comes next in the document.
    enum Event {
        case start(String)
        case end(String)
        case text(String)
    }

    private let handle: xmlTextReaderPtr  // never leaves this file
    private let bytes: UnsafeMutableBufferPointer<CChar>
    private var endIsDue: String?

    /// Starts to read `contents`, in which case they must be XML in any encoding that they declare.
    init(_ contents: [UInt8]) throws(PipelineError) {
        if ByteSearch.first(Array("<!ENTITY".utf8), in: contents.prefix(64 << 10)) != nil { throw .damaged("file") }
        guard contents.count <= Int(Int32.max) else { throw .damaged("file") }
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, contents.count))
        for index in contents.indices { unsafe copy[index] = CChar(bitPattern: contents[index]) }
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue
        guard
            let handle = unsafe xmlReaderForMemory(
                copy.baseAddress,
                Int32(contents.count),
                nil,
                nil,
                Int32(options)
            )
        else {
            unsafe copy.deallocate()
            throw .damaged("file")
        }
        unsafe self.handle = handle
        unsafe bytes = copy
    }

    deinit {
        unsafe xmlFreeTextReader(handle)
        unsafe bytes.deallocate()
    }

    /// The next piece, or nil at the end; white space counts as text.
    mutating func next() throws(PipelineError) -> Event? {
        if let name = endIsDue {
            endIsDue = nil
            return .end(name)
        }
        while true {
            let status = unsafe xmlTextReaderRead(handle)
            guard status >= 0 else { throw .damaged("file") }
            if status == 0 { return nil }
            switch unsafe UInt32(bitPattern: xmlTextReaderNodeType(handle)) {
            case XML_READER_TYPE_ELEMENT.rawValue:
                let name = localName()
                if unsafe xmlTextReaderIsEmptyElement(handle) == 1 { endIsDue = name }
                return .start(name)
            case XML_READER_TYPE_END_ELEMENT.rawValue:
                return .end(localName())
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue, XML_READER_TYPE_WHITESPACE.rawValue:
                // The reader owns the value until the next read.
                guard let value = unsafe xmlTextReaderConstValue(handle) else { continue }
                return .text(unsafe String(cString: value))
            case XML_READER_TYPE_ENTITY_REFERENCE.rawValue:
                throw .damaged("file")
            default:
                continue
            }
        }
    }

    /// The attribute of the element just started whose local name is `name`.
    func attribute(_ name: StaticString) -> String? {
        let wanted = name.description
        var found: String?
        guard unsafe xmlTextReaderMoveToFirstAttribute(handle) == 1 else { return nil }
        repeat {
            if localName() == wanted, let value = unsafe xmlTextReaderConstValue(handle) {
                found = unsafe String(cString: value)
                break
            }
        } while unsafe xmlTextReaderMoveToNextAttribute(handle) == 1
        unsafe xmlTextReaderMoveToElement(handle)
        return found
    }

    private func localName() -> String {
        guard let name = unsafe xmlTextReaderConstLocalName(handle) else { return "" }
        let text = unsafe String(cString: name)
        // An undeclared prefix stays part of the name.
        guard let colon = text.utf8.firstIndex(of: 58) else { return text }
        return String(text[text.utf8.index(after: colon)...])
    }
}
