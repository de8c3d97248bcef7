import Foundation
import GraphQL

/// Runs what `compare.py` asks for, and says how much of the processor it took.
///
/// Reads a command a line: `WHAT FILE ITERATIONS`, with WHAT one of parse, validate, parse+validate and execute. Answers with
/// one line of JSON: `cpu` in seconds for all iterations, `allocations` and `bytes` where they are counted, and `check`, by
/// which the peers' results are compared. The first argument is the schema's file.
@main struct GraphQLBench {
    static func main() async throws {
        Allocations.keepMemory()
        let schema = try GraphQLSchema.build(from: source(CommandLine.arguments[1]))
        let executable = try Workloads.executable()
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let text = try source(words[1])
            let iterations = Int(words[2]) ?? 1
            let result = try await run(words[0], text, iterations, schema, executable)
            // Unbuffered: the other side waits for this line.
            FileHandle.standardOutput.write(Data((result + "\n").utf8))
        }
    }

    private static func source(_ path: String) throws -> Source {
        Source(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))), name: path)
    }

    private static func run(
        _ what: String,
        _ text: Source,
        _ iterations: Int,
        _ schema: GraphQLSchema,
        _ executable: ExecutableSchema
    ) async throws -> String {
        var limits = DocumentLimits.unlimited
        limits.maxDepth = 200
        let document = try parse(text, limits: limits)
        var check = ""
        var body: () async throws -> Void
        switch what {
        case "parse":
            check = "\(document.definitions.count)"
            body = { _ = try parse(text, limits: limits) }
        case "validate":
            check = "\(validate(document, against: schema).count)"
            body = { _ = validate(document, against: schema) }
        case "parse+validate":
            check = "\(validate(document, against: schema).count)"
            body = { _ = validate(try parse(text, limits: limits), against: schema) }
        default:
            let plan = try OperationPlan(document, on: executable)
            check = String(decoding: await plan.execute().json, as: UTF8.self)
            body = {
                var buffer = ResponseBuffer(capacity: 1024)
                await plan.execute().write(into: &buffer)
            }
        }
        try await body()
        let allocated = Allocations.now()
        let start = processorSeconds()
        for _ in 0..<iterations { try await body() }
        let seconds = processorSeconds() - start
        let after = Allocations.now()
        let answer: Value = .object([
            "cpu": .float(seconds),
            "allocations": .int(after.count - allocated.count),
            "bytes": .int(after.bytes - allocated.bytes),
            "check": .string(check),
        ])
        var buffer = ResponseBuffer()
        buffer.write(value: answer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// Of the whole process, all threads.
    private static func processorSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The C library's allocator.
enum Allocations {
    /// Keeps freed memory for the next answer, as a server does that is made for speed.
    ///
    /// By default the pages of every larger answer go back to the kernel, and come again, cleared, for the next one: a
    /// quarter of the time that such an answer takes.
    static func keepMemory() {
        guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
        let mallopt = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
        let (trimThreshold, mmapThreshold): (Int32, Int32) = (-1, -3)  // of malloc.h, which no module of Swift's has
        _ = mallopt(mmapThreshold, 64 << 20)
        _ = mallopt(trimThreshold, 256 << 20)
    }

    /// What `allocations.c` has counted; nothing where it is not loaded.
    static func now() -> (count: Int, bytes: Int) {
        guard let count = counter("allocation_count"), let bytes = counter("allocation_bytes") else { return (0, 0) }
        return (count(), bytes())
    }

    private static func counter(_ name: String) -> (@convention(c) () -> Int)? {
        guard let symbol = unsafe dlsym(nil, name) else { return nil }
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int).self)
    }
}
