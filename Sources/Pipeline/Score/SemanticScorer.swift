/// How near a resume is to a job as a whole, in meaning and in words.
///
/// Five likenesses are blended: of the description to the resume's mean and to its nearest part, of the title to the
/// nearest part or to the candidate's titles, and the telling words of description and title that the resume uses.
/// Every likeness is rounded to basis points before it is blended, so that the sum is exact.
struct SemanticScorer: Sendable {
    /// The job's title as a vector of length 1.
    var title: [Float]
    /// The mean of the description's parts, of length 1.
    var description: [Float]
    /// Words of title and description.
    var bodyWords: LexicalScorer
    /// Words of the title.
    var titleWords: LexicalScorer

    /// A resume's vectors and words.
    struct Resume {
        /// One vector of length 1 for each part of the body.
        var parts: [[Float]]
        /// The titles' vector; nil where there are none.
        var titles: [Float]?
        /// How often each folded word stands in the body.
        var counts: [String: Int]
    }

    // How the likenesses are blended, and the range of blends that is spread over 0 to 1: figures and source in
    // docs/scoring.md.
    static let titleShare = 40
    static let nearestShare = 40
    static let meanShare = 20
    static let bodyWordsShare = 30
    static let titleWordsShare = 20
    static let floor = 1_000
    static let ceiling = 7_000

    /// Measures the likenesses.
    func likenesses(of resume: Resume) -> Likenesses {
        guard let mean = Vector.mean(resume.parts) else { return Likenesses() }
        return Likenesses(
            title: (resume.parts + [resume.titles].compactMap { $0 }).map { Vector.likeness(title, $0) }.max() ?? 0,
            nearest: resume.parts.map { Vector.likeness(description, $0) }.max() ?? 0,
            mean: Vector.likeness(description, mean),
            bodyWords: bodyWords.score(resume.counts),
            titleWords: titleWords.score(resume.counts)
        )
    }

    /// The blend, calibrated.
    static func value(of likenesses: Likenesses) -> BasisPoints {
        let parts = [
            (likenesses.title, titleShare), (likenesses.nearest, nearestShare), (likenesses.mean, meanShare),
            (likenesses.bodyWords, bodyWordsShare), (likenesses.titleWords, titleWordsShare),
        ]
        let blend = parts.reduce(0) { $0 + $1.0 * $1.1 } / parts.reduce(0) { $0 + $1.1 }
        return min(10_000, max(0, (blend - floor) * 10_000 / (ceiling - floor)))
    }
}

/// What the semantic value is blended of, each in basis points; those of vectors may be negative.
public struct Likenesses: Sendable, Equatable {
    /// The job's title to the nearest part of the resume, or to the candidate's titles.
    public var title: BasisPoints = 0
    /// The description to the nearest part.
    public var nearest: BasisPoints = 0
    /// The description to the mean of all parts.
    public var mean: BasisPoints = 0
    /// Telling words of title and description that the resume uses.
    public var bodyWords: BasisPoints = 0
    /// Telling words of the title that the resume uses.
    public var titleWords: BasisPoints = 0

    /// Each parameter is the property of its name.
    public init(
        title: BasisPoints = 0,
        nearest: BasisPoints = 0,
        mean: BasisPoints = 0,
        bodyWords: BasisPoints = 0,
        titleWords: BasisPoints = 0
    ) {
        self.title = title
        self.nearest = nearest
        self.mean = mean
        self.bodyWords = bodyWords
        self.titleWords = titleWords
    }
}

/// Arithmetic on embedding vectors, in a fixed order, so that it gives the same bits everywhere.
public enum Vector {
    /// The cosine of two vectors of length 1, in basis points.
    static func likeness(_ left: [Float], _ right: [Float]) -> BasisPoints {
        var sum = 0.0
        for index in 0..<min(left.count, right.count) { sum += Double(left[index]) * Double(right[index]) }
        return sum.isFinite ? Int((sum * 10_000).rounded()) : 0
    }

    /// The mean of vectors, brought to length 1; nil for none.
    public static func mean(_ vectors: [[Float]]) -> [Float]? {
        guard let first = vectors.first else { return nil }
        var sum = [Double](repeating: 0, count: first.count)
        for vector in vectors {
            for index in 0..<min(sum.count, vector.count) { sum[index] += Double(vector[index]) }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { return first }
        return sum.map { Float($0 / length) }
    }
}
