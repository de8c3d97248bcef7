/// A resume after reading, before any job was looked at.
public struct ReadResume: Sendable {
    /// As extraction gave it.
    public let document: ExtractedDocument
    /// The day that “present” in it stands for.
    public let registeredOn: CalendarDay
    /// What it says.
    public let parsed: ParsedResume
    /// What is odd about it.
    public let integrity: IntegrityReport
    /// What is compared with a job.
    let text: ScoringText
}

/// A resume's vectors.
public struct ResumeVectors: Sendable, Equatable {
    /// Names text rules, arithmetic and model: see ``Screener/vectorsVersion``.
    public var version: String
    /// One vector of length 1 for each part of the compared text, in its order.
    public var parts: [[Float]]
    /// The vector of the titles; nil where there are none.
    public var titles: [Float]?

    /// Each parameter is the property of its name.
    public init(version: String, parts: [[Float]], titles: [Float]?) {
        self.version = version
        self.parts = parts
        self.titles = titles
    }
}
