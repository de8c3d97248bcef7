import GraphQL
import Testing

@testable import GraphQLServer

@Suite struct UploadMapTests {
    private static let variables: Value.Object = [
        "file": .null, "files": .list([.null, .null, .string("x")]),
        "input": .object(["deep": .list([.object(["file": .null])]), "a.b": .null]),
    ]

    private func map(_ json: String, maxFiles: Int = 100) throws(MultipartError) -> UploadMap {
        try UploadMap(json: Array(json.utf8), variables: Self.variables, maxFiles: maxFiles)
    }

    @Test func `files are put in place of their nulls, one also in several`() throws {
        let map = try map(#"{"a":["variables.file","variables.files.1"],"b":["variables.input.deep.0.file"]}"#)
        #expect(map.names == ["a", "b"])
        #expect(
            map.filled(Self.variables, with: ["a": .string("a"), "b": .string("b")]) == [
                "file": .string("a"), "files": .list([.null, .string("a"), .string("x")]),
                "input": .object(["deep": .list([.object(["file": .string("b")])]), "a.b": .null]),
            ]
        )
        #expect(map.contains("a") && !map.contains("c"))
    }

    @Test(arguments: [
        ("", #"The part "map" is no JSON"#), ("[]", #"The part "map" must be one JSON object."#),
        (#"{"0":"variables.file"}"#, #"In "map" the file "0" must have a list of paths."#),
        (#"{"0":[]}"#, #"In "map" the file "0" must have a list of paths."#),
        (#"{"0":[0]}"#, #"In "map" the paths of the file "0" must begin with "variables."."#),
        (#"{"0":["file"]}"#, #"In "map" the paths of the file "0" must begin with "variables."."#),
        (#"{"0":["variables"]}"#, #"In "map" the paths of the file "0" must begin with "variables."."#),
        (#"{"0":["0.variables.file"]}"#, #"In "map" the paths of the file "0" must begin with "variables."."#),
        (#"{"0":["variables.none"]}"#, #"There is no null at "variables.none", to put a file in place of."#),
        (#"{"0":["variables."]}"#, #"There is no null at "variables.", to put a file in place of."#),
        (#"{"0":["variables.files"]}"#, #"There is no null at "variables.files", to put a file in place of."#),
        (#"{"0":["variables.files.2"]}"#, #"There is no null at "variables.files.2", to put a file in place of."#),
        (#"{"0":["variables.files.3"]}"#, #"There is no null at "variables.files.3", to put a file in place of."#),
        (#"{"0":["variables.files.01"]}"#, #"There is no null at "variables.files.01", to put a file in place of."#),
        (#"{"0":["variables.files.-1"]}"#, #"There is no null at "variables.files.-1", to put a file in place of."#),
        (#"{"0":["variables.file.x"]}"#, #"There is no null at "variables.file.x", to put a file in place of."#),
        (
            #"{"0":["variables.file"],"1":["variables.file"]}"#,
            #"In "map" the path "variables.file" stands more than once."#
        ),
    ])
    func `a map that leads nowhere is refused, and told where`(json: String, message: String) {
        let error = #expect(throws: MultipartError.self) { try map(json) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test func `so many files are taken and no more`() throws {
        let two = #"{"a":["variables.file"],"b":["variables.files.0"]}"#
        #expect(try map(two, maxFiles: 2).names.count == 2)
        #expect(throws: MultipartError(#"The part "map" has 2 files; at most 1 are taken."#)) {
            try map(two, maxFiles: 1)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `thousands of paths into one list cost no more than each on its own`() throws {
        let count = 30_000
        let variables: Value.Object = ["files": .list(Array(repeating: .null, count: count))]
        let paths = (0..<count).map { "\"variables.files.\($0)\"" }.joined(separator: ",")
        let map = try UploadMap(json: Array("{\"0\":[\(paths)]}".utf8), variables: variables, maxFiles: 1)
        let filled = map.filled(variables, with: ["0": .int(1)])
        #expect(filled == ["files": .list(Array(repeating: .int(1), count: count))])
    }
}
