internal import Pipeline

/// One file's outcome of `shortlist extract`.
struct ExtractedRow: Sendable {
    /// What was read.
    struct Reading: Sendable {
        var document: ExtractedDocument
        var profile: CandidateProfile
        var integrity: IntegrityReport
    }

    /// The path as it was given.
    var file: String
    var outcome: Result<Reading, PipelineError>

    /// Why it failed.
    var error: PipelineError? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    private var reading: Reading? { try? outcome.get() }

    /// The row of the contract.
    var json: JSONValue {
        .object([
            ("file", .string(file)),
            ("mediaType", ContractJSON.string(reading?.document.mediaType)),
            ("text", ContractJSON.string(reading?.document.text)),
            ("pages", ContractJSON.optional(reading?.document.pageCount, JSONValue.int)),
            ("profile", ContractJSON.optional(reading?.profile, ContractJSON.profile)),
            ("integrity", ContractJSON.optional(reading?.integrity, ContractJSON.integrity)),
            ("error", ContractJSON.optional(error, ContractJSON.error)),
        ])
    }

    /// The row for a person: a heading, what was found, the text.
    var text: String {
        guard let reading else { return "" }
        var lines = [
            "── \(Terminal.printable(file)) (\(reading.document.mediaType), \(reading.document.pageCount) pages)"
        ]
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append("\(label): \(Terminal.printable(value))") }
        }
        let profile = reading.profile
        add("Name", profile.name)
        add("Headline", profile.headline)
        add("Location", profile.location)
        add("E-mail", profile.emails.joined(separator: ", "))
        add("Phone", profile.phones.joined(separator: ", "))
        add("Links", profile.links.joined(separator: ", "))
        for position in profile.experience {
            let end = position.current ? "present" : position.end
            let dates = [position.start, end].compactMap { $0 }.joined(separator: " – ")
            add("Position", [position.title, position.organization, dates].compactMap { $0 }.joined(separator: " · "))
        }
        add("Experience", profile.yearsExperience.map { "\($0) years" })
        for education in profile.education {
            let parts = [education.degree, education.field, education.institution, education.endYear.map(String.init)]
            add("Education", parts.compactMap { $0 }.joined(separator: " · "))
        }
        add("Skills", profile.skills.map(\.name).joined(separator: ", "))
        add("Languages", profile.languages.joined(separator: ", "))
        add("Certifications", profile.certifications.joined(separator: ", "))
        for finding in reading.integrity.findings { add("Integrity", finding.message) }
        let body = reading.document.text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines + [""] + body.map { Terminal.printable(String($0)) } + [""]).joined(separator: "\n")
    }

    /// Says on standard error what went wrong.
    func complain() {
        if let error { Terminal.writeError("\(Terminal.printable(file)): \(error.code.rawValue): \(error.message)\n") }
    }
}
