/// Writes nodes as text, laid out as the reference implementation lays it out.
///
/// Whether a list wraps depends on how long its items came out, so nodes are first made into pieces, from the inside out,
/// and the pieces then into text. Cost: linear in the length of the text.
struct Printer {
    /// Longer lists of arguments, list and object literals get a line for each item.
    static let maxLineLength = 80

    /// Pieces of text that follow each other.
    struct Run {
        fileprivate var first = -1
        fileprivate var last = -1
        /// In Unicode scalars, with line terminators and the indentation known so far.
        fileprivate(set) var length = 0
        /// How many line terminators there are.
        fileprivate(set) var lineBreaks = 0

        var isEmpty: Bool { length == 0 }
    }

    private struct Piece {
        let text: String
        let hasLineBreaks: Bool
        var next = -1
        var indentsBefore = false
        var outdentsAfter = false
    }

    private var pieces: [Piece] = []

    // MARK: Runs

    /// A run of one text.
    mutating func text(_ text: String) -> Run {
        var length = 0
        var lineBreaks = 0
        for byte in text.utf8 {
            if byte & 0xC0 != 0x80 { length += 1 }
            if byte == 0x0A { lineBreaks += 1 }
        }
        guard length > 0 else { return Run() }
        pieces.append(Piece(text: text, hasLineBreaks: lineBreaks > 0))
        return Run(first: pieces.count - 1, last: pieces.count - 1, length: length, lineBreaks: lineBreaks)
    }

    /// One run after the other.
    mutating func append(_ run: Run, to result: inout Run) {
        guard !run.isEmpty else { return }
        guard !result.isEmpty else {
            result = run
            return
        }
        pieces[result.last].next = run.first
        result.last = run.last
        result.length += run.length
        result.lineBreaks += run.lineBreaks
    }

    /// All runs but the empty ones, with `separator` between them.
    mutating func join(_ runs: [Run], _ separator: String = "") -> Run {
        var result = Run()
        for run in runs where !run.isEmpty {
            if !result.isEmpty { append(text(separator), to: &result) }
            append(run, to: &result)
        }
        return result
    }

    /// A run between two texts; nothing for an empty run.
    mutating func wrap(_ start: String, _ run: Run, _ end: String = "") -> Run {
        if run.isEmpty { return run }
        var result = text(start)
        append(run, to: &result)
        append(text(end), to: &result)
        return result
    }

    /// A run with all its lines indented.
    mutating func indented(_ run: Run) -> Run {
        if run.isEmpty { return run }
        var run = run
        pieces[run.first].indentsBefore = true
        pieces[run.last].outdentsAfter = true
        run.length += 2 * (run.lineBreaks + 1)
        return run
    }

    /// Each run on a line of its own, between braces; nothing for none.
    mutating func block(_ runs: [Run]) -> Run {
        wrap("{\n", indented(join(runs, "\n")), "\n}")
    }

    /// Runs in parentheses, each on a line of its own where one of them has several.
    mutating func parenthesised(_ runs: [Run], isIndented: Bool) -> Run {
        guard runs.contains(where: { $0.lineBreaks > 0 }) else { return wrap("(", join(runs, ", "), ")") }
        let lines = join(runs, "\n")
        return wrap("(\n", isIndented ? indented(lines) : lines, "\n)")
    }

    /// The length that the runs would have when joined.
    func joinedLength(_ runs: [Run], _ separator: String) -> Int {
        let lengths = runs.lazy.filter { !$0.isEmpty }.map { $0.length + separator.utf8.count }
        return max(0, lengths.reduce(0, +) - separator.utf8.count)
    }

    // MARK: Text

    /// The text of a run.
    func string(_ run: Run) -> String {
        var output: [UInt8] = []
        var indentation = 0
        var index = run.first
        while index >= 0 {
            let piece = pieces[index]
            if piece.indentsBefore {
                indentation += 2
                output.append(contentsOf: [0x20, 0x20])
            }
            if piece.hasLineBreaks {
                for byte in piece.text.utf8 {
                    output.append(byte)
                    if byte == 0x0A { output.append(contentsOf: repeatElement(0x20, count: indentation)) }
                }
            } else {
                output.append(contentsOf: piece.text.utf8)
            }
            if piece.outdentsAfter { indentation -= 2 }
            index = index == run.last ? -1 : piece.next
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The text of what `run` makes.
    static func print(_ run: (inout Printer) -> Run) -> String {
        var printer = Printer()
        let run = run(&printer)
        return printer.string(run)
    }
}
