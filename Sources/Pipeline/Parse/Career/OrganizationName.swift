/// Cleans the names of employers, and tells phrases apart that cannot be one.
enum OrganizationName {
    /// The name without what stands before it by habit, such as "M/s."; nil where it cannot name an employer.
    static func cleaned(_ phrase: String) -> String? {
        var name = phrase[...]
        for prefix in ["M/s. ", "M/s ", "M/S. ", "M/S "] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        name = withoutAside(name)
        let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "." }.map { String($0).foldedForLookup }
        guard let first = words.first, name.contains(where: \.isLetter) else { return nil }
        if words.allSatisfy({ noise.contains($0) || isNumber($0) }) { return nil }
        if words.count <= 2, words.allSatisfy({ generic.contains($0) || $0 == "employed" }) { return nil }
        // Marks of studies and the sentences that tell what someone did.
        if words.count > 1, studies.contains(first) || ProseVerbs.starts(first) && name.first?.isLowercase ?? false {
            return nil
        }
        if words.count > 2, deeds.contains(first) { return nil }
        return String(name)
    }

    /// The name without its address on the web or its former name in brackets.
    private static func withoutAside(_ name: Substring) -> Substring {
        let lowered = name.lowercased()
        guard lowered.utf8.count == name.utf8.count, lowered.unicodeScalars.count == name.unicodeScalars.count else {
            return name
        }
        for sign in [
            " (http", " (www", " (formerly", " (previously", " - http", " - www", " http:", " https:", " www.",
        ] {
            guard let at = lowered.firstRange(of: sign), at.lowerBound > lowered.startIndex else { continue }
            let count = lowered.distance(from: lowered.startIndex, to: at.lowerBound)
            return name.prefix(count)
        }
        return name
    }

    /// Whether a word is a number or a masked year such as "20XX".
    private static func isNumber(_ word: String) -> Bool {
        !word.contains { $0.isLetter && $0 != "x" } && (word.first?.isNumber ?? true)
    }

    /// Words that make no name, alone or together: parts of dates, and labels.
    private static let noise: Set<String> = words(
        """
        jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october \
        november december spring summer summers autumn fall winter year date dates current past name names employer employers \
        company description testing roles role and responsibilities of phd related experience experiences city home device \
        associated
        """
    )

    /// Words that make no name where two or fewer stand alone.
    private static let generic: Set<String> = words(
        """
        division divisions center centre technology technologies international communication communications sales analysis \
        status department departments office offices group team teams services service systems system operating software \
        management information integration region regional branch channels retail industries industry self freelance freelancer \
        confidential undisclosed various clients client projects project state unit section
        """
    )

    private static let studies: Set<String> = words("bachelor bachelors diploma phd masters msc bsc")

    private static let deeds: Set<String> = words(
        "promoted successfully awards awarded during introduction got received since assists contact provides"
    )

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0).foldedForLookup })
    }
}
