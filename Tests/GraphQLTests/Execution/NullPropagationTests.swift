import GraphQL
import Testing

@Suite struct NullPropagationTests {
    @Test func `null where it may not be takes the nearest nullable position`() async throws {
        #expect(
            try await Library.respond("{ author(id: 2) { name needed } nothing }")
                == #"{"errors":[{"message":"Cannot return null for non-nullable field Author.needed.","#
                + #""locations":[{"line":1,"column":24}],"path":["author","needed"]}],"#
                + #""data":{"author":null,"nothing":null}}"#
        )
    }

    @Test func `null passes through lists of non-null items, and stops at the field`() async throws {
        #expect(
            try await Library.respond(
                "{ author(id: 1) { id neededSelf { books { pages } } } authors(first: 3) { needed } }"
            )
                == #"{"errors":[{"message":"Cannot return null for non-nullable field Author.needed.","#
                + #""locations":[{"line":1,"column":75}],"path":["authors",1,"needed"]}],"data":null}"#
        )
    }

    @Test func `a leaf of a list that its type does not allow is an error, and the others are written`() async throws {
        let sdl = "type Query { numbers: [Int], ids: [ID!]!, texts: [String], strict: [[Int!]!] }"
        var resolvers = Resolvers()
        resolvers.field("Query.numbers", on: RootObject.self) { _ -> [Int] in [1, 1 << 31, -3] }
        resolvers.field("Query.ids", on: RootObject.self) { _ -> [String] in ["a", "\"b\""] }
        resolvers.field("Query.texts", on: RootObject.self) { _ -> [String?] in ["c", nil, "d"] }
        resolvers.field("Query.strict", on: RootObject.self) { _ -> [[Int]] in [[], [4, 5], [6, 1 << 40]] }
        let schema = try ExecutableSchema(GraphQLSchema.build(from: Source(sdl)), resolvers: resolvers)
        let plan = try OperationPlan(parse(Source("{ numbers ids texts strict }")), on: schema)
        #expect(
            String(decoding: await plan.execute().json, as: UTF8.self)
                == #"{"errors":[{"message":"Int cannot represent non 32-bit signed integer value: 2147483648","#
                + #""locations":[{"line":1,"column":3}],"path":["numbers",1]},"#
                + #"{"message":"Int cannot represent non 32-bit signed integer value: 1099511627776","#
                + #""locations":[{"line":1,"column":21}],"path":["strict",2,1]}],"#
                + #""data":{"numbers":[1,null,-3],"ids":["a","\"b\""],"texts":["c",null,"d"],"strict":null}}"#
        )
    }

    @Test func `an error at a nullable field leaves its siblings`() async throws {
        #expect(
            try await Library.respond("{ authors(first: 3) { id oops } }")
                == #"{"errors":[{"message":"Oops of 2.","locations":[{"line":1,"column":26}],"path":["authors",1,"oops"]}],"#
                + #""data":{"authors":[{"id":"1","oops":"fine"},{"id":"2","oops":null},{"id":"3","oops":"fine"}]}}"#
        )
    }

    @Test func `errors before the null stay, errors after it are not reported`() async throws {
        let before = try await Library.respond("{ author(id: 2) { oops needed } }")
        #expect(before.contains("Oops of 2.") && before.contains("Author.needed."))
        let after = try await Library.respond("{ author(id: 2) { needed oops } }")
        #expect(!after.contains("Oops of 2.") && after.contains("Author.needed."))
    }

    @Test func `errors stand in the order of the response`() async throws {
        let response = try await Library.respond("{ b: oops author(id: 2) { oops } a: oops }")
        #expect(
            response.hasPrefix(
                #"{"errors":[{"message":"Oops.","locations":[{"line":1,"column":3}],"path":["b"]},"#
                    + #"{"message":"Oops of 2.","locations":[{"line":1,"column":27}],"path":["author","oops"]},"#
                    + #"{"message":"Oops.","locations":[{"line":1,"column":34}],"path":["a"]}],"#
            )
        )
    }

    @Test func `an error that is not meant for clients is masked, and shown to the hook with its path`() async throws {
        let log = Library.Log()
        var options = ExecutionOptions()
        options.maskError = { error, path in
            log.add("\(error) at \(path.steps.count)")
            return GraphQLError("Masked.")
        }
        let response = try await Library.respond("{ neededOops }", options: options)
        #expect(
            response
                == #"{"errors":[{"message":"Masked.","locations":[{"line":1,"column":3}],"path":["neededOops"]}],"data":null}"#
        )
        #expect(log.all == ["Unexpected() at 1"])
    }

    @Test func `all places of a merged field are named, up to a number`() async throws {
        let two = try await Library.respond("{ oops oops }")
        #expect(two.contains(#""locations":[{"line":1,"column":3},{"line":1,"column":8}]"#))
        let many = try await Library.respond("{ \(String(repeating: "oops ", count: 1000))}")
        #expect(many.utf8.count < 1000)
    }

    @Test func `a whole level that fails fails at each of its objects`() async throws {
        var resolvers = Library.resolvers()
        resolvers = Resolvers()
        resolvers.field("Query.authors", on: RootObject.self) { _ in
            (1...2).map { Library.Author(id: $0, name: "") }
        }
        resolvers.batch("Author.a", on: Library.Author.self) { _, _ -> [Int?] in throw GraphQLError("Down.") }
        resolvers.batch("Author.b", on: Library.Author.self) { _, _ -> [Int?] in [1] }
        let schema = try ExecutableSchema(
            GraphQLSchema.build(from: Source("type Query { authors: [Author] } type Author { a: Int, b: Int! }")),
            resolvers: resolvers
        )
        let result = try await OperationPlan(parse(Source("{ authors { a b } }")), on: schema).execute()
        #expect(
            String(decoding: result.json, as: UTF8.self)
                == #"{"errors":[{"message":"Down.","locations":[{"line":1,"column":13}],"path":["authors",0,"a"]},"#
                + #"{"message":"Internal error","locations":[{"line":1,"column":15}],"path":["authors",0,"b"],"#
                + #""extensions":{"code":"INTERNAL_SERVER_ERROR"}},"#
                + #"{"message":"Down.","locations":[{"line":1,"column":13}],"path":["authors",1,"a"]},"#
                + #"{"message":"Internal error","locations":[{"line":1,"column":15}],"path":["authors",1,"b"],"#
                + #""extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"authors":[null,null]}}"#
        )
    }
}
