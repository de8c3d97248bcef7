/// The words of dates in the languages that are read.
///
/// All are folded: lower case, without Latin diacritics.
enum DateWords {
    /// Month numbers by name and abbreviation.
    static let months: [String: Int] = {
        var table: [String: Int] = [:]
        for names in monthNames {
            for (index, forms) in names.enumerated() {
                for form in forms.split(separator: " ") { table[String(form)] = index + 1 }
            }
        }
        return table
    }()

    /// One row a language, January first; forms are separated by blanks.
    ///
    /// Earlier rows lose where two languages disagree.
    private static let monthNames: [[String]] = [
        // Polish
        [
            "styczen stycznia sty", "luty lutego lut", "marzec marca", "kwiecien kwietnia kwi", "maj maja",
            "czerwiec czerwca cze", "lipiec lipca lip", "sierpien sierpnia sie", "wrzesien wrzesnia wrz",
            "pazdziernik pazdziernika paz", "listopad listopada lis", "grudzien grudnia gru",
        ],
        // Turkish
        [
            "ocak oca", "subat sub", "mart", "nisan nis", "mayis", "haziran haz", "temmuz tem", "agustos agu",
            "eylul eyl",
            "ekim eki", "kasim kas", "aralik ara",
        ],
        // Swedish, Norwegian, Danish
        [
            "januari januar", "februari februar", "mars marts", "april", "maj mai", "juni", "juli", "augusti august",
            "september", "oktober okt", "november", "december desember des",
        ],
        // Romanian
        [
            "ianuarie ian", "februarie", "martie", "aprilie", "mai", "iunie iun", "iulie iul", "august", "septembrie",
            "octombrie", "noiembrie noi", "decembrie",
        ],
        // Dutch
        [
            "januari", "februari", "maart mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december",
        ],
        // Portuguese
        [
            "janeiro", "fevereiro fev", "marco", "abril abr", "maio", "junho", "julho", "agosto ago", "setembro set",
            "outubro out", "novembro", "dezembro dez",
        ],
        // Italian
        [
            "gennaio gen", "febbraio", "marzo", "aprile", "maggio mag", "giugno giu", "luglio lug", "agosto ago",
            "settembre set sett", "ottobre ott", "novembre", "dicembre dic",
        ],
        // Spanish
        [
            "enero ene", "febrero", "marzo", "abril abr", "mayo", "junio", "julio", "agosto ago",
            "septiembre setiembre", "octubre", "noviembre", "diciembre dic",
        ],
        // German
        [
            "januar janner jaenner", "februar", "marz maerz mrz", "april", "mai", "juni", "juli", "august", "september",
            "oktober okt", "november", "dezember dez",
        ],
        // French
        [
            "janvier janv", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout aou",
            "septembre", "octobre", "novembre", "decembre",
        ],
        // Russian
        [
            "январь января янв", "февраль февраля февр фев", "март марта мар", "апрель апреля апр", "май мая",
            "июнь июня июн", "июль июля июл", "август августа авг", "сентябрь сентября сент сен",
            "октябрь октября окт", "ноябрь ноября нояб ноя", "декабрь декабря дек",
        ],
        // Ukrainian
        [
            "січень січня", "лютий лютого", "березень березня", "квітень квітня", "травень травня", "червень червня",
            "липень липня", "серпень серпня", "вересень вересня", "жовтень жовтня", "листопад листопада",
            "грудень грудня",
        ],
        // English, with common misspellings
        [
            "january jan", "february feb febuary", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep setp", "october oct", "november nov", "december dec",
        ],
    ]

    /// First and last month of seasons; winter counts as the start of its year.
    static let seasons: [String: ClosedRange<Int>] = {
        var table: [String: ClosedRange<Int>] = [:]
        let rows: [(String, ClosedRange<Int>)] = [
            ("spring printemps fruhling fruhjahr primavera voorjaar lente primavara весна wiosna", 3...5),
            ("summer ete sommer verano estate zomer verao vara лето lato sommar", 6...8),
            ("fall autumn automne herbst otono autunno herfst outono toamna осень jesien host", 9...11),
            ("winter hiver invierno inverno iarna зима zima vinter", 1...2),
        ]
        for (words, months) in rows { for word in words.split(separator: " ") { table[String(word)] = months } }
        return table
    }()

    /// Phrases that say that something goes on, as folded words; apostrophes part words.
    static let current: [[String]] = phrases(
        """
        present|presently|current|currently|now|today|ongoing|on going|to date|till date|until now|till now|til now|date|\
        at present|the present|the present day|present day|till present|until present|present time|the present time|\
        continuing|recently|still|still working|still employed|\
        heute|aktuell|jetzt|laufend|gegenwart|dato|derzeit|\
        aujourd hui|ce jour|a ce jour|en cours|actuel|actuellement|maintenant|nos jours|\
        oggi|in corso|attuale|attualmente|ad oggi|presente|\
        actualidad|la actualidad|actual|actualmente|presente|la fecha|hoy|hoy en dia|en curso|\
        heden|nu|vandaag|huidig|\
        prezent|in prezent|azi|astazi|actualmente|curent|\
        atual|atualmente|o momento|momento|hoje|ate hoje|os dias atuais|dias atuais|\
        настоящее время|настоящее|сегодня|н в|наст время|сейчас|нв|по наст время|теперь|\
        теперішній час|цей час|\
        obecnie|teraz|dzis|chwili obecnej|nadal|\
        gunumuz|halen|devam|devam ediyor|bugun|su an|\
        nuvarande|pagaende|idag|i dag|tills vidare|naverende|nutid|\
        至今|今|现在|目前|迄今|現在|現在に至る|現職|今に至る|在职|在職|현재|재직중
        """
    )

    /// Words between the two ends of a range.
    static let separators: Set<String> = words(
        """
        to till til until untill upto through thru and bis a au al alla fino hasta ate tot pana la до по - do ila kadar till \
        tom t m jusqu jusque en met in 至 到 から まで ~
        """
    )

    /// Marks between the two ends of a range.
    static func isDash(_ mark: Unicode.Scalar) -> Bool {
        switch mark {
        case "-", "~", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{301C}", "\u{FF5E}", "\u{FF0D}", "\u{2192}", "\u{2BC8}",
            "\u{AC}", "\u{30FC}", "\u{2E3A}", "\u{FE58}", "\u{FE63}", "\u{96}", "\u{97}":
            true
        default: false
        }
    }

    /// Words before a single date that make it the start of something that goes on.
    static let since: Set<String> = words(
        "since depuis seit dal dallo sinds desde с со z od de din 自 从 sedan från fran af since'"
    )

    /// Words before the first date of a range that belong to it.
    static let from: Set<String> = words("from von vom du de del da dalla van vanaf od с со din from: 自 从 från fran")

    /// Words before a single date that make it an end.
    static let until: Set<String> = words("until till til bis jusqu jusque fino hasta ate tot pana до untill")

    /// Words within a date, as in "março de 2019".
    static let joiners: Set<String> = words("de of del di en in the г год года")

    /// Words before a bare number of four digits that make it a version, not a year.
    static let products: Set<String> = words(
        """
        windows office server exchange sharepoint excel word access outlook powerpoint visio studio vs autocad solidworks \
        revit dynamics crm iso ohsas iec en din astm ieee nfpa es ecmascript c photoshop sql lync primavera project quickbooks \
        version model route room suite apt box building unit street po no number ext
        """
    )

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static func phrases(_ list: String) -> [[String]] {
        list.split(separator: "|").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
            .sorted { $0.count > $1.count }
    }
}
