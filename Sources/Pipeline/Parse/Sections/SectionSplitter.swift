/// Cuts a resume into sections by its headings.
///
/// A heading is a line whose words are known to head sections (``HeadingVocabulary``) and whose looks do not speak
/// against it, or, where the file tells looks, a line that looks exactly like the known headings.
public struct SectionSplitter: Sendable {
    /// The document with its lines cut where they hold more than one; the sections' line indices refer to it.
    public let document: ExtractedDocument
    /// The sections in order; together with their headings they cover every line.
    ///
    /// Empty for a document without lines.
    public let sections: [ResumeSection]

    /// Unfolds and splits `document`.
    ///
    /// Cost: linear in the text.
    public init(_ document: ExtractedDocument) {
        let unfolded = LineUnfolder.unfold(document)
        var splitter = HeadingFinder(unfolded)
        self.document = unfolded
        self.sections = splitter.sections()
    }
}

/// Finds the headings among the lines of one document.
private struct HeadingFinder {
    private struct Candidate {
        var kind: ResumeSection.Kind
        /// Known words that count wherever they stand alone.
        var isStrong: Bool
    }

    private struct Look: Equatable {
        var letterCase: HeadingKey.Case
        var size: Int
        var isBold: Bool
        var isHeading: Bool
        var hasColon: Bool
    }

    private let lines: [TextLine]
    private var keys: [HeadingKey] = []
    private var candidates: [Candidate?] = []
    /// Size of most of the text in tenths of a point; 0 where no size is known.
    private var bodySize = 0
    private var knowsLooks = false
    /// How most of the sure headings look; nil where there is none.
    private var common: Look?
    private var commonCount = 0
    private var hasCasedHeadings = false

    init(_ document: ExtractedDocument) {
        lines = document.lines
        measureBody()
        for line in lines {
            let key =
                line.text.utf8.count <= 4 * HeadingKey.longest
                ? HeadingKey(line.text)
                : HeadingKey(line.text.unicodeScalars.prefix(2 * HeadingKey.longest).map(\.self)[...])
            keys.append(key)
            candidates.append(HeadingFinder.candidate(key, line))
        }
        findCommonLook()
    }

    mutating func sections() -> [ResumeSection] {
        var result: [ResumeSection] = []
        var kind = ResumeSection.Kind.header
        var heading: Int?
        var start = 0
        func close(at end: Int) {
            guard start < end || heading != nil else { return }
            result.append(section(kind, heading: heading, lines: start..<end))
        }
        // Headings side by side at the tops of columns: the second waits for its column.
        var waiting: [(kind: ResumeSection.Kind, line: Int)] = []
        var firstHeading: Int?
        var index = 0
        while index < lines.count {
            if let found = accepted(index, in: kind, isFirst: firstHeading == nil) {
                close(at: index)
                (kind, heading) = (found, index)
                firstHeading = firstHeading ?? index
                let top = index
                index += 1
                while index < lines.count, isBeside(index, top), let other = accepted(index, in: kind, isFirst: false) {
                    waiting.append((other, index))
                    index += 1
                }
                start = index
                continue
            }
            if startsColumn(index) {
                if let next = waiting.first, lines[next.line].page == lines[index].page {
                    close(at: index)
                    (kind, heading, start) = (next.kind, next.line, index)
                    waiting.removeFirst()
                } else if kind != .header, isSidebarTop(index, firstHeading: firstHeading) {
                    close(at: index)
                    (kind, heading, start) = (.header, nil, index)
                }
            }
            index += 1
        }
        close(at: lines.count)
        return result
    }

    /// Whether a line was cut from the same line of the page as the one at `top`.
    private func isBeside(_ index: Int, _ top: Int) -> Bool {
        guard let box = lines[top].box else { return false }
        return lines[index].box == box && lines[index].page == lines[top].page
    }

    private func section(_ kind: ResumeSection.Kind, heading: Int?, lines range: Range<Int>) -> ResumeSection {
        var bounds = 0..<0
        if let first = range.first, let last = range.last {
            let end = lines[last].offset + lines[last].text.unicodeScalars.count
            bounds = lines[first].offset..<max(end, lines[first].offset)
        } else if let heading {
            let end = lines[heading].offset + lines[heading].text.unicodeScalars.count
            bounds = end..<end
        }
        return ResumeSection(kind: kind, heading: heading.map { lines[$0].text }, lines: range, range: bounds)
    }

