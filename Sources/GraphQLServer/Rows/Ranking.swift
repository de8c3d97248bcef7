internal import Pipeline

/// Screened files in order, best first, failed ones last.
struct Ranking {
    let job: Job
    let rows: [ScreenedRow]

    /// Orders rows: higher score, then more required skills shown, then the fingerprint; equal scores share a rank.
    init(job: Job, rows unordered: [ScreenedRow]) {
        self.job = job
        var rows = unordered.sorted(by: Self.precedes)
        for index in rows.indices {
            guard let score = rows[index].screened?.scores.finalScore else { continue }
            let isTied = index > 0 && rows[index - 1].screened?.scores.finalScore == score
            rows[index].finalRank = isTied ? rows[index - 1].finalRank : index + 1
        }
        self.rows = rows
    }

    private static func precedes(_ left: ScreenedRow, _ right: ScreenedRow) -> Bool {
        switch (left.screened, right.screened) {
        case (.some(let first), .some(let second)):
            if first.scores.finalScore != second.scores.finalScore {
                return first.scores.finalScore > second.scores.finalScore
            }
            if first.requiredSkillsMet != second.requiredSkillsMet {
                return first.requiredSkillsMet > second.requiredSkillsMet
            }
            // The same content stands in the same place whatever its file is called.
            let (one, other) = (first.scores.fingerprint, second.scores.fingerprint)
            return one == other ? left.file < right.file : one < other
        case (.some, nil): return true
        case (nil, .some): return false
        case (nil, nil): return left.file < right.file
        }
    }

    /// The rows of the contract, best first.
    func json(likenesses: Bool) -> JSONValue { .array(rows.map { $0.json(likenesses: likenesses) }) }

    // MARK: - CSV

    /// RFC 4180, with a heading line.
    var csv: String {
        let head = [
            "finalRank", "file", "status", "passFail", "finalScore", "semantic", "requiredSkills", "preferredSkills",
            "experience", "education", "name", "emails", "phones", "yearsExperience", "highestEducation",
            "matchedSkills",
            "missingSkills", "findings", "error", "message", "fingerprint",
        ]
        return ([head] + rows.map(csvCells)).map { $0.map(Self.csvCell).joined(separator: ",") + "\r\n" }.joined()
    }

    private func csvCells(_ row: ScreenedRow) -> [String] {
        let screened = row.screened
        let components =
            screened?.scores.components.map { Points.text($0.component.points) } ?? Array(repeating: "", count: 5)
        return [
            row.finalRank.map(String.init) ?? "", row.file, screened == nil ? "FAILED" : "COMPLETED",
            screened?.prefilter.passFail.rawValue ?? "", screened.map { Points.text($0.scores.finalScore) } ?? "",
        ] + components + [
            screened?.profile.name ?? "", screened?.profile.emails.joined(separator: "; ") ?? "",
            screened?.profile.phones.joined(separator: "; ") ?? "",
            screened?.profile.yearsExperience.map { "\($0)" } ?? "", screened?.profile.highestEducation?.rawValue ?? "",
            screened?.explanation.matchedSkills.map(\.skill).joined(separator: "; ") ?? "",
            screened?.explanation.missingSkills.joined(separator: "; ") ?? "",
            screened?.integrity.findings.map(\.code.rawValue).joined(separator: "; ") ?? "",
            row.error?.code.rawValue ?? "", row.error?.message ?? "", screened?.scores.fingerprint ?? "",
        ]
    }

    /// Quotes a cell; a leading sign that a spreadsheet would take for a formula gets an apostrophe before it.
    private static func csvCell(_ text: String) -> String {
        var cell = text
        if let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) { cell = "'" + cell }
        let needsQuotes = cell.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }

    // MARK: - Table

    /// The table for a terminal of `width` columns.
    ///
    /// `brief` leaves out the reasons below each row.
    func table(width: Int, brief: Bool) -> String {
        let done = rows.count { $0.screened != nil }
        var table = TextTable(columns: [
            .init(title: "#", alignment: .right, maxWidth: 6), .init(title: "Score", alignment: .right, maxWidth: 6),
            .init(title: "Label", maxWidth: 6), .init(title: "Candidate", maxWidth: 28),
            .init(title: "Years", alignment: .right, maxWidth: 5),
            .init(title: "Skills", alignment: .right, maxWidth: 7),
            .init(title: "File", maxWidth: 44), .init(title: "Flags", maxWidth: 24),
        ])
        for row in rows { table.add(cells(row), notes: brief ? [] : notes(row)) }
        var heading = "\(Terminal.printable(job.title)): \(rows.count) resume\(rows.count == 1 ? "" : "s")"
        if done < rows.count { heading += ", \(rows.count - done) could not be read" }
        return heading + "\n\n" + table.text(width: width)
    }

    private func cells(_ row: ScreenedRow) -> [String] {
        let name = Terminal.printable(row.file.split(separator: "/").last.map(String.init) ?? row.file)
        guard let screened = row.screened else {
            return ["–", "–", "failed", "", "", "", name, row.error?.code.rawValue ?? ""]
        }
        let matched = screened.explanation.matchedSkills.count { $0.required }
        let required = matched + missingRequired(screened)
        return [
            row.finalRank.map(String.init) ?? "–", Points.text(screened.scores.finalScore),
            screened.prefilter.passFail == .passed ? "passed" : "failed",
            Terminal.printable(screened.profile.name ?? "(no name found)"),
            screened.profile.yearsExperience.map { JSONNumber.oneDecimal($0) } ?? "?",
            required == 0 ? "–" : "\(matched)/\(required)", name,
            screened.integrity.findings.map { $0.code.rawValue.lowercased().replacing("_", with: " ") }.joined(
                separator: ", "
            ),
        ]
    }

    private func missingRequired(_ screened: ScreenedResume) -> Int {
        let preferred = Set(job.requirements.preferredSkills)
        return screened.explanation.missingSkills.count { !preferred.contains($0) }
    }

    private func notes(_ row: ScreenedRow) -> [String] {
        guard let screened = row.screened else { return [row.error?.message ?? ""] }
        let parts = screened.scores.components.filter { $0.component.weight > 0 }
        var lines = ["= " + parts.map { "\($0.name) \(Points.text($0.component.points))" }.joined(separator: " + ")]
        lines += screened.explanation.strengths.map { "+ " + Terminal.printable($0) }
        lines += screened.explanation.gaps.map { "− " + Terminal.printable($0) }
        let quotes = screened.explanation.matchedSkills.compactMap { match in
            match.evidence.first.map { (match.skill, $0) }
        }
        for (skill, evidence) in quotes.prefix(3) {
            let page = evidence.page.map { " (page \($0))" } ?? ""
            lines.append("“\(Terminal.printable(evidence.quote))” shows \(Terminal.printable(skill))\(page)")
        }
        lines += screened.integrity.findings.map { "! " + $0.message }
        return lines
    }
}

/// Numbers for people.
enum JSONNumber {
    /// One decimal, rounded half up.
    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
