import GraphQL
import Testing

/// What is odd, long or wrong but within the default limits: answered, and the answer is no longer than it need be.
@Suite(.serialized) struct AnsweredAttackTests {
    private static let body = 1 << 20

    private func answer(
        _ document: String,
        variables: String = "{}",
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) async throws -> Target.Answer {
        let server = try Target.Server()
        let bytes = Array(variables.utf8)
        let (answer, spent) = await Spent.measured { await server.answer(document, variables: bytes) }
        #expect(spent.cpu < Spent.maxCPU, sourceLocation: sourceLocation)
        #expect(spent.memory < Spent.maxMemory, sourceLocation: sourceLocation)
        return answer
    }

    @Test(arguments: [",", " ", "\n", "\r\n", "\t", "#", "#\n", "#,\r", "# é\n", "\u{FEFF}"])
    func `a body of what is no token`(ignored: String) async throws {
        let text = String(filling: Self.body - 10, with: ignored)
        #expect(try await answer("{name\(text)\n}").text == #"{"data":{"name":"n"}}"#)
    }

    @Test func `a body of one long value`() async throws {
        let room = Self.body - 40
        for value in [
            #""\#(String(filling: room, with: "x"))""#, #""\#(String(filling: room, with: "\\u0041"))""#,
            #""""\#(String(filling: room, with: "x"))""""#, #""""\#(String(filling: room, with: "\n "))""""#,
            String(filling: room, with: "x"), String(filling: room, with: "1"),
        ] {
            #expect(try await answer("{ search(any: \(value)) }").text == #"{"data":{"search":"found"}}"#)
        }
    }

    @Test func `a body of one long name, number or string that does not fit`() async throws {
        let long = String(filling: Self.body - 60, with: "1")
        for document in [
            "{ x\(long) }", "{ search(in: x\(long)) }", "{ search(list: \(long)) }", "{ search(list: \"\(long)\") }",
            "{ search(in: { kind: x\(long) }) }", "{ search(x\(long): 1) }", "{ ...x\(long) }", "{ name @x\(long) }",
            "query($x\(long): Int) { name }", "{ search(list: $x\(long)) }", "query($a: x\(long)) { search(any: $a) }",
            "{ ... on x\(long) { name } }", "{ name(\(long)) }", "{ name \"\(long)\" }", "x\(long)",
        ] {
            let answer = try await answer(document)
            #expect(answer.code != nil && answer.json.count < 20_000)
        }
    }

    /// Known as apollo-server #8013: thousands of errors, each with a long text.
    @Test func `duplicate variables and long texts make no long answer`() async throws {
        let duplicate = try await answer("query(" + String(repeating: "$a:a ", count: 1_000) + "){name}")
        #expect(duplicate.code == "GRAPHQL_VALIDATION_FAILED" && duplicate.json.count < 50_000)
        let unknown = try await answer("{self{" + many(10_000) { "unknown\($0)" } + "}}")
        #expect(unknown.errors.count == 101 && unknown.json.count < 50_000)
        let long = String(filling: 8_000, with: "x")
        let each = try await answer("{self{" + many(100) { "\(long)\($0)" } + "}}")
        #expect(each.errors.count == 100 && each.json.count < 300_000)
    }

    /// The same attack by way of what JSON brings, where every error may show a long name or key again.
    @Test func `long names and keys of variables make no long answer`() async throws {
        let name = String(filling: 500_000, with: "n")
        let items = String(repeating: "\"x\",", count: 1_000) + "1"
        let named = try await answer(
            "query($\(name):[Int]){search(list:$\(name))}",
            variables: "{\"\(name)\":[\(items)]}"
        )
        #expect(named.isRequestError && named.errors.count == 51 && named.json.count < 150_000)
        let keys = many(10) { "\"\($0)\(String(filling: 80_000, with: "k"))\":1," } + "\"z\":1"
        let keyed = try await answer(
            "query($f:[Filter!]){search(in:{and:$f})}",
            variables: "{\"f\":[" + String(repeating: "[],", count: 5_000) + "{\(keys)}]}"
        )
        #expect(keyed.isRequestError && keyed.errors.count == 51 && keyed.json.count < 150_000)
        let many = try await answer("query($f:Filter){search(in:$f)}", variables: "{\"f\":{\(keys)}}")
        #expect(many.isRequestError && many.errors.count == 11 && many.json.count < 30_000)
    }