    // MARK: - Candidates

    private static func candidate(_ key: HeadingKey, _ line: TextLine) -> Candidate? {
        guard !key.words.isEmpty, !key.hasForeignSigns, key.words.count <= 8, !line.style.contains(.runningHead) else {
            return nil
        }
        if key.isLetterSpaced {
            return HeadingVocabulary.entry(squeezed: key.text).map { Candidate(kind: $0.kind, isStrong: true) }
        }
        let isItem = key.startsWithBullet || (line.style.contains(.listItem) && !line.style.contains(.heading))
        if let entry = HeadingVocabulary.entry(key.text) {
            return Candidate(kind: entry.kind, isStrong: !entry.isWeak && !isItem)
        }
        if let kind = compound(key.words) { return Candidate(kind: kind, isStrong: !isItem) }
        guard !isItem, key.words.count <= 4, key.smallLongWords == 0, key.letterCase != .small,
            let last = key.words.last,
            let kind = HeadingVocabulary.heads[last]
        else { return nil }
        return Candidate(kind: kind, isStrong: false)
    }

    /// The kind of "Education & Training" and the like: each part must be known.
    private static func compound(_ words: [String]) -> ResumeSection.Kind? {
        var parts: [String] = []
        var part: [String] = []
        for word in words {
            if connectives.contains(word) {
                parts.append(part.joined(separator: " "))
                part = []
            } else {
                part.append(word)
            }
        }
        parts.append(part.joined(separator: " "))
        guard parts.count > 1, parts.count <= 4, let first = HeadingVocabulary.entry(parts[0]) else { return nil }
        let allKnown = parts.allSatisfy { part in
            HeadingVocabulary.entry(part) != nil
                || part.split(separator: " ").last.map { HeadingVocabulary.heads[String($0)] != nil } ?? false
        }
        return allKnown ? first.kind : nil
    }

    private static let connectives: Set<String> = [
        "and", "et", "und", "y", "e", "en", "i", "si", "och", "og", "ja", "ve", "dan", "va", "и", "та", "і", "и",
    ]

    // MARK: - Looks

    private mutating func measureBody() {
        var weights: [Int: Int] = [:]
        for line in lines {
            if let size = line.fontSize, size > 0, size < 1_000 {
                weights[Int(size * 10), default: 0] += line.text.utf8.count
                knowsLooks = true
            }
        }
        bodySize = weights.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    }

    private func size(_ line: TextLine) -> Int {
        guard let size = line.fontSize, size > 0, size < 1_000 else { return 0 }
        return Int(size * 10)
    }

    private func look(_ index: Int) -> Look {
        let line = lines[index]
        return Look(
            letterCase: keys[index].letterCase,
            size: size(line),
            isBold: line.style.contains(.bold),
            isHeading: line.style.contains(.heading),
            hasColon: keys[index].endsWithColon
        )
    }

    private func isProminent(_ index: Int) -> Bool { isProminent(look(index)) }

    private func isProminent(_ look: Look) -> Bool {
        look.isBold || look.isHeading || (bodySize > 0 && look.size * 100 > bodySize * 107)
    }

    private mutating func findCommonLook() {
        var looks: [(look: Look, count: Int)] = []
        for index in lines.indices {
            guard let candidate = candidates[index], candidate.isStrong else { continue }
            if keys[index].letterCase != .small { hasCasedHeadings = true }
            let look = look(index)
            if let known = looks.firstIndex(where: { $0.look == look }) {
                looks[known].count += 1
            } else if looks.count < 64 {
                looks.append((look, 1))
            }
        }
        // The first of the most frequent, so that the order of lines alone decides a tie.
        // Where two or more stand out, plain ones are items of lists.
        let prominent = looks.filter { isProminent($0.look) }
        if prominent.reduce(0, { $0 + $1.count }) >= 2 { looks = prominent }
        for entry in looks where entry.count > commonCount { (common, commonCount) = (entry.look, entry.count) }
    }

