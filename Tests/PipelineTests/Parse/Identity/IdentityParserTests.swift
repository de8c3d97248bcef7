import Testing

@testable import Pipeline

@Suite struct IdentityParserTests {
    private func identity(_ text: String) -> IdentityParser {
        IdentityParser(ResumeText(SectionSplitter(ExtractedDocument(plainText: text))))
    }

    /// The text without what tells who the person is.
    private func rest(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = ""
        var at = 0
        for range in identity(text).ranges {
            result += ResumeScalars.string(scalars[at..<range.lowerBound])
            at = range.upperBound
        }
        return result + ResumeScalars.string(scalars[at...])
    }

    @Test(arguments: [
        ("Ada Moss\nNurse\nada.moss@example.com", "Ada Moss"), ("ADA MOSS\nada@example.com", "ADA MOSS"),
        ("Curriculum Vitae\nAda Moss, PhD\nBern", "Ada Moss"), ("Resume of Ada Moss\nada@example.com", "Ada Moss"),
        ("Name: Ada Moss\nNurse", "Ada Moss"), ("Dr. Ada Moss, MD\nSurgeon", "Ada Moss"),
        ("Ada Moss | Nurse\nBern", "Ada Moss"),
        ("Ada Moss – Data Engineer\nada@example.com", "Ada Moss"), ("MOSS Ada\nada.moss@example.com", "MOSS Ada"),
        ("Kavya R\nSystem Engineer\nSalem, Tamil Nadu", "Kavya R"),
        ("ada moss\nBern, Switzerland - linkedin.com/in/ada-moss", "ada moss"),
        ("Jan van der Berg\njan@example.nl", "Jan van der Berg"),
        ("María de la Cruz López\nEnfermera", "María de la Cruz López"),
        ("Seán O’Neill-Burke\nsean@example.ie", "Seán O’Neill-Burke"),
        ("Анна Лебедева\nБухгалтер\n+7 495 123-45-67", "Анна Лебедева"),
        ("李娜\n上海\n13800138000\nlina@example.com", "李娜"), ("姓名：李娜\n电话：13800138000", "李娜"),
        ("山田 花子\nhanako@example.jp", "山田 花子"),
        ("Software Engineer Resume\nAda Moss\n12 Mill Lane\nada@example.com", "Ada Moss"),
        ("Ada Washington\nNURSE\nSummary\nCares.", "Ada Washington"),
        ("Lebenslauf\n\nName: Jörg Weiß\nGeburtsdatum: 1.2.1990", "Jörg Weiß"),
        ("Nguyễn Thị Hoa\nhoa@example.vn", "Nguyễn Thị Hoa"),
        ("Ada Moss Graphic Designer\nada@example.com", "Ada Moss"),
        ("Amy Baker\nSales Manager\namy@example.com", "Amy Baker"),
    ])
    func `a name is found in every script and setting`(text: String, name: String) {
        #expect(identity(text).name == name)
    }

    @Test(arguments: [
        "HR ADMINISTRATOR/MARKETING ASSOCIATE\nSummary\nKind person.", "EXECUTIVE CHEF\nSummary\nCooks.",
        "FORCE ANALYST\nSummary\nCounts.", "Professional Summary\nA kind person.", "",
        "Bern, Switzerland\n\nSkills\nBread",
        "12 Mill Lane\nBern", "Acme Ltd\n+1 555 010 7788", "个人简历\n\n教育背景\n大学", "Full Name\nStreet, City",
    ])
    func `what is no name gives none`(text: String) {
        #expect(identity(text).name == nil)
    }

