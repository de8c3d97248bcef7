import Testing

@testable import Pipeline

struct CertificationAndLanguageTests {
    @Test func `items of a section are certificates, without their dates`() {
        let result = CareerResult(
            reading: """
                Certifications
                • Certified Welding Inspector (2019)
                • Forklift Licence, issued May 2020
                • First Aid
                """
        )
        #expect(result.certifications == ["Certified Welding Inspector", "Forklift Licence", "First Aid"])
    }

    @Test func `a list on one line is several certificates`() {
        #expect(
            CareerResult(reading: "Certifications\nPMP, ITIL Foundation, First Aid\n").certifications == [
                "PMP", "ITIL Foundation", "First Aid",
            ]
        )
    }

    @Test(arguments: [
        ("Languages\nEnglish (native), French – B2, German: basic\n", ["English", "French", "German"]),
        ("Langues\nAnglais courant\nEspagnol (notions)\n", ["English", "Spanish"]),
        ("Sprachen\nDeutsch (Muttersprache), Polnisch\n", ["German", "Polish"]),
        ("Языки\nРусский, английский\n", ["Russian", "English"]), ("语言\n英语（流利）、普通话\n", ["English", "Mandarin"]),
        ("Skills\nPython, SQL\nLanguages: Hindi, Tamil, Telugu\n", ["Hindi", "Tamil", "Telugu"]),
    ])
    func `languages have their English names`(text: String, expected: [String]) {
        #expect(CareerResult(reading: text).languages == expected)
    }

    @Test func `programming languages are no human ones`() {
        #expect(CareerResult(reading: "Skills\nLanguages: Java, C++, Python\n").languages.isEmpty)
    }
}
