/// Headings of resumes in many languages, and what the section below each is about.
enum HeadingVocabulary {
    /// What a known heading says.
    struct Entry: Sendable, Equatable {
        /// What the section is about.
        var kind: ResumeSection.Kind
        /// Whether the words also stand inside sections, so that they count only where they look like the other headings.
        var isWeak: Bool
    }

    /// The entry of a key made by ``HeadingKey``; nil for words that are no known heading.
    static func entry(_ key: String) -> Entry? { entries[key] }

    /// The entry of a letter-spaced heading, whose words cannot be told apart.
    static func entry(squeezed key: String) -> Entry? { squeezed[key] }

    /// The longest phrase, in words.
    static let longestPhrase = 6

    /// Words that end a heading of their own kind: "Military Experience", "Computer Skills".
    static let heads: [String: ResumeSection.Kind] = [
        "experience": .experience, "experiences": .experience, "employment": .experience, "education": .education,
        "skills": .skills, "competencies": .skills, "competences": .skills, "qualifications": .skills,
        "technologies": .skills, "certifications": .certifications, "certificates": .certifications,
        "licenses": .certifications, "licences": .certifications, "languages": .languages, "projects": .projects,
        "publications": .publications, "awards": .awards, "honors": .awards, "honours": .awards,
        "achievements": .awards, "accomplishments": .awards, "interests": .interests, "references": .references,
        "summary": .summary, "objective": .summary, "profile": .summary, "experiencia": .experience,
        "kenntnisse": .skills, "erfahrung": .experience, "erfahrungen": .experience,
    ]

    /// The first words of all phrases.
    static var firstWords: Set<String> {
        Set(entries.keys.map { key in String(key.prefix { $0 != " " }) })
    }

