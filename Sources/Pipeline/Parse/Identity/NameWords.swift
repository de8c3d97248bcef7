/// Words that tell a person's name from what else stands at the top of a resume.
///
/// All folded.
enum NameWords {
    /// Words of job titles.
    ///
    /// any of them makes a line a title. Words that are also common surnames are in ``surnames``.
    static let titles: Set<String> = set(
        """
        accountant accounting accounts actor actress adjuster administration administrative administrator advisor adviser advocate
        aide analyst analytics animator apprentice architect artist assembler assistant associate attendant attorney auditor
        aviation banker bartender bookkeeper buyer captain caregiver cashier ceo cfo chairman chef chief cio clerical clerk cmo
        coach communications compliance conductor consultant consulting contractor controller coo coordinator copywriter counsel
        counselor counsellor courier cto curator dba dealer dentist dermatologist designer detailer developer development devops
        dietitian diplomat director dispatcher doctor doctoral driver economist editor educator electrician embedded employee
        engineer engineering enterpreneur entrepreneur estimator evangelist examiner executive expert facilitator firefighter
        foreman founder freelance freelancer frontend fullstack generalist geologist grader graduate hairdresser handler
        handyman head housekeeper illustrator inspector installer instructor intern internship interpreter investigator janitor
        journalist laborer labourer landscaper lawyer lead lecturer legal librarian lifeguard logistics machinist
        maintenance management manager marketer marketing mechanic merchandiser midwife modeler musician
        negotiator nurse nutritionist officer operator operations optometrist organizer owner painter paralegal paramedic
        partner pathologist pediatrician pharmacist photographer physician physicist physiotherapist pilot planner
        plumber policeman postdoc postdoctoral president principal processor procurement producer production professional
        professor programmer promoter psychiatrist psychologist publisher purchaser qa realtor receptionist recruiter
        recruitment registrar reporter representative research researcher retail reviewer sales salesman salesperson
        scientist secretary seller senior server shopkeeper sme soldier specialist statistician stocker strategist student
        superintendent supervisor surgeon surveyor sysadmin teacher technical technician technologist teller tester
        therapist trader trainee trainer translator treasurer tutor underwriter ux undergraduate veterinarian videographer
        volunteer waiter waitress warehouse webmaster welder worker writer junior sr jr. vp svp avp 
        hr it ui backend software hardware network web data business project product program programme process quality security
        financial finance human resources customer service support system systems information technology digital graphic
        mechanical electrical civil chemical industrial medical clinical registered certified licensed chartered general
        full stack front end back cloud machine learning artificial intelligence database mobile android ios java python php
        dotnet net sap oracle salesforce embroidery fitness construction culinary sous line kitchen food beverage
        restaurant hotel hospitality healthcare health care safety environmental supply chain inventory
        advertising media social content creative brand communication public relations publicist broadcast journalism
        elementary secondary school substitute preschool kindergarten special educational guidance curriculum instruction
        analysis strategy strategic planning budget payroll tax treasury audit credit loan mortgage insurance claims
        investment banking portfolio wealth equity fund risk operational corporate regional district national
        global international area territory store shift branch department division staff team crew unit
        phlebotomist clerk agent leader advocate provider worker baker cook butcher tailor carpenter gardener barber judge butler porter nurse sales head service
        assistance aid experienced seasoned dedicated motivated talented dynamic skilled
        police officer patrol military army navy force guard correctional
        ingenieur ingenieurin entwickler entwicklerin softwareentwickler leiter leiterin berater beraterin kaufmann kauffrau
        projektleiter projektmanager buchhalter lehrer lehrerin krankenpfleger krankenschwester arzt fachkraft verkaufer
        sachbearbeiter mitarbeiter geschaftsfuhrer techniker meister auszubildender werkstudent praktikant referent
        ingenieure developpeur developpeuse directeur directrice responsable chargee charge conseiller conseillere
        comptable infirmier infirmiere enseignant professeur assistante technicien technicienne vendeur vendeuse gestionnaire
        analyste cuisinier chercheur redacteur redactrice graphiste administrateur stagiaire etudiant etudiante formateur
        ingeniero ingeniera desarrollador desarrolladora director directora gerente jefe jefa contador contadora
        enfermero enfermera profesor profesora maestro maestra consultor consultora analista asistente auxiliar tecnico
        tecnica vendedor vendedora abogado abogada administrador administradora disenador disenadora arquitecto coordinador
        coordinadora encargado encargada estudiante licenciado licenciada especialista
        ingegnere sviluppatore sviluppatrice direttore direttrice responsabile consulente impiegato impiegata infermiere
        infermiera insegnante docente avvocato architetto tecnico commerciale contabile ragioniere cameriere cuoco studente
        engenheiro engenheira desenvolvedor desenvolvedora diretor diretora gestor gestora enfermeiro enfermeira
        professor professora advogado advogada assistente estagiario estagiaria estudante programador programadora contabilista
        inginer dezvoltator programator manager contabil asistent asistenta profesor economist jurist avocat vanzator
        medic sef operator consilier specialist arhitect
        ontwikkelaar adviseur medewerker leraar docent verpleegkundige boekhouder directeur leidinggevende verkoper
        inzynier programista kierownik ksiegowy ksiegowa nauczyciel nauczycielka pielegniarka specjalista analityk
        asystent asystentka doradca sprzedawca dyrektor muhendis muhendisi gelistirici yonetici mudur muduru uzman uzmani
        ogretmen hemsire muhasebeci danisman asistan ogrenci utvecklare ingenjor chef larare sjukskoterska saljare ekonom
        udvikler ingenior leder laerer sygeplejerske konsulent utvikler sykepleier kehittaja insinoori opettaja sairaanhoitaja
        vyvojar programator inzenyr ucitel ucitelka ucetni manazer manazerka asistent obchodnik technik fejleszto mernok tanar
        konyvelo menedzser ertekesito asszisztens
        инженер разработчик программист менеджер руководитель директор бухгалтер юрист учитель преподаватель врач медсестра
        аналитик специалист консультант администратор дизайнер экономист начальник ведущий главный старший младший помощник
        ассистент тестировщик архитектор водитель повар продавец секретарь студент маркетолог заместитель оператор редактор
        переводчик логист инженер-программист
        інженер розробник програміст керівник бухгалтерка вчитель лікар аналітик спеціаліст фахівець
        工程师 经理 主管 总监 开发 设计师 教师 老师 护士 会计 医生 律师 顾问 专员 助理 程序员 架构师 分析师 实习生 销售 运营 产品 项目
        エンジニア マネージャー デザイナー 教師 看護師 会計士 営業 開発者 担当 개발자 엔지니어 매니저 디자이너 교사 간호사 회계사
        """
    )

