extension PDFExtractor {
    /// A rectangle by its edges, in points from the top left corner of what a reader sees of the page.
    struct Edges: Sendable, Equatable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        var width: Double { right - left }
        var height: Double { bottom - top }
        var centreX: Double { (left + right) / 2 }
        var centreY: Double { (top + bottom) / 2 }

        /// The smallest rectangle around both.
        func union(_ other: Edges) -> Edges {
            Edges(
                left: min(left, other.left),
                top: min(top, other.top),
                right: max(right, other.right),
                bottom: max(bottom, other.bottom)
            )
        }

        /// Area that both share.
        func shared(with other: Edges) -> Double {
            let width = min(right, other.right) - max(left, other.left)
            let height = min(bottom, other.bottom) - max(top, other.top)
            return width > 0 && height > 0 ? width * height : 0
        }

        /// The same as the model has it.
        var box: Box { Box(x: left, y: top, width: max(0, width), height: max(0, height)) }
    }

    /// One word as `pdftotext` finds it.
    struct Word: Sendable, Equatable {
        var text: String
        var edges: Edges
        /// The piece of text from `pdftohtml` that it is part of, as an index into the page's segments.
        var segment: Int?

        /// Height of the word as it is read: across for a word that runs up or down the page.
        var size: Double {
            let upright = edges.height <= 1.5 * edges.width || text.unicodeScalars.count < 3
            return upright ? edges.height : edges.width
        }
    }

    /// Words on one baseline that stand close together.
    struct Fragment: Sendable {
        var words: [Word]
        var edges: Edges
        /// The block of `pdftotext` that it belongs to, counted over the page.
        var block: Int

        /// Where the file draws the middle one of its words, as an index into the page's segments; nil if that is not known.
        ///
        /// A word at the edge may be tied to the line above or below by mistake; that in the middle of all is not.
        var place: Int? {
            let places = words.compactMap(\.segment).sorted()
            return places.isEmpty ? nil : places[places.count / 2]
        }

        /// Makes a fragment of words in reading order; nil without words.
        init?(words: [Word], block: Int) {
            guard let first = words.first else { return nil }
            self.words = words
            self.block = block
            edges = words.dropFirst().reduce(first.edges) { $0.union($1.edges) }
        }
    }

    /// A stretch of text with the same looks, as `pdftohtml` finds it.
    struct Segment: Sendable, Equatable {
        var text: String
        var edges: Edges
        var font: Font
        var bold: Bool
        var italic: Bool
        /// Target of the hyperlink it stands in.
        var link: String?
    }

    /// A font as `pdftohtml` describes it.
    struct Font: Sendable, Equatable {
        /// In points.
        var size: Double
        var family: String
        var colour: Colour
        /// 0 is fully transparent.
        var opacity: Double
        /// Whether its name says so.
        var isBold = false
    }

    /// A colour with red, green and blue from 0 to 255.
    struct Colour: Sendable, Equatable, Hashable {
        var red: UInt8
        var green: UInt8
        var blue: UInt8

        static let black = Colour(red: 0, green: 0, blue: 0)
        static let white = Colour(red: 255, green: 255, blue: 255)

        /// Largest difference in one of the three parts.
        func distance(to other: Colour) -> Int {
            max(
                abs(Int(red) - Int(other.red)),
                abs(Int(green) - Int(other.green)),
                abs(Int(blue) - Int(other.blue))
            )
        }

        /// Relative luminance from 0 to 1 (Web Content Accessibility Guidelines 2.1).
        var luminance: Double {
            // A square stands in for the exact sRGB curve; the difference does not matter for a threshold.
            func linear(_ part: UInt8) -> Double {
                let x = Double(part) / 255
                return x * x
            }
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        }

        /// How well one can be told from the other: 1 for the same, 21 for black and white.
        func contrast(with other: Colour) -> Double {
            let (a, b) = (luminance, other.luminance)
            return (max(a, b) + 0.05) / (min(a, b) + 0.05)
        }
    }

    /// One page as the two programs tell it, without judgement.
    struct Page: Sendable {
        /// From 1.
        var number: Int
        var width: Double
        var height: Double
        /// In the reading order of `pdftotext`.
        var fragments: [Fragment] = []
        /// In the order of the file.
        var segments: [Segment] = []
    }
}
