import Foundation
import Testing

/// What something took: CPU time of the whole process, and how far its memory grew at the most.
///
/// Tests that look at it run one after another, or they would measure each other.
struct Spent {
    /// In seconds.
    let cpu: Double
    /// In bytes, above what the process held before.
    let memory: Int

    /// Does `work` and measures it.
    static func measured<Result>(_ work: () async throws -> Result) async rethrows -> (result: Result, spent: Spent) {
        resetPeak()
        let memory = status("VmRSS:")
        let start = now
        let result = try await work()
        let cpu = now - start
        return (result, Spent(cpu: cpu, memory: max(0, status("VmHWM:") - memory)))
    }

    /// The process's CPU time so far, in seconds.
    static var now: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Lets the kernel forget the peak; where it may not be told to, the peak of the whole run stands, which is more.
    private static func resetPeak() {
        try? FileHandle(forWritingAtPath: "/proc/self/clear_refs")?.write(contentsOf: Data("5".utf8))
    }

    /// A line of the process's status, in bytes.
    private static func status(_ name: String) -> Int {
        let bytes = try? FileHandle(forReadingAtPath: "/proc/self/status")?.readToEnd()
        let line = String(decoding: bytes ?? Data(), as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first).flatMap { Int($0) }.map { $0 << 10 } ?? 0
    }

    /// Some twenty times what the dearest attack takes in a debug build.
    static let maxCPU = 10.0
    /// What one request may need at the most.
    static let maxMemory = 256 << 20
}

extension Spent {
    /// Expects that work on four times the input takes about four times as long, not sixteen times.
    ///
    /// - Parameters:
    ///   - size: Of the smaller input.
    ///   - input: Made before the clock runs.
    ///   - sourceLocation: Of the test.
    ///   - work: Is done on inputs of both sizes.
    /// - Throws: What `input` and `work` throw.
    static func expectLinear<Input>(
        _ size: Int,
        input: (Int) throws -> Input,
        sourceLocation: Testing.SourceLocation = #_sourceLocation,
        work: (Input) async throws -> Void
    ) async throws {
        let (small, large) = (try input(size), try input(4 * size))
        var ratios: [Double] = []
        // Noise is over after some time; what grows too fast does so each time.
        for _ in 0..<3 {
            let first = try await measured { try await work(small) }.spent
            let second = try await measured { try await work(large) }.spent
            #expect(second.memory < maxMemory, sourceLocation: sourceLocation)
            // Ten milliseconds are nothing to judge by.
            ratios.append(second.cpu / max(first.cpu, 0.01))
            if let last = ratios.last, last <= 8 { return }
        }
        Issue.record("four times the input took \(ratios) times the CPU time", sourceLocation: sourceLocation)
    }
}
