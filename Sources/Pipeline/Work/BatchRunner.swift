internal import Foundation

/// Works through many inputs, a fixed number at a time, in a structured task group.
public struct BatchRunner: Sendable {
    /// Cores that this process may use, at least 1.
    public static let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// How many inputs are worked on at once, at least 1.
    public let inFlight: Int

    /// Makes a runner.
    public init(inFlight: Int) { self.inFlight = max(1, inFlight) }

    /// Runs `work` on each input.
    ///
    /// One failing input is a value of `Output`, never an error, so that it cannot cancel its siblings.
    ///
    /// - Parameters:
    ///   - inputs: What to work on.
    ///   - work: Runs on the shared pool; must not block it.
    ///   - onFinish: Called once for each output, in order of completion, never twice at a time.
    /// - Returns: One output for each input, in the order of `inputs`.
    public func run<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        work: @escaping @Sendable (Input) async -> Output,
        onFinish: (Output) -> Void
    ) async -> [Output] {
        await withTaskGroup(of: (index: Int, output: Output).self) { group in
            var outputs = [Output?](repeating: nil, count: inputs.count)
            var next = 0
            func start() {
                guard next < inputs.count else { return }
                let (index, input) = (next, inputs[next])
                next += 1
                group.addTask { (index, await work(input)) }
            }
            for _ in 0..<inFlight { start() }
            for await (index, output) in group {
                outputs[index] = output
                onFinish(output)
                start()
            }
            return outputs.compactMap { $0 }
        }
    }
}
