/// A small colour picture of a page, to see what is really to be seen there.
struct PageRaster: Sendable {
    typealias Colour = PDFExtractor.Colour
    typealias Edges = PDFExtractor.Edges

    /// Longest side of the picture in dots: a letter of 10 points is five dots high, enough to tell ink from none.
    static let longestSide = 480

    let width: Int
    let height: Int
    /// Three bytes a dot, row by row from the top.
    private let bytes: ArraySlice<UInt8>

    /// Reads the binary PPM pictures that `pdftoppm` prints one after another.
    static func pictures(_ output: [UInt8]) -> [PageRaster] {
        var pictures: [PageRaster] = []
        var position = 0
        func number() -> Int? {
            while position < output.count, output[position] <= UInt8(ascii: " ") { position += 1 }
            var value = 0
            let start = position
            while position < output.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(output[position]) {
                value = value * 10 + Int(output[position] - UInt8(ascii: "0"))
                position += 1
                guard position - start < 6 else { return nil }
            }
            return position > start ? value : nil
        }
        while position + 2 < output.count, output[position] == UInt8(ascii: "P"),
            output[position + 1] == UInt8(ascii: "6")
        {
            position += 2
            guard let width = number(), let height = number(), number() == 255 else { break }
            position += 1
            let size = 3 * width * height
            guard size > 0, output.count - position >= size else { break }
            pictures.append(PageRaster(width: width, height: height, bytes: output[position..<(position + size)]))
            position += size
        }
        return pictures
    }

    /// Whether all dots have nearly the same colour, but for those in the boxes of a page of this size in points.
    ///
    /// Letters may reach a little beyond their boxes.
    func isBlank(outside boxes: [Edges] = [], pageWidth: Double = 0, pageHeight: Double = 0) -> Bool {
        var isInside = [Bool](repeating: false, count: width * height)
        let (scaleX, scaleY) = (Double(width) / max(1, pageWidth), Double(height) / max(1, pageHeight))
        for box in boxes {
            guard let columns = Self.range(from: box.left * scaleX - 2, to: box.right * scaleX + 2, limit: width),
                let rows = Self.range(from: box.top * scaleY - 2, to: box.bottom * scaleY + 2, limit: height)
            else { continue }
            for y in rows { for x in columns { isInside[y * width + x] = true } }
        }
        guard let first = isInside.firstIndex(of: false) else { return true }
        let ground = self[first % width, first / width]
        return isInside.indices.allSatisfy { place in
            let dot = self[place % width, place / width]
            return isInside[place]
                || max(
                    abs(Int(dot.red) - Int(ground.red)),
                    abs(Int(dot.green) - Int(ground.green)),
                    abs(Int(dot.blue) - Int(ground.blue))
                ) < 8
        }
    }

    /// The dots of a box of a page of this size in points; nil for one that lies outside.
    func dots(of box: Edges, pageWidth: Double, pageHeight: Double) -> Dots? {
        guard pageWidth > 0, pageHeight > 0 else { return nil }
        let (scaleX, scaleY) = (Double(width) / pageWidth, Double(height) / pageHeight)
        // Neighbouring lines reach into the upper and lower edge of a box.
        let inset = 0.15 * box.height
        guard let columns = Self.range(from: box.left * scaleX, to: box.right * scaleX, limit: width),
            let rows = Self.range(from: (box.top + inset) * scaleY, to: (box.bottom - inset) * scaleY, limit: height)
        else { return nil }
        return Dots(columns: columns, rows: rows)
    }

    /// A part of the picture, never empty.
    struct Dots {
        fileprivate let columns: Range<Int>
        fileprivate let rows: Range<Int>
    }

    /// Largest difference between two dots in one of the three colours.
    func ink(in dots: Dots) -> Int {
        var (leastRed, leastGreen, leastBlue) = (UInt8.max, UInt8.max, UInt8.max)
        var (mostRed, mostGreen, mostBlue) = (UInt8.min, UInt8.min, UInt8.min)
        for y in dots.rows {
            for x in dots.columns {
                let dot = self[x, y]
                (leastRed, mostRed) = (min(leastRed, dot.red), max(mostRed, dot.red))
                (leastGreen, mostGreen) = (min(leastGreen, dot.green), max(mostGreen, dot.green))
                (leastBlue, mostBlue) = (min(leastBlue, dot.blue), max(mostBlue, dot.blue))
            }
        }
        return max(Int(mostRed) - Int(leastRed), Int(mostGreen) - Int(leastGreen), Int(mostBlue) - Int(leastBlue))
    }

    /// The most frequent colour, to a step of eight; the average of the dots that have it.
    ///
    /// Letters fill less than half of their box, and their edges have many colours.
    func background(of dots: Dots) -> Colour {
        var counts: [Int: (count: Int, red: Int, green: Int, blue: Int)] = [:]
        // A long line does not need all of its dots.
        let step = max(1, dots.columns.count / 48)
        for y in dots.rows {
            for x in stride(from: dots.columns.lowerBound, to: dots.columns.upperBound, by: step) {
                let dot = self[x, y]
                let key = Int(dot.red >> 3) << 10 | Int(dot.green >> 3) << 5 | Int(dot.blue >> 3)
                let sum = counts[key] ?? (0, 0, 0, 0)
                counts[key] = (
                    sum.count + 1, sum.red + Int(dot.red), sum.green + Int(dot.green), sum.blue + Int(dot.blue)
                )
            }
        }
        let best = counts.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
        guard let best = best?.value else { return .white }
        return Colour(
            red: UInt8(best.red / best.count),
            green: UInt8(best.green / best.count),
            blue: UInt8(best.blue / best.count)
        )
    }

    private static func range(from low: Double, to high: Double, limit: Int) -> Range<Int>? {
        guard low.isFinite, high.isFinite, low < Double(limit), high > 0 else { return nil }
        let start = max(0, Int(max(0, low).rounded(.down)))
        let end = min(limit, max(start + 1, Int(min(Double(limit), high).rounded(.up))))
        return start < end ? start..<end : nil
    }

    private subscript(_ x: Int, _ y: Int) -> Colour {
        let i = bytes.startIndex + 3 * (y * width + x)
        return Colour(red: bytes[i], green: bytes[i + 1], blue: bytes[i + 2])
    }
}
