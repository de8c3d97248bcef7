internal import GraphQL
internal import Pipeline

extension ResumeQuery {
    /// Reads the arguments of `Job.resumes`.
    ///
    /// - Parameters:
    ///   - call: Of that field.
    ///   - job: Whose resumes are asked for.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT`.
    init(_ call: FieldCall, of job: StoredJob) throws {
        self.init(job: job.id)
        jobTotal = job.counters.total
        if let filter = try call.arguments.object("filter") { try read(filter, of: job) }
        if let orderBy = try call.arguments.object("orderBy") { try read(orderBy: orderBy, of: job) }
        page = try PageRequest(call, order: order.rawValue)
        let selection = call.selection
        parts = ResumeParts(selection["nodes"]).union(ResumeParts(selection["edges"]["node"]))
    }

    private mutating func read(orderBy: ArgumentValues, of job: StoredJob) throws {
        isReversed = try orderBy.requiredString("direction") == "DESC"
        switch try orderBy.requiredString("field") {
        // The higher the score, the smaller the rank.
        case "FINAL_SCORE": isReversed.toggle()
        case "CREATED_AT": order = .createdAt
        case "LAST_UPDATED_AT": order = .lastUpdatedAt
        case "NAME":
            guard !job.content.isBlind else {
                throw GraphQLError.badInput("A blind job's resumes are not sorted by name.", field: "orderBy.field")
            }
            order = .name
        default: break
        }
    }

    private mutating func read(_ filter: ArgumentValues, of job: StoredJob) throws {
        if let names = try filter.list("status") {
            statuses = Set(names.compactMap { Self.text($0).flatMap(ResumeStatus.init) })
        }
        passFail = try filter.string("passFail").flatMap(PassFail.init)
        try readScores(filter)
        if let names = try filter.list("skills") {
            guard names.count <= 20 else {
                throw GraphQLError.badInput("A filter names at most 20 skills.", field: "filter.skills")
            }
            skills = Array(Set(names.compactMap(Self.text).map(SkillKey.of))).sorted()
        }
        minYears = try filter.double("minYearsExperience")
        decision = try filter.string("decision").flatMap(Decision.Outcome.init)
        isFlagged = try filter.boolean("flagged")
        if let isStale = try filter.boolean("stale") { staleness = (isStale, job.revision) }
        if let text = try filter.string("batchId") {
            // No resume is in what is no batch.
            if let id = NodeID(text), id.kind == .batch { batch = id.key } else { statuses = [] }
        }
        if let search = try filter.string("search") {
            guard search.unicodeScalars.count <= 200 else {
                throw GraphQLError.badInput("A search has at most 200 characters.", field: "filter.search")
            }
            words = TitleWords.sought(search)
            // Or the search would tell who somebody is.
            mustBeDecided = job.content.isBlind && !words.isEmpty
        }
    }

    private mutating func readScores(_ filter: ArgumentValues) throws {
        let (least, most) = (try filter.double("minScore"), try filter.double("maxScore"))
        guard least != nil || most != nil else { return }
        let lower = Self.hundredths(min(101, max(0, least ?? 0)), .up)
        let upper = Self.hundredths(min(100, max(-1, most ?? 100)), .down)
        // Nothing lies between: an empty range.
        if lower <= upper { scores = lower...upper } else { statuses = [] }
    }

    /// A score in hundredths of a point, rounded by `rule` where it lies between two of them.
    ///
    /// Most scores are no binary fractions, and their products with 100 a little more or less than whole.
    private static func hundredths(_ score: Double, _ rule: FloatingPointRoundingRule) -> Int {
        let nearest = (score * 100).rounded()
        return Int(abs(score * 100 - nearest) < 1e-6 ? nearest : (score * 100).rounded(rule))
    }

    private static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text), .enum(let text): text
        default: nil
        }
    }
}
