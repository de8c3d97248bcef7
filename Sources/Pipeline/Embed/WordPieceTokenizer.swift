internal import Foundation

/// Splits text into the pieces that all-MiniLM-L6-v2 was trained on, exactly as its own tokenizer does.
///
/// Text is cleaned, split at white space, stripped of accents and case, split at punctuation, and each word that
/// remains is covered from the left with the longest pieces of the vocabulary. Cost: one pass over the text.
///
/// - Source: `BertNormalizer`, `BertPreTokenizer` and `WordPiece` of Hugging Face `tokenizers`, as the model's
///   `tokenizer.json` sets them.
public struct WordPieceTokenizer: Sendable {
    /// What to do with `[CLS]`, `[SEP]`, `[MASK]`, `[PAD]` and `[UNK]` where the text itself contains them.
    public enum SpecialTokens: Sendable {
        /// Leave them out, so that what somebody wrote in a resume cannot pose as the model's own marks.
        case dropped
        /// Take them for the marks, as the model's own tokenizer does.
        case recognised
    }

    /// The most pieces the model reads of one text; `[CLS]` and `[SEP]` make it 256.
    public static let maxPieces = 254

    /// A longer run of letters is not looked up; it becomes one `[UNK]`.
    private static let maxWordScalars = 100

    /// Foundation takes quadratic time to decompose a text, so a word goes to it in stretches of about this length.
    ///
    /// A stretch ends before a scalar that keeps its place among combining marks, which changes nothing.
    private static let stretchScalars = 64
    /// Where it ends in any case, for no word of any language has so many combining marks in a row.
    private static let maxStretchScalars = 1024

    private struct Special: Sendable {
        var name: [Unicode.Scalar]
        var piece: Int32
    }

    private let vocabulary: WordPieceVocabulary
    private let continuation: WordPieceVocabulary.Node
    private let specials: [Special]
    private let unknown: Int32
    private let classification: Int32
    private let separator: Int32

    /// Makes a tokenizer from the bytes of `vocab.txt`: a piece a line, numbered from 0.
    ///
    /// Returns nil when a line is empty or occurs twice, or when one of the special tokens is not there.
    init?(vocabulary lines: [UInt8]) {
        guard let vocabulary = WordPieceVocabulary(lines: lines), let continuation = vocabulary.continuation,
            let unknown = vocabulary.piece("[UNK]"), let classification = vocabulary.piece("[CLS]"),
            let separator = vocabulary.piece("[SEP]"), let padding = vocabulary.piece("[PAD]"),
            let mask = vocabulary.piece("[MASK]")
        else { return nil }
        self.vocabulary = vocabulary
        self.continuation = continuation
        self.unknown = unknown
        self.classification = classification
        self.separator = separator
        specials = [
            ("[UNK]", unknown), ("[CLS]", classification), ("[SEP]", separator), ("[PAD]", padding), ("[MASK]", mask),
        ].map { Special(name: Array($0.0.unicodeScalars), piece: $0.1) }
    }

    /// How many pieces the vocabulary has.
    public var vocabularyCount: Int { vocabulary.count }

    /// What the model reads of `text`: `[CLS]`, at most `maxPieces` pieces, `[SEP]`.
    public func encode(
        _ text: String,
        specialTokens: SpecialTokens = .dropped,
        maxPieces: Int = WordPieceTokenizer.maxPieces
    ) -> [Int32] {
        sequence(pieces(of: text, specialTokens: specialTokens, limit: maxPieces))
    }

    /// `pieces` between `[CLS]` and `[SEP]`.
    func sequence(_ pieces: some Sequence<Int32>) -> [Int32] { [classification] + pieces + [separator] }

    /// The numbers of the pieces of `text`, in order, at most `limit`.
    public func pieces(
        of text: String,
        specialTokens: SpecialTokens = .dropped,
        limit: Int = .max
    ) -> [Int32] {
        pieces(of: Array(text.unicodeScalars)[...], specialTokens: specialTokens, limit: limit)
    }

