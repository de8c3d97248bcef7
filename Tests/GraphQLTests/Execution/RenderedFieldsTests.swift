import Foundation
import GraphQL
import Testing

/// Many objects are written column by column, a few one after the other: nobody may see a difference.
@Suite struct RenderedFieldsTests {
    private static let sdl = """
        type Query { rows(from: Int!, count: Int!): [Row]! }
        type Row {
          id: ID!
          text: String
          number: Int
          ratio: Float!
          flag: Boolean
          kind: Kind
          stamp: Stamp
          oops: String
          part: Part
          needed: Part!
          parts: [Part!]
          gaps: [Part]
          names: [Name!]!
          numbers: [Int!]
        }
        type Part { text: String, size: Int!, inner: [Name!] }
        type Name { name: String! }
        enum Kind { ONE TWO }
        scalar Stamp
        """

    private static let selection = """
        { id text __typename number ratio flag kind stamp oops part { ...P } needed { size } parts { ...P } gaps { text }
          names { name } only: part { text } numbers }
        """

    private struct Stamp: WrittenLeaf {
        let number: Int
        func write(into buffer: inout ResponseBuffer) { buffer.write(string: "at \(number)") }
    }

    private struct Name: ObjectValue { let name: String? }

    private struct Part: ObjectValue {
        let text: String?
        let size: Int?
        let inner: [Name]?
    }

    private struct Row: ObjectValue {
        let id: String
        let text: String?
        let number: Int?
        let ratio: Double
        let flag: Bool?
        let kind: String?
        let stamp: Stamp?
        let fails: Bool
        let part: Part?
        let needed: Part?
        let parts: [Part]?
        let gaps: [Part?]
        let names: [Name]
        let numbers: [Int]?

        /// Mostly with nothing unusual.
        init(_ id: Int, using generator: inout some RandomNumberGenerator) {
            func rarely() -> Bool { Int.random(in: 0..<12, using: &generator) == 0 }
            func text() -> String {
                ["", "a", "quote \" and \n", "ünïcode 🙂", "plain text of some length"].randomElement(using: &generator)!
            }
            func name() -> Name { Name(name: rarely() && rarely() ? nil : text()) }
            func part() -> Part {
                Part(
                    text: rarely() ? nil : text(),
                    size: rarely() && rarely() ? nil : rarely() && rarely() ? 1 << 40 : id,
                    inner: rarely() ? nil : (0..<Int.random(in: 0...3, using: &generator)).map { _ in name() }
                )
            }
            func count() -> Int { Int.random(in: 0...3, using: &generator) }
            self.id = "row \(id)"
            self.text = rarely() ? nil : text()
            number = rarely() ? nil : rarely() ? 1 << 31 : id
            ratio = rarely() && rarely() ? .nan : Double(id) / 4
            flag = rarely() ? nil : id % 2 == 0
            kind = rarely() ? nil : rarely() ? "THREE" : "TWO"
            stamp = rarely() ? nil : Stamp(number: id)
            fails = rarely()
            self.part = rarely() ? nil : part()
            needed = rarely() && rarely() ? nil : part()
            parts = rarely() ? nil : (0..<count()).map { _ in part() }
            gaps = (0..<count()).map { _ in rarely() ? nil : part() }
            names = (0..<count()).map { _ in name() }
            numbers = rarely() ? nil : (0..<count()).map { _ in rarely() && rarely() ? -1 << 40 : 7 }
        }
    }

    private struct Failure: Error {}

    private static func schema(_ rows: [Row]) throws -> ExecutableSchema {
        var all = Resolvers()
        all.field("Query.rows", on: RootObject.self) { _, call -> [Row] in
            let from = try call.arguments.requiredInt("from")
            return Array(rows[from..<from + (try call.arguments.requiredInt("count"))])
        }
        all.field("Row.id", on: Row.self) { $0.id }
        all.field("Row.text", on: Row.self) { $0.text }
        all.field("Row.number", on: Row.self) { $0.number }
        all.field("Row.ratio", on: Row.self) { $0.ratio }
        all.field("Row.flag", on: Row.self) { $0.flag }
        all.field("Row.kind", on: Row.self) { $0.kind }
        all.field("Row.stamp", on: Row.self) { $0.stamp }
        all.field("Row.oops", on: Row.self) { row -> String? in if row.fails { throw Failure() } else { row.text } }
        all.field("Row.part", on: Row.self) { $0.part }
        all.field("Row.needed", on: Row.self) { $0.needed }
        all.field("Row.parts", on: Row.self) { $0.parts }
        all.field("Row.gaps", on: Row.self) { $0.gaps }
        all.field("Row.names", on: Row.self) { $0.names }
        all.field("Row.numbers", on: Row.self) { $0.numbers }
        all.field("Part.text", on: Part.self) { $0.text }
        all.field("Part.size", on: Part.self) { $0.size }
        all.field("Part.inner", on: Part.self) { $0.inner }
        all.field("Name.name", on: Name.self) { $0.name }
        return try ExecutableSchema(GraphQLSchema.build(from: Source(sdl)), resolvers: all)
    }

    /// The rows as JSON, and the errors, both as texts.
    private static func answer(_ from: Int, _ count: Int, on schema: ExecutableSchema) async throws -> (String, String)
    {
        let text =
            "{ rows(from: \(from), count: \(count)) \(selection) } fragment P on Part { size text inner { name } }"
        let json = String(
            decoding: await (try OperationPlan(parse(Source(text)), on: schema)).execute().json,
            as: UTF8.self
        )
        let data = try #require(json.range(of: #""data":{"rows":["#))
        let errors = json[..<data.lowerBound].dropFirst(#"{"errors":["#.count).dropLast("],".count)
        return (String(json[data.upperBound...].dropLast("]}}".count)), String(errors))
    }

    @Test func `many rows are written as each of them is by itself`() async throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix64(state: seed)
        let rows = (0..<300).map { Row($0, using: &generator) }
        let schema = try Self.schema(rows)
        var (single, errors): ([String], [String]) = ([], [])
        for place in rows.indices {
            let (row, wrong) = try await Self.answer(place, 1, on: schema)
            single.append(row)
            // The column of the first selection hangs on the length of the number before it.
            if !wrong.isEmpty {
                errors.append(Self.unplaced(wrong).replacing(#""rows",0"#, with: #""rows",\#(place)"#))
            }
        }
        let (all, wrong) = try await Self.answer(0, rows.count, on: schema)
        #expect(all == single.joined(separator: ","), "seed \(seed)")
        #expect(Self.unplaced(wrong) == errors.joined(separator: ","), "seed \(seed)")
        #expect(errors.count > 10 && errors.count < rows.count, "seed \(seed)")
    }

    /// Errors without their places in the document.
    private static func unplaced(_ errors: String) -> String {
        errors.replacing(/"column":\d+/, with: "")
    }
}
