/// Nouns that job titles are built on, folded, in the languages that are read.
enum TitleWords {
    /// Words that by themselves say that a phrase is a job title.
    static let nouns: Set<String> = words(
        """
        tech salesperson finisher man appraiser driller carrier provider grinder winder applicator sander mixer sprayer pumper \
        polisher preparer carver runner hanger pressman engraver official conservationist monitor orthotist transporter wireman \
        erector bolter roustabout blender caster bender informaticist ergonomist geneticist naturalist forecaster adjudicator \
        preparator dresser stenographer prosthodontist dosimetrist orthoptist responder patrolman greeter closer trapper journeyman \
        glazer oiler diver coater wrapper roaster melter plater stitcher methodologist criminalist arbitrator arranger songwriter \
        internist hospitalist physiatrist acupuncturist prosthetist escort scribe climber checker biller breeder sawyer refinisher \
        troubleshooter sandblaster welder-fitter stonemason accountant accounts accounting actor actress actuary adjunct adjuster administrator adviser advisor advocate agent \
        agronomist aide ambassador anaesthetist analyst analytics anchor animator announcer anthropologist apprentice arborist \
        archaeologist architect archivist artist assembler assessor assistant assoc associate asst astronomer athlete attendant \
        attorney auctioneer audiologist auditor author babysitter bailiff baker banker barber barista barman bartender \
        beautician bellhop biochemist biologist blacksmith blaster boilermaker bookbinder bookkeeper brewer bricklayer broker \
        builder busser butcher butler buyer cabinetmaker cameraman captain cardiologist caregiver caretaker carer caretaker \
        carpenter cartographer cashier caterer ceo cfo chairman chairperson chairwoman chauffeur chef chemist chiropractor \
        choreographer cio ciso cleaner clerk clinician cmo cna co-founder coach coder collector columnist commander commissioner \
        commis composer comptroller concierge conductor conservator consultant contractor controller cook coo coordinator \
        co-ordinator copywriter coroner correspondent cosmetologist counsel counsellor counselor courier crew cto curator \
        custodian cutter dancer dba dealer dean deckhand decorator demonstrator dental dentist deputy dermatologist designer \
        detailer detective developer devops dietician dietitian director dishwasher dispatcher dj doctor doorman doula \
        draftsman drafter draftsperson dressmaker driver economist editor educator electrician embalmer employee emt endodontist \
        engineer engr entrepreneur epidemiologist esthetician estimator evaluator examiner exec executive expert exterminator \
        fabricator facilitator faculty farmer farmworker fellow fighter filmmaker financier firefighter fisherman fitter florist \
        foreman forester founder framer freelancer fundraiser furnisher gardener gatekeeper generalist geographer geologist \
        geophysicist glazier goldsmith governess grader grocer groomer groundskeeper groundsman guard guide gynecologist \
        hairdresser hairstylist handler handyman head headmaster headmistress headteacher helper historian homemaker host \
        hostess housekeeper houseman hygienist illustrator inspector installer instructor insulator intern internship interpreter \
        interviewer investigator investor ironworker jailer janitor jeweler jeweller journalist judge keeper laborer \
        labourer landman landscaper laundress lawyer lead leader lecturer librarian lifeguard lineman linguist loader \
        loadmaster lobbyist locksmith locum logger logistician machinist magistrate maid maintainer maker manager managing \
        marketer marketeer master masseur masseuse mathematician matron mechanic mediator medic member mentor merchandiser \
        merchandizer merchant messenger metallurgist meteorologist meterologist microbiologist midwife millwright miner minister \
        model moderator molder mortician mover musician nanny naturopath negotiator neurologist newscaster notary novelist nurse \
        nursery nutritionist obstetrician officer oncologist operative operator optician optometrist orderly organiser \
        organizer orthodontist owner packager packer painter paralegal paramedic partner pastor pathologist patternmaker \
        pediatrician performer pharmacist phlebotomist photographer photojournalist physician physicist \
        physiologist physiotherapist pianist picker pilot pipefitter planner plasterer player plumber podiatrist poet policeman \
        politician porter postdoc postman postmaster practitioner preacher presenter president presser priest principal printer \
        processor producer prof professional professor programmer projectionist promoter proofreader proprietor prosecutor \
        psychiatrist psychologist psychotherapist publicist publisher purchaser purser radiographer radiologist ranger realtor \
        receiver receptionist recruiter referee registrar rep repairer repairman reporter representative researcher resident \
        retailer reviewer rigger roofer sailor salesman salesperson saleswoman sanitarian saucier scaffolder scheduler scholar \
        scientist scrum sculptor seamstress secretary sergeant server setter shampooer shareholder shepherd sheriff shipper \
        shoemaker singer skipper sociologist soldier solicitor sommelier sorter specialist sme sre statistician \
        steward stewardess stocker stockbroker strategist student stylist sub-editor superintendent superior supervisor surgeon \
        surveyor tailor taxidermist teacher teller technician technologist telemarketer tender tester therapist tiler \
        toolmaker trader trainee trainer transcriber transcriptionist translator treasurer treater trimmer trooper trucker tutor \
        typesetter typist umpire underwriter undertaker upholsterer urologist usher valet vendor vet veterinarian vocalist \
        volunteer vp waiter waitress waitstaff warden warehouseman watchman weaver webmaster welder woodworker worker workman writer \
        yardman zoologist chairperson fresher sde swe pmo cpa ta ra lpn rn cna lvn asst. manger manageer enginner engneer \
        sr.engineer analyst/developer postdoctoral paraeducator paraprofessional custodial merchandising designate tele-caller \
        telecaller ssr executives scrummaster storekeeper timekeeper crewmember spokesperson tradesman technologist assembler \
        stagehand groundworker signaller dispenser dispatch inspector aviator aircrew airman seaman corporal lieutenant colonel \
        major  specialist/trainer brakeman deckhand draughtsman copilot co-pilot freelance doorman foster \
        planer sewer cropper grower rancher herdsman beekeeper aquaculturist agriculturist horticulturist influencer blogger \
        vlogger youtuber streamer videographer editor-in-chief showrunner gaffer bodyguard bouncer investigator missionary chaplain \
        imam rabbi deacon councillor councilor councilman mayor senator governor diplomat consul attache \
        ingenieur ingenieure ingenieurin developpeur developpeuse concepteur conceptrice responsable directeur directrice chef cheffe \
        gestionnaire conseiller conseillere charge chargee technicien technicienne infirmier infirmiere aide-soignant aide-soignante \
        comptable assistante vendeur vendeuse commercial commerciale cuisinier cuisiniere serveur serveuse enseignant enseignante \
        professeur professeure formateur formatrice stagiaire alternant alternante apprenti apprentie chercheur chercheuse \
        analyste architecte avocat avocate juriste redacteur redactrice traducteur traductrice graphiste webdesigner \
        administrateur administratrice coordinateur coordinatrice coordonnateur coordonnatrice consultante auditeur auditrice \
        acheteur acheteuse animateur animatrice educateur educatrice medecin chirurgien pharmacien pharmacienne kinesitherapeute \
        psychologue ouvrier ouvriere mecanicien electricien plombier menuisier macon chauffeur livreur magasinier caissier caissiere \
        receptionniste hote hotesse secretaire agent president gerant gerante associe scientifique statisticien statisticienne \
        economiste journaliste photographe coiffeur coiffeuse estheticienne boulanger patissier boucher operateur operatrice \
        contremaitre superviseur superviseuse chargé fondateur fondatrice programmeur ingenieur-conseil delegue deleguee \
        entwickler entwicklerin softwareentwickler softwareentwicklerin webentwickler leiter leiterin teamleiter teamleiterin \
        projektleiter projektleiterin abteilungsleiter bereichsleiter geschaftsfuhrer geschaftsfuhrerin mitarbeiter mitarbeiterin \
        sachbearbeiter sachbearbeiterin berater beraterin verkaufer verkauferin krankenpfleger krankenschwester pfleger pflegefachkraft \
        pflegefachfrau pflegefachmann koch kochin kellner kellnerin lehrer lehrerin dozent dozentin praktikant praktikantin werkstudent \
        werkstudentin auszubildender auszubildende techniker technikerin mechaniker mechatroniker elektriker elektroniker schlosser \
        schreiner tischler maler maurer fahrer lagerist buchhalter buchhalterin steuerberater rechtsanwalt rechtsanwaltin arzt arztin \
        apotheker apothekerin wissenschaftler wissenschaftlerin forscher architektin gestalter gestalterin grafiker grafikerin \
        redakteur redakteurin ubersetzer ubersetzerin kaufmann kauffrau referent referentin assistentin sekretar sekretarin \
        einkaufer einkauferin disponent fachkraft hilfskraft erzieher erzieherin sozialarbeiter meister vorstand inhaber \
        personalleiter personalreferent vertriebsleiter bauleiter ingenieurswesen wissenschaftliche \
        ingeniero ingeniera desarrollador desarrolladora programador programadora gerente jefe jefa director directora encargado encargada \
        responsable coordinador coordinadora administrador administradora administrativo administrativa contador contadora contable \
        auxiliar ayudante asistente enfermero enfermera medico medica cocinero cocinera camarero camarera mesero mesera vendedor \
        vendedora comercial asesor asesora consultor consultora analista arquitecto arquitecta abogado abogada profesor profesora \
        maestro maestra docente becario becaria practicante pasante investigador investigadora disenador disenadora tecnico tecnica \
        operario operaria obrero mecanico electricista fontanero carpintero albanil conductor conductora chofer repartidor cajero cajera \
        recepcionista secretario secretaria farmaceutico farmaceutica psicologo psicologa fisioterapeuta periodista redactor redactora \
        traductor traductora supervisor supervisora ejecutivo ejecutiva especialista cientifico cientifica estadistico formador \
        formadora entrenador entrenadora presidente presidenta socio fundador fundadora peluquero dependiente dependienta \
        ingegnere sviluppatore sviluppatrice programmatore programmatrice responsabile direttore direttrice capo caposquadra \
        coordinatore coordinatrice amministratore amministratrice impiegato impiegata contabile ragioniere addetto addetta operaio \
        operaia tecnico infermiere infermiera medico cuoco cuoca cameriere cameriera barista commesso commessa venditore venditrice \
        consulente analista architetto avvocato insegnante docente professore professoressa stagista tirocinante apprendista \
        ricercatore ricercatrice progettista grafico grafica assistente segretario segretaria receptionist farmacista psicologo \
        fisioterapista giornalista redattore redattrice traduttore traduttrice supervisore specialista scienziato meccanico \
        elettricista idraulico falegname muratore autista magazziniere cassiere cassiera educatore educatrice formatore formatrice \
        presidente socio fondatore dirigente quadro parrucchiere parrucchiera estetista panettiere pasticcere \
        ontwikkelaar softwareontwikkelaar manager leidinggevende teamleider projectleider directeur medewerker medewerkster adviseur \
        consulent verpleegkundige verzorgende arts dokter kok ober serveerster verkoper verkoopster leraar lerares docent docente \
        stagiair stagiaire onderzoeker ontwerper vormgever boekhouder administrateur secretaresse receptioniste monteur \
        elektricien loodgieter timmerman metselaar chauffeur magazijnmedewerker kassier advocaat jurist notaris apotheker psycholoog \
        fysiotherapeut journalist redacteur vertaler beheerder systeembeheerder ingenieur technicus operator inkoper planner \
        analist architect programmeur voorzitter oprichter eigenaar hoofd begeleider pedagogisch kapper bakker slager \
        engenheiro engenheira desenvolvedor desenvolvedora programador gerente diretor diretora coordenador coordenadora \
        administrador analista assistente auxiliar tecnico tecnica enfermeiro enfermeira medico cozinheiro cozinheira garcom garconete \
        vendedor vendedora consultor consultora arquiteto arquiteta advogado advogada professor professora estagiario estagiaria \
        pesquisador pesquisadora designer projetista contador contadora contabilista recepcionista secretaria secretario \
        farmaceutico psicologo fisioterapeuta jornalista redator redatora tradutor supervisor supervisora especialista cientista \
        mecanico eletricista encanador carpinteiro pedreiro motorista operador operadora caixa encarregado lider chefe socio \
        fundador presidente instrutor instrutora atendente \
        inginer ingineri dezvoltator programator manager director directoare sef sefa coordonator coordonatoare administrator \
        contabil contabila economist asistent asistenta medic doctor bucatar ospatar chelner vanzator vanzatoare consilier \
        consultant analist arhitect avocat jurist profesor profesoara invatator educatoare stagiar cercetator proiectant \
        tehnician operator muncitor mecanic electrician instalator tamplar zidar sofer curier casier receptioner secretara \
        farmacist psiholog kinetoterapeut jurnalist redactor traducator supervizor specialist lucrator agent gestionar \
        inspector referent expert bibliotecar ucenic practicant \
        инженер разработчик программист тестировщик аналитик архитектор менеджер руководитель директор начальник заместитель \
        координатор администратор бухгалтер экономист финансист секретарь помощник ассистент специалист консультант юрист адвокат \
        врач медсестра медбрат фельдшер фармацевт провизор психолог учитель преподаватель воспитатель педагог доцент профессор \
        повар шеф официант бармен кассир продавец мерчендайзер кладовщик грузчик водитель курьер экспедитор логист механик \
        слесарь электрик электромонтажник сантехник сварщик токарь столяр плотник строитель маляр прораб мастер монтажник \
        оператор диспетчер техник технолог конструктор проектировщик дизайнер художник иллюстратор журналист редактор корректор \
        копирайтер переводчик маркетолог рекрутер стажер стажёр практикант лаборант исследователь ученый сотрудник охранник \
        уборщик горничная парикмахер косметолог тренер инструктор агент брокер риелтор аудитор закупщик снабженец основатель \
        владелец предприниматель президент управляющий представитель промоутер супервайзер тимлид лидер девопс \
        інженер розробник програміст керівник вчитель викладач лікар кухар водій продавець касир спеціаліст фахівець \
        inzynier programista programistka kierownik kierowniczka dyrektor specjalista specjalistka asystent asystentka analityk \
        ksiegowy ksiegowa administrator konsultant konsultantka doradca sprzedawca pielegniarka pielegniarz lekarz kucharz kelner \
        kelnerka nauczyciel nauczycielka stazysta stazystka praktykant badacz projektant grafik technik mechanik elektryk \
        hydraulik stolarz murarz kierowca magazynier kasjer kasjerka recepcjonista recepcjonistka sekretarka prawnik adwokat \
        radca farmaceuta psycholog dziennikarz redaktor tlumacz pracownik referent koordynator koordynatorka architekt operator \
        prezes wlasciciel zalozyciel trener trenerka mistrz brygadzista fryzjer piekarz \
        muhendis muhendisi yazilimci gelistirici gelistiricisi mudur muduru yonetici yoneticisi uzman uzmani sorumlu sorumlusu \
        danisman danismani analist analisti asistan asistani hemsire doktor asci garson ogretmen ogretmeni stajyer tasarimci \
        tasarimcisi muhasebeci teknisyen teknisyeni tekniker operator operatoru isci temsilci temsilcisi sekreter avukat mimar eczaci psikolog \
        gazeteci editor cevirmen satici kasiyer sofor elemani memuru baskan kurucu koordinator koordinatoru lideri sefi amiri \
        ingenjor utvecklare mjukvaruutvecklare systemutvecklare chef projektledare teamledare ansvarig samordnare koordinator \
        administrator ekonom redovisningsekonom assistent radgivare konsult saljare sjukskoterska underskoterska lakare kock \
        servitor servitris larare lektor praktikant forskare designer formgivare tekniker mekaniker elektriker rormokare snickare \
        murare chaufforer forare lagerarbetare kassor receptionist sekreterare jurist advokat apotekare psykolog sjukgymnast \
        journalist redaktor oversattare handlaggare medarbetare montor operator inkopare vd grundare agare leder udvikler \
        sygeplejerske laege laerer kok konsulent saelger utvikler sykepleier
        """
    )