    /// Words of headings, forms, addresses, organisations and sentences, which no name has.
    static let others: Set<String> = set(
        """
        resume resumes cv curriculum vitae vita biodata portfolio profile summary objective contact contacts address email mail
        phone mobile tel telephone fax website linkedin github page template example confidential name names surname
        firstname lastname forename date birth dob nationality gender sex male female marital status married single
        information details personal professional experience education skills work employment history career qualifications
        qualification references reference languages certifications interests hobbies projects project awards highlights
        accomplishments achievements expertise competencies strengths overview about statement declaration
        street road avenue ave blvd boulevard drive lane apt apartment suite floor building block sector nagar colony
        highway box pobox po zip city state country district county town village province region postcode
        strasse str platz weg rue allee calle avenida plaza via piazza corso rua avenida strada bulevardul ulica ul
        ulitsa улица ул проспект пр город г дом д кв sokak cadde mahalle straat laan vej gata gatan gate katu utca
        university college institute school academy faculty hospital bank company corporation corp inc incorporated llc llp
        ltd limited gmbh ag sa srl plc pvt private group holdings associates partners solutions technologies industries
        enterprises consultants consultancy agency studio studios foundation society association federation council ministry
        government centre center services laboratory laboratories labs universite universitat universidad universita
        universidade universitatea hochschule ecole escuela istituto instituto
        the of and for with in to from by on at an as is are was were be been has have had this that these those i my me we our
        your you his her its their or but not no all any each every some more most other than then so if will can may must
        und oder mit fur von zu im am der die das ein eine et ou avec pour dans sur les des une y o con para por los las una un
        ed per gli delle che uma os as com
        seeking looking available currently ability knowledge strong excellent good proven results oriented self
        years year months month present current january february march april may june july august september october november
        december jan feb mar apr jun jul aug sep sept oct nov dec
        microsoft office excel word powerpoint windows linux html css javascript sql aws azure docker kubernetes react angular
        english french german spanish
        full first last middle place here insert enter type text title titles career job jobs vacancy position positions
        application applicant candidate copy version updated update privacy policy copyright downloaded download free
        bachelor master masters degree diploma certificate certification phd mba bsc msc btech mtech ba ma bs ms be
        company confidential willing relocate relocating authorized work us resident citizen permit visa
        high performance quarter quarterly annual annually monthly daily hours hour time times day days week weekly
        new key core top best big high low old real great major minor main additional technical relevant
        post applied seeker responsibilities action
        photo image picture logo icon click anonymous xxxx xxx yyyy
        简历 个人简历 履历 求职 姓名 性别 年龄 民族 籍贯 电话 邮箱 地址 手机 学历 专业 大学 学院 公司 出生 政治面貌 联系方式
        履歴書 職務経歴書 氏名 住所 電話 이력서 자기소개서 이름 성명 주소
        резюме анкета фио имя фамилия отчество пол возраст адрес телефон дата рождения университет институт компания
        lebenslauf bewerbung anschrift telefon geburtsdatum geburtsort staatsangehorigkeit familienstand
        adresse telephone naissance nationalite direccion telefono nacimiento nacionalidad indirizzo telefono nascita
        nazionalita endereco nascimento nacionalidade adresa telefon nastere nationalitate europass europeo formato
        """
    )

