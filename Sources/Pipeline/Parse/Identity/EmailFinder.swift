/// Finds e-mail addresses, also those spelt out against robots and those that the layout split.
struct EmailFinder {
    private let text: ResumeText

    private init(_ text: ResumeText) { self.text = text }

    /// Every address in order of appearance, lower-cased, with the range that spells it.
    ///
    /// Cost: linear in the text.
    static func emails(in text: ResumeText) -> [(value: String, range: Range<Int>)] {
        let finder = EmailFinder(text)
        var result: [(value: String, range: Range<Int>)] = []
        var index = 0
        let scalars = text.scalars
        while index < scalars.count {
            let found: (value: String, range: Range<Int>)?
            switch scalars[index] {
            case "@", "\u{FF20}": found = finder.address(around: index, sign: index..<(index + 1))
            case "[", "(", "{", "<": found = finder.bracketed(at: index)
            case " ": found = finder.spelled(at: index)
            default: found = nil
            }
            if let found, result.last.map({ $0.range.upperBound <= found.range.lowerBound }) ?? true {
                result.append(found)
                index = max(found.range.upperBound, index + 1)
            } else {
                index += 1
            }
        }
        return result
    }

    /// The address that a `mailto:` link names; nil for other links.
    static func address(ofLink link: String) -> String? {
        guard link.lowercased().hasPrefix("mailto:") else { return nil }
        let address = link.dropFirst(7).prefix { $0 != "?" && $0 != "," }.lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, isDomain(String(parts[1])), !address.contains("%"),
            !address.contains(" ")
        else { return nil }
        return address
    }

    // MARK: - Plain addresses

    private func address(around index: Int, sign: Range<Int>) -> (value: String, range: Range<Int>)? {
        let scalars = text.scalars
        var start = sign.lowerBound
        var isSpaced = false
        if start > 1, scalars[start - 1] == " ", isLocal(scalars[start - 2]) {
            start -= 1
            isSpaced = true
        }
        let localEnd = start
        while start > 0, localEnd - start < 64, isLocal(scalars[start - 1]) { start -= 1 }
        if start > 0, scalars[start - 1] == "\\" { start = min(afterEscape(start), localEnd) }
        while start < localEnd, ".-'".unicodeScalars.contains(scalars[start]) { start += 1 }
        guard start < localEnd, !(start > 0 && (scalars[start - 1] == "@" || scalars[start - 1] == "/")) else {
            return nil
        }
        guard let (domain, end) = domain(from: sign.upperBound, mayBeSpaced: isSpaced) else { return nil }
        let local = text.string(start..<localEnd)
        return ((local + "@" + domain).lowercased(), start..<end)
    }