    /// The same for a stretch of scalars.
    func pieces(
        of text: ArraySlice<Unicode.Scalar>,
        specialTokens: SpecialTokens,
        limit: Int = .max
    ) -> [Int32] {
        var pieces: [Int32] = []
        var word: [Unicode.Scalar] = []
        var position = text.startIndex
        while position < text.endIndex, pieces.count < limit {
            if let special = special(at: position, in: text) {
                finish(&word, &pieces)
                if specialTokens == .recognised { pieces.append(special.piece) }
                position += special.name.count
                continue
            }
            let scalar = text[position]
            position += 1
            switch BERTCharacters.cleaning(scalar) {
            case .keep: word.append(scalar)
            case .drop: break
            case .space: finish(&word, &pieces)
            case .alone:
                finish(&word, &pieces)
                word.append(scalar)
                finish(&word, &pieces)
            }
        }
        finish(&word, &pieces)
        return pieces.count > limit ? Array(pieces.prefix(max(0, limit))) : pieces
    }

    private func special(at position: Int, in text: ArraySlice<Unicode.Scalar>) -> Special? {
        guard text[position] == "[" else { return nil }
        return specials.first { text[position...].starts(with: $0.name) }
    }

    /// Appends the pieces of `word`, which has no white space in it, and empties it.
    private func finish(_ word: inout [Unicode.Scalar], _ pieces: inout [Int32]) {
        guard !word.isEmpty else { return }
        Self.normalise(&word)
        var run: [Unicode.Scalar] = []
        for scalar in word {
            if BERTCharacters.isPunctuation(scalar) {
                cover(run, &pieces)
                run.removeAll(keepingCapacity: true)
                cover([scalar], &pieces)
            } else {
                run.append(scalar)
            }
        }
        cover(run, &pieces)
        word.removeAll(keepingCapacity: true)
    }

    /// Takes away accents and case, scalar by scalar: a final sigma is a sigma.
    private static func normalise(_ word: inout [Unicode.Scalar]) {
        if word.allSatisfy(\.isASCII) {
            for index in word.indices where ("A"..."Z").contains(word[index]) {
                word[index] = Unicode.Scalar(UInt8(word[index].value) | 0x20)
            }
            return
        }
        let letters = word.filter { !BERTCharacters.isNonspacingMark($0) }
        word.removeAll(keepingCapacity: true)
        var stretch = String.UnicodeScalarView()
        var count = 0
        for letter in letters {
            let keepsItsPlace = letter.properties.canonicalCombiningClass == .notReordered
            if count >= stretchScalars, keepsItsPlace || count >= maxStretchScalars {
                appendDecomposed(stretch, to: &word)
                stretch = String.UnicodeScalarView()
                count = 0
            }
            stretch.append(letter)
            count += 1
        }
        appendDecomposed(stretch, to: &word)
    }

    private static func appendDecomposed(_ text: String.UnicodeScalarView, to word: inout [Unicode.Scalar]) {
        for scalar in String(text).decomposedStringWithCanonicalMapping.unicodeScalars
        where !BERTCharacters.isNonspacingMark(scalar) {
            word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
    }

    /// Appends the longest pieces that cover `run` from the left, or one `[UNK]` if they cannot.
    private func cover(_ run: [Unicode.Scalar], _ pieces: inout [Int32]) {
        guard !run.isEmpty else { return }
        guard run.count <= Self.maxWordScalars else { return pieces.append(unknown) }
        var bytes: [UInt8] = []
        for scalar in run { bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
        let countBefore = pieces.count
        var start = 0
        while start < bytes.count {
            guard let (piece, end) = longestPiece(of: bytes, from: start) else {
                pieces.removeLast(pieces.count - countBefore)
                return pieces.append(unknown)
            }
            pieces.append(piece)
            start = end
        }
    }

    private func longestPiece(of bytes: [UInt8], from start: Int) -> (piece: Int32, end: Int)? {
        var node = start == 0 ? WordPieceVocabulary.root : continuation
        var longest: (piece: Int32, end: Int)?
        var position = start
        while position < bytes.count, let next = vocabulary.child(bytes[position], of: node) {
            node = next
            position += 1
            if let piece = vocabulary.piece(at: node) { longest = (piece, position) }
        }
        return longest
    }
}
