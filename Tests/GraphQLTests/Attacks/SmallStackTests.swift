import Foundation
import Testing

@testable import GraphQL

/// What nests as deep as it may, on threads with small stacks, as pools and servers use them.
///
/// An overflow cannot be caught: it ends the process, and this suite with it.
@Suite(.serialized) struct SmallStackTests {
    /// Runs each job on a new thread with a stack of 512 KiB.
    final class SmallStack: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            let thread = Thread { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
            thread.stackSize = 512 << 10
            thread.start()
        }
    }

    static let executor = SmallStack()

    private static func nested(_ levels: Int, _ open: String, _ inside: String, _ close: String) -> String {
        String(repeating: open, count: levels) + inside + String(repeating: close, count: levels)
    }

    private func answer(_ document: String, variables: String = "{}") async throws -> Target.Answer {
        let server = try Target.Server { _ in }
        return await Task(executorPreference: Self.executor) {
            await server.answer(document, variables: Array(variables.utf8))
        }.value
    }

    @Test func `documents may be as deep as is allowed`() async throws {
        let deep = [
            Self.nested(99, "{self", "{name}", "}"), Self.nested(99, "{...on Query", "{name}", "}"),
            Self.nested(99, "{...@include(if:true)", "{name}", "}"),
            "{node" + Self.nested(49, "{self{...on Node", "{name}", "}}") + "}",
            "{search(any:" + Self.nested(99, "[", "1", "]") + ")}",
            "{search(any:" + Self.nested(99, "{a:", "1", "}") + ")}",
            "{search(in:" + Self.nested(99, "{not:", "null", "}") + ")}",
            "{search(in:{and:" + Self.nested(49, "[{and:", "null", "}]") + "})}",
            "{search(deep:" + Self.nested(99, "[", "1", "]") + ")}", "{search(deep:1)}",
            "query($a:" + Self.nested(100, "[", "Int", "]") + "){name}",
            "query($a:\(Target.open)Int\(Target.close)){search(deep:$a)}",
            "query($a:Any=" + Self.nested(50, "[{a:", "1", "}]") + "){search(any:$a)}",
            "{name@tag(with:" + Self.nested(99, "[", "1", "]") + ")}",
        ]
        for document in deep {
            let answer = try await answer(document)
            #expect(answer.text.hasPrefix("{"))
            #expect(answer.code == nil || answer.code == "GRAPHQL_VALIDATION_FAILED", "\(document)")
        }
    }

    @Test func `a hundred levels of objects are answered`() async throws {
        let answer = try await answer(Self.nested(99, "{self", "{name}", "}"))
        #expect(answer.errors.isEmpty)
        #expect(answer.text == "{\"data\":" + Self.nested(99, "{\"self\":", "{\"name\":\"n\"}", "}") + "}")
    }

    /// Fragments put what they select at other places: the levels add up.
    @Test(arguments: ["name", "name:id", "...F0", "search(any:1) search(any:2)"])
    func `deep fragments in each other overflow nothing`(end: String) async throws {
        for (open, close) in [("{self", "}"), ("{node{...on Query", "}}"), ("{...on Node", "}")] {
            let fragments = many(50) {
                "fragment F\($0) on Query" + Self.nested(45, open, "{name ...F\($0 + 1)}", close)
            }
            let document = "{self{...F0} self{...F0} self{...F25}}\(fragments)fragment F50 on Query{name \(end)}"
            let answer = try await answer(document)
            #expect(answer.text.hasPrefix("{"))
            if open == "{self" { #expect(!answer.errors.isEmpty) }
        }
    }

    @Test func `variables may be as deep as is allowed`() async throws {
        let types = ["Any", "Filter", "Int", "\(Target.open)Int\(Target.close)", "Kind", "[[Filter]]"]
        for type in types {
            for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"not\":", "}"), ("{\"and\":", "}")] {
                let variables = "{\"a\":" + Self.nested(99, open, "null", close) + "}"
                let answer = try await answer("query($a:\(type)){search(any:[$a])other{name}}", variables: variables)
                #expect(answer.text.hasPrefix("{"))
            }
        }
    }

    @Test func `deep documents are printed`() async throws {
        let documents = [
            Self.nested(99, "{a", "{b}", "}"), "{a(b:" + Self.nested(99, "[", "1", "]") + ")}",
            "{a(b:" + Self.nested(99, "{a:", "1", "}") + ")}", "query($a:" + Self.nested(100, "[", "A", "]") + "){a}",
        ]
        for text in documents {
            let same = try await Task(executorPreference: Self.executor) {
                let document = try parse(Source(text))
                return try parse(Source(document.printed)).printed == document.printed
            }.value
            #expect(same)
        }
    }

    /// Pairs of fields that conflict at the end of a long chain of fragments.
    @Test func `conflicts below long chains of fragments are told`() async throws {
        for links in [30, 99, 100, 150, 400, 2_000] {
            let chain = ["F", "G"].map { name in
                many(links) { "fragment \(name)\($0) on Query{self{...\(name)\($0 + 1)}}" }
            }
            let ends = "fragment F\(links) on Query{name} fragment G\(links) on Query{name:id}"
            let document = try parse(Source("{...F0 ...G0}\(chain[0])\(chain[1])\(ends)"), limits: .unlimited)
            let errors = await Task(executorPreference: Self.executor) {
                validate(document, against: Target.schema)
            }.value
            #expect(errors.count == 1)
            let name = links == 30 ? "self" : "name"
            #expect(errors.first?.message.hasPrefix("Fields '\(name)' conflict because") == true)
        }
    }

    @Test func `a deep schema is refused or built`() async throws {
        let chain = many(5_000) { "type T\($0) { next: T\($0 + 1) } input I\($0) { next: I\($0 + 1) }" }
        let text = "type Query { t(i: I0): T0 } \(chain) type T5000 { a: Int } input I5000 { a: Int }"
        let types = try await Task(executorPreference: Self.executor) {
            try GraphQLSchema.build(from: Source(text)).types.count
        }.value
        #expect(types > 10_000)
    }
}
