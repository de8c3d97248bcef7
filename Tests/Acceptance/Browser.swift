import Foundation
import Synchronization

/// Headless Chromium, told what to do over its DevTools protocol.
///
/// Its calls block: they are made on a thread of their own, see ``use(_:)``. Each waits for an answer until a deadline.
final class Browser {
    /// Where Chromium is, if it is there.
    static let program = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
        "\($0)/chromium"
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What the page complained about so far: errors and warnings of scripts, of the network and of the content policy.
    private(set) var complaints: [String] = []

    private let process = Process()
    private let commands = Pipe()
    private let answers = Pipe()
    private let profile: Workspace
    private var unread = Data()
    private var lastCommand = 0
    private var session: String?

    private static let patience = 30.0

    /// Starts a browser with one empty page, and ends it after `body`.
    ///
    /// - Parameter body: Runs on a thread of its own.
    /// - Throws: What `body` throws; ``Failure`` where the browser does not start.
    static func use(_ body: @escaping @Sendable (Browser) throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread {
                continuation.resume(
                    with: Result {
                        let browser = try Browser()
                        defer { browser.stop() }
                        try body(browser)
                    }
                )
            }.start()
        }
    }

    private init() throws {
        guard let program = Self.program else { throw Failure(description: "there is no chromium") }
        profile = try Workspace()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            // Chromium reads commands from descriptor 3 and writes answers to 4, which `Process` cannot pass.
            "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", program,
            // Chromium's own sandbox refuses to run as root, which is who runs tests in a container.
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-pipe", "--window-size=1440,900", "--user-data-dir=\(profile.url.path)", "about:blank",
        ]
        process.standardInput = commands
        process.standardOutput = answers
        try process.start()
        let targets = try call("Target.getTargets")["targetInfos"] as? [[String: Any]]
        guard let page = targets?.first(where: { $0["type"] as? String == "page" })?["targetId"] as? String else {
            throw Failure(description: "the browser has no page")
        }
        session = try call("Target.attachToTarget", ["targetId": page, "flatten": true])["sessionId"] as? String
        for domain in ["Page", "Runtime", "Log", "Audits"] { _ = try call("\(domain).enable") }
    }

    private func stop() {
        _ = try? call("Browser.close")
        process.terminate()
        if !process.ends(within: Self.patience) { kill(-process.processIdentifier, SIGKILL) }
    }

    // MARK: - The page

    /// Sends these fields with every request from now on, as a proxy before the server would add them.
    func send(_ fields: [String: String]) throws {
        _ = try call("Network.enable")
        _ = try call("Network.setExtraHTTPHeaders", ["headers": fields])
    }

    /// Does something that is asynchronous, on the thread of ``use(_:)``.
    func await<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws -> Result {
        let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task {
            let found: Swift.Result<Result, any Error>
            do { found = .success(try await work()) } catch { found = .failure(error) }
            outcome.withLock { $0 = found }
            done.signal()
        }
        done.wait()
        guard let found = outcome.withLock({ $0 }) else { throw Failure(description: "nothing came of it") }
        return try found.get()
    }

    /// Opens a page; what is on it later is waited for.
    func open(_ url: URL) throws { _ = try call("Page.navigate", ["url": url.absoluteString]) }

    /// Evaluates JavaScript, and waits for a promise that it gives.
    ///
    /// - Returns: A value of JSON; nil for undefined.
    /// - Throws: ``Failure`` with what the script threw.
    @discardableResult func evaluate(_ script: String) throws -> Any? {
        let answer = try call(
            "Runtime.evaluate",
            ["expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true]
        )
        if let problem = answer["exceptionDetails"] { throw Failure(description: "\(script): \(problem)") }
        return (answer["result"] as? [String: Any])?["value"]
    }

    /// Looks at every frame that is drawn whether `condition` holds, until it does.
    ///
    /// - Parameter condition: JavaScript; that it throws counts as false.
    /// - Throws: ``Failure`` after the deadline.
    func wait(until condition: String) throws {
        let holds = try evaluate(
            """
            new Promise((resolve) => {
              const deadline = performance.now() + \(Self.patience / 2 * 1000);
              const look = () => {
                let holds = false;
                try { holds = Boolean(\(condition)); } catch {}
                if (holds || performance.now() > deadline) resolve(holds); else requestAnimationFrame(look);
              };
              look();
            })
            """
        )
        guard holds as? Bool == true else {
            let shown = try evaluate("document.body.innerText") ?? ""
            throw Failure(description: "not so after \(Self.patience / 2) s: \(condition)\nThe page says: \(shown)")
        }
    }

    /// Presses and lets go of a key, as on a keyboard.
    ///
    /// - Parameters:
    ///   - key: As DOM events name it, such as `Enter`.
    ///   - code: Of the key, as in Windows.
    ///   - control: Whether Ctrl is held.
    /// - Throws: ``Failure`` where the browser does not answer.
    func press(_ key: String, code: Int, control: Bool = false) throws {
        for type in ["rawKeyDown", "keyUp"] {
            let event: [String: Any] = [
                "type": type, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": control ? 2 : 0,
            ]
            _ = try call("Input.dispatchKeyEvent", event)
        }
    }

    /// Puts text where the focus is, as pasting does.
    func insert(_ text: String) throws { _ = try call("Input.insertText", ["text": text]) }

    // MARK: - The protocol: JSON texts, each ended by NUL

    private func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        lastCommand += 1
        var command: [String: Any] = ["id": lastCommand, "method": method, "params": parameters]
        if let session { command["sessionId"] = session }
        try commands.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: command) + [0])
        let deadline = Date().addingTimeInterval(Self.patience)
        while true {
            let message = try read(until: deadline, method)
            guard message["id"] as? Int == lastCommand else {
                note(message)
                continue
            }
            if let problem = message["error"] { throw Failure(description: "\(method): \(problem)") }
            return message["result"] as? [String: Any] ?? [:]
        }
    }

    private func read(until deadline: Date, _ method: String) throws -> [String: Any] {
        let handle = answers.fileHandleForReading
        while true {
            if let end = unread.firstIndex(of: 0) {
                let text = unread[..<end]
                unread = Data(unread[(end + 1)...])
                return try JSONSerialization.jsonObject(with: text) as? [String: Any] ?? [:]
            }
            var ready = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
            guard unsafe poll(&ready, 1, milliseconds) > 0 else {
                throw Failure(description: "\(method): no answer in time")
            }
            let more = handle.availableData
            guard !more.isEmpty else { throw Failure(description: "\(method): the browser has ended") }
            unread += more
        }
    }

    private func note(_ event: [String: Any]) {
        let parameters = event["params"] as? [String: Any] ?? [:]
        switch event["method"] as? String {
        case "Log.entryAdded":
            let entry = parameters["entry"] as? [String: Any] ?? [:]
            guard ["error", "warning"].contains(entry["level"] as? String) else { return }
            complaints.append("\(entry["source"] ?? ""): \(entry["text"] ?? "") \(entry["url"] ?? "")")
        case "Runtime.consoleAPICalled":
            guard ["error", "warning", "assert"].contains(parameters["type"] as? String) else { return }
            complaints.append("console: \(parameters["args"] ?? "")")
        case "Runtime.exceptionThrown":
            complaints.append("exception: \(parameters["exceptionDetails"] ?? "")")
        case "Audits.issueAdded":
            let issue = parameters["issue"] as? [String: Any] ?? [:]
            if issue["code"] as? String == "ContentSecurityPolicyIssue" { complaints.append("policy: \(issue)") }
        default: return
        }
    }
}
