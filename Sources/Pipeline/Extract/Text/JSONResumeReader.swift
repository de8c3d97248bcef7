internal import Foundation

/// Reads resumes in the JSON formats of jsonresume.org and FRESH as text with headings; other JSON as plain text.
struct JSONResumeReader {
    private var assembler = TextAssembler()
    private var block = 0

    /// Sections in the order in which a person reads them: key and heading.
    private static let sections: [(key: String, heading: String)] = [
        ("summary", "Summary"), ("work", "Experience"), ("employment", "Experience"), ("volunteer", "Volunteering"),
        ("service", "Volunteering"), ("projects", "Projects"), ("education", "Education"), ("skills", "Skills"),
        ("languages", "Languages"), ("certificates", "Certifications"), ("certification", "Certifications"),
        ("awards", "Awards"), ("recognition", "Awards"), ("publications", "Publications"), ("writing", "Publications"),
        ("speaking", "Speaking"), ("interests", "Interests"), ("references", "References"),
        ("testimonials", "References"),
        ("affiliation", "Affiliations"), ("governance", "Governance"), ("extracurricular", "Activities"),
    ]
    private static let leading = [
        "position", "title", "studyType", "degree", "area", "name", "company", "employer", "organization",
        "institution", "entity",
        "publisher", "awarder", "issuer", "network", "username", "fluency", "level", "event", "location", "category",
    ]
    private static let dates = ["startDate", "endDate", "start", "end", "date", "releaseDate"]
    private static let silent: Set<String> = [
        "picture", "image", "meta", "$schema", "format", "version", "priority", "rating", "safe",
    ]
    private static let maxDepth = 12

