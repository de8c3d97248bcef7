/// Tells title, organisation and place in an entry's head apart.
///
/// The head's atoms are grouped into runs, each with a label, so that words, marks, order and punctuation agree best.
struct HeadLabeller: Sendable {
    /// The best reading of a head.
    struct Reading: Sendable {
        /// How well words and shape agree; only good for comparing readings of one section.
        var score: Double
        /// Scalars of the title.
        var title: Range<Int>?
        /// Scalars of the organisation.
        var organization: Range<Int>?
        /// Scalars of the place.
        var location: Range<Int>?
        /// How sure the title is: more than 2 where a title's noun says so.
        var titleScore = 0.0
        /// How sure the organisation is.
        var organizationScore = 0.0
        /// Whether the title stands first, where both are found.
        var titleFirst: Bool? {
            guard let title, let organization else { return nil }
            return title.lowerBound < organization.lowerBound
        }
    }

    let career: CareerText
    /// What it is worth that the title stands before the organisation; negative where the document has it otherwise.
    var titleFirst = 0.3

    /// Reads a head; nil where there is nothing to read.
    func reading(of atoms: [HeadAtom]) -> Reading? {
        let count = atoms.count
        guard count > 0 else { return nil }
        // best[i][mask × 4 + label]: the best score of the atoms before i.
        var best = [[Double]](repeating: [Double](repeating: -.infinity, count: 32), count: count + 1)
        var back = [[(from: Int, state: Int)]](
            repeating: [(from: Int, state: Int)](repeating: (-1, 0), count: 32),
            count: count + 1
        )
        best[0][HeadLabel.other.rawValue] = 0
        for start in 0..<count {
            for end in (start + 1)...count {
                let features = features(atoms, start..<end)
                for label in HeadLabel.allCases {
                    let own = score(label, features, atoms, start..<end)
                    guard own > -50 else { continue }
                    for mask in 0..<8 {
                        if label != .other, mask & (1 << label.rawValue) != 0 { continue }
                        for previous in HeadLabel.allCases {
                            let state = mask * 4 + previous.rawValue
                            guard best[start][state] > -.infinity else { continue }
                            if start == 0, mask != 0 || previous != .other { continue }
                            let total =
                                best[start][state] + own
                                + transition(from: start == 0 ? nil : previous, to: label, at: atoms[start], mask: mask)
                            let next = (label == .other ? mask : mask | 1 << label.rawValue) * 4 + label.rawValue
                            if total > best[end][next] {
                                best[end][next] = total
                                back[end][next] = (start, state)
                            }
                        }
                    }
                }
            }
        }
        var winner = 0
        var winning = -Double.infinity
        for state in 0..<32 {
            let mask = state / 4
            let total = best[count][state] - (mask & 1 == 0 ? 1.2 : 0) - (mask & 2 == 0 ? 1.2 : 0)
            if total > winning {
                winning = total
                winner = state
            }
        }
        guard winning > -.infinity else { return nil }
        var reading = Reading(score: winning)
        var end = count
        var state = winner
        while end > 0 {
            let (start, before) = back[end][state]
            guard start >= 0 else { break }
            let label = HeadLabel(rawValue: state % 4)
            switch label {
            case .title:
                reading.title = scalars(atoms, start..<end)
                reading.titleScore = score(.title, features(atoms, start..<end), atoms, start..<end)
            case .organization:
                reading.organization = scalars(atoms, start..<end)
                reading.organizationScore = score(.organization, features(atoms, start..<end), atoms, start..<end)
            case .location: reading.location = scalars(atoms, start..<end)
            default: break
            }
            end = start
            state = before
        }
        return reading
    }

    /// The scalars of a run of atoms, with the full stop of an abbreviation but not that of a sentence.
    private func scalars(_ atoms: [HeadAtom], _ run: Range<Int>) -> Range<Int> {
        let tokens = career.text.tokens
        var end = atoms[run.upperBound - 1].tokens.upperBound
        let start = atoms[run.lowerBound].tokens.lowerBound
        while end - 1 > start, tokens[end - 1].kind == .mark {
            let mark = tokens[end - 1].mark
            if mark == "." {
                let before = end - 2
                if career.roles[before].contains(.legalForm) || tokens[before].count <= 2
                    || tokens[before].folded == "inc"
                {
                    break
                }
            } else if [")", "]", "+", "#", "!", "\"", "’", "”", "»"].contains(mark) {
                break
            }
            end -= 1
        }
        return tokens[start].range.lowerBound..<tokens[end - 1].range.upperBound
    }

