extension HiddenTextFinder {
    /// Findings without those that repeat what is to be seen anyway, as shadows of letters do, and without crumbs.
    ///
    /// Design tools and page breaks leave such ghosts; they tell a machine nothing that a person does not read.
    static func withoutGhosts(_ hidden: [[HiddenText]], visible pages: [PDFExtractor.Page]) -> [[HiddenText]] {
        let count = hidden.reduce(0) { $0 + $1.count }
        // Nobody hides so much for its shadow.
        guard count > 0, count <= 500 else { return hidden }
        let visible = letters(pages.lazy.flatMap(\.fragments).flatMap(\.words).map(\.text).joined())
        return hidden.map { page in
            page.filter { piece in
                let letters = letters(piece.text)
                return letters.count >= 4 && !visible.containsBytes(letters)
            }
        }
    }

    private static func letters(_ text: String) -> [UInt8] {
        var result = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            result.append(scalar)
        }
        return Array(String(result).utf8)
    }
}
