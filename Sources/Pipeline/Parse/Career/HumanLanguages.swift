/// Names of human languages in the languages that are read.
enum HumanLanguages {
    /// English names by folded name; names of several words are joined by a blank.
    static let names: [String: String] = {
        var table: [String: String] = [:]
        for line in rows.split(separator: "\n") {
            let forms = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
            guard let english = forms.first else { continue }
            for form in forms where table[form.foldedForLookup] == nil { table[form.foldedForLookup] = english }
        }
        return table
    }()

    /// The longest name in words.
    static let longest = 3

    /// The languages that tokens name, in order, each once.
    static func languages(_ text: TokenizedText, in tokens: Range<Int>) -> [(name: String, tokens: Range<Int>)] {
        var found: [(String, Range<Int>)] = []
        var index = tokens.lowerBound
        while index < tokens.upperBound {
            var matched = 0
            if text.tokens[index].kind == .word {
                for length in stride(from: min(longest, tokens.upperBound - index), to: 0, by: -1) {
                    let words = text.tokens[index..<index + length]
                    guard words.allSatisfy({ $0.kind == .word }) else { continue }
                    if let name = names[words.map(\.folded).joined(separator: " ")] {
                        found.append((name, index..<index + length))
                        matched = length
                        break
                    }
                }
                // 英语（流利）: a name at the start of a word without blanks
                if matched == 0, text.tokens[index].isEastAsian, let name = eastAsianPrefix(text.tokens[index].folded) {
                    found.append((name, index..<index + 1))
                    matched = 1
                }
            }
            index += max(matched, 1)
        }
        return found
    }

    private static func eastAsianPrefix(_ word: String) -> String? {
        for length in stride(from: min(4, word.count - 1), through: 2, by: -1) {
            if let name = names[String(word.prefix(length))] { return name }
        }
        return nil
    }

