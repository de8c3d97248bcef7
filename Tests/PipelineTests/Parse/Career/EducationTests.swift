import Testing

@testable import Pipeline

struct EducationTests {
    @Test(arguments: [
        (
            "Bachelor of Science in Mechanical Engineering\nUniversity of Eastmoor\n2011 - 2015",
            "Bachelor of Science | Mechanical Engineering | University of Eastmoor | 2015"
        ),
        (
            "Associate Degree, Statistics\nEastmoor College\n2015 - 2018",
            "Associate Degree | Statistics | Eastmoor College | 2018"
        ),
        (
            "2012 - 2017\nB.Tech in Information Technology\nEastmoor Institute of Technology",
            "B.Tech | Information Technology | Eastmoor Institute of Technology | 2017"
        ),
        ("University of Eastmoor, M.Sc. in Nursing, 2019", "M.Sc. | Nursing | University of Eastmoor | 2019"),
        ("MBA, University of Eastmoor (2014)", "MBA |  | University of Eastmoor | 2014"),
        (
            "B.E. (Information Science)\nEastmoor Engineering College\n2010",
            "B.E. | Information Science | Eastmoor Engineering College | 2010"
        ),
        (
            "Master's degree in Computer Science\nEastmoor University\n2016",
            "Master's degree | Computer Science | Eastmoor University | 2016"
        ),
        ("Licence en Biologie\nUniversité de Montclair\n2013", "Licence | Biologie | Université de Montclair | 2013"),
        ("Laurea in Economia\nUniversità di Valdoro\n2013", "Laurea | Economia | Università di Valdoro | 2013"),
        (
            "Бакалавр, Экономика\nСеверный университет\n2014 - 2018",
            "Бакалавр | Экономика | Северный университет | 2018"
        ),
        ("High School Diploma\nEastmoor High School\n2008", "High School Diploma |  | Eastmoor High School | 2008"),
    ])
    func `degree, field, school and year are told apart`(lines: String, expected: String) {
        #expect(CareerResult(reading: "Education\n\(lines)\n").studies == [expected])
    }

    @Test func `two studies at one school are two entries`() {
        let result = CareerResult(
            reading: """
                Education
                Master of Arts in History
                University of Eastmoor
                2017 - 2019
                Bachelor of Arts in History
                University of Eastmoor
                2014 - 2017
                """
        )
        #expect(
            result.studies == [
                "Master of Arts | History | University of Eastmoor | 2019",
                "Bachelor of Arts | History | University of Eastmoor | 2017",
            ]
        )
        #expect(result.highestEducation == .master)
        #expect(result.educationEvidence.map(\.quote) == ["Master of Arts in History"])
        #expect(result.institutionRanges.count == 2)
    }

    @Test(arguments: [
        ("Ph.D. in Physics", EducationLevel.doctorate), ("Doctor of Philosophy", .doctorate), ("MBA", .master),
        ("MSc Data Science", .master), ("M.Tech", .master),
        ("Magister, Prawo", .master), ("Магистр", .master), ("硕士", .master), ("BSc (Hons) Biology", .bachelor),
        ("B.Com", .bachelor), ("Bacharelado em Direito", .bachelor),
        ("Licență în Drept", .bachelor), ("本科", .bachelor), ("HBO Verpleegkunde", .bachelor),
        ("Associate of Arts", .associate), ("Diploma in Nursing", .associate), ("BTS Comptabilité", .associate),
        ("GED", .secondary), ("Abitur", .secondary), ("HSC", .secondary), ("Baccalauréat", .secondary),
        ("High School Diploma", .secondary),
    ])
    func `degrees of many countries have their level`(degree: String, level: EducationLevel) {
        #expect(CareerResult(reading: "Education\n\(degree)\n2010\n").highestEducation == level)
    }

    @Test func `a scrum master and a wish for a bachelor are no degrees`() {
        let result = CareerResult(
            reading: """
                Summary
                Scrum Master who hired people with a Bachelor's degree.

                Experience
                Scrum Master, Harbour Systems Ltd (2018 - 2020)
                """
        )
        #expect(result.education.isEmpty)
        #expect(result.highestEducation == nil)
    }

    @Test func `school ranges quote the schools`() {
        let text = "Education\nMBA, University of Eastmoor (2014)\n"
        let ranges = CareerResult(reading: text).institutionRanges
        #expect(ranges.map { TokenizedText(text).string($0) } == ["University of Eastmoor"])
    }
}
