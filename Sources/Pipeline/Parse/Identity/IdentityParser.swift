/// Who the candidate is, and where the text says so.
struct IdentityParser: Sendable {
    /// The name as written; nil where the text does not clearly give one.
    private(set) var name: String?
    /// Addresses in order of appearance, lower-cased, each once.
    private(set) var emails: [String] = []
    /// Numbers as written, each once.
    private(set) var phones: [String] = []
    /// Absolute URLs, each once.
    private(set) var links: [String] = []
    /// Town, region, country as written.
    private(set) var location: String?
    /// The job title near the name, or the one that the summary opens with.
    private(set) var headline: String?
    /// The summary section's text, or the paragraph that ends the header.
    private(set) var summary: String?
    /// What names, locates or describes the person, ascending, without overlap.
    private(set) var ranges: [Range<Int>] = []

    /// Reads `text`.
    ///
    /// Cost: linear in the text.
    init(_ text: ResumeText) {
        let headerEnd = IdentityParser.headerEnd(text)
        let mails = EmailFinder.emails(in: text)
        let web = LinkFinder.links(in: text, headerEnd: headerEnd)
        let taken = IdentityParser.merged(mails.map(\.range) + web.ranges)
        let numbers = PhoneFinder.phones(in: text, outside: taken, headerEnd: headerEnd)
        let contacts = IdentityParser.merged(taken + numbers.map(\.range))
        collect(mails, web, numbers, text)
        let header = HeaderPieces(text, contacts: contacts)
        let handles =
            emails.prefix(4).map { String($0.prefix { $0 != "@" }) }
            + links.prefix(12).compactMap(IdentityParser.handle)
        let found = NameFinder.name(in: text, header, handles: handles, hasContacts: !contacts.isEmpty)
        name = found.flatMap { $0.isSure ? $0.name : nil }
        let fields = HeaderFields(text, header, name: found, contacts: contacts)
        let title = fields.headline()
        let place = fields.location(headline: title)
        location = place?.value
        summary = fields.summary()
        headline = title.map { text.string($0.range) } ?? summary.flatMap(SummaryTitle.opening)
        var marks = IdentityMarks(text, header)
        marks.add(contacts)
        if let found { marks.add(name: found) }
        if let place { marks.add([place.range]) }
        marks.addLines(contacts: contacts, name: found, headline: title, place: place?.range)
        ranges = IdentityParser.merged(marks.ranges)
    }

    /// Sorted ranges with overlapping and touching ones joined; empty ones are dropped.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
        where !range.isEmpty {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    private mutating func collect(
        _ mails: [(value: String, range: Range<Int>)],
        _ web: LinkFinder.Result,
        _ numbers: [PhoneFinder.Phone],
        _ text: ResumeText
    ) {
        var seen: Set<String> = []
        for address in mails.map(\.value) + text.document.links.compactMap({ EmailFinder.address(ofLink: $0) })
        where seen.insert(address).inserted { emails.append(address) }
        links = web.urls
        var keys: Set<String> = []
        for number in numbers {
            // Numbers of referees are not the candidate's.
            if let line = text.line(at: number.range.lowerBound), text.section(ofLine: line)?.kind == .references {
                continue
            }
            let key = number.value.filter(\.isNumber)
            if keys.insert(key).inserted { phones.append(number.value) }
        }
    }

    /// Where the first section that is not about the person starts; a fair guess where there is no heading.
    private static func headerEnd(_ text: ResumeText) -> Int {
        guard let first = text.sections.first else { return 0 }
        if first.kind != .header { return first.range.lowerBound }
        guard text.sections.count > 1 else { return min(first.range.upperBound, first.range.lowerBound + 1_500) }
        return min(first.range.upperBound, first.range.lowerBound + 4_000)
    }

    /// The name of a profile: the last part of its address.
    private static func handle(_ link: String) -> String? {
        let key = LinkFinder.key(link)
        let parts = key.split(whereSeparator: { $0 == "/" || $0 == "?" || $0 == "#" }).map(String.init)
        guard let host = parts.first else { return nil }
        if parts.count == 1 { return host.split(separator: ".").dropLast().joined() }
        if host.hasSuffix("indeed.com"), parts.count >= 3 { return parts[2] }
        return Domains.profileHosts.contains(host) || parts.count == 2 ? parts[parts.count - 1] : nil
    }
}
