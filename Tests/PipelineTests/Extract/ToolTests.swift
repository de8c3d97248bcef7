import Testing

@testable import Pipeline

struct ToolTests {
    private let shell = Tool("sh", package: "dash")

    @Test func `a run gives what the program printed, its complaint and its status`() async throws {
        let outcome = try await shell.run(["-c", "cat; echo oh no >&2; exit 3"], input: Array("hello".utf8))
        #expect(outcome.output == Array("hello".utf8))
        #expect(outcome.complaint == "oh no\n")
        #expect(outcome.status == 3 && !outcome.succeeded)
    }

    @Test func `without input the program reads an empty one`() async throws {
        let outcome = try await shell.run(["-c", "cat; echo end"])
        #expect(outcome.output == Array("end\n".utf8) && outcome.succeeded)
    }

    @Test func `a program that is not installed is named with its package`() async {
        let failure = Tool.Failure.missing(program: "no-such-program-here", package: "nowhere-utils")
        await #expect(throws: failure) {
            try await Tool("no-such-program-here", package: "nowhere-utils").run([])
        }
        #expect(failure.pipelineError.message.contains("nowhere-utils"))
    }

    @Test func `a run past its deadline is killed with its children`() async {
        let clock = ContinuousClock()
        let start = clock.now
        await #expect(throws: Tool.Failure.timedOut(program: "sh")) {
            try await shell.run(["-c", "sleep 900 & sleep 900; echo never"], deadline: .milliseconds(100))
        }
        #expect(start.duration(to: clock.now) < .seconds(600))
    }

    @Test func `output past the limit is refused`() async {
        await #expect(throws: Tool.Failure.tooMuchOutput(program: "sh")) {
            try await shell.run(["-c", "while :; do echo more and more and more; done"], outputLimit: 10_000)
        }
    }

    @Test func `only the end of a long complaint is kept`() async throws {
        let outcome = try await shell.run(
            ["-c", "i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done"])
        #expect(outcome.complaint.utf8.count <= Tool.complaintBytes)
        #expect(outcome.complaint.hasSuffix("line 4999\n"))
    }
}
