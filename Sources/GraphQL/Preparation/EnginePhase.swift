/// What the engine does with a request, one after the other.
public enum EnginePhase: String, CaseIterable, Sendable {
    /// Text to document; only for texts that are not remembered.
    case parse
    /// Measures and rules; only for texts that are not remembered.
    case validate
    /// Fields collected, constants coerced; only for operations that are not remembered.
    case plan
    /// Resolvers run.
    case execute
    /// Data and errors become bytes.
    case write
}

/// Is told how long each phase took, on the thread that did it.
public typealias PhaseObserver = @Sendable (_ phase: EnginePhase, _ took: Duration) -> Void

/// Does `body`, and tells how long it took where somebody wants to know.
@inline(__always)
func timed<Result, Failure: Error>(
    _ phase: EnginePhase,
    _ observe: PhaseObserver?,
    _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
    guard let observe else { return try body() }
    let start = ContinuousClock.now
    defer { observe(phase, .now - start) }
    return try body()
}
