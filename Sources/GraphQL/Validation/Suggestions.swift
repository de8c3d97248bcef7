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
    /// In cells of the table of distances; some hundredths of a second.
    private var remaining = 10_000_000

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
    private let letters: [Unicode.Scalar]
    private let lowercased: [Unicode.Scalar]
    private let threshold: Int
    private var rows: [[Int]] = [[], [], []]

    init(to input: String) {
        self.input = input
        letters = Array(input.unicodeScalars)
        lowercased = Array(input.lowercased().unicodeScalars)
        threshold = Int(Double(letters.count) * 0.4) + 1
    }

    /// - Returns: Nil where the distance is above four in ten letters.
    mutating func measure(_ option: String, work: inout SuggestionWork) -> Int? {
        if option == input { return 0 }
        var a = Array(option.lowercased().unicodeScalars)
        var b = lowercased
        work.spend(a.count)
        if a == b { return 1 }
        if a.count < b.count { swap(&a, &b) }
        if a.count - b.count > threshold { return nil }

        for row in rows.indices where rows[row].count <= b.count {
            rows[row] = Array(repeating: 0, count: b.count + 1)
        }
        for column in 0...b.count { rows[0][column] = column }
        for row in a.indices.map({ $0 + 1 }) {
            work.spend(b.count)
            let (above, here) = ((row - 1) % 3, row % 3)
            rows[here][0] = row
            var smallest = row
            for column in b.indices.map({ $0 + 1 }) {
                let cost = a[row - 1] == b[column - 1] ? 0 : 1
                var cell = min(rows[above][column] + 1, rows[here][column - 1] + 1, rows[above][column - 1] + cost)
                if row > 1, column > 1, a[row - 1] == b[column - 2], a[row - 2] == b[column - 1] {
                    cell = min(cell, rows[(row - 2) % 3][column - 2] + 1)
                }
                rows[here][column] = cell
                smallest = min(smallest, cell)
            }
            if smallest > threshold { return nil }
        }
        let distance = rows[a.count % 3][b.count]
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