    private func resemblesCommon(_ index: Int) -> Bool {
        guard let common else { return false }
        let look = look(index)
        if abs(look.size - common.size) > 6 || look.isHeading != common.isHeading || look.isBold != common.isBold {
            return false
        }
        if look.hasColon, !common.hasColon { return false }
        return look.letterCase == common.letterCase
    }

    // MARK: - Decision

    private func accepted(_ index: Int, in kind: ResumeSection.Kind, isFirst: Bool) -> ResumeSection.Kind? {
        guard let candidate = candidates[index] else { return unknownHeading(index, isFirst: isFirst) }
        let key = keys[index]
        if candidate.isStrong {
            if key.letterCase == .small, !isProminent(index), !key.endsWithColon, hasCasedHeadings { return nil }
            if let common, knowsLooks || common.isHeading || common.isBold, !isProminent(index),
                key.letterCase != .capitals,
                common.isBold || common.isHeading || (bodySize > 0 && common.size * 100 > bodySize * 107)
            {
                return nil
            }
            if isContinuation(index) { return nil }
            let isLabel =
                key.endsWithColon && common?.hasColon == false && key.letterCase != .capitals && !isProminent(index)
            if isLabel, kind == .experience || kind == .projects, HeadingStarts.entryLabels.contains(key.text) {
                return nil
            }
            return candidate.kind
        }
        guard resemblesCommon(index), !isContinuation(index) else { return nil }
        let isKnown = HeadingVocabulary.entry(key.text) != nil
        if isKnown { return key.startsWithBullet ? nil : candidate.kind }
        // "Military Experience" needs more than capital initials, which an item of a list of skills has, too.
        let looksSay = isProminent(index) || (key.letterCase == .capitals && kind != .skills)
        return looksSay ? candidate.kind : nil
    }

    /// A line of unknown words is a heading only where it looks the same as several known ones and unlike the text.
    private func unknownHeading(_ index: Int, isFirst: Bool) -> ResumeSection.Kind? {
        guard !isFirst, commonCount >= 3, let common, bodySize > 0, common.size * 100 > bodySize * 107 else {
            return nil
        }
        let key = keys[index]
        guard !key.words.isEmpty, key.words.count <= 6, !key.hasForeignSigns, !key.startsWithBullet,
            lines[index].gaps.isEmpty, abs(size(lines[index]) - common.size) <= 2,
            look(index).isBold == common.isBold, look(index).letterCase == common.letterCase
        else { return nil }
        return .other
    }

    /// Whether the line only goes on with the sentence of the line before.
    private func isContinuation(_ index: Int) -> Bool {
        guard index > 0, !isProminent(index), keys[index].letterCase != .capitals else { return false }
        let before = lines[index - 1].text.unicodeScalars
        guard lines[index - 1].page == lines[index].page, before.count > 30 else { return false }
        var end = before.endIndex
        while end > before.startIndex, ResumeScalars.isSpace(before[before.index(before: end)]) {
            end = before.index(before: end)
        }
        guard end > before.startIndex else { return false }
        if before[before.index(before: end)] == "," { return true }
        let tail = ResumeScalars.string(before[..<end].suffix(5).map { ResumeScalars.folded($0) })
        return [" and", " of", " in", " with", " the", " for", " a", " to", " &"].contains { tail.hasSuffix($0) }
    }

    /// Whether the line stands beside and above the one before it: a new column.
    private func startsColumn(_ index: Int) -> Bool {
        guard index > 0, lines[index].page == lines[index - 1].page, let box = lines[index].box,
            let before = lines[index - 1].box
        else { return false }
        return (box.x > before.x + before.width || box.x + box.width < before.x) && box.y + 20 < before.y
    }

    /// Whether a column starts at the top of the first page without a heading: a sidebar with name or contacts.
    private func isSidebarTop(_ index: Int, firstHeading: Int?) -> Bool {
        guard lines[index].page == 1, let box = lines[index].box, let firstHeading, let top = lines[firstHeading].box
        else { return false }
        return box.y < min(top.y + 30, 260)
    }
}