    @Test func `an input object with a hundred thousand unknown fields`() async throws {
        let fields = (0..<70_000).map { "\"a\($0)\":1" }.joined(separator: ",")
        let answer = try await answer("query($f:Filter){search(in:$f)}", variables: "{\"f\":{\(fields)}}")
        #expect(answer.isRequestError && answer.errors.count == 51 && answer.json.count < 50_000)
        let literal = try await self.answer("{search(in:{\(many(4_900) { "a\($0):1" })})}")
        #expect(literal.errors.count == 101 && literal.json.count < 300_000)
    }

    @Test func `a variable of a hundred thousand items`() async throws {
        let items = "{\"l\":[" + String(repeating: "1,", count: 100_000) + "1]}"
        #expect(try await answer("query($l:[Int]){search(list:$l)}", variables: items).text.contains("found"))
        #expect(try await answer("query($l:Any){search(any:$l)}", variables: items).text.contains("found"))
        // Each item is an object that is asked for: priced.
        let nodes = try await answer("query($l:[ID!]!){nodes(ids:$l){id name self{name}}}", variables: items)
        #expect(nodes.code == "QUERY_TOO_COMPLEX" && nodes.limit == .string("maxCost"))
        #expect(nodes.actual == .int(1 + 100_001 * 4))
        let strings = "{\"l\":[" + String(repeating: "\"x\",", count: 100_000) + "1]}"
        let wrong = try await answer("query($l:[Int]){search(list:$l)}", variables: strings)
        #expect(wrong.isRequestError && wrong.errors.count == 51 && wrong.json.count < 20_000)
    }

    @Test func `JSON of one long string, number or key`() async throws {
        let long = String(filling: Self.body - 100, with: "1")
        for variables in [
            "{\"a\":\"\(long)\"}", "{\"\(long)\":1}", "{\"a\":\(long)}", "{\"a\":0.\(long)}", "{\"a\":\"\(long)",
        ] {
            let answer = try await answer("query($a:Any){search(any:$a)}", variables: variables)
            #expect(answer.json.count < 1_000)
        }
        let escapes = String(filling: Self.body - 100, with: "\\u00e9")
        #expect(try await answer("query($a:Any){search(any:$a)}", variables: "{\"a\":\"\(escapes)\"}").errors.isEmpty)
    }

    @Test func `errors of many objects name their places in few words`() async throws {
        let repeated = String(repeating: "broken ", count: 10_000)
        let answer = try await answer("{list(first:100){\(repeated)}}")
        #expect(answer.errors.count == 100)
        #expect(answer.errors.allSatisfy { $0.locations.count <= 100 })
        #expect(answer.json.count < 1_000_000)
    }

    @Test func `inline fragments and fields that overlap below the root`() async throws {
        let inner = String(repeating: "...on Query{name}", count: 20)
        let overlapping = "{self{" + String(repeating: "...on Query{self{\(inner)}}", count: 110) + "}}"
        #expect(try await answer(overlapping).text == #"{"data":{"self":{"self":{"name":"n"}}}}"#)
        let repeated = "{self{" + String(repeating: "name ", count: 14_990) + "}}"
        #expect(try await answer(repeated).text == #"{"data":{"self":{"name":"n"}}}"#)
        let conflict = "{self{" + String(repeating: "name ", count: 14_000) + "name:id}}"
        let refused = try await answer(conflict)
        #expect(refused.code == "GRAPHQL_VALIDATION_FAILED" && refused.json.count < 20_000)
    }

    @Test func `fragments that fan out in two up to the limit of depth`() async throws {
        let fan = many(15) { "fragment F\($0) on Query{self{...F\($0 + 1)}other{...F\($0 + 1)}}" }
        let answer = try await answer("{...F0}\(fan)fragment F15 on Query{name}")
        #expect(answer.code == "QUERY_TOO_COMPLEX" || answer.errors.isEmpty && answer.json.count < 10 << 20)
    }