    /// Words of titles and places that are common surnames or given names: they speak against a name only a little.
    static let surnames: Set<String> = set(
        """
        baker cook cooper taylor mason miller porter page park parks hall lane banks bank major marshall bishop dean judge
        carpenter carter fisher gardener gardner barber butler price hunter knight shepherd smith fuller turner weaver wright
        young small short long little good best rich power powers law love joy hope grace faith summer autumn april may june
        august king prince pope abbot monk stone rivers river brook brooks field fields woods wood hill hills lake marsh
        green brown black white gray grey gold silver rose lily violet daisy ivy olive hazel mark frank ernest art grant will bill
        bob rob dale glen heath ray chase chance drew jack pat sue victor booker bookman wall walls church temple cross
        bell ball fox wolf bird lamb bull crane swan drake finch head hand foot chin shin pena mar van der sales service
        chan de santos reyes cruz paz ramos sierra rios campos torres castillo villa costa rosa luna sol estrella angel jesus
        santa maria das dos del la el al bin ibn sun moon day week winter frost snow rain storm gale dew son sons an so ho ma
        my do to no in on us me ye he she her you we be is as at or if by up go mo bo jo lo vo wu xu yu hu lu gu su du fu
        nurse clerk sawyer chandler tyler thatcher skinner tanner archer forester foster driver coleman collier glover
        jan jun dec mar oct sample seymour major case day knight
        tutor usher warden ward sexton proctor chancellor chambers constable sergeant major squire page spencer steward stewart
        berlin paris london florence sydney victoria adelaide austin houston dallas jackson lincoln madison charlotte savannah
        brooklyn chelsea georgia virginia carolina dakota montana israel jordan chad kenya india china france german english
        welsh irish scott holland ireland england french spain roman norman moore lee ali khan kumar singh
        """
    )

    /// Words of company and school names.
    static let organizations: Set<String> = set(
        """
        inc ltd llc llp gmbh plc pvt corp corporation limited university college institute academy hospital school universite
        universitat universidad universita universidade universitatea hochschule bank technologies solutions enterprises company
        associates group consultants foundation department resumes
        """
    )

    /// Small words inside names.
    static let particles: Set<String> = set(
        """
        de la las los del van von der den ter ten te het di da do dos das du le el al bin ibn binti bint ben abu abd af av zu zur
        zum y e i san santa st saint mac mc o' d' della dello delle degli dalla lo ul ur vom op 't
        """
    )

    /// What stands before a name.
    static let honorifics: Set<String> = set(
        """
        mr mrs ms mx miss mister dr drs doctor prof professor sir madam dame lord lady rev reverend fr hon eng engr ing ir er arch
        capt captain lt col maj gen sgt cpt cdr shri smt sri kumari ca adv advocate mme mlle m monsieur madame mademoiselle herr
        frau sr sra srta senor senora don dona dott dottssa sig sigra ra phd mgr bc dipl haji hajj sheikh syed. г-н г-жа господин
        госпожа pan pani bay bayan
        """
    )

    /// What stands after a name.
    static let credentials: Set<String> = set(
        """
        phd dphil md mba rn bsn msn lpn lvn cna np fnp dnp pa pac pharmd dds dmd dvm od do jd esq esquire cpa cfa cma ca acca pmp csm
        cspo pe eit pg aia leed ccna ccnp cissp cisa cism itil msc ms ma mphil mca bca bsc bs ba btech mtech be me bcom mcom llb
        llm edd psyd dba mph mpa msw lcsw lmsw lpc mft ot otr pt dpt slp rd ldn ccc shrm phr sphr gphr scp cebs clu chfc cfp cpcu
        mbbs frcs mrcp frcp fca aca fcca meng beng mres med bed pgce ceng mimeche ret hons tppp tpp mlis mls mfa bfa ccim crs gri csp
        cih aprn crna ccrn bls acls emt emtp rrt rdh mt ascp rpsgt cscs cpt nasm ace six sigma cpim cscp safe togaf mcse mcsd
        mcp rhce rhcsa oca ocp scjp ccie cfe cia cams cipp cap crm cphr ccp peng ing dipl oba mp abd acc ed d
        """
    )

    /// Labels before a name.
    static let labels: Set<String> = set(
        """
        name fullname nom prenom nombre nome naam nume vorname nachname familienname imie nazwisko jmeno prijmeni nev namn navn nimi
        ad adi soyad isim имя фио прізвище имена όνομα שם الاسم نام नाम ชื่อ ten nama ime 姓名 氏名 名前 이름 성명 candidate applicant
        """
    )

    /// Ends of titles in Chinese, Japanese and Korean.
    static let eastAsianTitles = [
        "工程师", "经理", "主管", "总监", "设计师", "教师", "老师", "护士", "会计", "医生", "律师", "顾问", "专员", "助理", "程序员", "架构师",
        "分析师", "开发", "工程師", "經理", "設計師", "エンジニア", "マネージャー", "デザイナー", "看護師", "会計士", "개발자", "엔지니어", "매니저",
        "디자이너", "간호사", "简历", "履歴書", "이력서", "岗位", "职位",
    ]

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { ResumeScalars.folded($0.unicodeScalars) })
    }
}
