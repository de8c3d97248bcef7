/// Cleans the names of employers, and tells phrases apart that cannot be one.
enum OrganizationName {
    /// The name without what stands before it by habit, such as "M/s."; nil where it cannot name an employer.
    static func cleaned(_ phrase: String) -> String? {
        var name = phrase[...]
        for prefix in ["M/s. ", "M/s ", "M/S. ", "M/S "] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "." }.map { String($0).foldedForLookup }
        guard let first = words.first, name.contains(where: \.isLetter) else { return nil }
        if words.allSatisfy({ noise.contains($0) || isNumber($0) }) { return nil }
        // Marks of studies and the sentences that tell what someone did.
        if words.count > 1, studies.contains(first) || ProseVerbs.starts(first) && name.first?.isLowercase ?? false {
            return nil
        }
        if words.count > 2, deeds.contains(first) { return nil }
        return String(name)
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

    private static let studies: Set<String> = words("bachelor bachelors diploma phd masters msc bsc")

    private static let deeds: Set<String> = words("promoted successfully awards awarded during introduction")

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0).foldedForLookup })
    }
}
