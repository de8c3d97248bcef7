import Testing

@testable import Pipeline

struct OrganizationNameTests {
    @Test(arguments: [
        "May 20XX", "Sep 09", "Roles and Responsibilities", "4/06", "Diploma in Nautical Science",
        "Promoted after two years", "Employers name", "Operating Systems", "Division", "Self-employed",
        "Got a certificate from Orlik",
    ])
    func `a date, a label, a degree or a sentence is no employer`(phrase: String) {
        #expect(OrganizationName.cleaned(phrase) == nil)
    }

    @Test(arguments: [
        ("M/s. Tarnfield Mills Ltd", "Tarnfield Mills Ltd"), ("March Foods Pvt. Ltd.", "March Foods Pvt. Ltd."),
        ("Orlik Freight (http://orlik.example", "Orlik Freight"),
        ("Dunmore Cranes (formerly Dunmore & Sons)", "Dunmore Cranes"),
    ])
    func `a name is kept without what stands before it by habit`(phrase: String, name: String) {
        #expect(OrganizationName.cleaned(phrase) == name)
    }
}