    // MARK: Scores

    private func transition(from previous: HeadLabel?, to label: HeadLabel, at atom: HeadAtom, mask: Int) -> Double {
        var score = 0.0
        if label == .organization { score += mask & 1 != 0 ? titleFirst : mask & 1 == 0 ? -titleFirst : 0 }
        guard let previous else { return score }
        switch atom.boundary {
        case .row, .cell: break
        case .bar, .dash, .parenthesis: score -= 0.1
        case .at: score += previous == .title && label == .organization ? 2 : -0.3
        case .comma: score -= previous == .organization && label == .location ? 0 : 0.3
        case .weak: score -= 1.0
        }
        if label == .location {
            if previous == .organization {
                score += atom.boundary == .comma || atom.boundary == .dash || atom.boundary == .parenthesis ? 1.0 : 0.5
            }
            if previous == .title { score -= atom.boundary == .comma ? 0.3 : 0 }
        }
        return score
    }

    private func score(_ label: HeadLabel, _ features: Features, _ atoms: [HeadAtom], _ run: Range<Int>) -> Double {
        var merges = 0.0
        var forced: HeadLabel?
        for index in run {
            if let named = atoms[index].label {
                if named != label || index != run.lowerBound { return label == .other && named == .other ? 0.5 : -100 }
                forced = named
            }
            guard index > run.lowerBound else { continue }
            switch atoms[index].boundary {
            case .row: merges -= label == .location ? 1.5 : 3
            case .cell: merges -= label == .location ? 1 : 2.5
            case .at: merges -= 3
            case .bar: merges -= label == .location ? 1 : 1.5
            case .dash: merges -= 1.1
            case .parenthesis: merges -= 0.5
            case .comma: merges -= label == .location ? 0 : 0.9
            case .weak: merges -= label == .location ? 0.5 : 0
            }
        }
        // The commas of "Brown, Perez and Castro" part no names.
        if label == .organization, features.isFamily {
            merges += run.dropFirst().reduce(0) { $0 + (atoms[$1].boundary == .comma ? 0.9 : 0) }
        }
        let own =
            switch label {
            case .title: title(features)
            case .organization: organization(features)
            case .location: location(features)
            case .other:
                features.isFiller
                    ? 0.6 : (features.hasWords ? -0.25 * Double(run.count) - (features.titleEdge ? 1.5 : 0) : 0)
            }
        return own + merges + (forced == nil ? 0 : 4)
    }

    private struct Features {
        var words = 0
        var titleEdge = false
        var titleAny = false
        var modifier = false
        var legal = false
        var organization = false
        var organizationLast = false
        var school = false
        var place = false
        var town = false
        var isFamily = false
        var lowerStart = false
        var digits = 0
        var hasConjunction = false
        var isFiller = false
        var isURL = false
        var hasWords: Bool { words > 0 }
        var isPlacePrefix = false
        /// Whether a state's code follows after a comma, as after a town.
        var isBeforeCode = false
        var commas = 0
    }

