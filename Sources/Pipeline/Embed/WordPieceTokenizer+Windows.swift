extension WordPieceTokenizer {
    /// Cuts a text of any length into sequences that the model reads whole, all of nearly the same length.
    ///
    /// Even windows weigh the same in a mean, and where they are cut depends on nothing but the words: the same words
    /// give the same windows from every file format.
    ///
    /// - Parameter text: Any text; special tokens in it are dropped.
    /// - Returns: Sequences with their `[CLS]` and `[SEP]`; one, without pieces, for a text without any.
    public func windows(of text: String) -> [[Int32]] {
        let pieces = pieces(of: text)
        let count = max(1, (pieces.count + Self.maxPieces - 1) / Self.maxPieces)
        return (0..<count).map { index in
            let range = pieces.count * index / count..<pieces.count * (index + 1) / count
            return sequence(pieces[range])
        }
    }
}
