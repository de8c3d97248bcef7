/// Words that mark names of organisations, folded.
enum OrganizationMarks {
    /// Legal forms: they settle the matter wherever they end a name.
    static let legalForms: Set<String> = words(
        """
        inc incorporated llc llp lp ltd limited ltda plc corp corporation co company companies gmbh mbh ag kg kgaa ohg ug ev \
        sa sas sarl sasu eurl snc sca scop srl spa sapa sl slu slp sau cv bv nv vof ab oy oyj as asa aps pty pvt pte sdn bhd \
        sro doo kft zrt ooo оао зао пао ооо ао ип тов нпо фгуп гуп муп тоо jsc ojsc cjsc pjsc pc pllc eood ood dd kk \
        eireli epp sti as ticaret sanayi spolka zoo sp spzoo hb gbr kgmbh
        """
    )

    /// Words of names of companies and institutions.
    static let nouns: Set<String> = words(
        """
        group holdings holding solutions technologies technology tech services service systems system consulting consultants \
        consultancy industries industry enterprises enterprise associates partners partnership international global worldwide \
        university college school academy institute institution polytechnic faculty hospital hospitals clinic clinics \
        healthcare health medical center centre centers pharmacy bank banking bancorp insurance assurance capital investments \
        financial finance securities trust fund foundation society association federation council committee commission \
        ministry department dept government municipality agency authority bureau army navy force airforce marines police \
        embassy church ministries museum library theatre theater studio studios gallery press media publishing publications \
        newspaper news radio television broadcasting network networks communications telecom telecommunications wireless mobile \
        airlines airways aviation aerospace logistics transport transportation shipping freight railway railways motors \
        automotive auto automobiles engineering engineers constructions construction builders contractors properties \
        property realty estates homes hotel hotels resort resorts inn suites restaurant restaurants cafe bistro grill bar \
        kitchen catering bakery foods food beverages farms farm dairy stores store shop mart market markets supermarket \
        retail boutique salon spa gym fitness club energy power electric electronics electricals electrical oil gas petroleum \
        mining steel metals chemicals chemical pharma pharmaceuticals pharmaceutical laboratories laboratory labs lab biotech \
        software infotech infosystems infosys wipro tcs cognizant accenture capgemini deloitte kpmg pwc ey ibm microsoft google \
        amazon oracle sap hcl dell hp intel cisco facebook meta apple walmart target starbucks mcdonalds siemens bosch honeywell \
        ge vodafone airtel flipkart paytm uber netflix adobe salesforce vmware nokia ericsson huawei samsung sony hsbc citi \
        citibank barclays jpmorgan hdfc icici axis sbi infotech mphasis mindtree techmahindra nestle unilever pepsi pepsico \
        cocacola fedex ups dhl marriott hilton hyatt sheraton \
        textiles fabrics apparel fashions garments cosmetics toys sons brothers bros son district county state city town \
        township court chamber chambers law firm office offices corps unit division branch headquarters plant factory \
        mill mills works brewery winery vineyard distillery cooperative coop union syndicate charity ngo unicef unesco \
        org com net io \
        groupe societe entreprise compagnie cabinet agence banque assurances universite ecole lycee hopital clinique centre \
        institut mairie ministere association fondation restaurant hotel magasin etablissements ets maison usine laboratoire \
        gruppe unternehmen firma gesellschaft bank sparkasse versicherung versicherungen universitat hochschule fachhochschule \
        schule gymnasium krankenhaus klinik klinikum praxis zentrum institut stiftung verein ministerium amt stadt verlag \
        werke werk apotheke kanzlei brauerei stadtwerke \
        grupo empresa compania banco seguros universidad escuela colegio instituto hospital clinica centro fundacion asociacion \
        ministerio ayuntamiento tienda fabrica laboratorio laboratorios estudio bufete constructora \
        gruppo societa azienda banca assicurazioni universita politecnico scuola liceo istituto ospedale clinica centro fondazione \
        associazione ministero comune studio ristorante albergo negozio fabbrica laboratorio cooperativa officine \
        groep bedrijf bank verzekeringen universiteit hogeschool school ziekenhuis kliniek centrum stichting vereniging \
        ministerie gemeente winkel fabriek bureau accountants adviseurs \
        grupo empresa companhia banco universidade faculdade escola colegio instituto hospital clinica centro fundacao \
        associacao ministerio prefeitura secretaria loja fabrica laboratorio escritorio construtora industria comercio \
        grup societate companie banca universitatea scoala liceul colegiul institutul spitalul clinica centrul fundatia asociatia \
        ministerul primaria magazin fabrica laborator \
        компания группа банк университет институт академия школа гимназия колледж больница клиника центр фонд общество ассоциация \
        министерство администрация магазин завод фабрика лаборатория студия агентство бюро холдинг корпорация предприятие \
        ресторан отель гостиница издательство редакция лицей техникум училище поликлиника аптека \
        firma grupa spolka bank uniwersytet politechnika szkola liceum instytut szpital klinika centrum fundacja stowarzyszenie \
        ministerstwo urzad sklep fabryka zaklad zaklady \
        sirket sirketi grubu holding bankasi universitesi okulu lisesi enstitusu hastanesi klinigi merkezi vakfi dernegi bakanligi \
        belediyesi fabrikasi magazasi insaat \
        koncern foretag bolag universitet hogskola skola sjukhus klinik stiftelse forening kommun region landsting butik fabrik
        """
    )