    private func features(_ atoms: [HeadAtom], _ run: Range<Int>) -> Features {
        var features = Features()
        let tokens = career.text.tokens
        let range = atoms[run.lowerBound].tokens.lowerBound..<atoms[run.upperBound - 1].tokens.upperBound
        var first: Int?
        var last: Int?
        var beforeJoiner: Int?
        var initials = ""
        var commas = 0
        for index in range {
            let token = tokens[index]
            switch token.kind {
            case .mark:
                if token.mark == "," { commas += 1 }
                if token.mark == ".", index + 1 < range.upperBound, tokens[index + 1].spaces == 0,
                    tokens[index + 1].count > 2, tokens[index + 1].kind == .word,
                    tokens[index - 1].count > 2
                {
                    features.isURL = true
                }
                if token.mark == "&" { features.hasConjunction = true }
                continue
            case .number:
                features.digits += 1
                features.words += 1
                continue
            case .word: break
            }
            features.words += token.isEastAsian ? max(1, token.count / 4) : 1
            let role = career.roles[index]
            if first == nil {
                first = index
                features.lowerStart = !token.isCapitalised && !CareerRows.isNameParticle(token.folded)
            }
            if role.contains(.title) { features.titleAny = true }
            if role.contains(.modifier) { features.modifier = true }
            if role.contains(.legalForm), index > range.lowerBound { features.legal = true }
            if role.contains(.organization) { features.organization = true }
            if role.contains(.school) { features.school = true }
            if role.contains(.conjunction) { features.hasConjunction = true }
            if beforeJoiner == nil, role.contains(.joiner), let last, last != index { beforeJoiner = last }
            last = index
            if token.count == 1 { initials += token.folded } else { initials = "" }
            if initials.count > 1, OrganizationMarks.legalForms.contains(initials), index > range.lowerBound + 3 {
                features.legal = true
            }
        }
        guard let first, let last else { return features }
        features.titleEdge = [first, last, beforeJoiner ?? last].contains { career.roles[$0].contains(.title) }
        if !features.titleEdge, tokens[last].count <= 3, last > range.lowerBound {
            // "Software Engineer II", "Clerk 3", "Developer (Java)"
            let before = last - 1
            if before >= range.lowerBound, career.roles[before].contains(.title) { features.titleEdge = true }
        }
        features.organizationLast = career.roles[last].contains(.organization) || tokens[last].folded == "of"
        if let beforeJoiner, career.roles[beforeJoiner].contains(.organization) { features.organizationLast = true }
        let phrase = phrase(range)
        features.place =
            PlaceWords.names.contains(phrase)
            || (career.roles[last].contains(.placeCode) && features.words <= 5 && first != last)
            || lastAtomIsPlace(atoms[run.upperBound - 1]) && features.words <= 6
        if tokens[first].isEastAsian, first == last {
            features.town = PlaceWords.tails.contains { tokens[first].folded.hasSuffix($0) }
        }
        features.town =
            features.town
            || features.words <= 3 && !features.hasConjunction
                && (first != last && PlaceWords.firstWords.contains(tokens[first].folded)
                    || tokens[last].count > 5
                        && PlaceWords.tails.contains { tokens[last].folded.hasSuffix($0) && first == last })
        // г. Казань, п. Южный
        if ["п", "д", "г", "с", "к", "ст", "клх", "пгт", "р"].contains(tokens[first].folded),
            first + 1 < range.upperBound, tokens[first + 1].mark == ".", features.words <= 4
        {
            features.town = true
            features.lowerStart = false
            features.isPlacePrefix = true
        }
        let end = range.upperBound
        if end + 1 < tokens.count, tokens[end].mark == ",", tokens[end + 1].breaks == 0,
            career.roles[end + 1].contains(.placeCode), features.words <= 3, !features.legal
        {
            features.isBeforeCode =
                !features.organization
                || ["city", "town", "county", "mills", "center", "park"].contains(tokens[last].folded)
        }
        features.commas = commas
        features.isFamily = isFamily(range, commas: commas)
        features.isFiller = Self.fillers.contains(phrase)
        return features
    }

    private func phrase(_ range: Range<Int>) -> String {
        var words: [String] = []
        for index in range where career.text.tokens[index].kind != .mark {
            words.append(career.text.tokens[index].folded)
            if words.count > 4 { return "" }
        }
        return words.joined(separator: " ")
    }

    private func lastAtomIsPlace(_ atom: HeadAtom) -> Bool {
        PlaceWords.names.contains(phrase(atom.tokens))
            || atom.tokens.count == 1 && career.roles[atom.tokens.lowerBound].contains(.placeCode)
    }

