/// A sign that a file was made to mislead a screener: the contract's `IntegrityFinding`.
public struct IntegrityFinding: Sendable, Equatable {
    /// Stable and machine-readable kind of finding.
    public enum Code: String, Sendable {
        case hiddenText = "HIDDEN_TEXT"
        case promptInjection = "PROMPT_INJECTION"
        case keywordStuffing = "KEYWORD_STUFFING"
        case textImageMismatch = "TEXT_IMAGE_MISMATCH"
    }

    /// What kind of sign it is.
    public var code: Code
    /// One sentence for the recruiter.
    public var message: String
    /// What was found.
    ///
    /// The offset is -1 for text that does not stand in the visible text.
    public var evidence: [Evidence]

    /// Makes a finding.
    public init(code: Code, message: String, evidence: [Evidence]) {
        self.code = code
        self.message = message
        self.evidence = evidence
    }
}

/// What is odd about a file, and which stretches of its visible text count less or not at all for it.
public struct IntegrityReport: Sendable, Equatable {
    /// Findings in the order of the code's declaration, then of the text.
    public var findings: [IntegrityFinding]
    /// Visible sentences that speak to a screener instead of about the candidate.
    ///
    /// Left out of scoring.
    public var instructionRanges: [Range<Int>]
    /// Lists far longer than anybody's skills, with the number of their items.
    ///
    /// Thinned in scoring.
    public var stuffedLists: [StuffedList]

    /// Each parameter is the property of its name.
    public init(findings: [IntegrityFinding], instructionRanges: [Range<Int>], stuffedLists: [StuffedList]) {
        self.findings = findings
        self.instructionRanges = instructionRanges
        self.stuffedLists = stuffedLists
    }

    /// A list of more items than a reader would believe.
    public struct StuffedList: Sendable, Equatable {
        /// Where it stands, in scalars of the text.
        public var range: Range<Int>
        /// How many items it has.
        public var itemCount: Int
    }
}
