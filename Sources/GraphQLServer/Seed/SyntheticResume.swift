internal import MongoStore
internal import Pipeline
internal import Schema

/// A completed resume of somebody who does not exist, of the size of real ones.
///
/// Label, score and explanation are made by the pipeline's own rules, and every quote stands in the text; what the candidate
/// knows and how near the text is to the job is drawn by lot. The version of its scores says so.
struct SyntheticResume {
    /// Stands where a score names rules and model: scores by lot cannot be computed anew.
    static let version = "synthetic-1"

    private let job: SyntheticJob
    private let number: Int
    private var random: SeededRandom
    /// From 0 for somebody else's profession to 1 for whom the job was written.
    private let fitness: Double
    private var text = ComposedText()
    private var parsed = ParsedResume(profile: CandidateProfile())

    /// - Parameters:
    ///   - number: From 0; the same number gives the same resume.
    ///   - job: The job that it is in.
    init(_ number: Int, of job: SyntheticJob) {
        self.job = job
        self.number = number
        var random = SeededRandom(job.seed, 2, UInt64(job.number), UInt64(number))
        // The mean of three: most are middling.
        fitness = (0..<3).reduce(0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) } / 3
        self.random = random
    }

    /// The resume as the store takes it.
    ///
    /// - Parameters:
    ///   - time: When it is said to have come.
    ///   - hasTexts: Whether text and vectors are made.
    /// - Returns: With an identifier still to be given.
    mutating func loaded(registeredAt time: Timestamp, hasTexts: Bool) -> LoadedResume {
        let skills = chooseSkills()
        write(skills)
        parsed.profile.skills = skills.map { skill in
            CandidateSkill(name: skill, evidence: (text.mentions[skill] ?? []).prefix(5).map(\.name))
        }
        let content = Digest.sha256(Array(text.text.utf8))
        var screened = Judge(
            job: Job(title: job.content.title, description: "", requirements: job.content.requirements)
        )
        .judge(
            parsed,
            skills: findings(),
            likenesses: likenesses(),
            integrity: integrity(),
            fingerprint: content
        )
        screened.scores.version = Self.version
        let name = (parsed.profile.name ?? "").split(separator: " ").joined(separator: "-")
        let file = ResumeFile(
            name: "\(name)-\(number).pdf",
            mediaType: "application/pdf",
            byteCount: 20_000 + text.text.utf8.count * Int.random(in: 3...20, using: &random),
            sha256: content,
            storeID: nil
        )
        return LoadedResume(
            file: file,
            createdAt: time,
            processedAt: time.advanced(by: .milliseconds(Int.random(in: 400...3_000, using: &random))),
            processed: ProcessedResume(
                document: hasTexts ? document : nil,
                vectors: hasTexts ? vectors() : nil,
                screened: screened
            )
        )
    }

    // MARK: - Drawing by lot

    /// From ten to twenty, more of the job's own the fitter the candidate is.
    private mutating func chooseSkills() -> [String] {
        let own = job.occupation.skills
        let asked = own.prefix(10).filter { _ in random.happens(0.15 + 0.8 * fitness) }
        let usual = own.dropFirst(10).shuffled(using: &random)
        let others = random.pick(Occupation.all).skills.filter { !own.contains($0) }.shuffled(using: &random)
        let count = Int.random(in: 10...20, using: &random)
        return Array((asked + usual.prefix(6) + others + usual.dropFirst(6)).prefix(count)).shuffled(using: &random)
    }

    private mutating func likenesses() -> Likenesses {
        func about(_ middle: Double, _ random: inout SeededRandom) -> BasisPoints {
            Int(10_000 * min(1, max(0, middle + Double.random(in: -0.1...0.1, using: &random))))
        }
        return Likenesses(
            title: about(0.2 + 0.45 * fitness, &random),
            nearest: about(0.2 + 0.4 * fitness, &random),
            mean: about(0.1 + 0.4 * fitness, &random),
            bodyWords: about(0.05 + 0.5 * fitness, &random),
            titleWords: about(0.1 + 0.55 * fitness, &random)
        )
    }

    private mutating func integrity() -> IntegrityReport {
        var findings: [IntegrityFinding] = []
        if random.happens(0.02), let line = text.lines.last {
            findings.append(
                IntegrityFinding(
                    code: .keywordStuffing,
                    message: "A list of skills is far longer than what the rest of the resume tells of.",
                    evidence: [Evidence(quote: line.text, offset: line.offset, page: line.page)]
                )
            )
        }
        return IntegrityReport(findings: findings, instructionRanges: [], stuffedLists: [])
    }

    /// As many as a text of this length has windows, each of length 1.
    private mutating func vectors() -> ResumeVectors {
        ResumeVectors(version: Self.version, parts: (0..<4).map { _ in vector() }, titles: vector())
    }

    private mutating func vector() -> [Float] {
        let numbers = (0..<384).map { _ in Float(Int32(truncatingIfNeeded: random.next())) }
        let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return numbers.map { $0 / length }
    }

    // MARK: - Writing

    private mutating func write(_ skills: [String]) {
        writeHead()
        writeSummary(skills)
        writeExperience(skills)
        writeEducation()
        writeLists(skills)
    }

    private mutating func writeHead() {
        let name = "\(random.pick(Occupation.givenNames)) \(random.pick(Occupation.familyNames))"
        let handle = name.lowercased().split(separator: " ").joined(separator: ".") + "\(number)"
        parsed.profile.name = name
        parsed.profile.emails = ["\(handle)@example.com"]
        parsed.profile.phones = ["+44 20 7946 0\(Int.random(in: 100...999, using: &random))"]
        parsed.profile.links = ["https://example.com/\(handle)"]
        parsed.profile.location = random.pick(Occupation.places)
        parsed.profile.headline = fitness > 0.35 ? job.occupation.title : random.pick(Occupation.all).title
        parsed.profile.textLanguage = "en"
        text.line(name, style: [.heading, .bold])
        text.line(parsed.profile.headline ?? "")
        text.line(
            [parsed.profile.emails[0], parsed.profile.phones[0], parsed.profile.links[0]].joined(separator: " | ")
        )
        text.line(parsed.profile.location ?? "")
    }

    private mutating func writeSummary(_ skills: [String]) {
        text.heading("Summary")
        let lines = [
            text.line([
                .text(
                    "\(parsed.profile.headline ?? "") who likes clear work: I have spent most of my working life on "
                ),
                .skill(skills[0]), .text(" and"),
            ]),
            text.line([
                .skill(skills[1]), .text(", from the first sketch to the day on which others could carry it on, and I"),
            ]),
            text.line("enjoy making slow things quick more than is reasonable."),
        ]
        parsed.profile.summary = lines.map(\.quote).joined(separator: "\n")
    }

    private mutating func writeExperience(_ skills: [String]) {
        text.heading("Experience")
        var month = 2026 * 12 + Int.random(in: 0...9, using: &random)
        let last = month
        var rest = skills[...]
        for place in 0..<Int.random(in: 3...5, using: &random) {
            if place > 0 { text.space() }
            let months = Int.random(in: 6...(14 + Int(50 * fitness)), using: &random)
            var position = Position()
            position.title = title(place)
            position.organization = random.pick(Occupation.companies)
            position.location = random.pick(Occupation.places)
            position.start = Self.date(month - months)
            position.end = place == 0 ? nil : Self.date(month - 1)
            position.current = place == 0
            text.line("\(position.title ?? ""), \(position.organization ?? "")", style: .bold)
            let dates = text.line(
                "\(position.location ?? ""), \(position.start ?? "") - \(position.end ?? "Present")",
                style: .italic
            )
            parsed.experienceEvidence.append(dates)
            var told: [Evidence] = []
            for _ in 0..<Int.random(in: 2...4, using: &random) {
                if rest.count < 2 { rest = skills[...] }
                told += bullet(rest.removeFirst(), rest.removeFirst())
            }
            position.description = told.map(\.quote).joined(separator: "\n")
            parsed.profile.experience.append(position)
            month -= months
        }
        parsed.experienceMonths = last - month
        parsed.profile.yearsExperience = Double((last - month) * 100 / 12) / 100
    }

    private mutating func title(_ place: Int) -> String {
        let rank = Occupation.ranks[max(0, min(4, 3 - place))]
        return rank.isEmpty ? job.occupation.title : "\(rank) \(job.occupation.title)"
    }

    private mutating func bullet(_ first: String, _ second: String) -> [Evidence] {
        let count = Int.random(in: 3...60, using: &random)
        let share = Int.random(in: 8...70, using: &random)
        let (opening, middle, end) = random.pick(Self.bullets)
        return [
            text.line(
                [.text("- " + opening), .skill(first), .text(middle), .skill(second), .text(" for \(count) sites;")],
                style: .listItem,
                isContext: true
            ),
            text.line("\(end) by \(share) per cent within \(count % 11 + 2) months.", style: .listItem),
        ]
    }

    private mutating func writeEducation() {
        text.heading("Education")
        let levels: [(EducationLevel, String)] = [
            (.associate, "Associate of Science"), (.bachelor, "B.Sc."), (.master, "M.Sc."), (.doctorate, "Ph.D."),
        ]
        let highest = random.happens(0.25 + 0.7 * fitness) ? Int.random(in: 1...3, using: &random) : 0
        for (level, degree) in levels[min(1, highest)...highest].reversed().prefix(2) {
            var education = Education()
            education.institution = random.pick(Occupation.schools)
            education.degree = degree
            education.field = job.occupation.field
            education.level = level
            education.endYear = Int.random(in: 1998...2020, using: &random)
            let line = text.line("\(degree) in \(job.occupation.field)")
            text.line("\(education.institution ?? ""), \(education.endYear ?? 2000)")
            if parsed.educationEvidence.isEmpty { parsed.educationEvidence = [line] }
            parsed.profile.education.append(education)
        }
        parsed.profile.highestEducation = levels[highest].0
    }

    private mutating func writeLists(_ skills: [String]) {
        text.heading("Skills")
        for start in stride(from: 0, to: skills.count, by: 5) {
            let row = skills[start..<min(skills.count, start + 5)]
            text.line(row.flatMap { [.skill($0), .text(", ")] }.dropLast())
        }
        text.heading("Languages")
        parsed.profile.languages = Array(Occupation.languages.shuffled(using: &random).prefix(2))
        text.line(parsed.profile.languages.joined(separator: ", "))
        if random.happens(0.4) {
            text.heading("Certifications")
            let certificate = "Certified \(job.occupation.title), \(Int.random(in: 2012...2025, using: &random))"
            text.line(certificate)
            parsed.profile.certifications = [certificate]
        }
    }

    private static let bullets = [
        ("Led the work on ", " together with ", "what a case costs fell"),
        ("Brought ", " from a trial into daily use, with ", "late deliveries fell"),
        ("Set up ", " anew and joined it to ", "the time to an answer fell"),
        ("Taught colleagues ", " and wrote the guide to ", "questions to the team fell"),
        ("Planned and ran the change to ", " beside ", "repeated work fell"),
        ("Looked after ", " and everything that rests on ", "the number of failures fell"),
    ]

    private static func date(_ month: Int) -> String {
        let number = month % 12 + 1
        return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }

    // MARK: - Reading

    private var document: ExtractedDocument {
        ExtractedDocument(
            mediaType: "application/pdf",
            text: text.text,
            pageCount: text.pageCount,
            lines: text.lines,
            links: parsed.profile.links
        )
    }

    /// What the text shows of each of the job's skills, as the assessor would say it.
    private func findings() -> [SkillFinding] {
        func finding(_ skill: String, isRequired: Bool) -> SkillFinding {
            let mentions = text.mentions[skill] ?? []
            let isInContext = mentions.contains(where: \.isInContext)
            return SkillFinding(
                requirement: skill,
                required: isRequired,
                basis: mentions.isEmpty ? .missing : .named,
                inContext: isInContext,
                credit: mentions.isEmpty ? 0 : isInContext ? ScoringRules.skillInContext : ScoringRules.skillInList,
                evidence: mentions.prefix(3).map(\.line)
            )
        }
        let requirements = job.content.requirements
        return requirements.requiredSkills.map { finding($0, isRequired: true) }
            + requirements.preferredSkills.map { finding($0, isRequired: false) }
    }
}