    /// Names such as "Brown, Perez and Castro", "Ross & Sons" and "Smith-Jones".
    private func isFamily(_ range: Range<Int>, commas: Int) -> Bool {
        let tokens = career.text.tokens
        var names = 0
        var joined = false
        var hyphen = false
        var comma = false
        for index in range {
            let token = tokens[index]
            if token.kind == .word {
                if career.roles[index].contains(.conjunction) {
                    // "Trainer, and Coach" is a list of two, "Brown, Perez and Castro" a name.
                    if commas == 1, index > range.lowerBound, tokens[index - 1].mark == "," { return false }
                    if commas == 1, !comma { return false }
                    joined = true
                } else if token.isCapitalised, !token.isAllCapitals || token.count > 3 {
                    names += 1
                } else if !career.roles[index].contains(.joiner) {
                    return false
                }
            } else if token.mark == "&" {
                if commas == 1, !comma { return false }
                joined = true
            } else if token.mark == "," {
                comma = true
            } else if token.mark == "-" {
                hyphen = token.spaces == 0
            } else if token.mark != ",", token.mark != ".", token.mark != "'", token.mark != "’" {
                return false
            }
        }
        if commas == 1 { return joined && (3...5).contains(names) }
        if commas == 0 { return joined && names == 2 || hyphen && names == 2 && range.count == 3 }
        return false
    }

    private func title(_ features: Features) -> Double {
        guard features.hasWords else { return -2 }
        var score = features.titleEdge ? 4.0 : features.titleAny ? 2.0 : features.modifier ? 0.3 : -0.4
        if features.legal { score -= 4 }
        if features.organizationLast, !features.titleEdge { score -= 1.5 }
        if features.school { score -= 1.0 }
        if features.isFamily { score -= features.modifier ? 0.5 : 2.0 }
        if features.place { score -= 2 }
        if features.isURL { score -= 3 }
        if features.lowerStart { score -= features.titleEdge ? 0.5 : 1.5 }
        if features.words > 7 { score -= Double(features.words - 7) * 0.7 }
        score -= Double(features.digits) * 0.5
        if features.isFiller { score -= 3 }
        return score
    }

    private func organization(_ features: Features) -> Double {
        guard features.hasWords else { return -2 }
        var score = 0.9
        if features.legal {
            score = 4
        } else if features.school {
            score = 3.2
        } else if features.organization {
            score = features.organizationLast ? 3.0 : 2.2
        }
        if features.isFamily { score += features.commas > 0 ? 2.6 : 1.6 }
        if features.titleEdge, !features.legal {
            score -= features.isFamily ? 0.8 : features.school ? 1.5 : 3.5
        } else if features.titleAny, !features.legal, !features.isFamily {
            score -= 0.7
        }
        if features.modifier, !features.legal, !features.organization { score -= 0.5 }
        if features.isBeforeCode { score = min(score, 0.9) - 1.6 }
        if features.place || features.isPlacePrefix { score -= 1.6 } else if features.town { score -= 0.5 }
        if features.lowerStart { score -= 1.0 }
        if features.words > 8 { score -= Double(features.words - 8) * 0.7 }
        score -= Double(features.digits) * 0.3
        if features.isFiller { score -= 3 }
        return score
    }

    private func location(_ features: Features) -> Double {
        guard features.hasWords else { return -2 }
        var score =
            features.place || features.isPlacePrefix ? 2.6 : features.town ? 1.0 : features.words <= 3 ? 0.1 : -1.0
        if features.titleEdge || features.titleAny { score -= 3.5 }
        if features.legal { score -= 3 } else if features.organization, !features.place { score -= 2.2 }
        if features.hasConjunction { score -= 1.5 }
        if features.isFamily { score -= 0.6 }
        if features.lowerStart { score -= 1.2 }
        if features.words > 5 { score -= 2 }
        score -= Double(features.digits) * 0.6
        if features.isFiller { score -= 2 }
        return score
    }

    /// Words on kinds of employment that are neither title, employer nor place.
    private static let fillers: Set<String> = [
        "full time", "part time", "contract", "permanent", "temporary", "freelance", "vollzeit", "teilzeit", "cdi",
        "cdd", "stage", "alternance",
        "temps plein", "temps partiel", "contractor", "fulltime", "parttime", "seasonal", "per diem",
        "full time position", "present",
        "months", "years", "year", "month", "client", "project", "duration", "confidential", "permanent employee",
        "voltijd", "deeltijd",
        "spring", "summer", "fall", "winter", "achievements", "responsibilities", "key responsibilities",
        "key result areas", "knowledge", "leadership roles",
        "role", "roles", "projects", "tempo indeterminato", "tempo determinato", "jornada completa", "media jornada",
        "internship", "ongoing", "remote", "hybrid",
    ]
}
