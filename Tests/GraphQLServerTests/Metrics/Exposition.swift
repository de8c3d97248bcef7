import Testing

/// Metrics as Prometheus would read them: strict, so that a line it would refuse fails the test.
struct Exposition {
    struct Series: Hashable {
        let name: String
        let labels: [String: String]
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// By series.
    private(set) var values: [Series: Double] = [:]
    /// By family: `counter`, `gauge` or `histogram`.
    private(set) var kinds: [String: String] = [:]

    /// - Throws: ``Malformed`` with the line.
    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(description: "the last line does not end") }
        var family = ""
        var help: Set<String> = []
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let malformed = Malformed(description: String(line))
            if line.hasPrefix("# HELP ") {
                let parts = line.split(separator: " ", maxSplits: 3)
                guard parts.count == 4, Self.isName(parts[2]), help.insert(String(parts[2])).inserted else {
                    throw malformed
                }
            } else if line.hasPrefix("# TYPE ") {
                let parts = line.split(separator: " ")
                guard parts.count == 4, help.contains(String(parts[2])), kinds[String(parts[2])] == nil,
                    ["counter", "gauge", "histogram"].contains(parts[3])
                else { throw malformed }
                family = String(parts[2])
                kinds[family] = String(parts[3])
            } else {
                var rest = line
                let series = try Self.series(&rest, malformed)
                guard let value = Self.number(rest), values.updateValue(value, forKey: series) == nil else {
                    throw malformed
                }
                let suffixes = kinds[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                guard suffixes.contains(where: { series.name == family + $0 }) else { throw malformed }
            }
        }
        try checkHistograms()
    }

    /// The value of a series; nil where there is none.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        values[Series(name: name, labels: labels)]
    }

    /// The sum of a name's series that have these labels among theirs.
    func sum(_ name: String, where labels: [String: String] = [:]) -> Double {
        values.filter { series, _ in
            series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
        }
        .values.reduce(0, +)
    }

    /// The values that a label has.
    func labels(_ label: String, of name: String) -> Set<String> {
        Set(values.keys.filter { $0.name == name }.compactMap { $0.labels[label] })
    }

    /// Buckets grow, and the last one holds all.
    private func checkHistograms() throws {
        for (family, kind) in kinds where kind == "histogram" {
            let buckets = values.filter { $0.key.name == family + "_bucket" }
            let groups = Dictionary(grouping: buckets) { bucket in bucket.key.labels.filter { $0.key != "le" } }
            for (labels, buckets) in groups {
                let sorted = try buckets.map { bucket in
                    guard let limit = bucket.key.labels["le"].flatMap({ Self.number($0[...]) }) else {
                        throw Malformed(description: "\(family) has a bucket without a limit")
                    }
                    return (limit: limit, count: bucket.value)
                }.sorted { $0.limit < $1.limit }
                let counts = sorted.map(\.count)
                guard counts == counts.sorted(), sorted.last?.limit == .infinity,
                    sorted.last?.count == value(family + "_count", labels), value(family + "_sum", labels) != nil
                else { throw Malformed(description: "\(family) \(labels) is no histogram: \(sorted)") }
            }
        }
    }

    /// Reads name and labels, up to the value.
    private static func series(_ rest: inout Substring, _ malformed: Malformed) throws -> Series {
        let name = rest.prefix { $0 != "{" && $0 != " " }
        guard isName(name) else { throw malformed }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            repeat {
                rest.removeFirst()
                let label = rest.prefix { $0 != "=" }
                rest = rest.dropFirst(label.count)
                guard isName(label), !label.contains(":"), rest.hasPrefix("=\"") else { throw malformed }
                rest = rest.dropFirst(2)
                var value = ""
                while let character = rest.popFirst(), character != "\"" {
                    guard character == "\\" else {
                        value.append(character)
                        continue
                    }
                    switch rest.popFirst() {
                    case "\\": value.append("\\")
                    case "\"": value.append("\"")
                    case "n": value.append("\n")
                    default: throw malformed
                    }
                }
                guard labels.updateValue(value, forKey: String(label)) == nil else { throw malformed }
            } while rest.first == ","
            guard rest.popFirst() == "}" else { throw malformed }
        }
        guard rest.popFirst() == " " else { throw malformed }
        return Series(name: String(name), labels: labels)
    }

    private static func isName(_ name: Substring) -> Bool {
        name.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
    }

    private static func number(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?/) == nil ? nil : Double(text)
        }
    }
}