    @Test(arguments: [
        ("Ada Moss\nNurse\nada@example.com | +1-555-010-7788 | Lake Ada", "Lake Ada"),
        ("Ada Moss\nNurse\nSalem, Tamil Nadu - Email me: ada@example.com", "Salem, Tamil Nadu"),
        ("Ada Moss\nAddress: 12 Mill Lane, Springfield, IL 62701\nada@example.com", "Springfield, IL"),
        ("Анна Лебедева\nanna@example.ru · +7 495 123-45-67 · г. Тверь", "г. Тверь"), ("李娜\n13800138000\n杭州", "杭州"),
        ("Ada Moss\nada@example.com · 01 70 18 99 01 · Moulin-les-Bains", "Moulin-les-Bains"),
        ("Ada Moss\nLocation: Bucharest, Romania\nDeveloper", "Bucharest, Romania"),
    ])
    func `the place is found without street and post code`(text: String, place: String) {
        #expect(identity(text).location == place)
    }

    @Test func `the headline is the title near the name`() {
        #expect(identity("Ada Moss\n.NET Developer\nada@example.com").headline == ".NET Developer")
        #expect(identity("Ada Moss | Head of Sales | Bern").headline == "Head of Sales")
        #expect(identity("EXECUTIVE CHEF\nSummary\nCooks.").headline == "EXECUTIVE CHEF")
        #expect(identity("Ada Moss\nada@example.com\n\nSummary\nA nurse.").headline == nil)
    }

    @Test func `the summary is its section's text, or the paragraph that ends the header`() {
        #expect(
            identity("Ada Moss\n\nProfile\nBakes bread.\nAnd soup.\n\nSkills\nBread").summary
                == "Bakes bread.\nAnd soup."
        )
        let paragraph =
            "I have baked bread and cakes for the people of three towns, and I lead a team of ten bakers today."
        #expect(identity("Ada Moss\nada@example.com\n\(paragraph)\n\nSkills\nBread").summary == paragraph)
    }

    @Test(arguments: [
        "Emily Walsh", "Lakisha Washington", "Wei Zhang", "Jun Liu", "Mona Abdel Rahman", "Jesús de la Cruz",
        "Oluş Eraslan",
        "Jędrzej Straszak", "Adepeju Aderibigbe", "Nguyen Van An", "Natalia Morozova", "Fredi Schönland", "Q. Zyx",
        "Paris Houston",
    ])
    func `what is left does not depend on the name`(name: String) {
        func text(_ name: String) -> String {
            "\(name)\nHEAD BAKER\nSummary\nBakes bread.\nExperience\nBaker, Crumb Ltd, 2019 - 2021\n\(name) led ten people.\nSkills\nBread"
        }
        #expect(rest(text(name)) == rest(text("Ada Moss")))
        #expect(!rest(text(name)).contains(name))
    }

    @Test(arguments: [
        "Gender: male. Pronouns: he/him", "Pronouns: they/them", "Date of Birth: 1 May 1990", "Marital status: married",
        "Nationality: Swiss", "Geburtsdatum: 1.5.1990", "Né le : 1er mai 1990", "Data nașterii: 1 mai 1990", "性别：女",
        "Дата рождения: 01.05.1990", "Member, National Federation of the Blind", "Volunteer, Islamic Society",
        "Member, Chess Club",
        "Parental leave 2015-2016; married, two children", "(she/her)",
    ])
    func `personal lines are marked whole`(line: String) {
        let text = "Ada Moss\nHEAD BAKER\n%Summary\nBakes bread."
        #expect(
            rest(text.replacing("%", with: line + "\n")).replacing("\n", with: "")
                == rest(text.replacing("%", with: "")).replacing("\n", with: "")
        )
    }

    @Test func `contacts and addresses are marked with their lines`() {
        let text =
            "Ada Moss\nBaker\n12 Mill Lane, Springfield, IL 62701\nPhone: +1 555 010 7788 | ada@example.com\n\nSkills\nBread"
        #expect(rest(text).split(separator: "\n") == ["Baker", "Skills", "Bread"])
    }

    @Test func `work that mentions groups of people stays`() {
        let line =
            "Supported women and children in a shelter as a social worker and led a team of volunteers for three years"
        #expect(rest("Ada Moss\n\nExperience\n\(line)").contains(line))
    }
}
