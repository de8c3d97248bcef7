/// Countries, regions and large towns, to tell a place from a name and a location from other lines.
///
/// All folded.
enum PlaceNames {
    /// Whether `words` is a known country, region or town.
    static func isKnown(_ words: String) -> Bool { names.contains(words) }

    /// Whether `code` as written is the postal code of a state or province.
    static func isRegionCode(_ code: String) -> Bool { codes.contains(code) }

    /// Whether `words` is a country or a first-level region.
    static func isRegion(_ words: String) -> Bool { regions.contains(words) }

    /// Whether a Chinese, Japanese or Korean word ends as places do: 市, 省, 区.
    static func hasEastAsianEnding(_ word: String) -> Bool {
        guard let last = word.unicodeScalars.last, word.unicodeScalars.count >= 2 else { return false }
        return "市省区县區縣都府道町村盟州시군".unicodeScalars.contains(last)
    }

    private static let codes: Set<String> = Set(
        """
        AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
        RI SC SD TN TX UT VT VA WA WV WI WY ON QC BC AB MB SK NS NB NL PE NSW VIC QLD UK USA UAE US
        """
        .split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    )

    private static let names = regions.union(list(towns))

    private static let regions = list(countries).union(list(states))

    private static func list(_ text: String) -> Set<String> {
        Set(
            text.split(whereSeparator: { $0 == "|" || $0 == "\n" })
                .map { ResumeScalars.folded($0.unicodeScalars) }
        )
    }

    private static let countries = """
        afghanistan|albania|algeria|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|belarus|belgium|bolivia
        bosnia and herzegovina|botswana|brazil|bulgaria|cambodia|cameroon|canada|chile|china|colombia|costa rica|croatia|cuba
        cyprus|czech republic|czechia|denmark|dominican republic|ecuador|egypt|el salvador|estonia|ethiopia|finland|france
        germany|ghana|greece|guatemala|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy
        ivory coast|jamaica|japan|kazakhstan|kenya|kuwait|latvia|lebanon|libya|lithuania|luxembourg|malaysia|malta|mauritius
        mexico|moldova|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|the netherlands|new zealand
        nicaragua|nigeria|north macedonia|norway|oman|pakistan|palestine|panama|paraguay|peru|philippines|poland|portugal
        puerto rico|qatar|romania|russia|rwanda|saudi arabia|senegal|serbia|singapore|slovakia|slovenia|somalia|south africa
        south korea|spain|sri lanka|sudan|sweden|switzerland|syria|taiwan|tanzania|thailand|tunisia|turkey|uganda|ukraine
        united arab emirates|united kingdom|united states|united states of america|uruguay|uzbekistan|venezuela|vietnam|yemen
        zambia|zimbabwe|england|scotland|wales|northern ireland|korea|usa|uae|great britain
        deutschland|osterreich|schweiz|espana|italia|nederland|belgique|belgie|suisse|brasil|roumanie|românia|polska|türkiye
        sverige|norge|danmark|suomi|česko|slovensko|magyarország|россия|украина|україна|беларусь|казахстан|中国|日本|대한민국|台湾
        france métropolitaine|maroc|algérie|tunisie|méxico|perú|ελλάδα|ישראל|مصر|السعودية|الإمارات|भारत|việt nam|ประเทศไทย
        """
    private static let states = """
        alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana
        iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska
        nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania
        rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin
        wyoming|andhra pradesh|arunachal pradesh|assam|bihar|chhattisgarh|goa|gujarat|haryana|himachal pradesh|jharkhand
        karnataka|kerala|madhya pradesh|maharashtra|manipur|meghalaya|mizoram|nagaland|odisha|orissa|punjab|rajasthan|sikkim
        tamil nadu|telangana|tripura|uttar pradesh|uttarakhand|west bengal|jammu and kashmir|pondicherry|puducherry|tamilnadu
        ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|new south wales|queensland
        victoria|tasmania|bavaria|bayern|hessen|sachsen|nordrhein-westfalen|catalonia|andalusia|lombardy|tuscany
        ile-de-france|bretagne|são paulo|minas gerais|bahia|paraná|jalisco|nuevo león
        """
    private static let towns = """
        london|paris|berlin|madrid|rome|roma|milan|milano|amsterdam|rotterdam|brussels|vienna|zurich|geneva|munich|hamburg
        frankfurt|cologne|stuttgart|barcelona|valencia|lisbon|porto|dublin|cork|edinburgh|glasgow|manchester|birmingham|leeds
        liverpool|bristol|oxford|cambridge|cardiff|belfast|lyon|marseille|toulouse|nice|nantes|bordeaux|lille|strasbourg
        copenhagen|stockholm|oslo|helsinki|warsaw|krakow|prague|budapest|bucharest|cluj-napoca|iasi|timisoara|sofia|athens
        istanbul|ankara|izmir|moscow|saint petersburg|kyiv|kiev|minsk|belgrade|zagreb|ljubljana|new delhi|delhi|mumbai
        bangalore|bengaluru|chennai|hyderabad|pune|kolkata|ahmedabad|jaipur|lucknow|noida|gurgaon|gurugram|kochi|indore
        bhopal|nagpur|coimbatore|chandigarh|thane|navi mumbai|ghaziabad|visakhapatnam|mysore|mangalore|trivandrum
        thiruvananthapuram|secunderabad|vadodara|surat|patna|ranchi|bhubaneswar|dehradun|karachi|lahore|islamabad|dhaka
        colombo|kathmandu|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|nanjing|wuhan|tokyo|osaka|kyoto|seoul|busan
        taipei|kuala lumpur|jakarta|manila|bangkok|hanoi|ho chi minh city|sydney|melbourne|brisbane|perth|adelaide|auckland
        wellington|cairo|alexandria|dubai|abu dhabi|doha|riyadh|jeddah|kuwait city|muscat|beirut|amman|tel aviv|jerusalem
        tehran|baghdad|lagos|abuja|nairobi|accra|johannesburg|cape town|durban|pretoria|casablanca|tunis|algiers|addis ababa
        new york city|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|san jose|austin|boston
        jacksonville|san francisco|seattle|denver|washington dc|nashville|detroit|portland|las vegas|memphis|louisville
        baltimore|milwaukee|albuquerque|tucson|sacramento|kansas city|atlanta|miami|raleigh|minneapolis|tampa|new orleans
        cleveland|pittsburgh|cincinnati|st louis|st. louis|orlando|salt lake city|columbus|charlotte|indianapolis|brooklyn
        toronto|montreal|vancouver|calgary|ottawa|edmonton|winnipeg|mexico city|ciudad de méxico|guadalajara|monterrey|bogotá
        medellín|lima|santiago|buenos aires|córdoba|montevideo|caracas|quito|rio de janeiro|brasília|salvador|curitiba
        belo horizonte|recife|porto alegre|fortaleza|napoli|torino|firenze|bologna|genova|palermo|venezia|münchen|köln
        düsseldorf|wien|zürich|genève|bruxelles|den haag|utrecht|eindhoven|lisboa|bucurești|warszawa|kraków|wrocław|praha|brno
        москва|санкт-петербург|новосибирск|екатеринбург|казань|киев|київ|минск|北京|上海|广州|深圳|杭州|成都|南京|武汉|西安|天津|重庆
        苏州|香港|台北|哈尔滨|東京|大阪|서울|부산|tirana|riga|tallinn|vilnius|bratislava|sarajevo|skopje|tbilisi|yerevan|baku
        """
}
