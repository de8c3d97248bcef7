import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What a page shows, in JavaScript.
private enum Shown {
    static let query = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.getValue()"
    static let variables = "document.querySelector('.graphiql-editor-tool .CodeMirror').CodeMirror.getValue()"
    static let answer = "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()"
    static let identity = "document.getElementById('identity').textContent"
    static let tabs = "document.querySelectorAll('.graphiql-tab').length"
    /// The editors are there, and introspection has been answered.
    static let isReady = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.options.lint.schema"
}

@Suite(
    .enabled(if: Browser.program != nil, "there is no chromium"),
    .enabled(
        if: FileManager.default.fileExists(
            atPath: Program.package.appendingPathComponent(".local/explorer/graphiql.min.js").path
        ),
        "the explorer is not installed"
    )
)
struct ExplorerTests {
    /// Opens the explorer with a server of its own, and expects no complaint of the browser in the end.
    private func explore(
        _ body: @escaping @Sendable (Browser, _ token: String) throws -> Void
    ) async throws {
        let server = try await RunningServer.start()
        let token = try await server.token("anna@example.com")
        let url = server.url.appendingPathComponent("graphql")
        try await Browser.use { browser in
            try browser.open(url)
            try browser.wait(until: Shown.isReady)
            try body(browser, token)
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test func `a recruiter signs in and runs a query, by the button and by the keyboard`() async throws {
        try await explore { browser, token in
            try browser.wait(until: "\(Shown.identity).includes('shortlist token --email')")

            // As the command prints it.
            try browser.evaluate("document.querySelector('label[for=token]').click()")
            try browser.insert("{\"accessToken\":\"\(token)\",\"expiresAt\":\"2026-11-23T09:15:02.123Z\"}")
            try browser.wait(until: "\(Shown.identity) === 'Signed in as anna@example.com.'")
            #expect(try browser.evaluate("document.getElementById('token').value") as? String == token)
            #expect(try browser.evaluate("sessionStorage.getItem('shortlist.token')") as? String == token)
            #expect(try browser.evaluate("localStorage.length + document.cookie.length") as? Int == 0)

            try browser.evaluate("document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.focus()")
            try browser.press("a", code: 65, control: true)
            try browser.insert("{ viewer { email } }")
            try browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
            try browser.wait(until: "JSON.parse(\(Shown.answer)).data.viewer.email === 'anna@example.com'")

            try browser.evaluate("document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.focus()")
            try browser.press("a", code: 65, control: true)
            try browser.insert("{ jobs { totalCount } }")
            try browser.press("Enter", code: 13, control: true)
            try browser.wait(until: "JSON.parse(\(Shown.answer)).data.jobs.totalCount === 0")
        }
    }

    @Test func `a token that signs nobody in is told, and one that is taken away is forgotten`() async throws {
        try await explore { browser, token in
            try browser.evaluate("document.getElementById('token').focus()")
            try browser.insert("Bearer x.y.z")
            try browser.wait(until: "\(Shown.identity).includes('signs nobody in')")
            try browser.press("a", code: 65, control: true)
            try browser.insert(token)
            try browser.wait(until: "\(Shown.identity) === 'Signed in as anna@example.com.'")
            try browser.press("a", code: 65, control: true)
            try browser.press("Backspace", code: 8)
            try browser.wait(until: "\(Shown.identity).includes('Not signed in')")
            #expect(try browser.evaluate("sessionStorage.getItem('shortlist.token')") is NSNull)
        }
    }

    @Test func `the schema is shown, by introspection`() async throws {
        try await explore { browser, _ in
            try browser.evaluate("document.querySelector('[aria-label=\"Show Documentation Explorer\"]').click()")
            try browser.wait(
                until: "[...document.querySelectorAll('.graphiql-doc-explorer a')].some((a) => a.textContent === 'Job')"
            )
            try browser.evaluate(
                "[...document.querySelectorAll('.graphiql-doc-explorer a')].find((a) => a.textContent === 'Job').click()"
            )
            try browser.wait(
                until: "document.querySelector('.graphiql-doc-explorer').innerText.includes('The ranked table.')"
            )
        }
    }

    @Test func `an example fills the editors and runs, and leaves alone what somebody wrote`() async throws {
        try await explore { browser, token in
            func choose(_ title: String) throws {
                try browser.evaluate(
                    """
                    { const field = document.getElementById("example");
                      field.value = [...field.options].find((option) => option.text === "\(title)").value;
                      field.dispatchEvent(new Event("change")); }
                    """
                )
            }
            try browser.evaluate("document.getElementById('token').focus()")
            try browser.insert(token)

            try choose("Create a job")
            try browser.wait(until: "\(Shown.query).startsWith('mutation CreateJob(')")
            #expect(try browser.evaluate("JSON.parse(\(Shown.variables)).input.title") as? String == "Backend Engineer")
            try browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
            try browser.wait(until: "JSON.parse(\(Shown.answer)).data.createJob.job.revision === 1")

            try choose("List my jobs")
            try browser.wait(until: "\(Shown.query).startsWith('query Jobs(')")
            #expect(try browser.evaluate(Shown.tabs) as? Int == 0)
            try browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
            try browser.wait(until: "JSON.parse(\(Shown.answer)).data.jobs.nodes[0].title === 'Backend Engineer'")

            try browser.evaluate(
                "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue('{ viewer { name } }')"
            )
            #expect(try browser.evaluate("document.getElementById('example').value") as? String == "")
            try choose("A batch's progress")
            try browser.wait(until: "\(Shown.query).startsWith('query BatchProgress(')")
            #expect(try browser.evaluate(Shown.tabs) as? Int == 2)
            try browser.evaluate("document.getElementById('graphiql-session-tab-0').click()")
            try browser.wait(until: "\(Shown.query) === '{ viewer { name } }'")
        }
    }

    @Test func `the keyboard reaches everything, and controls have names`() async throws {
        try await explore { browser, _ in
            let nameless = """
                [...document.querySelectorAll("button, select, a, input, header input")]
                  .filter((element) => element.offsetParent && !element.closest(".CodeMirror"))
                  .filter((element) => !(element.getAttribute("aria-label") || element.textContent.trim()
                    || element.labels?.length))
                  .map((element) => element.outerHTML)
                """
            #expect(try browser.evaluate(nameless) as? [String] == [])
            // Through the header, the side bar and the editors, to the end and around.
            var reached: Set<String> = []
            for _ in 0..<60 {
                try browser.press("Tab", code: 9)
                let place = """
                    (() => { const e = document.activeElement;
                      return e.id || e.getAttribute("aria-label")
                        || e.closest(".graphiql-query-editor, .graphiql-editor-tool, .result-window")?.className || ""; })()
                    """
                reached.insert(try browser.evaluate(place) as? String ?? "")
            }
            for place in [
                "example", "token", "Show Documentation Explorer", "graphiql-query-editor", "graphiql-editor-tool",
                "result-window", "Open settings dialog",
            ] {
                #expect(reached.contains(place), "\(place) of \(reached)")
            }
        }
    }

    @Test(arguments: ["Open settings dialog", "Open short keys dialog"])
    func `a dialog opens within the content policy`(dialog: String) async throws {
        try await explore { browser, _ in
            try browser.evaluate("document.querySelector('[aria-label=\"\(dialog)\"]').click()")
            try browser.wait(until: "document.querySelector('.graphiql-dialog-header')")
        }
    }

    @Test func `the content policy is in force, and the browser tells of what it refuses`() async throws {
        let server = try await RunningServer.start()
        let url = server.url.appendingPathComponent("graphql")
        try await Browser.use { browser in
            try browser.open(url)
            try browser.wait(until: Shown.isReady)
            try browser.evaluate(
                """
                { const script = document.createElement("script");
                  script.textContent = "window.intruder = true";
                  document.head.append(script); }
                """
            )
            #expect(try browser.evaluate("window.intruder === undefined") as? Bool == true)
            #expect(browser.complaints.contains { $0.contains("Content Security Policy") })
        }
    }

    @Test func `the front page says where things are, and leads to the explorer`() async throws {
        let server = try await RunningServer.start()
        let url = server.url
        try await Browser.use { browser in
            try browser.open(url)
            try browser.wait(until: "document.querySelector('h1').innerText.trim() === 'Shortlist'")
            let links = try browser.evaluate("[...document.links].map((link) => link.getAttribute('href'))")
            #expect(links as? [String] == ["graphql", "schema.graphql", "healthz", "readyz", "metrics"])
            #expect(
                try browser.evaluate("document.body.innerText.includes('shortlist token --email')") as? Bool == true
            )
            // Its looks come from another file, later.
            try browser.wait(until: "getComputedStyle(document.querySelector('ul')).listStyleType === 'none'")
            let explorer = try browser.evaluate("document.querySelector('a[href=graphql]').href") as? String
            try browser.open(try #require(explorer.flatMap(URL.init)))
            try browser.wait(until: Shown.isReady)
            #expect(browser.complaints.isEmpty)
        }
        let (text, _) = try await URLSession.shared.data(from: url)
        #expect(String(decoding: text, as: UTF8.self).hasPrefix("Shortlist\n"))
    }
}
