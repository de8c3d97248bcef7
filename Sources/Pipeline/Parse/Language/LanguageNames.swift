/// Names of human languages, folded, to tell "Languages: English" from "Languages: Java".
enum LanguageNames {
    /// Folded names of common languages in several languages.
    static let words: Set<String> = Set(
        """
        english french german spanish italian portuguese russian chinese mandarin cantonese japanese korean arabic hindi
        urdu bengali punjabi tamil telugu marathi gujarati kannada malayalam dutch polish romanian turkish swedish danish
        norwegian finnish greek hebrew persian farsi ukrainian czech slovak hungarian bulgarian serbian croatian
        vietnamese thai indonesian malay tagalog filipino swahili catalan yoruba igbo hausa afrikaans nepali sinhala latin
        anglais francais allemand espagnol italien portugais russe chinois arabe neerlandais roumain polonais japonais
        englisch deutsch franzosisch spanisch italienisch russisch chinesisch turkisch polnisch arabisch niederlandisch
        ingles frances aleman espanol italiano portugues ruso chino arabe castellano japones
        inglese francese tedesco spagnolo portoghese russo cinese arabo
        engels frans duits nederlands spaans italiaans
        alemao espanhol russo chines engleza franceza germana romana spaniola italiana rusa
        английский немецкий французский русский испанский итальянский китайский украинский
        английська німецька українська російська французька польська
        angielski niemiecki francuski polski rosyjski hiszpanski ingilizce almanca turkce fransizca
        engelska svenska tyska franska spanska engelsk dansk norsk tysk fransk englanti suomi ruotsi saksa
        anglictina nemcina cestina slovencina angol nemet magyar engleski nemacki njemacki
        英语 普通话 英文 中文 汉语 日语 法语 德语 英語 日本語 中国語 영어 한국어 일본어 중국어
        tieng inggris indonesia
        """
        .split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    )
}