    private func isLocal(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ResumeScalars.isWord(scalar) || scalar == "." || scalar == "_" || scalar == "-" || scalar == "+"
                || scalar == "%" || scalar == "'"
        }
        return ResumeScalars.isLetter(scalar) && !ResumeScalars.isEastAsian(scalar)
    }

    /// Where the local part starts after a written-out escape such as `\xa2` or `\t`.
    private func afterEscape(_ start: Int) -> Int {
        guard start + 3 < text.scalars.count else { return start }
        return text.scalars[start] == "x" ? start + 3 : start + 1
    }

    private func domain(from start: Int, mayBeSpaced: Bool) -> (String, Int)? {
        let scalars = text.scalars
        var domain = String.UnicodeScalarView()
        var at = start
        var end = start
        if mayBeSpaced { while at < scalars.count, scalars[at] == " ", at - start < 2 { at += 1 } }
        while at < scalars.count, domain.count < 255 {
            let scalar = scalars[at]
            if isDomainScalar(scalar) {
                domain.append(scalar)
                at += 1
                end = at
                continue
            }
            if mayBeSpaced, scalar == " ", let next = spacedDot(at) {
                domain.append(".")
                at = next
                continue
            }
            // A name that the line's end cut goes on in the next line.
            if scalar == "\n", let next = continuation(at + 1, after: String(domain)) {
                at += 1
                while at < next {
                    domain.append(scalars[at])
                    at += 1
                }
                end = at
            }
            break
        }
        while let last = domain.last, last == "." || last == "-" {
            domain.removeLast()
            end -= 1
        }
        var value = String(domain).lowercased()
        let bare = EmailFinder.withoutFigures(value)
        end -= value.unicodeScalars.count - bare.unicodeScalars.count
        value = bare
        if !EmailFinder.isDomain(value), let cut = value.lastIndex(of: ".") {
            // "example.com.Phone" and the like: what follows the last dot is no part of it.
            let shorter = String(value[..<cut])
            guard EmailFinder.isDomain(shorter) else { return nil }
            end -= value.unicodeScalars.count - shorter.unicodeScalars.count
            value = shorter
        }
        return EmailFinder.isDomain(value) ? (value, max(end, start)) : nil
    }

    /// `domain` without the figures of a telephone number that are glued to its end: "example.com0418".
    private static func withoutFigures(_ domain: String) -> String {
        guard let dot = domain.lastIndex(of: ".") else { return domain }
        let top = domain[domain.index(after: dot)...]
        let letters = top.prefix { !$0.isNumber }
        guard letters.count < top.count, Domains.topLevel.contains(String(letters)) else { return domain }
        return String(domain[...dot] + letters)
    }

    private func isDomainScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "-"
            || (ResumeScalars.isWord(scalar) && !ResumeScalars.isEastAsian(scalar))
    }

    /// Where the name goes on after " .
    ///
    /// ".
    private func spacedDot(_ index: Int) -> Int? {
        let scalars = text.scalars
        var at = index
        while at < scalars.count, scalars[at] == " ", at - index < 2 { at += 1 }
        guard at < scalars.count, scalars[at] == "." else { return nil }
        at += 1
        while at < scalars.count, scalars[at] == " ", at - index < 4 { at += 1 }
        return at < scalars.count && ResumeScalars.isLower(scalars[at]) ? at : nil
    }

    /// The end of the piece at the start of a line that completes `domain`.
    private func continuation(_ start: Int, after domain: String) -> Int? {
        let scalars = text.scalars
        guard !domain.contains(".") || domain.hasSuffix(".") || domain.hasSuffix("-") else { return nil }
        var end = start
        while end < scalars.count, isDomainScalar(scalars[end]), end - start < 80 { end += 1 }
        guard end > start, end == scalars.count || scalars[end] == "\n" || scalars[end] == " " else { return nil }
        let piece = text.string(start..<end)
        if domain.hasSuffix(".") {
            // A full stop after a whole address: the next line is another sentence.
            guard !EmailFinder.isDomain(String(domain.dropLast())) || end == scalars.count || scalars[end] == "\n"
            else {
                return nil
            }
            if EmailFinder.isDomain(String(domain.dropLast())), !Domains.topLevel.contains(piece.lowercased()) {
                return nil
            }
        }
        return EmailFinder.isDomain((domain + piece).lowercased()) ? end : nil
    }

    /// Whether `domain` has two or more parts and ends with letters.
    private static func isDomain(_ domain: String) -> Bool {
        let parts = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.count <= 8, let last = parts.last, last.unicodeScalars.count >= 2 else {
            return false
        }
        return parts.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
            && last.unicodeScalars.allSatisfy { ResumeScalars.isLetter($0) } && last.unicodeScalars.count <= 18
    }

    // MARK: - Spelt-out addresses

    /// "name [at] example [dot] com" with any brackets.
    private func bracketed(at index: Int) -> (value: String, range: Range<Int>)? {
        guard let close = sign("at", at: index) ?? sign("@", at: index) else { return nil }
        var start = index
        while start > 0, text.scalars[start - 1] == " ", index - start < 2 { start -= 1 }
        return assembled(localEnd: start, domainStart: close)
    }

    /// "name at example dot com": only where a "dot" follows, since "at" is a common word.
    private func spelled(at index: Int) -> (value: String, range: Range<Int>)? {
        let scalars = text.scalars
        guard index + 4 < scalars.count, index > 0, ResumeScalars.isWord(scalars[index - 1]),
            scalars[index + 1] == "a" || scalars[index + 1] == "A",
            scalars[index + 2] == "t" || scalars[index + 2] == "T",
            scalars[index + 3] == " "
        else { return nil }
        return assembled(localEnd: index, domainStart: index + 3, needsDot: true)
    }

    private func assembled(
        localEnd: Int,
        domainStart: Int,
        needsDot: Bool = false
    ) -> (value: String, range: Range<Int>)? {
        let scalars = text.scalars
        var start = localEnd
        while start > 0, localEnd - start < 64, isLocal(scalars[start - 1]) { start -= 1 }
        guard start < localEnd else { return nil }
        var at = domainStart
        var domain = ""
        var dots = 0
        var end = at
        while at < scalars.count, domain.utf8.count < 200 {
            let gap = at
            while at < scalars.count, scalars[at] == " ", at - gap < 2 { at += 1 }
            let begin = at
            while at < scalars.count, isDomainScalar(scalars[at]), at - begin < 80 { at += 1 }
            guard at > begin else { break }
            domain += text.string(begin..<at)
            end = at
            var next = at
            while next < scalars.count, scalars[next] == " ", next - at < 2 { next += 1 }
            if let close = sign("dot", at: next) ?? sign(".", at: next) {
                at = close
            } else if next > at, next + 4 < scalars.count, ResumeScalars.folded(scalars[next..<(next + 4)]) == "dot " {
                at = next + 4
            } else {
                break
            }
            dots += 1
            domain += "."
        }
        while domain.hasSuffix(".") { domain.removeLast() }
        // In running text "at" and "dot" are words; a local part with a sign, or at the start, is none.
        let isSure =
            start == 0 || !ResumeScalars.isSpace(scalars[start - 1]) || scalars[start - 1] == "\n"
            || (start > 1 && scalars[start - 2] == ":")
            || scalars[start..<localEnd].contains { $0 == "." || $0 == "_" || ResumeScalars.isDigit($0) }
        guard !needsDot || (dots > 0 && isSure), EmailFinder.isDomain(domain.lowercased()) else { return nil }
        return ((text.string(start..<localEnd) + "@" + domain).lowercased(), start..<end)
    }

    /// The end of `word` in brackets at `index`.
    private func sign(_ word: String, at index: Int) -> Int? {
        let scalars = text.scalars
        guard index < scalars.count, "[({<".unicodeScalars.contains(scalars[index]) else { return nil }
        var at = index + 1
        while at < scalars.count, scalars[at] == " ", at - index < 3 { at += 1 }
        for scalar in word.unicodeScalars {
            guard at < scalars.count, ResumeScalars.folded(scalars[at]) == scalar else { return nil }
            at += 1
        }
        while at < scalars.count, scalars[at] == " ", at - index < 8 { at += 1 }
        guard at < scalars.count, "])}>".unicodeScalars.contains(scalars[at]) else { return nil }
        return at + 1
    }
}