    /// Marks of Chinese, Japanese and Korean organisations.
    static let eastAsian: [String] = [
        "有限公司", "有限责任公司", "公司", "集团", "集團", "大学", "大學", "学院", "學院", "银行", "銀行", "医院", "醫院", "学校", "學校", "中学", "中學",
        "小学", "研究所",
        "研究院", "事务所", "工厂", "中心", "协会", "基金会", "酒店", "科技", "网络", "传媒", "信息", "株式会社", "会社", "病院", "主식회사", "주식회사", "그룹",
        "은행", "대학교",
        "병원", "학교", "연구소",
    ]

    /// Schools: their names count for nothing in a score.
    static let schools: Set<String> = words(
        """
        university universities college school academy institute institution polytechnic faculty universite ecole lycee institut \
        universitat hochschule fachhochschule schule gymnasium realschule berufsschule universidad escuela colegio instituto \
        facultad politecnica universita politecnico scuola liceo istituto accademia universiteit hogeschool lyceum roc \
        universidade faculdade escola academia universitatea scoala liceul colegiul institutul politehnica facultatea academia \
        университет институт академия школа гимназия колледж лицей техникум училище университета университете \
        uniwersytet politechnika szkola liceum technikum akademia instytut wyzsza universitesi universite okulu lisesi enstitusu \
        universitet hogskola skola gymnasiet universitatii iit nit iiit bits mit ucla conservatory conservatoire seminary \
        univ vidyalaya mahavidyalaya vidyapeeth institut's iut insa ensta ens tafe cegep gymnasiumet \
        університет технікум ліцей vidyapith vishwavidyalaya sekolah universitas
        """
    )

    /// Chinese, Japanese and Korean schools.
    static let eastAsianSchools: [String] = [
        "大学", "大學", "学院", "學院", "学校", "學校", "中学", "中學", "高中", "高校", "专科", "대학교", "대학", "고등학교", "학교",
    ]

    /// Whether a folded word names a kind of school.
    static func isSchool(_ word: String) -> Bool {
        if schools.contains(word) { return true }
        guard let first = word.unicodeScalars.first else { return false }
        if first.value > 0x3000 { return eastAsianSchools.contains { word.contains($0) } }
        return word.utf8.count > 9
            && (word.hasSuffix("universitat") || word.hasSuffix("universiteit") || word.hasSuffix("hochschule")
                || word.hasSuffix("schule") || word.hasSuffix("universitet") || word.hasSuffix("school"))
    }

    /// Whether a folded word marks an organisation.
    static func isNoun(_ word: String) -> Bool {
        if nouns.contains(word) || isSchool(word) { return true }
        guard let first = word.unicodeScalars.first else { return false }
        if first.value > 0x3000 { return eastAsian.contains { word.contains($0) } }
        return false
    }

    /// Splits a table written as words.
    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0).foldedForLookup })
    }
}
