/// Knows lines that tell who a person is rather than what the person can do: birth, gender, family, creed, belonging.
enum PersonalLines {
    /// Whether the line of `words` is personal.
    ///
    /// `hasLabelSign` says that a colon or dash follows its first words, `isHeader` that it stands in the header or in a
    /// section of personal details.
    static func isPersonal(_ words: [String], hasLabelSign: Bool, isHeader: Bool) -> Bool {
        guard let first = words.first else { return false }
        if words.count <= 14, hasLabelSign || isHeader {
            for length in stride(from: min(4, words.count), to: 0, by: -1) {
                let label = words.prefix(length).joined(separator: " ")
                if labels.contains(label), hasLabelSign || words.count <= 8 { return true }
            }
        }
        if words.count <= 8, isPronouns(words) { return true }
        if words.count <= 12, words.contains(where: family.contains) {
            let joined = words.joined(separator: " ")
            if familyPhrases.contains(where: joined.contains) || (isHeader && words.count <= 4) { return true }
        }
        return words.count <= 12 && affiliates.contains(first) && isBelonging(words)
    }

    /// Whether the words are pronouns as people state theirs: "she/her", "Pronouns: they/them".
    static func isPronouns(_ words: [String]) -> Bool {
        var count = 0
        for word in words {
            if pronouns.contains(word) {
                count += 1
            } else if word != "pronouns" && word != "pronoun" {
                return false
            }
        }
        return count >= 2
    }

    /// "Member, Chess Club", "Volunteer, Parish of …": belonging tells of a person's group, not of the person's work.
    private static func isBelonging(_ words: [String]) -> Bool {
        words.dropFirst().contains { groups.contains($0) || bodies.contains($0) }
            && !words.contains { $0.contains(where: \.isNumber) }
    }

    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { ResumeScalars.folded($0.unicodeScalars) })
    }

    private static let pronouns: Set<String> = set(
        "he|him|his|she|her|hers|they|them|theirs|their|xe|xem|ze|zir|hir|ey|em|er|ihm|sie|ihr|elle|il|iel|ella|él|lui|lei|hen|hij|zij"
    )
    private static let labels: Set<String> = set(
        """
        gender|sex|pronouns|preferred pronouns|gender identity|date of birth|birth date|birthdate|dob|d o b|born|birthday
        place of birth|birthplace|age|marital status|civil status|family status|nationality|citizenship|religion|caste|race
        ethnicity|ethnic group|father's name|fathers name|father name|mother's name|mothers name|mother name|husband's name
        spouse|spouse name|name of father|guardian|children|dependents|height|weight|blood group|passport|passport no
        passport number|permanent address|present address|current address|address|home address|residential address
        correspondence address|mailing address|photo|photograph|driving licence|driver's license|visa status|sexual orientation
        disability|disability status|veteran status|languages known at home|date and place of birth|citizen|father|mother
        geburtsdatum|geburtsort|geboren|geboren am|staatsangehörigkeit|nationalität|familienstand|geschlecht|konfession|alter|anschrift
        date de naissance|né le|née le|né|née|lieu de naissance|nationalité|situation familiale|état civil|sexe|âge|âgé|adresse
        fecha de nacimiento|lugar de nacimiento|nacionalidad|estado civil|sexo|género|edad|dirección|dni|nacido
        data di nascita|luogo di nascita|nazionalità|stato civile|sesso|età|indirizzo|codice fiscale|nato|nata|luogo e data di nascita
        data de nascimento|nacionalidade|estado civil|sexo|idade|endereço|naturalidade|cpf|rg
        data nașterii|data nasterii|locul nașterii|naționalitate|naţionalitate|stare civilă|sex|gen|vârsta|adresa|cetățenie
        geboortedatum|geboorteplaats|nationaliteit|burgerlijke staat|geslacht|leeftijd|adres
        data urodzenia|miejsce urodzenia|narodowość|obywatelstwo|stan cywilny|płeć|wiek
        doğum tarihi|doğum yeri|uyruk|medeni durum|medeni hali|cinsiyet|yaş|askerlik durumu|adres
        födelsedatum|född|medborgarskap|nationalitet|civilstånd|kön|fødselsdato|født|statsborgerskap|kjønn|køn|syntymäaika
        datum narození|národnost|rodinný stav|pohlaví|születési dátum|születési hely|állampolgárság|családi állapot|nem
        дата рождения|родился|родилась|место рождения|пол|возраст|семейное положение|национальность|гражданство|вероисповедание
        дата народження|стать|вік|сімейний стан|громадянство|адрес|место жительства
        性别|性別|年龄|年齡|出生日期|出生年月|出生|民族|籍贯|婚姻状况|婚姻|国籍|國籍|政治面貌|身高|体重|户口|宗教|生年月日|年齢|住所|本籍|生日
        생년월일|성별|나이|결혼 여부|국적|주소|종교
        تاريخ الميلاد|مكان الميلاد|الجنسية|الجنس|الحالة الاجتماعية|العمر|الديانة|जन्म तिथि|लिंग|वैवाहिक स्थिति|राष्ट्रीयता|पिता का नाम
        ngày sinh|giới tính|quốc tịch|tình trạng hôn nhân|dân tộc|tôn giáo|tempat lahir|tanggal lahir|jenis kelamin|agama|status
        """
    )
    private static let family: Set<String> = set(
        """
        married|unmarried|divorced|widowed|single|children|child|parental|maternity|paternity|pregnant|pregnancy|husband|wife|kids
        verheiratet|ledig|geschieden|kinder|elternzeit|mutterschutz|marié|mariée|célibataire|divorcé|divorcée|enfants|congé
        casado|casada|soltero|soltera|solteiro|solteira|hijos|filhos|sposato|sposata|celibe|nubile|figli
        """
    )
    private static let familyPhrases = [
        "parental leave", "maternity leave", "paternity leave", "married", "divorced", "widowed", "two children",
        "one child",
        "three children", "elternzeit", "verheiratet", "conge maternite", "conge parental", "casado", "casada",
        "sposat",
    ]
    private static let affiliates: Set<String> = set(
        """
        member|members|volunteer|fellow|president|vice|treasurer|chair|chairman|chairwoman|mentor|organizer|organiser|secretary
        supporter|ambassador|representative|founder|active|board|lifetime|life|youth|community|deacon|elder|trustee|ally|captain
        """
    )
    private static let groups: Set<String> = set(
        """
        blind|deaf|disabled|disability|disabilities|wheelchair|autism|autistic|islamic|muslim|muslims|islam|mosque|christian
        christians|church|parish|catholic|protestant|baptist|methodist|lutheran|evangelical|jewish|synagogue|hebrew|hindu|temple
        buddhist|sikh|gurdwara|bible|quran|faith|ministry|lgbt|lgbtq|lgbtqia|gay|lesbian|queer|bisexual|transgender|pride|women
        woman|womens|women's|female|men|men's|black|african|hispanic|latino|latina|latinx|asian|indigenous|native|minority
        minorities|immigrant|immigrants|refugee|veterans|feminist|sorority|fraternity|republican|democrat|democratic|labour
        conservative|socialist|party|union|parents|mothers|fathers|nationals
        """
    )
    private static let bodies: Set<String> = set(
        "club|society|association|federation|network|fellowship|league|alliance|foundation|chapter|lodge|congregation|choir|guild"
    )
}
