internal import CLibXML2

/// Character references of HTML, such as `&amp;`, `&#233;` and `&#xE9;`.
enum HTMLEntities {
    /// The text with its references replaced; what is no reference stays as written.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(38) else { return text }
        return String(decoding: decode(Array(text.utf8)[...]), as: UTF8.self)
    }

    /// The UTF-8 bytes with their references replaced.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == 38, let (scalars, next) = reference(bytes, at: index) {
                for scalar in scalars { result.append(contentsOf: Array(String(Character(scalar)).utf8)) }
                index = next
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func reference(_ bytes: ArraySlice<UInt8>, at start: Int) -> (scalars: [Unicode.Scalar], next: Int)?
    {
        var end = start + 1
        while end < bytes.endIndex, end - start < 32, bytes[end] != 59, bytes[end] == 35 || isAlphanumeric(bytes[end]) {
            end += 1
        }
        let body = bytes[start + 1..<end]
        let isClosed = end < bytes.endIndex && bytes[end] == 59
        guard let first = body.first else { return nil }
        let next = isClosed ? end + 1 : end
        if first == 35 {
            let digits = String(decoding: body.dropFirst(), as: UTF8.self)
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10) else {
                return nil
            }
            // Numbers of the Windows code page are meant as such.
            if (0x80...0x9F).contains(value),
                let text = PlainTextDecoder.convert([UInt8(value)][...], from: "WINDOWS-1252")
            {
                return (Array(text.unicodeScalars), next)
            }
            return Unicode.Scalar(value).map { ([$0], next) }
        }
        guard isClosed else { return nil }
        let name = String(decoding: body, as: UTF8.self)
        if let text = beyondHTML4[name] { return (Array(text.unicodeScalars), next) }
        // The library owns its table of HTML 4 entities; nothing is to be freed.
        guard let entity = unsafe htmlEntityLookup(name), let scalar = unsafe Unicode.Scalar(entity.pointee.value)
        else { return nil }
        return ([scalar], next)
    }

    /// The few names that came with HTML 5 and do occur in resumes.
    private static let beyondHTML4 = [
        "apos": "'", "commat": "@", "lpar": "(", "rpar": ")", "comma": ",", "period": ".", "colon": ":", "sol": "/",
        "plus": "+", "num": "#", "lowbar": "_", "hyphen": "-", "dash": "-", "vert": "|", "ast": "*", "Tab": "\t",
        "NewLine": "\n",
        "checkmark": "\u{2713}", "star": "\u{2606}", "starf": "\u{2605}", "phone": "\u{260E}", "scaron": "\u{161}",
        "ccaron": "\u{10D}", "zcaron": "\u{17E}", "scedil": "\u{15F}", "tcedil": "\u{163}", "abreve": "\u{103}",
        "aogon": "\u{105}", "eogon": "\u{119}", "lstrok": "\u{142}", "sacute": "\u{15B}", "zdot": "\u{17C}",
        "nacute": "\u{144}", "cacute": "\u{107}", "inodot": "\u{131}", "gbreve": "\u{11F}",
    ]

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