    /// Words of titles that also stand in many other phrases: they help a title noun and do not make one.
    static let modifiers: Set<String> = words(
        """
        senior sr junior jr principal staff lead chief head deputy vice assistant associate interim acting general global \
        regional national area district zonal field certified registered licensed professional graduate trainee freelance \
        self-employed part-time full-time seasonal temporary executive managing night shift relief floating charge \
        entry mid level i ii iii iv stagiaire junior confirmé erfahrener leitender leitende stellvertretender stellvertretende \
        старший младший ведущий главный старшая младшая principale capo responsable oberster starszy mlodszy glowny kidemli \
        bas
        """
    )

    /// Ends and wholes of Chinese, Japanese and Korean job titles.
    static let eastAsian: [String] = [
        "工程师", "工程師", "经理", "經理", "主管", "总监", "總監", "助理", "设计师", "設計師", "分析师", "分析師", "开发", "程序员", "开发者",
        "架构师", "研究员", "研究員", "专员", "專員", "主任", "会计", "會計", "护士", "護士", "医生", "醫生", "医师", "醫師", "厨师", "主厨", "行政总厨", "教师",
        "教師",
        "讲师", "講師", "教授", "顾问", "顧問", "销售", "代表", "实习生", "實習生", "总裁", "董事", "科学家", "科學家", "技术员", "技師", "技师", "技工", "文员",
        "秘书",
        "负责人", "組長", "组长", "律师", "律師", "审计", "出纳", "客服", "店长", "领班", "服务员", "司机", "编辑", "記者", "记者", "翻译", "运营", "测试",
        "运维", "教练",
        "药剂师", "藥劑師", "主播", "采购", "采购员", "质检员", "操作员", "工人", "护士长", "校长", "园长", "人事", "招聘", "エンジニア", "マネージャー", "デザイナー",
        "プログラマー", "開発者", "部長", "課長", "係長", "担当", "看護師", "料理長", "シェフ", "コンサルタント", "アナリスト", "ディレクター", "リーダー", "社長", "取締役",
        "営業", "事務", "教員", "講師", "インターン", "アシスタント", "スタッフ", "店長", "엔지니어", "개발자", "매니저", "디자이너", "과장", "부장", "대리", "사원",
        "팀장", "간호사", "교사", "요리사", "컨설턴트", "분석가", "연구원", "인턴",
    ]