    /// Reads `bytes`, which look like JSON.
    static func read(_ bytes: [UInt8]) -> ExtractedDocument {
        let text = PlainTextDecoder.decode(bytes)
        // The parser itself refuses nesting deeper than 512.
        guard let top = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], isResume(top) else {
            return PlainTextReader.read(text: text, as: .json)
        }
        var reader = JSONResumeReader()
        reader.readBasics(top)
        for section in sections {
            guard let value = top[section.key] else { continue }
            reader.readSection(section.heading, value)
        }
        return reader.assembler.document(mediaType: MediaType.json.rawValue)
    }

    private static func isResume(_ top: [String: Any]) -> Bool {
        if top["basics"] is [String: Any] { return true }
        let known = ["work", "employment", "education", "skills", "contact", "info"].filter { top[$0] != nil }
        return top["name"] is String && !known.isEmpty || known.count >= 2
    }

    private mutating func readBasics(_ top: [String: Any]) {
        let basics = top["basics"] as? [String: Any] ?? top
        let contact = top["contact"] as? [String: Any] ?? basics
        let info = top["info"] as? [String: Any] ?? [:]
        add(Self.string(basics["name"]), style: .heading)
        block += 1
        add(Self.string(basics["label"]) ?? Self.string(info["label"]))
        for key in ["email", "phone", "website", "url"] {
            add(Self.string(contact[key]) ?? Self.string(basics[key]))
        }
        let place = (basics["location"] ?? top["location"]) as? [String: Any] ?? [:]
        let parts = ["address", "city", "region", "postalCode", "code", "country", "countryCode"].compactMap {
            Self.string(place[$0])
        }
        add(parts.isEmpty ? nil : parts.joined(separator: ", "))
        for profile in (basics["profiles"] ?? top["social"]) as? [[String: Any]] ?? [] {
            let shown = ["network", "username", "user", "url"].compactMap { Self.string(profile[$0]) }
            add(shown.joined(separator: " "))
            if let url = Self.string(profile["url"]) { assembler.link(url) }
        }
        for address in ["website", "url"].compactMap({ Self.string(contact[$0]) }) { assembler.link(address) }
        if let summary = Self.string(basics["summary"]) ?? Self.string(info["brief"]),
            top["basics"] != nil || info["brief"] != nil
        {
            readSection("Summary", summary)
        }
    }

    private mutating func readSection(_ heading: String, _ value: Any) {
        guard Self.hasText(value, depth: 0) else { return }
        block += 1
        add(heading, style: .heading)
        block += 1
        if let object = value as? [String: Any] {
            for key in object.keys.sorted() where key != "summary" || object.count == 1 {
                guard let inner = object[key] else { continue }
                if let items = inner as? [Any] {
                    for item in items { readEntry(item, depth: 1) }
                } else {
                    readEntry(inner, depth: 1)
                }
            }
        } else if let items = value as? [Any] {
            for item in items { readEntry(item, depth: 0) }
        } else {
            readEntry(value, depth: 0)
        }
    }

    /// One position, degree, skill …: a line with what and where, dates after a gap, then the rest line by line.
    private mutating func readEntry(_ value: Any, depth: Int) {
        guard depth < Self.maxDepth else { return }
        if let text = Self.string(value) {
            for line in text.split(whereSeparator: \.isNewline) { add(String(line)) }
            return
        }
        if let items = value as? [Any] {
            for item in items { readEntry(item, depth: depth + 1) }
            return
        }
        guard let object = value as? [String: Any] else { return }
        block += 1
        let title = Self.leading.compactMap { key in
            key == "location" && object[key] is [String: Any] ? nil : Self.string(object[key])
        }
        var dates = Self.dates.compactMap { Self.string(object[$0]) }
        let hasStart = Self.string(object["startDate"] ?? object["start"]) != nil
        let isOngoing = hasStart && Self.string(object["endDate"] ?? object["end"]) == nil
        if isOngoing { dates.append("Present") }
        let period = dates.joined(separator: " – ")
        let words = ["keywords", "skills"].compactMap { object[$0] as? [Any] }.joined().compactMap { Self.string($0) }
        var heading = title.joined(separator: ", ")
        var keywords = words.joined(separator: ", ")
        if period.isEmpty, !keywords.isEmpty {
            heading += (heading.isEmpty ? "" : ": ") + keywords
            keywords = ""
        }
        assembler.append([heading, period].filter { !$0.isEmpty }, block: block)
        assembler.append(keywords, block: block)
        let done = Set(Self.leading + Self.dates + ["keywords", "skills"])
        for key in object.keys.sorted(by: Self.readsBefore) where !done.contains(key) && !Self.silent.contains(key) {
            guard let inner = object[key] else { continue }
            if let items = inner as? [Any] {
                for item in items {
                    if let text = Self.string(item) {
                        add(text, style: .listItem)
                    } else {
                        readEntry(item, depth: depth + 1)
                    }
                }
            } else if inner is [String: Any] {
                readEntry(inner, depth: depth + 1)
            } else {
                readEntry(inner, depth: depth + 1)
                if key == "url" || key == "website", let address = Self.string(inner) { assembler.link(address) }
            }
        }
        block += 1
    }

    private static func readsBefore(_ left: String, _ right: String) -> Bool {
        let order = ["url", "website", "summary", "description", "highlights", "courses", "curriculum"]
        let (first, second) = (order.firstIndex(of: left) ?? order.count, order.firstIndex(of: right) ?? order.count)
        return first == second ? left < right : first < second
    }

    private mutating func add(_ text: String?, style: LineStyle = []) {
        guard let text else { return }
        let plain = text.filter { $0 != "*" }
        for line in plain.split(whereSeparator: \.isNewline) {
            assembler.append(String(line), style: style, block: block)
        }
    }

    private static func string(_ value: Any?) -> String? {
        if let text = value as? String { return text.allSatisfy(\.isWhitespace) ? nil : text }
        if let number = value as? NSNumber { return number.stringValue }
        return nil
    }

    private static func hasText(_ value: Any, depth: Int) -> Bool {
        if depth > maxDepth { return false }
        if let items = value as? [Any] { return items.contains { hasText($0, depth: depth + 1) } }
        if let object = value as? [String: Any] { return object.values.contains { hasText($0, depth: depth + 1) } }
        return string(value) != nil
    }
}