    /// English name first, then other names: native, and in the great languages of resumes.
    private static let rows = """
        English|anglais|englisch|ingles|inglese|engels|engleza|английский|английского|англійська|angielski|ingilizce|engelska|engelsk|anglictina|angol|englanti|英语|英文|英語|영어|inggris|الإنجليزية|अंग्रेज़ी|английски|αγγλικα
        French|francais|franzosisch|frances|francese|frans|franceza|французский|французька|francuski|fransizca|franska|fransk|francouzstina|francia|法语|法文|フランス語|法語|프랑스어|prancis
        German|allemand|deutsch|aleman|tedesco|duits|germana|alemao|немецкий|німецька|niemiecki|almanca|tyska|tysk|nemcina|nemet|saksa|德语|德文|ドイツ語|德語|독일어|jerman
        Spanish|espagnol|spanisch|espanol|spagnolo|spaans|spaniola|espanhol|испанский|іспанська|hiszpanski|ispanyolca|spanska|spansk|spanelstina|spanyol|espanja|castellano|castilian|西班牙语|西班牙文|スペイン語|스페인어
        Italian|italien|italienisch|italiano|italiaans|italiana|итальянский|італійська|wloski|italyanca|italienska|italiensk|italstina|olasz|italia|意大利语|イタリア語|이탈리아어
        Portuguese|portugais|portugiesisch|portugues|portoghese|portugees|portugheza|португальский|португальська|portugalski|portekizce|portugisiska|portugisisk|葡萄牙语|ポルトガル語|포르투갈어|brazilian portuguese
        Dutch|neerlandais|niederlandisch|neerlandes|holandes|olandese|nederlands|olandeza|нидерландский|голландский|holenderski|niderlandzki|hollandaca|felemenkce|nederlandska|nederlandsk|荷兰语|オランダ語|flemish|vlaams|flamand
        Romanian|roumain|rumanisch|rumano|romeno|rumeno|roemeens|romana|румынский|rumunski|rumence|rumanska|罗马尼亚语|moldovan
        Russian|russe|russisch|ruso|russo|rusa|русский|російська|rosyjski|rusca|ryska|russisk|rustina|orosz|venaja|俄语|俄文|ロシア語|러시아어|rus
        Ukrainian|ukrainien|ukrainisch|ucraniano|ucraino|oekraiens|ucraineana|украинский|українська|ukrainski|ukraynaca|ukrainska|乌克兰语
        Polish|polonais|polnisch|polaco|polacco|pools|poloneza|польский|польська|polski|lehce|polska|polsk|波兰语|polones
        Czech|tcheque|tschechisch|checo|ceco|tsjechisch|ceha|чешский|czeski|cekce|tjeckiska|cestina|捷克语
        Slovak|slovaque|slowakisch|eslovaco|slovacco|slowaaks|slovaca|словацкий|slowacki|slovencina|slovakiska
        Slovenian|slovene|slowenisch|esloveno|sloveno|slovena|словенский|slovenscina|slovenski
        Hungarian|hongrois|ungarisch|hungaro|ungherese|hongaars|maghiara|венгерский|wegierski|macarca|ungerska|magyar|匈牙利语
        Bulgarian|bulgare|bulgarisch|bulgaro|bulgaars|bulgara|болгарский|български|bulgarca
        Serbian|serbe|serbisch|serbio|serbo|servisch|sarba|сербский|српски|srpski|sirpca
        Croatian|croate|kroatisch|croata|croato|kroatiska|хорватский|hrvatski|hirvatca
        Bosnian|bosniaque|bosnisch|bosnio|bosanski|боснийский
        Macedonian|macedonien|mazedonisch|македонски|македонский
        Albanian|albanais|albanisch|albanes|albanese|albaneza|shqip|албанский|arnavutca
        Greek|grec|griechisch|griego|greco|grieks|greaca|grego|греческий|grecki|yunanca|grekiska|gresk|ελληνικα|希腊语
        Turkish|turc|turkisch|turco|turks|turca|турецкий|turecki|turkce|turkiska|tyrkisk|土耳其语
        Azerbaijani|azeri|azeri turkish|азербайджанский|azerbaycanca
        Georgian|georgien|georgisch|georgiano|грузинский|ქართული
        Armenian|armenien|armenisch|armenio|армянский|հայերեն
        Kazakh|kasachisch|казахский|қазақ
        Uzbek|usbekisch|узбекский|ozbek
        Kyrgyz|киргизский
        Tajik|таджикский
        Turkmen|туркменский
        Mongolian|mongol|монгольский|蒙古语
        Belarusian|bielorusse|weissrussisch|белорусский|беларуская
        Lithuanian|lituanien|litauisch|lituano|литовский|litewski|lietuviu
        Latvian|letton|lettisch|leton|латышский|lotewski|latviesu
        Estonian|estonien|estnisch|estonio|эстонский|eesti
        Finnish|finnois|finnisch|fines|finlandese|fins|finlandeza|финский|finski|fince|finska|finsk|suomi|芬兰语
        Swedish|suedois|schwedisch|sueco|svedese|zweeds|suedeza|шведский|szwedzki|isvecce|svenska|svensk|ruotsi|瑞典语
        Norwegian|norvegien|norwegisch|noruego|norvegese|noors|norvegiana|норвежский|norweski|norvecce|norska|norsk|挪威语
        Danish|danois|danisch|danes|danese|deens|daneza|датский|dunski|danca|danska|dansk|丹麦语
        Icelandic|islandais|islandisch|islandes|islenska|исландский
        Irish|irlandais|gaelic|gaeilge|irisch
        Welsh|gallois|cymraeg|walisisch
        Scottish Gaelic|gaidhlig
        Breton|brezhoneg
        Catalan|catala|katalanisch|catalano|каталанский|valencian|valenciano
        Basque|euskara|baskisch|euskera
        Galician|gallego|galego|galicisch
        Luxembourgish|luxembourgeois|luxemburgisch|letzebuergesch
        Maltese|maltais|maltesisch|malti
        Latin|latein|латинский|latino|lateinisch
        Esperanto|эсперанто
        Yiddish|jiddisch|идиш
        Hebrew|hebreu|hebraisch|hebreo|ebraico|hebreeuws|ebraica|иврит|hebrajski|ibranice|hebreiska|עברית|希伯来语
        Arabic|arabe|arabisch|arabo|araba|арабский|arabski|arapca|arabiska|arabisk|阿拉伯语|アラビア語|아랍어|العربية
        Persian|farsi|persan|persisch|persa|persiano|perzisch|персидский|фарси|perski|farsca|persiska|波斯语|dari
        Pashto|paschtu|pushto
        Kurdish|kurde|kurdisch|kurdo|курдский|kurtce|kurmanji|sorani
        Urdu|ourdou|урду|اردو|乌尔都语
        Hindi|hindou|хинди|hintce|印地语|ヒンディー語|힌디어|हिन्दी|हिंदी
        Bengali|bangla|bengalisch|бенгальский|বাংলা|孟加拉语
        Punjabi|panjabi|пенджаби|ਪੰਜਾਬੀ
        Tamil|tamoul|тамильский|தமிழ்
        Telugu|телугу|తెలుగు
        Marathi|маратхи|मराठी
        Gujarati|gujrati|гуджарати|ગુજરાતી
        Kannada|каннада|ಕನ್ನಡ
        Malayalam|малаялам|മലയാളം
        Odia|oriya|ଓଡ଼ିଆ
        Assamese|অসমীয়া
        Konkani
        Sindhi
        Kashmiri
        Maithili
        Bhojpuri
        Sanskrit|санскрит
        Nepali|nepalesisch|непальский|नेपाली
        Sinhala|sinhalese|singhalesisch|සිංහල
        Burmese|myanmar|birmanisch
        Thai|thailandisch|tailandes|thailandese|тайский|泰语|タイ語|태국어
        Lao|laotian|laotisch
        Khmer|cambodian
        Vietnamese|vietnamien|vietnamesisch|vietnamita|вьетнамский|tieng viet|越南语|ベトナム語|베트남어
        Indonesian|bahasa indonesia|indonesien|indonesisch|indonesio|индонезийский|印尼语|bahasa
        Malay|bahasa melayu|malaiisch|malais|bahasa malaysia|马来语
        Tagalog|тагальский
        Filipino|philippin|pilipino
        Cebuano|bisaya
        Ilocano
        Javanese|jawa
        Mandarin|mandarin chinese|mandarine|mandarino|mandarijn|普通话|国语|普通話|mandarina|мандарин|chinese mandarin
        Chinese|chinois|chinesisch|chino|cinese|chinees|chineza|chines|китайский|китайська|chinski|cince|kinesiska|kinesisk|中文|汉语|漢語|中国語|중국어
        Cantonese|cantonais|kantonesisch|cantones|cantonese chinese|粤语|廣東話|广东话
        Taiwanese|hokkien|闽南语|台語
        Shanghainese|上海话
        Japanese|japonais|japanisch|japones|giapponese|japans|japoneza|японский|японська|japonski|japonca|japanska|japansk|日语|日文|日本語|일본어
        Korean|coreen|koreanisch|coreano|koreaans|coreeana|корейский|koreanski|korece|koreanska|韩语|韓国語|朝鲜语|한국어
        Tibetan|藏语
        Uyghur|维吾尔语
        Swahili|kiswahili|suaheli|суахили
        Amharic|amharisch|амхарский|አማርኛ
        Somali
        Tigrinya
        Oromo
        Yoruba
        Igbo
        Hausa
        Twi|akan
        Zulu|isizulu
        Xhosa|isixhosa
        Sotho|sesotho
        Tswana|setswana
        Shona
        Afrikaans|африкаанс
        Wolof
        Lingala
        Kinyarwanda
        Luganda
        Malagasy
        Berber|tamazight|kabyle
        Quechua|quichua
        Guarani
        Haitian Creole|creole|kreyol|creole haitien
        American Sign Language|asl|sign language|british sign language|langue des signes|gebardensprache
        """
}
