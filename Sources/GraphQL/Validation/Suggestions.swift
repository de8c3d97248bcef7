/// Finds the names that are near to a mistyped one, for "Did you mean …?".
///
/// - Parameters:
///   - input: The name as written.
///   - options: The names that would have been right, in any order; a name may stand twice.
///   - work: What is left for suggestions; spent, no more names are compared.
/// - Returns: The nearest first, equally near ones in natural order (`a2` before `a10`).
func suggestionList(for input: String, among options: [String], work: inout SuggestionWork) -> [String] {
    guard input.utf8.count <= SuggestionWork.longestName else { return [] }
    var distance = LexicalDistance(to: input)
    var near: [(name: String, distance: Int)] = []
    for option in options {
        guard option.utf8.count <= 2 * SuggestionWork.longestName, !work.isSpent else { continue }
        if let distance = distance.measure(option, work: &work) { near.append((option, distance)) }
    }
    near.sort { ($0.distance, NaturalOrder($0.name)) < ($1.distance, NaturalOrder($1.name)) }
    var names: [String] = []
    for (name, _) in near where name != names.last { names.append(name) }
    return names
}

/// How a message ends that suggests names.
///
/// - Parameters:
///   - names: The best first; the first five are shown.
///   - prefix: Stands before the names, such as `to use an inline fragment on`.
/// - Returns: Such as ` Did you mean 'a', 'b', or 'c'?`; empty without any name.
func didYouMean(_ names: [String], prefix: String = "") -> String {
    let quoted = names.prefix(5).map { "'\($0)'" }
    guard let last = quoted.last else { return "" }
    let list =
        switch quoted.count {
        case 1: last
        case 2: "\(quoted[0]) or \(last)"
        default: "\(quoted.dropLast().joined(separator: ", ")), or \(last)"
        }
    return " Did you mean \(prefix.isEmpty ? "" : prefix + " ")\(list)?"
}

extension ValidationContext {
    /// How a message ends that suggests names near to a mistyped one; empty where none is near or suggestions are off.
    func didYouMean(_ input: String, among options: @autoclosure () -> [String], prefix: String = "") -> String {
        guard suggests, !suggestionWork.isSpent else { return "" }
        return GraphQL.didYouMean(
            suggestionList(for: input, among: options(), work: &suggestionWork),
            prefix: prefix
        )
    }
}

/// What one validation may spend on comparing names, so that a hostile document cannot make it compare for long.
struct SuggestionWork {
    /// In cells of the table of distances, each some nanoseconds: enough for a hundred errors in a schema of hundreds of
    /// names.
    private var remaining = 2_000_000

    var isSpent: Bool { remaining < 0 }

    fileprivate mutating func spend(_ cells: Int) {
        remaining -= cells
    }

    /// In bytes: what is longer gets no suggestions.
    static let longestName = 300
}

/// How many edits turn one name into another: insert, delete or change a letter, or swap two neighbours.
///
/// A change of case alone counts as one edit.
private struct LexicalDistance {
    private let input: String
    private let lowercased: [Unicode.Scalar]
    private let threshold: Int
    /// The last three rows of the table, of ``width`` cells each.
    private var cells: [Int] = []

    init(to input: String) {
        self.input = input
        lowercased = Array(input.lowercased().unicodeScalars)
        threshold = Int(Double(input.unicodeScalars.count) * 0.4) + 1
    }

    /// - Returns: Nil where the distance is above four in ten letters.
    mutating func measure(_ option: String, work: inout SuggestionWork) -> Int? {
        if option == input { return 0 }
        var long = Array(option.lowercased().unicodeScalars)
        var short = lowercased
        work.spend(long.count)
        if long == short { return 1 }
        if long.count < short.count { swap(&long, &short) }
        if long.count - short.count > threshold { return nil }

        let width = short.count + 1
        if cells.count < 3 * width { cells = Array(repeating: 0, count: 3 * width) }
        for column in 0..<width { cells[column] = column }
        for row in 0..<long.count {
            work.spend(width)
            let (before, above, here) = ((row + 2) % 3 * width, row % 3 * width, (row + 1) % 3 * width)
            cells[here] = row + 1
            var left = row + 1
            var smallest = left
            for column in 0..<short.count {
                let change = cells[above + column] + (long[row] == short[column] ? 0 : 1)
                var cell = min(cells[above + column + 1] + 1, left + 1, change)
                if row > 0, column > 0, long[row] == short[column - 1], long[row - 1] == short[column] {
                    cell = min(cell, cells[before + column - 1] + 1)
                }
                cells[here + column + 1] = cell
                left = cell
                smallest = min(smallest, cell)
            }
            if smallest > threshold { return nil }
        }
        let distance = cells[long.count % 3 * width + short.count]
        return distance <= threshold ? distance : nil
    }
}

/// Orders names as people do: runs of digits by their number.
struct NaturalOrder: Comparable {
    private let scalars: [Unicode.Scalar]

    init(_ name: String) {
        scalars = Array(name.unicodeScalars)
    }

    static func < (left: NaturalOrder, right: NaturalOrder) -> Bool {
        var (i, j) = (0, 0)
        while i < left.scalars.count, j < right.scalars.count {
            if isDigit(left.scalars[i]), isDigit(right.scalars[j]) {
                let (a, b) = (left.digits(from: i), right.digits(from: j))
                let (m, n) = (a.drop { $0 == "0" }, b.drop { $0 == "0" })
                if m.count != n.count { return m.count < n.count }
                if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
                if a.count != b.count { return a.lexicographicallyPrecedes(b) }
                i = a.endIndex
                j = b.endIndex
            } else {
                if left.scalars[i] != right.scalars[j] { return left.scalars[i] < right.scalars[j] }
                i += 1
                j += 1
            }
        }
        return left.scalars.count - i < right.scalars.count - j
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private func digits(from start: Int) -> ArraySlice<Unicode.Scalar> {
        scalars[start...].prefix { Self.isDigit($0) }
    }
}
