/// What one file may cost before it is given up.
public struct ExtractionLimits: Sendable, Codable, Equatable {
    /// Largest file that is read, in bytes.
    public var maxFileBytes = 25 << 20
    /// Longest time from start to end, in seconds.
    ///
    /// Generous, because a scan of several pages takes its time; all else is stopped much earlier by `cpuSeconds`.
    public var wallSeconds = 90
    /// CPU time of the reading process, and again of each program that it starts, in seconds.
    public var cpuSeconds = 20
    /// Address space of each process, in bytes.
    public var memoryBytes = 1 << 30
    /// Largest file that may be written on the way, in bytes.
    public var scratchFileBytes = 64 << 20
    /// Open files of each process.
    public var openFiles = 256
    /// Processes and threads at once, the reading process with all that it starts; holds only where the server runs as root
    /// and gives each reading process a user of its own, since the kernel counts by user.
    public var processes = 128
    /// Largest answer of the reading process, in bytes.
    public var maxAnswerBytes = 8 << 20

    /// Makes the default limits.
    public init() {}
}