    @Test func `introspection many times over is paid for once each`() async throws {
        let types = "types{name fields{name args{name type{name ofType{name}}}type{name ofType{name}}}}"
        let answer = try await answer("{" + many(50) { "a\($0):__schema{\(types)}" } + "}")
        #expect(answer.code == "QUERY_TOO_COMPLEX" || answer.json.count < 10 << 20)
    }

    @Test func `without suggestions a typo tells no name of the schema`() async throws {
        let preparer = Target.preparer { $0.validation.suggests = false }
        for document in [
            "{ secretNam }", "{ search(inn: 1) }", "{ search(in: { secretFiel: 1 }) }",
            "{ search(in: { kind: SECRET_KIN }) }",
            "{ ... on Quer { name } }", "query($a: Filte) { search(in: $a) }", "{ name @ta }",
            "{ node { secretName } }",
        ] {
            let failure = #expect(throws: RequestErrors.self) {
                try preparer.prepare(OperationRequest(query: Array(document.utf8)))
            }
            for error in failure?.errors ?? [] {
                #expect(!error.message.contains("Did you mean"))
                for secret in ["secretName'?", "secretField", "SECRET_KIND", "Leaf"] {
                    #expect(!error.message.contains(secret))
                }
            }
        }
        var server = try Target.Server()
        server.executable = try Target.executable { $0.suggests = false }
        for variables in [#"{"f":{"secretFiel":1}}"#, #"{"f":{"kind":"SECRET_KIN"}}"#] {
            let answer = await server.answer("query($f:Filter){search(in:$f)}", variables: Array(variables.utf8))
            #expect(answer.isRequestError && !answer.text.contains("Did you mean"))
            #expect(!answer.text.contains("secretField") && !answer.text.contains("SECRET_KIND"))
        }
    }

    /// Known as apollo-server #8013 (wrong documents push out the good ones) and #7639 (a memory full of documents).
    @Test func `floods of documents keep to the bytes of their caches`() async throws {
        let preparer = Target.preparer { options in
            options.cacheBytes = 4 << 20
            options.failureCacheBytes = 1 << 20
            options.persistedQueryBytes = 1 << 20
        }
        let good = OperationRequest(query: Array("{ name }".utf8))
        let first = try preparer.prepare(good)
        let long = String(filling: 20_000, with: "x")
        let (_, spent) = await Spent.measured {
            for number in 0..<200 {
                _ = try? preparer.prepare(OperationRequest(query: Array("{ \(long)\(number) }".utf8)))
            }
        }
        #expect(try preparer.prepare(good) === first)
        #expect(spent.cpu < 2 * Spent.maxCPU && spent.memory < 32 << 20)
    }

    @Test func `a prepared document weighs about what it is counted for`() async throws {
        let server = try Target.Server()
        // As many plans as a document can have: of operations, and of values that conditions read.
        let fields = many(90) { "a\($0):self{self{name id self{id}}other{id name}}" }
        let operations = many(6) {
            "query Q\($0)($a:Boolean!,$b:Boolean!,$c:Boolean!){self{name@skip(if:$a)id@skip(if:$b)other@skip(if:$c){id}...F}}"
        }
        let text = "\(operations) fragment F on Query{\(fields)}"
        let (documents, spent) = await Spent.measured {
            var documents: [PreparedDocument] = []
            for number in 0..<4 {
                guard
                    let document = try? server.preparer.prepare(
                        OperationRequest(query: Array("\(text)#\(number)".utf8))
                    )
                else { continue }
                documents.append(document)
                for operation in 0..<6 {
                    guard let plan = try? document.plan(operationName: "Q\(operation)", on: server.executable) else {
                        continue
                    }
                    for bits in 0..<8 {
                        let variables: Value.Object = [
                            "a": .boolean(bits & 1 > 0), "b": .boolean(bits & 2 > 0), "c": .boolean(bits & 4 > 0),
                        ]
                        _ = await plan.execute(variables: variables, root: Target.Item())
                    }
                }
            }
            return documents
        }
        #expect(documents.count == 4)
        #expect(spent.memory < 2 * server.preparer.statistics.bytes + (8 << 20))
    }
}

extension Target.Answer {
    /// Whether there is no data.
    var isRequestError: Bool { !errors.isEmpty && !text.contains("\"data\":") }
}
