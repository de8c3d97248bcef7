/// Small words and letters by which languages of one script are told apart.
struct LanguageProfiles: Sendable {
    /// ISO 639-1 codes.
    let codes: [String]
    /// Indices in `codes` of the languages that have a word; a word of few languages says more.
    let words: [String: [Int]]
    /// Letters that a language has and most others lack, by index in `codes`.
    let letters: [[Unicode.Scalar]]

    private init(_ table: [(code: String, letters: String, words: String)]) {
        var words: [String: [Int]] = [:]
        for (index, row) in table.enumerated() {
            var seen: Set<Substring> = []
            for word in row.words.split(whereSeparator: { $0 == " " || $0 == "\n" }) where seen.insert(word).inserted {
                words[String(word), default: []].append(index)
            }
        }
        self.codes = table.map(\.code)
        self.words = words
        self.letters = table.map { Array($0.letters.unicodeScalars) }
    }

    /// Languages written in Latin letters; English first, so that a tie falls to it.
    static let latin = LanguageProfiles([
        (
            "en", "",
            """
            the of and to in for with on as by at from an is are was were be been have has had this that which their our my
            i we you he she it its or not all any more than other into during through while where when who will can using used
            experience work skills team company years management development including responsible managed developed education
            summary university present languages
            """
        ),
        (
            "fr", "éèêëàâçùûîïôœ",
            """
            le la les des du de un une et en dans pour par sur avec au aux est sont ce cette ces qui que ou ne pas plus son sa
            ses nous vous mon ma mes être été ans chez entre sans sous leur leurs d l à expérience compétences formation gestion
            développement équipe depuis langues
            """
        ),
        (
            "de", "äöüß",
            """
            der die das den dem des ein eine einer einem einen und oder mit für von vom zu zum zur im in am an auf bei aus nach
            ist sind war wurde werden nicht auch als durch über unter bis seit ich wir sie er es sowie sich haben hat
            berufserfahrung kenntnisse ausbildung sprachen jahre entwicklung leitung heute
            """
        ),
        (
            "es", "ñáíóúé¿¡",
            """
            el la los las de del y e en un una unos unas con por para al se que su sus como más es son fue desde hasta entre
            sobre sin lo este esta mi o años experiencia gestión desarrollo equipo habilidades formación educación empresa actualidad
            idiomas
            """
        ),
        (
            "it", "àèéìòù",
            """
            il lo la i gli le di del della dei delle degli e ed in un una con per da dal dalla al alla nel nella che non si è
            sono come più su sul anche presso mio mia anni esperienza gestione sviluppo competenze istruzione formazione lingue
            oggi
            """
        ),
        (
            "pt", "ãõçáéíóúâê",
            """
            o a os as de do da dos das e em no na nos nas um uma com por para ao à se que como mais é são foi ou seu sua pelo
            pela desde até entre anos experiência gestão desenvolvimento equipe equipa habilidades competências formação empresa
            atual idiomas não
            """
        ),
        (
            "nl", "ĳ",
            """
            de het een en van in op met voor aan bij naar door te tot uit over om als is zijn was werd worden heeft niet ook
            dat die deze dit ik wij mijn jaar ervaring werkervaring opleiding vaardigheden talen heden onder tussen binnen
            """
        ),
        (
            "ro", "ășțâîşţ",
            """
            și si în in de la cu pe pentru din un o al ale ai a este sunt că care prin sau nu mai am fost după până către între
            lui experiență competențe educație limbi prezent ani dezvoltare gestionare echipă
            """
        ),
        (
            "pl", "ąćęłńśźżó",
            """
            i w z na do od po przez dla oraz się jest są o za ze jak nie lub przy pod nad które który która był była lat
            doświadczenie umiejętności wykształcenie języki obecnie zarządzanie rozwój
            """
        ),
        (
            "cs", "ěřůčšžýáíéďťň",
            """
            a v na s z do k pro se je jsou od po při za o nebo jako která který které byl byla ve ze let praxe zkušenosti
            vzdělání dovednosti jazyky řízení současnost
            """
        ),
        (
            "sk", "ľĺŕôäčšžýáíéďťň",
            """
            a v na s z do k pre sa je sú od po pri za o alebo ako ktorá ktorý ktoré bol bola vo zo rokov prax skúsenosti
            vzdelanie zručnosti jazyky súčasnosť
            """
        ),
        (
            "sv", "åäö",
            """
            och i att det som en på är av för med till den har de inte om ett jag var från vid samt eller under år efter mot
            erfarenhet utbildning kunskaper språk arbetslivserfarenhet nuvarande
            """
        ),
        (
            "da", "æøå",
            """
            og i at det som en på er af for med til den har de ikke om et jeg var fra ved samt eller under år efter mod
            erfaring uddannelse kompetencer sprog erhvervserfaring nuværende blev
            """
        ),
        (
            "no", "æøå",
            """
            og i at det som en på er av for med til den har de ikke om et jeg var fra ved samt eller under år etter mot
            erfaring utdanning ferdigheter språk arbeidserfaring nåværende ble nå
            """
        ),
        (
            "fi", "äö",
            """
            ja on ei se että oli olen myös mutta tai kun kuin sekä hän joka jossa vuotta työkokemus koulutus taidot kielitaito
            nykyinen kanssa mukaan osaaminen
            """
        ),
        (
            "tr", "ığşçöü",
            """
            ve bir bu ile için de da olarak olan en çok daha gibi sonra kadar veya ise ben deneyim eğitim beceriler diller
            üniversitesi yıl halen günümüz yönetimi geliştirme
            """
        ),
        (
            "hu", "őűáéíóöúü",
            """
            a az és egy hogy nem is volt meg de ez van csak mint vagy el ha már még tapasztalat tanulmányok készségek nyelvek
            év jelenleg fejlesztés szakmai
            """
        ),
        (
            "hr", "čćđšž",
            """
            i u na je se za od da su s iz do kao ili po te koji koja koje bio bila uz godina iskustvo obrazovanje vještine
            veštine jezici danas razvoj upravljanje
            """
        ),
        (
            "sl", "čšž",
            """
            in v na je se za od da so s z iz do kot ali po ter ki bil bila pri let izkušnje izobrazba znanja jeziki danes razvoj
            """
        ),
        (
            "id", "",
            """
            dan di yang untuk dengan dari pada dalam ke ini itu adalah sebagai oleh atau saya telah tahun pengalaman kerja
            pendidikan keahlian keterampilan bahasa sekarang
            """
        ),
        (
            "vi", "ăâđêôơưạảấầẩậắằặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ",
            """
            và của là có cho các với trong được tại từ đến một những người năm kinh nghiệm học kỹ năng công ty việc hiện ngôn ngữ
            """
        ),
        (
            "ca", "çàèéíïòóúü",
            """
            el la els les de del dels i en un una amb per a al que es com més és són va des fins entre sobre anys experiència
            gestió desenvolupament formació idiomes actualitat habilitats
            """
        ),
        ("et", "õäöü", "ja on ei see et oli ka või kui ning töökogemus haridus oskused keeled aastat praegu"),
        (
            "lt", "ąčęėįšųūž",
            "ir į iš su yra kad kaip ar per nuo iki darbo patirtis išsilavinimas įgūdžiai kalbos metų dabar"
        ),
        ("lv", "āčēģīķļņšūž", "un ir no ar par kā vai pie līdz darba pieredze izglītība prasmes valodas gadi pašlaik"),
    ])

    /// Languages written in Cyrillic letters; Russian first.
    static let cyrillic = LanguageProfiles([
        (
            "ru", "ыэёъ",
            """
            и в на с по для не от до из к о при за как что это или а у со во я был была лет опыт работы навыки образование языки
            настоящее время разработка управление обо мне
            """
        ),
        (
            "uk", "іїєґ",
            """
            і та в на з по для не від до із при за як що це або а у зі я був була років досвід роботи навички освіта мови
            теперішній час розробка управління
            """
        ),
        (
            "bg", "ъщ",
            """
            и в на с по за не от до из към при като че това или а у със във аз бил била години опит умения образование езици
            настоящем момента разработка управление е са се
            """
        ),
        (
            "sr", "јљњћђџ",
            """
            и у на са по за не од до из при као да то или а ја био била година искуство вештине образовање језици развој је су се
            """
        ),
    ])
}
