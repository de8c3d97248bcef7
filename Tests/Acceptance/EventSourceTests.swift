import Foundation
import Testing

/// A browser's own `EventSource` follows a job.
@Suite(.enabled(if: Browser.program != nil, "there is no chromium"))
struct EventSourceTests {
    @Test func `an EventSource comes again by itself, goes on where it was, and misses no final state`() async throws {
        let settings = try RunningServer.ownDatabase()
        // Changes what the page shows while its own server is gone.
        let other = try await RunningServer.start(settings)
        let frontend = try await Frontend(other)
        let job = try await frontend.createJob()
        let token = try #require(frontend.client.token)
        let first = Kept(try await RunningServer.start(settings))
        let port = try #require(first.server.url.port)
        try await Browser.use { browser in
            @Sendable func rename(_ title: String) async throws {
                let answer = try await frontend.client.ask(
                    "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }",
                    ["id": job, "title": title]
                )
                #expect(answer.errors.isEmpty)
            }
            func end(_ kept: Kept) throws {
                kill(kept.server.processIdentifier, SIGKILL)
                try browser.wait(until: "source.readyState === EventSource.CONNECTING")
            }
            // An EventSource sends no `Authorization` by itself: something before the server has to add it.
            try browser.send(["Authorization": "Bearer \(token)"])
            try browser.open(first.server.url.appendingPathComponent("healthz"))
            try browser.wait(until: "document.body.innerText.includes('ok')")
            try browser.evaluate(
                """
                var titles = [], opened = 0;
                var source = new EventSource("/graphql?" + new URLSearchParams({
                  query: "subscription($id: ID!) { jobChanged(id: $id) { title } }",
                  variables: JSON.stringify({id: "\(job)"}),
                }));
                source.addEventListener("open", () => opened += 1);
                source.addEventListener("next", (event) => titles.push(JSON.parse(event.data).data.jobChanged.title));
                undefined
                """
            )
            func sees(_ titles: String...) throws {
                let list = titles.map { "'\($0)'" }.joined(separator: ", ")
                try browser.wait(until: "String(titles) === String([\(list)])")
            }
            try sees("Backend Engineer")
            try browser.await { try await rename("Cook") }
            try sees("Backend Engineer", "Cook")

            // Killed and started again: it comes again with the place of the last event, and is told nothing twice.
            try end(first)
            let second = try browser.await { Kept(try await RunningServer.start(settings, port: port)) }
            try browser.wait(until: "opened === 2")
            try browser.await { try await rename("Baker") }
            try sees("Backend Engineer", "Cook", "Baker")

            // What changes while its server is gone is told when there is one again: the last state of it.
            try end(second)
            try browser.await {
                try await rename("Chef")
                try await rename("Chef de cuisine")
            }
            let third = try browser.await { Kept(try await RunningServer.start(settings, port: port)) }
            try sees("Backend Engineer", "Cook", "Baker", "Chef de cuisine")
            #expect(try browser.evaluate("opened") as? Int == 3)
            withExtendedLifetime(third) {}
        }
        withExtendedLifetime(other) {}
    }

    /// `@unchecked Sendable`: used by one thread after the other.
    private struct Kept: @unchecked Sendable {
        let server: RunningServer

        init(_ server: RunningServer) { self.server = server }
    }
}