    /// Whether the folded word is a title's noun, also in the plural or as the tail of a compound.
    static func isNoun(_ word: String) -> Bool {
        if nouns.contains(word) { return true }
        guard let first = word.unicodeScalars.first else { return false }
        if first.value > 0x3000 { return eastAsian.contains { word.contains($0) } }
        guard word.utf8.count > 8 else { return false }
        return compoundTails.contains { word.hasSuffix($0) && word != $0 }
    }

    /// Germanic compounds end with the noun.
    private static let compoundTails: [String] = [
        "entwickler", "entwicklerin", "ingenieur", "ingenieurin", "leiter", "leiterin", "berater", "beraterin",
        "mitarbeiter", "mitarbeiterin",
        "techniker", "mechaniker", "verkaufer", "assistent", "assistentin", "referent", "lehrer", "lehrerin", "manager",
        "managerin",
        "pfleger", "arzt", "kaufmann", "kauffrau", "fuhrer", "meister", "praktikant", "arbeiter", "arbeiterin", "kraft",
        "ontwikkelaar",
        "medewerker", "leider", "adviseur", "beheerder", "ontwerper", "verpleegkundige", "utvecklare", "ledare",
        "arbetare", "skoterska",
        "ologist", "ographer", "ician", "iatrist", "konsult", "ingenjor", "specialist", "architekt", "analyst",
        "designer", "tekniker",
    ]

    /// Splits a table written as words.
    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0).foldedForLookup })
    }
}
