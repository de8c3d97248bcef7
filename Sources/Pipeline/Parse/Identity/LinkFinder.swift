/// Finds web addresses: targets of hyperlinks, and what stands in the text with or without a scheme.
struct LinkFinder {
    /// Addresses as absolute URLs in order of appearance, each once, and the ranges that spell them.
    struct Result: Sendable {
        /// Absolute URLs.
        var urls: [String] = []
        /// Where addresses stand in the text, ascending.
        var ranges: [Range<Int>] = []
    }

    /// At most so many links are listed.
    static let limit = 200

    /// Reads `text` and its document's hyperlinks.
    ///
    /// Cost: linear in the text.
    static func links(in text: ResumeText, headerEnd: Int) -> Result {
        var result = Result()
        var seen: Set<String> = []
        for link in text.document.links.prefix(limit) {
            guard let url = absolute(link), seen.insert(key(url)).inserted else { continue }
            result.urls.append(url)
        }
        let known = result.urls.map(key)
        let scalars = text.scalars
        var at = 0
        while at < scalars.count {
            guard !ResumeScalars.isSpace(scalars[at]), !isEdge(scalars[at]) else {
                at += 1
                continue
            }
            let start = at
            var hasDot = false
            while at < scalars.count, !ResumeScalars.isSpace(scalars[at]), !isEdge(scalars[at]) {
                if scalars[at] == "." { hasDot = true }
                at += 1
            }
            guard hasDot, at - start >= 4, at - start <= 2_000 else { continue }
            guard let (range, written) = address(text, start..<at, inHeader: start < headerEnd) else { continue }
            result.ranges.append(range)
            at = max(at, range.upperBound)
            guard result.urls.count < limit, let url = absolute(written) else { continue }
            // What the line's end cut from a hyperlink's target is no other address.
            let short = key(url)
            let isAtEnd = range.upperBound >= scalars.count || scalars[range.upperBound] == "\n"
            if isAtEnd || short.hasSuffix("-"), known.contains(where: { $0.hasPrefix(short) }) { continue }
            guard seen.insert(short).inserted else { continue }
            result.urls.append(url)
        }
        return result
    }

    /// Scheme, `www.`, case and a final slash do not tell two addresses apart.
    static func key(_ url: String) -> String {
        var key = url.lowercased()[...]
        for prefix in ["https://", "http://", "www."] where key.hasPrefix(prefix) { key = key.dropFirst(prefix.count) }
        while key.hasSuffix("/") { key = key.dropLast() }
        return String(key)
    }

    /// `link` with a scheme; nil for what is no web address.
    private static func absolute(_ link: String) -> String? {
        var link = link
        link.unicodeScalars.removeAll { ResumeScalars.isSpace($0) || $0.value < 32 }
        let small = link.lowercased()
        if small.hasPrefix("http://") || small.hasPrefix("https://") {
            return small.drop { $0 != "/" }.count > 4 ? link : nil
        }
        guard !link.isEmpty, !small.hasPrefix("mailto:"), !small.hasPrefix("tel:"), !small.contains("://"),
            let host = small.split(separator: "/").first, host.contains("."), !host.contains(":"), !host.contains("@"),
            !link.hasPrefix("#"), !link.hasPrefix("/")
        else { return nil }
        return "https://" + link
    }

    private static func isEdge(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", "(", ")", "[", "]", "{", "}", "|", "\"", ",", ";", "\u{2022}", "\u{B7}", "\u{201C}", "\u{201D}",
            "\\":
            true
        default: ResumeScalars.isEastAsian(scalar) || (0xE000...0xF8FF ~= scalar.value)
        }
    }

    private static func address(
        _ text: ResumeText,
        _ token: Range<Int>,
        inHeader: Bool
    ) -> (Range<Int>, String)? {
        var range = token
        let scalars = text.scalars
        while let last = scalars[range].last, ".:!?'*\u{2019}".unicodeScalars.contains(last) {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        // A label may be glued to the address: "LinkedIn:linkedin.com/in/jane".
        if let colon = scalars[range].firstIndex(of: ":"), colon + 2 < range.upperBound, scalars[colon + 1] != "/" {
            range = (colon + 1)..<range.upperBound
        }
        while let first = scalars[range].first, !ResumeScalars.isWord(first) {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        guard range.count >= 4 else { return nil }
        var written = text.string(range)
        let small = written.lowercased()
        let hasScheme = small.hasPrefix("http://") || small.hasPrefix("https://")
        let isWeb = hasScheme || small.hasPrefix("www.")
        let rest = hasScheme ? small.drop { $0 != "/" }.dropFirst(2) : small[...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !host.contains("@"), host.contains("."), !Domains.productNames.contains(small) else { return nil }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let top = parts.last, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        if !isWeb {
            let bare = host.hasPrefix("www.") ? String(host.dropFirst(4)) : String(host)
            let registered = parts.suffix(2).joined(separator: ".")
            let isProfile = Domains.profileHosts.contains(bare) || Domains.profileHosts.contains(registered)
            let hasPath = rest.count > host.count + 1
            let isKnown = isProfile && hasPath
            guard Domains.topLevel.contains(String(top)), isKnown || hasPath || inHeader else { return nil }
            guard host.unicodeScalars.allSatisfy({ ResumeScalars.isWord($0) || $0 == "." || $0 == "-" }),
                parts[0].count > 1, !parts.dropLast().allSatisfy({ $0.allSatisfy(\.isNumber) })
            else { return nil }
            // "Inc.in" and "B.Com" are no addresses: a bare name needs small letters.
            if !hasPath, written.unicodeScalars.contains(where: { ResumeScalars.isUpper($0) }) {
                guard top == "com" || top == "net" || top == "org" || top == "dev" || top == "io",
                    parts[0].count > 3, !small.hasSuffix(".net")
                else { return nil }
            }
        }
        // An address that the line's end cut at "-" or "/" goes on in the next line.
        if let last = scalars[range].last, last == "-" || last == "/", range.upperBound + 1 < scalars.count,
            scalars[range.upperBound] == "\n"
        {
            var end = range.upperBound + 1
            while end < scalars.count, ResumeScalars.isWord(scalars[end]) || scalars[end] == "-" || scalars[end] == "/"
            {
                end += 1
            }
            if end == scalars.count || scalars[end] == "\n", end > range.upperBound + 1 {
                written += text.string((range.upperBound + 1)..<end)
                range = range.lowerBound..<end
            }
        }
        return (range, written)
    }
}
