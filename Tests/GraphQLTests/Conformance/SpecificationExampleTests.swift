import Testing

/// The examples of the specification's text, sections 2 to 7.
@Suite struct SpecificationExampleTests {
    /// Blocks of the September 2025 text: the `json` ones are results and one set of variables.
    static let counted = [
        "graphql example": 131, "graphql counter-example": 61, "json example": 17, "json counter-example": 1,
    ]

    @Test func `every example of the specification is in the corpus, once`() throws {
        var kinds: [String: Int] = [:]
        var numbers: [Int] = []
        for name in ExampleFile.names {
            for (number, part) in try ExampleFile(name).examples {
                numbers.append(number)
                kinds[part.heading.drop { $0.isNumber || $0 == " " }.description, default: 0] += 1
            }
        }
        #expect(kinds == Self.counted)
        #expect(numbers == Array(1...210))
    }

    @Test func `every example does what the specification says of it`() async throws {
        var tally: [String: (passed: Int, all: Int)] = [:]
        for name in ExampleFile.names {
            let file = try ExampleFile(name)
            for (number, part) in file.examples {
                let kind = part.heading.drop { $0.isNumber || $0 == " " }.description
                tally[kind, default: (0, 0)].all += 1
                do {
                    try await ExampleCheck(file: file, part: part).run()
                    tally[kind, default: (0, 0)].passed += 1
                } catch {
                    Issue.record("\(name) \(number), §\(part.entries["section"] ?? ""): \(error)")
                }
            }
        }
        let scores = Self.counted.keys.sorted().map { kind in
            "\(tally[kind]?.passed ?? 0) of \(tally[kind]?.all ?? 0) \(kind)s"
        }
        print("specification examples: \(scores.joined(separator: ", "))")
        for (kind, count) in Self.counted { #expect(tally[kind]?.passed == count) }
    }
}
