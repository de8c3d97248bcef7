/// Knows lines on time away from work: parental leave, a sabbatical, a career break.
///
/// Such a line is no position, and what it tells is of the person and not of the work.
enum CareerBreak {
    /// Whether the line of `words`, folded, is about time away from work.
    ///
    /// Its dates count for nothing. Who stands in for someone on leave works: "Maternity leave cover", "HR officer".
    static func isBreak(_ words: [String]) -> Bool {
        var said: [String] = []
        for word in words where !hasNumber(word) && !isOfDate(word) {
            // Longer lines are no mere break.
            guard said.count < 12 else { return false }
            said.append(word)
        }
        for start in 0..<min(3, said.count) where openings.contains(said[start]) {
            for length in 1...4 where start + length <= said.count {
                guard phrases.contains(said[start..<(start + length)].joined(separator: " ")) else { continue }
                return !said.contains { atWork.contains($0) || TitleWords.isNoun($0) }
            }
        }
        return false
    }

    private static func hasNumber(_ word: String) -> Bool {
        word.utf8.allSatisfy { $0 < 0x80 }
            ? word.utf8.contains { (0x30...0x39).contains($0) } : word.contains(where: \.isNumber)
    }

    private static func isOfDate(_ word: String) -> Bool {
        DateWords.months[word] != nil || DateWords.separators.contains(word) || current.contains(word)
    }

    /// What stands for today in one word.
    private static let current = Set(DateWords.current.filter { $0.count == 1 }.joined())

    /// Words of those who stand in for someone on leave, or who deal with leaves.
    private static let atWork: Set<String> = [
        "cover", "covering", "covered", "replacement", "replacing", "backfill", "policy", "policies", "requests",
        "applications", "cases", "benefits", "administration", "handled", "managed", "processed", "vertretung",
        "elternzeitvertretung", "remplacement", "sustitucion", "sostituzione", "vervanging", "vikariat",
    ]

    /// The first words of ``phrases``.
    private static let openings = Set(phrases.compactMap { $0.split(separator: " ").first.map(String.init) })

    private static let phrases: Set<String> = Set(
        """
        parental leave|maternity leave|paternity leave|adoption leave|family leave|childcare leave|child care leave|carer leave
        carers leave|carer s leave|caregiver leave|caregiving leave|medical leave|sick leave|leave of absence|unpaid leave
        study leave|compassionate leave|bereavement leave|maternity break|family break|career break|career gap|employment gap
        gap year|career pause|sabbatical|sabbatical leave|sabbatical year|stay at home parent|stay at home mother
        stay at home father|stay at home mom|stay at home dad|full time parent|raising children
        elternzeit|elternurlaub|mutterschutz|mutterschaftsurlaub|vaterschaftsurlaub|babypause|kinderpause|familienzeit|familienpause
        erziehungsurlaub|sabbatjahr|auszeit|karenz|elternkarenz|berufliche auszeit
        conge parental|conge maternite|conge de maternite|conge paternite|conge de paternite|conge d adoption|conge sabbatique
        conge parental d education|annee sabbatique|pause carriere|interruption de carriere
        permiso parental|permiso de maternidad|permiso de paternidad|licencia de maternidad|licencia por maternidad
        licencia de paternidad|baja maternal|baja por maternidad|baja paternal|baja por paternidad|excedencia|ano sabatico
        congedo parentale|congedo di maternita|congedo maternita|congedo di paternita|anno sabbatico|pausa di carriera
        licenca maternidade|licenca de maternidade|licenca paternidade|licenca parental|licenca sabatica|periodo sabatico
        ouderschapsverlof|zwangerschapsverlof|bevallingsverlof|moederschapsverlof|vaderschapsverlof|sabbatsverlof
        foraldraledighet|foraldraledig|mammaledig|pappaledig|tjanstledighet|barselsorlov|barsel|foreldrepermisjon
        urlop macierzynski|urlop rodzicielski|urlop wychowawczy|urlop ojcowski|concediu de maternitate|concediu parental
        concediu pentru cresterea copilului|dogum izni|annelik izni|ebeveyn izni|декретный отпуск|отпуск по уходу за ребенком
        декрет|творческий отпуск|декретна відпустка|产假|育儿假|陪产假|育児休業|育児休暇|産休|産前産後休業|육아휴직|출산휴가|안식년
        """.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { String($0).foldedForLookup }
    )
}