    private static let entries: [String: Entry] = {
        var result: [String: Entry] = [:]
        for (kind, phrases) in table {
            for phrase in phrases.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
                let isWeak = phrase.first == "~"
                let key = HeadingKey(isWeak ? phrase.dropFirst() : phrase).words.joined(separator: " ")
                if !key.isEmpty, result[key] == nil { result[key] = Entry(kind: kind, isWeak: isWeak) }
            }
        }
        return result
    }()

    private static let squeezed: [String: Entry] = {
        var result: [String: Entry] = [:]
        for key in entries.keys.sorted() { result[key.filter { $0 != " " }] = entries[key] }
        return result
    }()

    /// Phrases separated by `|`, one line a language; `~` marks a weak one.
    ///
    /// The first to claim a phrase has it.
    private static let table: [(ResumeSection.Kind, String)] = [
        (
            .experience,
            """
            experience|work experience|professional experience|employment|employment history|work history|career history
            employment experience|career experience|relevant experience|industry experience|job history|job experience
            professional background|work background|career background|employment background|professional history
            professional career|career summary and experience|experience summary|experience details|work experiences
            relevant work experience|related experience|related work experience|additional experience|other experience
            other work experience|previous experience|previous employment|prior experience|past experience|current employment
            present employment|current position|positions held|appointments|academic appointments|professional appointments
            professional positions|academic positions|academic experience|teaching experience|research experience
            clinical experience|military experience|military service|internships|internship|internship experience
            industrial experience|organizational experience|organisational experience|professional work experience
            selected experience|key experience|leadership experience|management experience|international experience
            working experience|professional employment|employment record|employment details|employers|career path
            career profile and experience|professional experience and achievements|experience and achievements
            career progression|career chronology|professional chronology|career highlights and experience|work
            business experience|technical experience|industry exposure|~experience highlights|career|jobs|freelance experience
            summary of experience|~assignments|work and experience|executive experience|sales experience|legal experience
            expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|parcours
            emplois|emploi|historique professionnel|stages|expériences de travail|carrière|expérience de travail
            berufserfahrung|berufserfahrungen|berufliche erfahrung|berufliche erfahrungen|beruflicher werdegang|werdegang
            beruflicher hintergrund|berufspraxis|praktische erfahrung|praktika|berufstätigkeit|berufliche laufbahn|erfahrung
            praxiserfahrung|praktische tätigkeiten|anstellungen|berufliche stationen|arbeitserfahrung
            experiencia|experiencia laboral|experiencia profesional|trayectoria profesional|historial laboral|empleo
            antecedentes laborales|experiencias laborales|trayectoria laboral|trayectoria|experiencia de trabajo
            esperienza|esperienze|esperienza lavorativa|esperienze lavorative|esperienza professionale|percorso professionale
            esperienze professionali|carriera|storia lavorativa
            werkervaring|ervaring|arbeidservaring|professionele ervaring|loopbaan|beroepservaring|werkgeschiedenis|stages
            experiência|experiências|experiência profissional|experiências profissionais|histórico profissional
            percurso profissional|experiência de trabalho|trajetória profissional|carreira|atuação profissional
            experiență|experiența|experiență profesională|experiența profesională|experienţă profesională|experiență în muncă
            experiență de muncă|locuri de muncă|parcurs profesional|istoric profesional|activitate profesională|carieră
            опыт|опыт работы|трудовой опыт|профессиональный опыт|трудовая деятельность|карьера|места работы|стаж работы
            профессиональная деятельность|трудовой стаж|опыт и достижения
            досвід|досвід роботи|професійний досвід|трудовий досвід|трудова діяльність
            工作经历|工作经验|职业经历|工作履历|实习经历|实习经验|实践经历|项目与工作经历|工作背景|职业生涯|任职经历|工作經歷|工作經驗|實習經歷
            職務経歴|職歴|職務経歴書|業務経験|実務経験|職務内容|勤務経験|インターンシップ|経歴
            경력|경력사항|경력 사항|경험|업무 경험|근무 경력|직무 경험|인턴 경험|업무 경력
            doświadczenie|doświadczenie zawodowe|przebieg kariery|historia zatrudnienia|kariera zawodowa|praktyki
            praca zawodowa|staże
            deneyim|iş deneyimi|iş deneyimleri|mesleki deneyim|iş tecrübesi|tecrübe|çalışma deneyimi|deneyimler|stajlar
            profesyonel deneyim|iş geçmişi|kariyer
            erfarenhet|arbetslivserfarenhet|arbetserfarenhet|yrkeserfarenhet|anställningar|arbetsliv|praktik
            erfaring|arbejdserfaring|erhvervserfaring|arbeidserfaring|yrkeserfaring|ansettelser|ansættelser|joberfaring
            työkokemus|työhistoria|työura|kokemus
            pracovní zkušenosti|pracovní zkušenost|praxe|profesní zkušenosti|zkušenosti|zaměstnání|pracovné skúsenosti|prax
            profesijné skúsenosti|pracovná skúsenosť
            munkatapasztalat|szakmai tapasztalat|tapasztalat|szakmai önéletrajz|munkahelyek|szakmai múlt
            radno iskustvo|iskustvo|profesionalno iskustvo|радно искуство|delovne izkušnje|izkušnje
            професионален опит|трудов стаж|трудов опит|опит
            εμπειρία|επαγγελματική εμπειρία|εργασιακή εμπειρία|προϋπηρεσία
            ניסיון|ניסיון תעסוקתי|ניסיון מקצועי|ניסיון בעבודה
            الخبرة|الخبرات|الخبرة المهنية|الخبرات العملية|الخبرة العملية|خبرات العمل|خبرة العمل|سوابق شغلی|سوابق کاری
            अनुभव|कार्य अनुभव|व्यावसायिक अनुभव|ประสบการณ์|ประสบการณ์ทำงาน|ประวัติการทำงาน
            kinh nghiệm|kinh nghiệm làm việc|quá trình làm việc|kinh nghiệm chuyên môn
            pengalaman|pengalaman kerja|riwayat pekerjaan|pengalaman profesional|pengalaman bekerja|riwayat kerja
            """
        ),
        (
            .education,
            """
            education|education and training|educational background|academic background|education background|academics
            academic qualifications|academic qualification|educational qualifications|educational qualification|schooling
            education and qualifications|education and credentials|academic credentials|academic history|academic record
            education history|educational history|academic profile|academic details|educational details|education details
            academic education|formal education|higher education|education and certifications|education and development
            education and professional development|education and certification|academia|degrees|degree|studies|college
            academic achievements and qualifications|educational credentials|educational profile|scholastic record
            education and skills|education and awards|academic preparation|university education|academic training
            educational summary|academic projects and education|education qualification|education qualifications
            ~coursework|~relevant coursework|relevant courses|scholastics|scholastic profile|academic chronicle|academic
            education and honors|academic performance|educational attainment|educational experience|college education
            formation|formations|formation académique|études|éducation|diplômes|parcours académique|cursus|scolarité
            formation et diplômes|diplômes et formations|formation universitaire|études et formations|parcours scolaire
            formation initiale|cursus universitaire|cursus scolaire
            ausbildung|bildung|bildungsweg|studium|schulbildung|ausbildung und studium|akademische ausbildung|hochschule
            schulische ausbildung|bildungsgang|hochschulbildung|schulischer werdegang|studium und ausbildung|aus und weiterbildung
            akademischer werdegang|hochschulstudium|ausbildungen|aus und fortbildung|berufsausbildung|schule
            educación|formación|formación académica|estudios|educación y formación|titulación|historial académico
            formación complementaria|preparación académica|antecedentes académicos|estudios académicos|trayectoria académica
            istruzione|istruzione e formazione|formazione|titoli di studio|formazione accademica|studi|percorso formativo
            educazione|percorso accademico|formazione e istruzione|titolo di studio
            opleiding|opleidingen|onderwijs|studie|studies|opleiding en training|scholing|opleidingen en cursussen
            formação|formação acadêmica|formação académica|educação|escolaridade|estudos|formação e educação
            histórico acadêmico|educação e formação|qualificações acadêmicas|habilitações literárias
            educație|educația|educaţie|educație și formare|educaţie şi formare|studii|formare|pregătire academică
            formare profesională|educație și formare profesională|studii și formare|parcurs educațional
            образование|образование и курсы|учеба|высшее образование|основное образование|обучение|академическое образование
            освіта|навчання|освіта та навчання
            教育背景|教育经历|学历|教育|学习经历|教育程度|教育情况|学历背景|毕业院校|教育背景及学历|學歷|教育經歷|學經歷|教育背景和学历
            学歴|学歴職歴|教育|学歴と職歴
            학력|학력사항|학력 사항|교육|교육사항|학력 및 교육
            wykształcenie|edukacja|wykształcenie i kursy|wykształcenie i szkolenia|studia|szkoły
            eğitim|eğitim bilgileri|öğrenim|öğrenim durumu|eğitim durumu|akademik geçmiş|eğitim geçmişi|eğitim ve öğretim
            utbildning|utbildningar|studier|akademisk bakgrund|skolgång
            uddannelse|utdanning|utdannelse|uddannelser|utdanningsbakgrunn|uddannelsesbaggrund
            koulutus|opinnot|koulutustausta
            vzdělání|studium|vzdělávání|vzdelanie|vzdelávanie|dosažené vzdělání
            tanulmányok|végzettség|iskolai végzettség|képzettség|oktatás|képzések
            obrazovanje|образовање|školovanje|edukacija|izobrazba|izobraževanje
            образование и обучение
            εκπαίδευση|σπουδές|εκπαίδευση και κατάρτιση
            השכלה|לימודים
            التعليم|المؤهلات العلمية|المؤهلات|الدراسة|المؤهل العلمي|التحصيل العلمي|تحصیلات
            शिक्षा|शैक्षणिक योग्यता|शैक्षिक योग्यता|การศึกษา|ประวัติการศึกษา
            học vấn|trình độ học vấn|giáo dục|quá trình học tập
            pendidikan|riwayat pendidikan|latar belakang pendidikan|pendidikan formal
            """
        ),
        (
            .skills,
            """
            skills|technical skills|key skills|core skills|core competencies|core competences|areas of expertise
            area of expertise|expertise|technical expertise|technical proficiency|technical proficiencies|competencies
            competences|key competencies|professional skills|skills summary|summary of skills|skill summary|skill set
            skillset|skill sets|it skills|computer skills|software skills|skills and abilities|skills and competencies
            skills and tools|skills and technologies|skills and expertise|skills and qualifications|technologies|tech stack
            technology stack|technical summary|technical knowledge|technical profile|technical competencies|soft skills
            core qualifications|qualifications|key qualifications|core strengths|strengths|key strengths|highlights
            skill highlights|skills highlights|professional highlights|highlights of qualifications|specialties|specialities
            specialized skills|special skills|relevant skills|other skills|additional skills|personal skills|capabilities
            core capabilities|key capabilities|areas of strength|areas of knowledge|fields of expertise|fields of interest
            programming languages|programming skills|programming|tools|tools and technologies|technologies and tools|software
            software proficiency|software knowledge|technical tools|computer proficiency|computer knowledge|computer literacy
            it proficiency|it expertise|it knowledge|technical qualifications|technical background|technical strengths
            proficiencies|functional skills|functional expertise|business skills|communication skills|interpersonal skills
            leadership skills|management skills|people skills|clinical skills|design skills|digital skills|hard skills
            transferable skills|job skills|marketable skills|key skills and competencies|key knowledge and skills
            knowledge and skills|knowledge|abilities|key attributes|skills and attributes|skills and interests|key expertise
            areas of specialization|professional expertise|professional competencies|core expertise|core knowledge
            technical environment|skills profile|skills matrix|professional qualifications|key skill|key skills and abilities
            skills and knowledge|skills and strengths|skills inventory|technical and soft skills|my skills|computer
            summary of technical skills|technologies used|~technical|technology|technology summary|technical skillset
            technical skill set|technical skill|software and tools|~frameworks|~databases|languages and technologies
            experience and skills|experience and expertise|core technical skills|domain expertise|domain knowledge
            operating systems and tools|computer expertise|qualification highlights|key areas of expertise|it and computer skills
            compétences|compétence|compétences techniques|compétences clés|compétences professionnelles|savoir faire
            compétences informatiques|informatique|aptitudes|atouts|domaines de compétences|domaines d'expertise|savoir être
            outils|logiciels|technologies|connaissances|connaissances informatiques|compétences et outils|qualités|langages
            kenntnisse|fähigkeiten|fachkenntnisse|kompetenzen|kenntnisse und fähigkeiten|fähigkeiten und kenntnisse
            edv kenntnisse|it kenntnisse|technische kenntnisse|besondere kenntnisse|qualifikationen|fachliche kompetenzen
            weitere kenntnisse|zusatzqualifikationen|kernkompetenzen|technische fähigkeiten|stärken|schlüsselqualifikationen
            computerkenntnisse|sonstige kenntnisse|fertigkeiten|persönliche fähigkeiten|programmierkenntnisse|soziale kompetenzen
            habilidades|competencias|aptitudes|conocimientos|habilidades técnicas|competencias técnicas|destrezas
            conocimientos técnicos|conocimientos informáticos|habilidades y competencias|informática|capacidades|fortalezas
            habilidades profesionales|competencias digitales|competencias clave|herramientas
            competenze|competenze tecniche|abilità|capacità|conoscenze|capacità e competenze|competenze informatiche|conoscenze informatiche
            competenze professionali|capacità e competenze tecniche|competenze digitali|competenze personali|competenze chiave
            vaardigheden|competenties|technische vaardigheden|kennis|computervaardigheden|vaardigheden en competenties|it vaardigheden
            kerncompetenties|kennis en vaardigheden|digitale vaardigheden|eigenschappen
            competências|habilidades e competências|conhecimentos|habilidades técnicas|competências técnicas|aptidões
            conhecimentos técnicos|informática|principais competências|qualificações|competências e habilidades
            competențe|competenţe|abilități|aptitudini|cunoștințe|competențe tehnice|aptitudini și competențe|abilităţi
            competențe profesionale|competențe digitale|abilități tehnice|competențe personale|cunoștințe tehnice|calificări
            навыки|ключевые навыки|профессиональные навыки|умения|знания|компетенции|технические навыки|умения и навыки
            навыки и умения|знания и навыки|ключевые компетенции|компьютерные навыки|профессиональные качества|технологии
            навички|ключові навички|професійні навички|вміння|знання|технічні навички
            专业技能|技能|个人技能|技能特长|职业技能|技术能力|技能证书|掌握技能|专业能力|核心技能|核心能力|计算机技能|技能专长|專業技能|技術技能
            技术栈|技能清单|技能与特长|相关技能|电脑技能|工作技能|个人能力|技能和证书|专长|擅長工具
            スキル|技術|技能|保有スキル|活かせる経験|テクニカルスキル|得意分野|技術スキル|スキルセット
            기술|보유 기술|스킬|기술 스택|역량|핵심 역량|보유기술|업무 기술
            umiejętności|kompetencje|umiejętności techniczne|kwalifikacje|znajomość programów|umiejętności zawodowe|technologie
            kluczowe umiejętności|umiejętności i kompetencje|kluczowe kompetencje
            beceriler|yetenekler|yetkinlikler|teknik beceriler|bilgisayar becerileri|bilgisayar bilgisi|nitelikler|beceri
            mesleki beceriler|yetkinlik
            färdigheter|kompetenser|kompetens|kunskaper|tekniska färdigheter|it kunskaper|datakunskaper|egenskaper
            færdigheder|kompetencer|ferdigheter|kompetanse|kvalifikationer|kvalifikasjoner|it færdigheder|faglige kompetencer
            taidot|osaaminen|ydinosaaminen|tekniset taidot|erityisosaaminen|it taidot
            dovednosti|znalosti|schopnosti|znalosti a dovednosti|zručnosti|schopnosti a dovednosti|technické dovednosti
            készségek|képességek|kompetenciák|ismeretek|számítógépes ismeretek|szakmai készségek|szakmai ismeretek
            veštine|vještine|вештине|znanja i veštine|znanja|veščine|spretnosti
            умения и компетенции|компютърни умения
            δεξιότητες|ικανότητες|γνώσεις|προσόντα
            כישורים|מיומנויות|כישורים טכניים
            المهارات|مهارات|المهارات التقنية|المهارات الشخصية|القدرات|مهارت ها|مهارتها
            कौशल|तकनीकी कौशल|प्रमुख कौशल|ทักษะ|ความสามารถ
            kỹ năng|kĩ năng|kỹ năng chuyên môn|năng lực
            keahlian|keterampilan|kemampuan|kompetensi|keahlian teknis|kemahiran
            """
        ),
        (
            .summary,
            """
            summary|professional summary|executive summary|career summary|profile|professional profile|personal profile
            executive profile|career profile|career overview|overview|professional overview|about|about me|objective
            career objective|professional objective|job objective|employment objective|objectives|career objectives
            career goal|career goals|career focus|goal|goals|personal statement|personal summary|introduction|bio|biography
            summary of qualifications|qualifications summary|qualification summary|profile summary|summary profile
            background summary|career statement|statement|value proposition|professional statement|professional synopsis
            synopsis|career synopsis|profile and objective|summary and objective|resume summary|resume objective|mission
            professional background summary|objective and summary|personal profile and summary|position objective|position desired
            qualifications profile|professional introduction|executive overview|executive synopsis|experience overview
            performance summary|career snapshot|snapshot|at a glance|who i am|carrier objective|career aim|career aspiration
            background|summary statement|areas of interest and summary|professional brand|personal objective|aim|profile overview
            summary of professional experience|overview of qualifications|key profile|personal overview|performance profile
            profil|à propos|a propos de moi|résumé|objectif|objectif professionnel|présentation|synthèse|résumé professionnel
            profil professionnel|qui suis je|accroche|objectifs|profil personnel
            kurzprofil|über mich|zusammenfassung|persönliches profil|berufsziel|berufliches profil|profil und ziele|ziel|motivation
            perfil|perfil profesional|resumen|resumen profesional|objetivo|objetivo profesional|sobre mí|acerca de mí
            extracto|presentación|quién soy|resumen ejecutivo|objetivos
            profilo|profilo professionale|profilo personale|sommario|chi sono|obiettivo|obiettivo professionale|presentazione|su di me
            sintesi|riepilogo|riassunto|obiettivi
            profiel|persoonlijk profiel|over mij|samenvatting|profielschets|doelstelling|introductie
            resumo|perfil profissional|resumo profissional|objetivo profissional|sobre mim|sobre|apresentação|objetivos profissionais
            profil profesional|despre mine|rezumat|sumar|obiectiv|obiectiv profesional|descriere|prezentare|profil personal
            о себе|обо мне|профиль|цель|краткая информация|резюме|личные качества|общая информация|цели|карьерные цели
            дополнительно о себе|обо мне кратко|цель поиска работы|желаемая должность
            про себе|профіль|мета|ціль|загальна інформація
            个人简介|自我评价|个人总结|简介|个人评价|自我介绍|求职意向|个人概述|职业目标|个人优势|关于我|职业概述|個人簡介|自我簡介|自傳|自我評價
            个人描述|职业规划|求职目标|应聘意向|概要|概述
            自己紹介|概要|職務要約|自己pr|プロフィール|要約|志望動機|サマリー|自己pr文
            자기소개|소개|요약|프로필|자기 소개|간단 소개
            podsumowanie|profil zawodowy|o mnie|cel zawodowy|podsumowanie zawodowe|cel|streszczenie
            özet|profil özeti|hakkımda|kariyer hedefi|profesyonel özet|ön yazı|amaç|hedef|ben kimim|kişisel profil
            sammanfattning|om mig|profil och mål|mål|personlig profil|presentation
            om meg|sammendrag|resumé|profiltekst|sammenfatning|karrieremål|nøglekvalifikationer|nøkkelkvalifikasjoner
            profiili|tiivistelmä|yhteenveto|tietoa minusta|minusta
            shrnutí|o mně|souhrn|profesní profil|cíl|zhrnutie|o mne
            összefoglaló|összefoglalás|rólam|bemutatkozás|célkitűzés|szakmai összefoglaló
            sažetak|o meni|profil kandidata|о мени|профил|povzetek|rezime
            за мен|резюме и цели
            προφίλ|περίληψη|σχετικά με εμένα|στόχος
            תקציר|אודות|פרופיל|תמצית
            الملخص|نبذة عني|الملخص المهني|الهدف الوظيفي|الهدف|الملف الشخصي|نبذة|ملخص|درباره من|خلاصه
            सारांश|परिचय|उद्देश्य|मेरे बारे में|ประวัติย่อ|เกี่ยวกับฉัน|สรุป
            tóm tắt|giới thiệu|giới thiệu bản thân|mục tiêu nghề nghiệp|mục tiêu|về tôi|tổng quan
            ringkasan|tentang saya|profil diri|tujuan karir|ringkasan profesional|tentang diri
            """
        ),
        (
            .languages,
            """
            languages|language|language skills|languages known|languages spoken|linguistic skills|language proficiency
            spoken languages|foreign languages|language abilities|known languages|languages and proficiency
            language competencies|linguistic proficiency|language knowledge
            langues|langue|langues étrangères|compétences linguistiques|langues parlées|langues vivantes
            sprachen|sprachkenntnisse|fremdsprachen|sprachliche kenntnisse|sprache
            idiomas|idioma|lenguas|lenguajes|competencias lingüísticas|lingüística
            lingue|lingua|lingue straniere|competenze linguistiche|conoscenze linguistiche|lingue conosciute
            talen|talenkennis|taalvaardigheden|taalkennis|taal
            línguas|línguas estrangeiras|competências linguísticas|conhecimento de idiomas
            limbi|limbi străine|competențe lingvistice|limbi vorbite|limbi cunoscute|limbi straine cunoscute
            языки|иностранные языки|знание языков|владение языками|язык|языковые навыки
            мови|іноземні мови|знання мов|володіння мовами
            语言能力|语言|外语水平|外语能力|语言技能|外语|英语水平|語言能力|語言
            語学|語学力|言語|語学スキル
            언어|어학|외국어|어학 능력|외국어 능력|어학능력
            języki|języki obce|znajomość języków|znajomość języków obcych|język
            diller|yabancı diller|dil bilgisi|dil becerileri|yabancı dil|dil|bildiği diller
            språk|språkkunskaper|sprog|sprogkundskaber|språkkunnskaper|sprogfærdigheder|språkferdigheter
            kielitaito|kielet|kielitaidot
            jazyky|jazykové znalosti|jazykové dovednosti|cizí jazyky|cudzie jazyky|jazykové schopnosti
            nyelvek|nyelvtudás|nyelvismeret|idegen nyelv|idegen nyelvek|nyelvi készségek
            jezici|strani jezici|језици|znanje jezika|jeziki|tuji jeziki
            езици|чужди езици|езикови умения
            γλώσσες|ξένες γλώσσες
            שפות
            اللغات|اللغة|المهارات اللغوية|زبان ها
            भाषाएं|भाषाएँ|भाषा|ภาษา
            ngôn ngữ|ngoại ngữ
            bahasa|kemampuan bahasa|keterampilan bahasa
            """
        ),
        (
            .certifications,
            """
            certifications|certification|certificates|certificate|licenses|licences|licenses and certifications|licensure
            certifications and licenses|certificates and licenses|licences and certifications|professional certifications
            certifications and training|training and certifications|certifications and courses|certification and training
            courses and certifications|technical certifications|licenses and certificates|professional certification
            credentials|professional credentials|professional licenses|license|licensure and certification|accreditations
            certification and licenses|certifications licenses|certifications and awards|certificates and courses|it certifications
            ~training|trainings|courses|~professional development|professional training|training and development|seminars
            workshops|training and courses|training and workshops|courses and training|continuing education|additional training
            certificates and trainings|trainings and certifications|workshops and seminars|online courses|training and seminars
            certificats|certifications et formations|habilitations|formations complémentaires|permis et certificats
            zertifikate|zertifizierungen|weiterbildung|weiterbildungen|fortbildung|fortbildungen|lehrgänge|kurse|zertifikat|schulungen
            certificaciones|certificados|cursos|cursos y certificaciones|cursos realizados|certificación|cursos y seminarios
            certificazioni|certificati|corsi|patenti e certificazioni|corsi e certificazioni|attestati|patente
            certificaten|certificeringen|cursussen|trainingen|cursussen en certificaten|diplomas en certificaten
            certificações|certificados|cursos complementares|cursos e certificações|certificação|cursos extracurriculares
            certificări|certificate|certificari|cursuri|atestate|cursuri și certificări|diplome și certificate|calificări și certificări
            сертификаты|сертификации|курсы|повышение квалификации|дополнительное образование|сертификаты и курсы
            тренинги|курсы и сертификаты|повышение квалификации курсы|лицензии
            сертифікати|курси|додаткова освіта
            证书|资格证书|获得证书|认证|职业资格|资质证书|证书和执照|培训经历|培训|所获证书|证书资质|證書|證照|專業證照|荣誉证书|执业资格
            資格|免許資格|資格免許|認定資格|保有資格|取得資格|免許
            자격증|자격사항|자격 사항|자격|수료증|교육 이수
            certyfikaty|kursy|szkolenia|kursy i szkolenia|certyfikaty i kursy|uprawnienia|licencje
            sertifikalar|kurslar|eğitimler ve sertifikalar|sertifika|kurs ve seminerler|sertifikalar ve kurslar|belgeler
            certifikat|certifieringar|kurser|certifikater|sertifikater|kurser og certifikater|sertifiseringer|certificeringer
            kurser och certifikat|kurs og sertifikater
            sertifikaatit|kurssit|sertifioinnit|todistukset
            certifikáty|kurzy|školení|certifikace|certifikáty a kurzy|kurzy a školení
            tanúsítványok|tanfolyamok|képesítések|oklevelek|bizonyítványok
            sertifikati|certifikati|kursevi|tečajevi|сертификати|licence|potvrde
            обучения и сертификати
            πιστοποιήσεις|πιστοποιητικά|σεμινάρια
            הסמכות|תעודות|קורסים
            الشهادات|الدورات|الدورات التدريبية|الشهادات المهنية|شهادات|دورات|گواهینامه ها
            प्रमाणपत्र|प्रमाण पत्र|ใบรับรอง
            chứng chỉ|chứng nhận|bằng cấp và chứng chỉ
            sertifikat|sertifikasi|pelatihan|kursus|pelatihan dan sertifikasi
            """
        ),
        (
            .projects,
            """
            ~projects|~key projects|~selected projects|personal projects|academic projects|~project experience|side projects
            ~project details|~projects undertaken|~projects handled|~major projects|~project|open source|open source projects
            open source contributions|~project summary|~project highlights|university projects|college projects|~final year project
            ~recent projects|~professional projects|~technical projects|~portfolio|~relevant projects|projects and achievements
            ~projets|projets personnels|~réalisations|projets réalisés|projets académiques
            ~projekte|eigene projekte|persönliche projekte|projekterfahrung
            ~proyectos|proyectos personales|proyectos destacados
            ~progetti|progetti personali|~projecten|persoonlijke projecten
            ~projetos|projetos pessoais|~proiecte|proiecte personale
            ~проекты|личные проекты|~проєкти
            项目经历|项目经验|项目|个人项目|主要项目|项目背景|項目經歷|專案經驗|專案經歷|开源项目
            ~プロジェクト|プロジェクト経験|制作実績|~프로젝트|프로젝트 경험|개인 프로젝트
            ~projekty|projekty własne|~projeler|kişisel projeler|~projekt|personliga projekt|~projekter|~prosjekter|~projektit
            ~projektek|~projekti|~проекти|~έργα|~פרויקטים|~المشاريع|~مشاريع|~परियोजनाएं|~dự án|dự án cá nhân|~proyek
            """
        ),
        (
            .publications,
            """
            publications|selected publications|papers|research publications|publications and presentations|presentations
            journal articles|conference papers|conference presentations|patents|patents and publications|scholarly publications
            research papers|published works|publications and patents|books|articles|invited talks|talks|refereed publications
            presentations and publications|peer reviewed publications|invited presentations|conferences|selected presentations
            publications et conférences|articles et publications|brevets|publikationen|veröffentlichungen|patente|vorträge
            publicaciones|ponencias|patentes|pubblicazioni|brevetti|publicaties|publicações|artigos|publicații|publicaţii
            публикации|научные публикации|публікації|патенты|论文|发表论文|学术论文|科研成果|出版物|专利|論文|發表|著作|論文発表|논문|발표
            publikacje|yayınlar|makaleler|publikationer|publikasjoner|julkaisut|publikace|publikácie|publikációk|publikacije
            δημοσιεύσεις|פרסומים|المنشورات|الأبحاث|प्रकाशन|xuất bản|công bố|publikasi
            """
        ),
        (
            .awards,
            """
            ~awards|~achievements|~accomplishments|~honors|~honours|awards and honors|honors and awards|awards and achievements
            achievements and awards|awards and recognition|~recognition|recognitions|~key achievements|~key accomplishments
            core accomplishments|professional accomplishments|career achievements|professional achievements|selected achievements
            career highlights|academic achievements|honors and activities|activities and honors|awards and honours|scholarships
            honours and awards|awards and scholarships|~career accomplishments|~selected accomplishments|distinctions
            awards and certifications|scholastic achievements|personal achievements|awards and accomplishments|honor and awards
            rewards and recognition|notable achievements|~major achievements|~significant achievements|grants and awards|grants
            fellowships|honors and distinctions|fellowships and awards|summary of achievements|rewards
            ~prix|prix et distinctions|récompenses|distinctions et prix|auszeichnungen|preise|erfolge|stipendien|ehrungen
            premios|logros|reconocimientos|premios y reconocimientos|becas|premi|riconoscimenti|premi e riconoscimenti
            prijzen|onderscheidingen|prestaties|prêmios|conquistas|prémios|premii|realizări|distincții|premii și distincții
            награды|достижения|награды и достижения|нагороди|досягнення|获奖情况|荣誉奖项|奖项|荣誉|获奖经历|所获奖项|奖励|荣誉奖励|獲獎|得獎|榮譽
            所获荣誉|获奖荣誉|受賞歴|受賞|表彰|수상|수상 경력|수상경력|수상 내역
            nagrody|osiągnięcia|wyróżnienia|ödüller|başarılar|utmärkelser|meriter|priser|utmerkelser|palkinnot|ocenění|úspěchy|ocenenia
            díjak|eredmények|nagrade|priznanja|dostignuća|награди|βραβεία|διακρίσεις|פרסים|الجوائز|الإنجازات|إنجازات|पुरस्कार|उपलब्धियां
            giải thưởng|thành tích|danh hiệu và giải thưởng|penghargaan|prestasi
            """
        ),
        (
            .volunteering,
            """
            volunteering|volunteer experience|volunteer work|volunteer|community service|community involvement|volunteer activities
            voluntary work|voluntary experience|civic activities|community work|volunteer service|charity work|extracurricular
            extracurricular activities|extra curricular activities|extra curricular|leadership and activities|activities
            community engagement|community activities|social work|civic engagement|community leadership|co curricular activities
            leadership activities|leadership and involvement|campus involvement|student activities|volunteer and community service
            bénévolat|engagement associatif|expérience associative|vie associative|engagements|activités associatives
            ehrenamt|ehrenamtliche tätigkeiten|ehrenamtliches engagement|soziales engagement|engagement
            voluntariado|trabajo voluntario|actividades extracurriculares|volontariato|attività di volontariato|attività extra
            vrijwilligerswerk|nevenactiviteiten|trabalho voluntário|atividades voluntárias|atividades extracurriculares
            voluntariat|activități extracurriculare|activitate de voluntariat|волонтерство|волонтёрство|общественная деятельность
            волонтерська діяльність|志愿者经历|志愿服务|社会实践|校园经历|社团经历|志愿经历|校园活动|学生工作|在校经历|社会活动|志工經驗|社團經歷
            ボランティア|課外活動|ボランティア活動|봉사활동|봉사 활동|대외활동|대외 활동
            wolontariat|działalność społeczna|gönüllülük|gönüllü çalışmalar|sosyal faaliyetler|ideellt arbete|ideellt engagemang
            frivilligt arbejde|frivillig arbeid|frivillig|vapaaehtoistyö|dobrovolnictví|dobrovoľníctvo|önkéntesség|önkéntes munka
            volontiranje|volonterski rad|доброволчество|εθελοντισμός|התנדבות|العمل التطوعي|الأنشطة التطوعية|स्वयंसेवा
            tình nguyện|hoạt động tình nguyện|hoạt động|hoạt động ngoại khóa|pengalaman sukarela|kegiatan sukarela|pengalaman organisasi
            """
        ),
        (
            .interests,
            """
            interests|hobbies|hobbies and interests|interests and hobbies|personal interests|interest|hobby|activities and interests
            interests and activities|other interests|outside interests|areas of interest|area of interest|hobby and interests
            personal interests and hobbies|leisure activities|passions|my interests|leisure interests
            loisirs|centres d'intérêt|centres d'intérêts|intérêts|centre d'intérêt|loisirs et intérêts|passe temps|divers et loisirs
            interessen|hobbys|hobbies und interessen|freizeit|interessen und hobbys|hobbys und interessen|freizeitaktivitäten
            intereses|aficiones|pasatiempos|intereses personales|interessi|hobby e interessi|interessi personali|tempo libero|passioni
            interesses|interesses en hobby's|hobby's|vrije tijd|interesses pessoais|passatempos|interese|pasiuni|hobby uri|interese personale
            интересы|хобби|увлечения|хобби и интересы|інтереси|захоплення|хобі|兴趣爱好|爱好|兴趣|个人爱好|興趣|興趣愛好|特长爱好
            趣味|趣味特技|特技|관심사|취미|취미 및 특기|관심 분야
            zainteresowania|hobby i zainteresowania|ilgi alanları|hobiler|ilgi alanları ve hobiler|intressen|fritidsintressen|fritid
            interesser|fritidsinteresser|kiinnostuksen kohteet|harrastukset|zájmy|koníčky|záujmy|záľuby|zájmy a koníčky
            érdeklődési kör|hobbik|hobbi|érdeklődés|interesovanja|interesi|hobiji|интереси|хобита|ενδιαφέροντα|χόμπι|תחביבים|תחומי עניין
            الاهتمامات|الهوايات|اهتمامات|रुचियां|शौक|รูปแบบงานอดิเรก|sở thích|minat|hobi|minat dan hobi
            """
        ),
        (
            .references,
            """
            references|reference|referees|professional references|references available upon request|referee|recommendations
            testimonials|personal references|references upon request
            références|recommandations|referenzen|referencias|referenze|referenties|referências|referințe|recomandări
            рекомендации|рекомендації|推荐人|证明人|推薦人|推薦函|参照|추천인|referencje|referanslar|referenser|referencer|referanser
            suosittelijat|reference a doporučení|referencie|referenciák|reference i preporuke|preporuke|препоръки|συστάσεις|ממליצים|המלצות
            المراجع|المعرفون|संदर्भ|người tham chiếu|người giới thiệu|referensi
            """
        ),
        (
            .header,
            """
            contact|contact information|contact details|contacts|contact info|contact me|personal information|personal details
            personal data|personal info|personal|personal particulars|personal profile details|get in touch|~address|details
            personal dossier|personal vitae|personal background|bio data|biodata|my contact|personal memoranda|basic information
            coordonnées|informations personnelles|état civil|contactez moi|données personnelles|renseignements personnels
            kontakt|kontaktdaten|persönliche daten|persönliche angaben|angaben zur person|zur person|persönliche informationen
            contacto|datos personales|datos de contacto|información personal|información de contacto|contatti|dati personali
            informazioni personali|contatto|dati anagrafici|contactgegevens|persoonlijke gegevens|persoonsgegevens|persoonlijke informatie
            personalia|contato|dados pessoais|informações pessoais|informações de contato|contactos|date personale|date de contact
            informații personale|informaţii personale|контакты|контактная информация|личные данные|личная информация|персональные данные
            контактные данные|контакти|особисті дані|контактна інформація|联系方式|个人信息|基本信息|联系我|个人资料|基本资料|聯絡方式|個人資料|個人資訊
            联系|個人情報|連絡先|基本情報|연락처|개인정보|인적사항|인적 사항|기본 정보
            dane osobowe|dane kontaktowe|iletişim|kişisel bilgiler|iletişim bilgileri|kontaktuppgifter|personuppgifter|personlig information
            kontaktoplysninger|personlige oplysninger|kontaktinformasjon|personopplysninger|yhteystiedot|henkilötiedot
            kontaktní údaje|osobní údaje|kontaktné údaje|osobné údaje|kontaktní informace|elérhetőség|személyes adatok|elérhetőségek
            kontakt podaci|lični podaci|osobni podaci|контакт|лични данни|данни за контакт|στοιχεία επικοινωνίας|προσωπικά στοιχεία|επικοινωνία
            פרטים אישיים|יצירת קשר|פרטי התקשרות|معلومات الاتصال|المعلومات الشخصية|البيانات الشخصية|اطلاعات تماس|مشخصات فردی|اطلاعات شخصی
            संपर्क|व्यक्तिगत जानकारी|व्यक्तिगत विवरण|ติดต่อ|ข้อมูลส่วนตัว|thông tin liên hệ|liên hệ|thông tin cá nhân
            kontak|data pribadi|informasi kontak|informasi pribadi|data diri
            """
        ),
        (
            .other,
            """
            additional information|other information|miscellaneous|other|additional details|affiliations|professional affiliations
            memberships|professional memberships|professional organizations|membership|associations|professional associations
            organizations|declaration|links|websites|social media|social networks|social|online profiles|availability|travel
            security clearance|clearance|visa status|work authorization|driving licence|driving license|additional|others|notes
            additional sections|signature|military|other details|patents pending|professional activities|academic service|service
            professional service|strengths and weaknesses|other activities|additional skills and information|web|media|press
            affiliations and memberships|memberships and affiliations|professional membership|other relevant information|research
            research interests|teaching|languages and interests|professional interests|personality|personal traits|personal qualities
            divers|informations complémentaires|informations additionnelles|autres informations|autres|permis de conduire|liens
            sonstiges|weitere informationen|führerschein|mitgliedschaften|weiteres|verschiedenes|zusatzinformationen
            información adicional|otros datos|otros|otros datos de interés|carnet de conducir|redes sociales|datos adicionales
            ulteriori informazioni|altro|informazioni aggiuntive|altre informazioni|patente di guida|dati aggiuntivi
            overige|overige informatie|overig|rijbewijs|aanvullende informatie|informações adicionais|outras informações|informação adicional
            informații suplimentare|informaţii suplimentare|alte informații|permis de conducere|informații adiționale
            дополнительная информация|дополнительно|дополнительные сведения|прочее|додаткова інформація|додатково
            其他|其他信息|附加信息|其他技能|补充信息|其它|其他資訊|备注|その他|本人希望記入欄|備考|기타|기타사항|기타 사항|병역|병역사항
            dodatkowe informacje|informacje dodatkowe|inne|prawo jazdy|inne informacje|ek bilgiler|diğer|diğer bilgiler|ehliyet
            övrigt|körkort|övrig information|övriga meriter|andet|øvrigt|annet|førerkort|kørekort|muut tiedot|muuta|muu osaaminen
            další informace|ostatní|ďalšie informácie|řidičský průkaz|egyéb|egyéb információk|további információk|jogosítvány
            dodatne informacije|ostalo|остало|допълнителна информация|άλλες πληροφορίες|λοιπά|שונות|שירות צבאי|מידע נוסף
            معلومات إضافية|معلومات اضافية|अतिरिक्त जानकारी|घोषणा|ข้อมูลเพิ่มเติม|thông tin thêm|thông tin khác|informasi tambahan|lain lain
            """
        ),
    ]
}
