/// Names of files as strangers give them.
enum FileName {
    /// As most file systems bound it, in UTF-8.
    static let maxBytes = 255
    private static let unknown = "file"
    /// A longer extension is none.
    private static let maxExtensionBytes = 16

    /// The name without folders, without what terminals and pages would obey, and not too long.
    ///
    /// - Parameter name: As the client gave it.
    /// - Returns: Never empty; the extension is kept where the name had to be cut.
    static func cleaned(_ name: String) -> String {
        let last = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? ""
        var scalars = String.UnicodeScalarView(last.unicodeScalars.filter { !isControl($0) })
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let end = scalars.last, end.properties.isWhitespace { scalars.removeLast() }
        let text = String(scalars)
        guard !text.allSatisfy({ $0 == "." }) else { return unknown }
        return shortened(text)
    }

    /// Controls, and those that turn the direction of writing: they make `exe.pdf` of `fdp.exe`.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: scalar.properties.generalCategory == .control
        }
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > maxBytes else { return text }
        let suffix = text.lastIndex(of: ".").map { text[$0...] } ?? ""
        let kept = suffix.utf8.count <= maxExtensionBytes ? suffix : ""
        var stem = ""
        for character in text.dropLast(kept.count) {
            guard stem.utf8.count + character.utf8.count + kept.utf8.count <= maxBytes else { break }
            stem.append(character)
        }
        return stem + kept
    }
}
