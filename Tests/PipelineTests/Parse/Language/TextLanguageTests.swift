import Testing

@testable import Pipeline

@Suite struct TextLanguageTests {
    @Test(arguments: [
        ("en", "Experienced nurse with ten years of work on busy wards and in the community."),
        ("fr", "Infirmière avec dix ans d'expérience dans les hôpitaux et auprès des patients."),
        ("de", "Krankenschwester mit zehn Jahren Erfahrung in der Pflege und im Umgang mit Patienten."),
        ("es", "Enfermera con diez años de experiencia en los hospitales y en la comunidad."),
        ("it", "Infermiera con dieci anni di esperienza negli ospedali e nella comunità."),
        ("nl", "Verpleegkundige met tien jaar ervaring in het ziekenhuis en in de wijk."),
        ("pt", "Enfermeira com dez anos de experiência em hospitais e na comunidade, não só no Brasil."),
        ("ro", "Asistentă medicală cu zece ani de experiență în spitale și în comunitate."),
        ("pl", "Pielęgniarka z dziesięcioletnim doświadczeniem w szpitalach oraz w opiece nad chorymi."),
        ("cs", "Zdravotní sestra s desetiletou praxí v nemocnicích a při péči o pacienty, která se učí."),
        ("sv", "Sjuksköterska med tio års erfarenhet av vård på sjukhus och i hemmet."),
        ("tr", "Hastanelerde ve evde bakımda on yıl deneyim kazanmış bir hemşire olarak çalışıyorum."),
        ("hu", "Ápolónő vagyok, tíz év tapasztalat a kórházi és az otthoni ápolásban, és nem csak ott."),
        ("fi", "Sairaanhoitaja, jolla on kymmenen vuotta työkokemusta, ja myös koulutus on hyvä."),
        ("vi", "Y tá với mười năm kinh nghiệm trong bệnh viện và chăm sóc tại nhà."),
        ("ru", "Медсестра с десятилетним опытом работы в больницах и на дому."),
        ("uk", "Медсестра з десятирічним досвідом роботи в лікарнях та вдома, її навички."),
        ("zh", "护士，有十年医院工作经验，擅长护理。"), ("ja", "病院で十年の経験がある看護師です。よろしくお願いします。"),
        ("ko", "병원에서 십 년 경력의 간호사입니다."), ("el", "Νοσηλεύτρια με δέκα χρόνια εμπειρίας."),
        ("ar", "ممرضة لديها خبرة عشر سنوات في المستشفيات"),
        ("he", "אחות עם ניסיון של עשר שנים"), ("hi", "दस वर्षों के अनुभव वाली नर्स"), ("th", "พยาบาลที่มีประสบการณ์สิบปี"),
    ])
    func `the language of a sentence is told`(code: String, text: String) {
        #expect(TextLanguage.detect(Array(text.unicodeScalars)) == code)
    }

    @Test func `too little text leaves it open`() {
        #expect(TextLanguage.detect(Array("Java, C++ 17".unicodeScalars)) == nil)
        #expect(TextLanguage.detect([]) == nil)
    }
}
