/// Names of degrees and what they amount to, folded, in the languages that are read.
enum DegreeNames {
    /// A degree's name among tokens.
    struct Match {
        /// Its tokens.
        var tokens: Range<Int>
        /// What it amounts to; nil for certificates.
        var level: EducationLevel?
        /// Whether the name can hardly mean anything else, also outside a section about education.
        var isSure: Bool
    }

    /// Abbreviations, full stops and blanks left out.
    static let abbreviations: [String: EducationLevel] = {
        var table: [String: EducationLevel] = [:]
        let rows: [(EducationLevel, String)] = [
            (
                .doctorate,
                "phd dphil md edd psyd jd dba scd pharmd dnp dds dmd dvm engd dr drphil drrer drmed drrernat drinz dring dsc od dpt kandnauk dlitt thd"
            ),
            (
                .master,
                """
                msc ms ma mba mtech meng me mca mcom mphil med mfa msw mph mpa llm mres mbbs mems msee mscs mis mha mpp march mdes mlis \
                mat pgdm pgdbm pgpm pgp emba mstat mengsc msn mdiv mpharm mps macc mim mst mtax mfin pgdhrm pgdba dea dess dipling \
                diplinf diplkfm dipling(fh) mgr mgrinz mag mms mbm mhrm mpm msba mcl msit ingénieur
                """
            ),
            (
                .bachelor,
                """
                bsc bs ba btech be bca bcom beng bba bed bfa bsn llb barch bpharm bbm bds bhm bhmct bit bas bsw bmus bdes bsee bscs bsba \
                bcs bsit bscit bis bams bhms bbs bpt bvsc bmm bms bttm bsba ab inz lic hbo licence bachillerato-universitario bsed bsme
                """
            ),
            (.associate, "aa as aas aast hnd hnc bts dut deug deust ags asn aab adn ifts fp cfgs deust dec"),
            (
                .secondary,
                "ged hsc ssc sslc cbse icse gcse gcses hsd igcse bac cap bep vce vwo havo mbo vmbo puc ib isc matric abitur btec nvq ssce waec"
            ),
        ]
        for (level, names) in rows {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = level }
        }
        return table
    }()

    /// Abbreviations that are common words or letters, which count only in capitals or with full stops.
    static let ambiguous: Set<String> = [
        "me", "ma", "ms", "ba", "be", "as", "aa", "bs", "bas", "bit", "med", "mat", "is", "od", "dr", "mis", "march",
        "mst", "mag", "me", "ab", "lic",
        "bed", "cap", "bac", "fp", "pc", "ib", "isc", "mim", "mps", "mpa", "dec", "mph", "md", "jd", "mms", "bms",
        "bis", "inz", "dea", "pgp", "dba",
    ]

    /// First words of degrees' names.
    static let words: [String: EducationLevel] = {
        var table: [String: EducationLevel] = [:]
        let rows: [(EducationLevel, String)] = [
            (
                .doctorate,
                """
                doctor doctorate doctoral doctorat doctorado dottorato doutorado doutoramento doktor doktorat doktora promotion \
                postdoc postdoctoral докторантура аспирантура доктор doktorgrad promovierte
                """
            ),
            (
                .master,
                """
                master masters mastere magister magistère maestria maîtrise maitrise mestrado maestrado magistrale specialistica masterat \
                masterstudium masterstudiengang magistratura магистр магистратура специалист специалитет диплом-инженер diplom \
                diplomingenieur diplomkaufmann diplominformatiker yukseklisans specialist civilingenjor magisterexamen masterexamen doctorandus doctoraal \
                magisterka posgrado postgrado postgraduate магістр
                """
            ),
            (
                .bachelor,
                """
                bachelor bachelors bachelorstudium bachelorstudiengang baccalaureate licence licenciatura licenciado licenciada licenta laurea \
                bacharelado bacharel grado graduado graduada ingenieria graduacao licencjat licencjackie inzynierskie lisans kandidatexamen kandidat \
                бакалавр бакалавриат undergraduate baccalaureus laurea triennale tecnologo inginer бакалавр hogeronderwijs universitaria
                """
            ),
            (
                .associate,
                """
                associate associates diploma diplome diplomado advanced foundation bachillerato-tecnico tecnico tecnologia technician \
                onlisans техникум higher vocational ausbildung diplomi diplom-fachwirt diploma's
                """
            ),
            (
                .secondary,
                """
                abitur matura baccalaureat bachillerato maturita maturità baccalaureate secondary intermediate matriculation gymnasium \
                fachabitur fachhochschulreife realschulabschluss gymnasieexamen liseli highschool preparatory \
                studentexamen аттестат lycee ensino
                """
            ),
        ]
        for (level, names) in rows {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name).foldedForLookup] = level }
        }
        return table
    }()

    /// Chinese, Japanese and Korean degrees, highest first.
    static let eastAsian: [(String, EducationLevel)] = [
        ("博士", .doctorate), ("박사", .doctorate), ("硕士", .master), ("碩士", .master), ("修士", .master), ("研究生", .master),
        ("석사", .master),
        ("本科", .bachelor), ("学士", .bachelor), ("學士", .bachelor), ("학사", .bachelor), ("大专", .associate),
        ("专科", .associate), ("短大", .associate), ("高中", .secondary),
        ("高校卒", .secondary), ("中专", .secondary), ("고졸", .secondary),
    ]

    /// Subjects that are a part of a degree's name after "of", so that what follows is a school or a field.
    static let faculties: Set<String> = [
        "science", "sciences", "arts", "engineering", "technology", "commerce", "business", "administration", "fine",
        "education", "laws", "law",
        "philosophy", "applied", "computer", "applications", "application", "nursing", "architecture", "design",
        "medicine", "surgery", "pharmacy",
        "social", "work", "public", "health", "information", "management", "studies", "music", "liberal", "general",
        "professional", "international",
        "economics", "accounting", "finance", "human", "resources", "communication", "journalism", "hospitality",
        "tourism", "systems", "library",
        "performing", "visual", "physical", "therapy", "dental", "veterinary", "divinity", "theology", "industrial",
        "mechanical", "electrical", "civil",
        "software", "electronics", "bachelor", "mass", "agriculture", "statistics", "mathematics", "the", "and", "&",
        "marketing",
    ]

    /// The degree's name that starts at a token.
    static func match(_ text: TokenizedText, at index: Int, in tokens: Range<Int>) -> Match? {
        let token = text.tokens[index]
        guard token.kind == .word || token.kind == .number else { return nil }
        if token.isEastAsian {
            for (name, level) in eastAsian where token.folded.contains(name) {
                return Match(tokens: index..<index + 1, level: level, isSure: token.folded.hasPrefix(name))
            }
            return nil
        }
        if let match = schoolYears(text, at: index, in: tokens) { return match }
        if let match = abbreviation(text, at: index, in: tokens) { return match }
        guard let level = words[token.folded] else { return nil }
        guard token.isCapitalised || index == tokens.lowerBound else { return nil }
        return spelledOut(text, at: index, in: tokens, level: level)
    }

    private static func word(_ text: TokenizedText, _ index: Int, _ tokens: Range<Int>) -> String? {
        guard tokens.contains(index), text.tokens[index].kind == .word else { return nil }
        return text.tokens[index].folded
    }

    /// "High School Diploma", "12th", "A levels".
    private static func schoolYears(_ text: TokenizedText, at index: Int, in tokens: Range<Int>) -> Match? {
        let first = text.tokens[index].folded
        let second = word(text, index + 1, tokens)
        let third = word(text, index + 2, tokens)
        let fourth = word(text, index + 3, tokens)
        if first == "high" || first == "secondary" || first == "higher",
            second == "school" || third == "school" || second == "secondary"
        {
            for end in [index + 2, index + 3] {
                if let last = word(text, end, tokens),
                    ["diploma", "certificate", "degree", "graduate", "equivalency", "leaving"].contains(last)
                {
                    return Match(tokens: index..<end + 1, level: .secondary, isSure: true)
                }
            }
            if first == "higher", second == "secondary" {
                return Match(tokens: index..<index + 2, level: .secondary, isSure: false)
            }
            return nil
        }
        if first == "higher", second == "national" {
            return Match(tokens: index..<min(index + 3, tokens.upperBound), level: .associate, isSure: true)
        }
        if first == "senior" || first == "junior", second == "secondary" || second == "high" && fourth == "diploma" {
            return Match(tokens: index..<min(index + 3, tokens.upperBound), level: .secondary, isSure: false)
        }
        if text.tokens[index].kind == .number, ["10", "12"].contains(first), second == "th" {
            return Match(tokens: index..<index + 2, level: .secondary, isSure: false)
        }
        if first == "a" || first == "o", second == "level" || second == "levels" {
            return Match(tokens: index..<index + 2, level: .secondary, isSure: false)
        }
        if ["post", "pg"].contains(first),
            second == "graduate" || second == "graduation" || second == "diploma" || third == "graduate"
        {
            var end = index + (third == "graduate" ? 3 : 2)
            while let word = word(text, end, tokens),
                ["diploma", "certificate", "degree", "program", "programme", "in"].contains(word), word != "in"
            { end += 1 }
            return Match(
                tokens: index..<end,
                level: second == "diploma" || word(text, end - 1, tokens) == "diploma" ? .bachelor : .master,
                isSure: false
            )
        }
        if first == "certificate" || first == "certification" || first == "zertifikat" || first == "certificat" {
            return Match(tokens: index..<index + 1, level: nil, isSure: false)
        }
        return nil
    }

    private static func abbreviation(_ text: TokenizedText, at index: Int, in tokens: Range<Int>) -> Match? {
        var name = ""
        var end = index
        var best: Match?
        var dots = 0
        var capitals = 0
        while tokens.contains(end), end - index < 8 {
            let token = text.tokens[end]
            if token.kind == .mark {
                guard token.mark == ".", token.spaces == 0 else { break }
                dots += 1
                end += 1
                if let match = best, match.tokens.upperBound == end - 1 { best?.tokens = index..<end }
                continue
            }
            guard token.kind == .word,
                end == index || token.spaces == 0
                    || dots > 0 && token.spaces == 1 && token.breaks == 0 && name.count < 4
                    || end == index + 1 && token.spaces == 1 && ["b", "m", "ph", "bsc", "msc"].contains(name)
            else { break }
            if end > index, text.tokens[end - 1].kind == .word, token.spaces == 0 { break }
            name += token.folded
            if token.isAllCapitals || token.isCapitalised { capitals += 1 }
            end += 1
            guard name.utf8.count <= 9 else { break }
            if let level = abbreviations[name] {
                let first = text.tokens[index]
                let written =
                    first.isAllCapitals || dots > 0 || first.count > 1 && !first.isAllCapitals && first.isCapitalised
                if ambiguous.contains(name), !(first.isAllCapitals || dots > 0) || capitals == 0 { continue }
                guard written || index == tokens.lowerBound && !ambiguous.contains(name) else { continue }
                best = Match(
                    tokens: index..<end,
                    level: level,
                    isSure: !ambiguous.contains(name) && name.count > 2 || dots > 1 && name.count > 2
                )
            }
        }
        guard var match = best else { return nil }
        // "BSc (Hons)", "BA Hons"
        var next = match.tokens.upperBound
        if tokens.contains(next), text.tokens[next].mark == "(" { next += 1 }
        if let word = word(text, next, tokens), ["hons", "honours", "honors", "hon"].contains(word) {
            match.tokens = index..<next + 1
            if tokens.contains(next + 1), text.tokens[next + 1].mark == ")" { match.tokens = index..<next + 2 }
        } else if let word = word(text, next, tokens), word == "degree" {
            match.tokens = index..<next + 1
        }
        return match
    }

    private static func spelledOut(
        _ text: TokenizedText,
        at index: Int,
        in tokens: Range<Int>,
        level: EducationLevel
    ) -> Match? {
        var end = index + 1
        var sure = false
        let first = text.tokens[index].folded
        // Bachelor's
        if tokens.contains(end), ["'", "’", "`"].contains(text.tokens[end].mark), text.tokens[end].spaces == 0 {
            end += 1
            if word(text, end, tokens) == "s" { end += 1 }
        } else if tokens.contains(end), text.tokens[end].kind == .mark, text.tokens[end].range.count > 8,
            word(text, end + 1, tokens) == "s"
        {
            end += 2
        }
        if word(text, end, tokens) == "s" { end += 1 }
        if let next = word(text, end, tokens),
            ["degree", "degrees", "diploma", "abschluss", "studies", "program", "programme", "thesis", "candidate"]
                .contains(next)
        {
            end += 1
            sure = true
        } else if let next = word(text, end, tokens),
            next == "of" || next == "in" && ["bachelor", "bachelors", "master", "masters"].contains(first)
        {
            if next == "of" {
                var at = end + 1
                while let word = word(text, at, tokens), faculties.contains(word) || at == end + 1, at - end <= 4 {
                    // "Bachelor of Science in …" ends before the field; "and" joins two parts of the name.
                    if word == "and", let after = self.word(text, at + 1, tokens), !faculties.contains(after) { break }
                    at += 1
                }
                if at > end + 1 {
                    end = at
                    sure = true
                }
            } else {
                sure = true
            }
        } else if [
            "associate", "associates", "foundation", "advanced", "higher", "technician", "specialist", "preparatory",
            "secondary", "promotion", "vocational", "kandidat", "ensino", "gymnasium", "universitaria", "lycee",
            "tecnico", "inginer",
        ].contains(first) {
            // These mean a degree only with a word that says so.
            var at = end
            while let next = word(text, at, tokens), at - end < 3 {
                if ["degree", "diploma", "certificate", "of", "superior", "medio"].contains(next) {
                    return Match(
                        tokens: index..<at + 1,
                        level: first == "higher" && next == "certificate" ? .associate : level,
                        isSure: next != "of"
                    )
                }
                at += 1
            }
            return nil
        }
        return Match(
            tokens: index..<end,
            level: level,
            isSure: sure
                || [
                    "bachelor", "doctorate", "phd", "abitur", "laurea", "licenta", "бакалавр", "магистр", "bacharelado",
                    "licenciatura", "mestrado",
                ].contains(first)
        )
    }
}
