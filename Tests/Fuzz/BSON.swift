// The BSON reader and writer: whatever the bytes, an error or a value; and a value written is read as the same value.

import Schema

@testable import MongoStore

/// One run of the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let document = try? BSONDocument(bytes) else { return 0 }
    precondition(document.byteCount == count && document.bytes.elementsEqual(bytes), "a document has other bytes")
    visit(document)
    checkLent(document)
    let value: BSONValue
    do {
        value = try document.value()
    } catch {
        precondition(!error.description.isEmpty, "an error says nothing")
        return 0
    }
    let written = encoded(value)
    guard let again = try? BSONDocument(Array(written.bytes)).value() else {
        preconditionFailure("a written value is refused: \(written.bytes)")
    }
    precondition(again == value, "a written value is read otherwise: \(value)")
    precondition(encoded(again).bytes == written.bytes, "a value is written otherwise the second time")
    checkCopies(of: document, value)
    return 0
}

private func encoded(_ value: BSONValue) -> BSONDocument {
    guard case .document(let fields) = value else { preconditionFailure("a document is no document: \(value)") }
    return BSONWriter.document(capacity: 0) { writer in
        for (key, value) in fields { writer.append(key, value) }
    }
}

/// Reads every field at every depth as each type.
private func visit(_ document: BSONDocument) {
    var elements = document.makeElements()
    while let element = try? elements.next() {
        check(element)
        // Asked for by name, the first of that name is found.
        let key = element.key
        precondition(!element.hasKey(key) || (try? document.first(key)) != nil, "a field is not found: \(key)")
        checkStores(document, key)
        if let inner = try? element.document() { visit(inner) }
    }
}

/// A field has one type: what reads as one does not read as another.
private func check(_ element: BSONElement) {
    let isDocument = (try? element.document()) != nil
    let kinds = [
        element.isNull, element.string != nil, element.double != nil, element.bool != nil, element.date != nil,
        element.timestamp != nil, element.objectID != nil, element.binary != nil, isDocument,
    ]
    precondition(kinds.count { $0 } <= 1, "a field has two types: \(element.key)")
    if let utf8 = element.utf8 {
        precondition(element.string == String(decoding: utf8, as: UTF8.self), "a string has other bytes")
    }
    if let whole = element.int, let double = element.double {
        precondition(double == Double(whole), "a number has two values")
    }
    if let id = element.objectID {
        precondition(ObjectID(id.description) == id, "an identifier is written otherwise: \(id)")
        precondition(id.successor.map { $0 > id } ?? true, "an identifier comes after the next")
    }
    if let date = element.date {
        precondition(!Timestamp(milliseconds: date).description.isEmpty, "an instant has no text")
    }
}

/// Fields that are lent are the same as elements, at every depth, up to the one that is damaged.
private func checkLent(_ document: BSONDocument) {
    var elements = document.makeElements()
    try? document.eachField { field in
        guard let element = try elements.next() else { preconditionFailure("a field is lent that is none") }
        precondition(field.key == element.key, "a lent field has another name: \(element.key)")
        precondition(element.utf8 == nil || field.string == element.string, "a lent string is another")
        precondition(field.int.map(Int64.init) == element.int, "a lent number is another")
        precondition(field.double?.bitPattern == element.double?.bitPattern, "a lent number is another")
        precondition(field.bool == element.bool && field.objectID == element.objectID, "a lent value is another")
        precondition(field.timestamp?.milliseconds == element.date, "a lent instant is another")
        precondition(field.keyNumber == nil || Int(element.key) == field.keyNumber, "a lent name is another number")
        let inner = try element.document()
        let lent = try field.document()
        precondition(lent?.bytes == inner?.bytes, "a lent document has other bytes")
        var count = 0
        try? field.eachField { _ in count += 1 }
        if let inner { checkLent(inner) }
        precondition(inner != nil || count == 0, "a value has fields")
    }
}

/// What stores read of a document: a value, or an error that names the field.
private func checkStores(_ document: BSONDocument, _ key: String) {
    _ = try? document.string(key)
    _ = try? document.bool(key)
    _ = try? document.double(key)
    _ = try? document.int(key)
    _ = try? document.objectID(key)
    _ = try? document.timestamp(key)
    _ = try? document.array(key) { $0.string }
    _ = try? document.array(key) { $0.int }
    _ = try? document.array(key) { try $0.document() }
}

/// A document that stands already is written into another as the value that it has.
private func checkCopies(of document: BSONDocument, _ value: BSONValue) {
    let copies = BSONWriter.document { writer in
        writer.append("one", document)
        writer.appendArray("two", [document, document])
        writer.appendDocuments("three", [value]) { $0.append("value", $1) }
        writer.appendDocument("four") { $0.append("value", value) }
    }
    // Nested deeper than can be read, the copies are refused.
    guard let read = try? copies.value() else { return }
    let inner: BSONValue = .document([(key: "value", value: value)])
    let expected: BSONValue = [
        "one": value, "two": .array([value, value]), "three": .array([inner]), "four": inner,
    ]
    precondition(read == expected, "a copy is read otherwise: \(value)")
}
