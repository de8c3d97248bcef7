/// Names of places that often stand beside an employer, folded.
///
/// Phrases of several words are joined by a blank.
enum PlaceWords {
    /// Codes of states and provinces, which count only in capitals after a comma.
    static let codes: Set<String> = words(
        """
        al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc \
        sd tn tx ut vt va wa wv wi wy dc ab bc mb nb nl ns on pe qc sk nsw vic qld tas act uk usa us uae rj sp mg rs ba pr sg hk
        """
    )

    /// Countries, states, and large towns.
    static let names: Set<String> = Set(
        """
        alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|\
        iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|\
        nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|\
        rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|\
        wyoming|ontario|quebec|alberta|british columbia|manitoba|saskatchewan|nova scotia|new south wales|victoria|queensland|\
        andhra pradesh|telangana|karnataka|tamil nadu|maharashtra|kerala|gujarat|rajasthan|uttar pradesh|madhya pradesh|bihar|\
        west bengal|haryana|punjab|delhi|new delhi|odisha|orissa|jharkhand|chhattisgarh|assam|uttarakhand|himachal pradesh|goa|\
        jammu and kashmir|chandigarh|puducherry|pondicherry|tripura|manipur|\
        mumbai|bangalore|bengaluru|hyderabad|chennai|pune|kolkata|ahmedabad|noida|gurgaon|gurugram|jaipur|lucknow|indore|bhopal|\
        nagpur|coimbatore|kochi|cochin|trivandrum|thiruvananthapuram|visakhapatnam|vijayawada|vadodara|surat|ghaziabad|faridabad|\
        mysore|mangalore|madurai|salem|nashik|thane|navi mumbai|secunderabad|patna|ranchi|bhubaneswar|guwahati|kanpur|\
        india|pakistan|bangladesh|sri lanka|nepal|china|japan|korea|south korea|singapore|malaysia|indonesia|philippines|\
        thailand|vietnam|taiwan|hong kong|australia|new zealand|united states|united states of america|usa|u s a|us|canada|mexico|brazil|brasil|\
        argentina|chile|colombia|peru|united kingdom|uk|england|scotland|wales|ireland|northern ireland|france|germany|deutschland|\
        spain|espana|portugal|italy|italia|netherlands|nederland|belgium|belgique|switzerland|suisse|schweiz|austria|osterreich|\
        sweden|sverige|norway|denmark|finland|poland|polska|czech republic|czechia|slovakia|hungary|romania|bulgaria|greece|turkey|\
        turkiye|russia|россия|ukraine|украина|belarus|беларусь|kazakhstan|казахстан|israel|egypt|saudi arabia|uae|united arab emirates|qatar|kuwait|\
        oman|bahrain|jordan|lebanon|iraq|iran|south africa|nigeria|kenya|ghana|ethiopia|uganda|tanzania|morocco|tunisia|algeria|\
        london|manchester|birmingham|leeds|liverpool|bristol|glasgow|edinburgh|cardiff|belfast|dublin|paris|lyon|marseille|\
        toulouse|nantes|lille|bordeaux|strasbourg|nice|rennes|berlin|munich|munchen|hamburg|frankfurt|koln|cologne|stuttgart|\
        dusseldorf|leipzig|dresden|hannover|nurnberg|bremen|vienna|wien|zurich|geneva|geneve|basel|bern|madrid|barcelona|valencia|\
        sevilla|bilbao|malaga|lisbon|lisboa|porto|rome|roma|milan|milano|turin|torino|naples|napoli|bologna|firenze|florence|genova|\
        amsterdam|rotterdam|the hague|den haag|utrecht|eindhoven|brussels|bruxelles|antwerp|stockholm|goteborg|malmo|oslo|bergen|\
        copenhagen|kobenhavn|helsinki|warsaw|warszawa|krakow|wroclaw|gdansk|poznan|prague|praha|brno|budapest|bucharest|bucuresti|\
        cluj-napoca|cluj|iasi|timisoara|brasov|constanta|sofia|athens|istanbul|ankara|izmir|moscow|москва|saint petersburg|\
        санкт-петербург|новосибирск|екатеринбург|казань|нижний новгород|kyiv|kiev|киев|київ|lviv|minsk|минск|almaty|tel aviv|cairo|dubai|abu dhabi|sharjah|\
        doha|riyadh|jeddah|beirut|amman|tehran|johannesburg|cape town|durban|lagos|abuja|nairobi|accra|kampala|casablanca|\
        tokyo|osaka|kyoto|seoul|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|wuhan|nanjing|taipei|bangkok|jakarta|manila|\
        kuala lumpur|hanoi|ho chi minh city|hcmc|karachi|lahore|islamabad|dhaka|colombo|kathmandu|sydney|melbourne|brisbane|perth|\
        adelaide|canberra|auckland|wellington|toronto|montreal|vancouver|calgary|ottawa|edmonton|winnipeg|halifax|mexico city|\
        ciudad de mexico|guadalajara|monterrey|sao paulo|rio de janeiro|belo horizonte|brasilia|curitiba|porto alegre|salvador|recife|\
        fortaleza|buenos aires|cordoba|santiago|bogota|medellin|lima|quito|caracas|new york city|nyc|brooklyn|manhattan|queens|\
        bronx|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|san jose|austin|jacksonville|fort worth|\
        columbus|charlotte|san francisco|indianapolis|seattle|denver|boston|nashville|detroit|portland|las vegas|memphis|louisville|\
        baltimore|milwaukee|albuquerque|tucson|fresno|sacramento|mesa|atlanta|kansas city|colorado springs|raleigh|miami|oakland|\
        minneapolis|tulsa|tampa|arlington|new orleans|cleveland|honolulu|orlando|pittsburgh|cincinnati|st louis|saint louis|newark|\
        buffalo|jersey city|redmond|palo alto|mountain view|sunnyvale|cupertino|menlo park|santa clara|cambridge|washington dc|\
        washington d c|state|city|remote|home office|hybrid|telecommute|homeoffice|teletravail|remoto|удаленно|\
        北京|上海|深圳|广州|杭州|成都|武汉|南京|西安|重庆|天津|苏州|厦门|青岛|大连|长沙|香港|台北|東京|大阪|京都|名古屋|福岡|서울|부산
        """.split(separator: "|").map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ").foldedForLookup
        }
    )

    /// Beginnings and ends of the names of made and real towns, as in "Port Jonathan" or "Griffinmouth".
    static let firstWords: Set<String> = words(
        "port lake new north south east west saint st san santa los las fort mount upper lower great bad sankt le la les sint den"
    )
    static let tails: [String] = [
        "ville", "town", "burgh", "burg", "bury", "chester", "field", "ford", "ham", "haven", "mouth", "port", "shire",
        "side", "stad", "stadt",
        "ton", "view", "wood", "furt", "berg", "heim", "hausen", "dorf", "kirchen", "bourg", "land", "shaven",
        "borough", "chesters", "pur", "abad",
        "nagar", "град", "бург", "市", "県", "省", "区", "시",
    ]

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
