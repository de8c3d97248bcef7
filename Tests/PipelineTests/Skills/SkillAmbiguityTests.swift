import Testing

@testable import Pipeline

@Suite struct SkillAmbiguityTests {
    @Test(arguments: [
        ("Go", "Built the gateway with Go and Redis"), ("Go", "Python, Go, Java"), ("Go", "Golang developer"),
        ("Go", "Go developer"),
        ("R", "Python, R, SQL"), ("R", "R programming"), ("R", "Skills: SQL, R"), ("C", "C, C++, Java"),
        ("C", "Embedded C"), ("R", "Built models in R and Python."), ("R", "Analysed data with R and SQL."),
        ("R", "Data analysis using R (pandas)."), ("C", "Programming in C and Java"), ("C", "Firmware in C for Linux"),
        ("C#", "C\u{266F}, Java"),
        ("SAS", "SAS, SPSS"), ("Microsoft Excel", "Word, Excel, PowerPoint"),
        ("Microsoft Excel", "advanced reports in Excel"),
        ("Microsoft Word", "Excel, Word"), ("Swift", "Swift, Kotlin"), ("Rust", "wrote services in Rust"),
        ("Ruby", "Ruby, Python"), ("Spark", "Hadoop, Spark"), ("Chef (software)", "Ansible, Chef, Puppet"),
        ("Puppet", "Ansible, Puppet"), ("Apache Ant", "Ant, Maven, Jenkins"),
        ("Microsoft Access", "Excel, Access, Outlook"),
        ("Microsoft Teams", "Slack, Teams, Zoom"), ("Sketch", "Figma, Sketch"), ("Unity", "C#, Unity, Blender"),
        ("Slack", "Jira, Slack"), ("Oracle Database", "MySQL, Oracle"), ("Express.js", "Node.js, Express, MongoDB"),
        ("Spring", "Java, Spring, Hibernate"), ("Ruby on Rails", "Ruby, Rails"), ("Flask", "Python, Flask"),
        ("Bash", "Linux, Bash"), ("Artificial intelligence", "AI, robotics"), ("Public relations", "PR, marketing"),
        ("Quality assurance", "QA, UAT"), ("Helm", "Kubernetes, Helm"), ("Tableau", "Tableau dashboards"),
    ])
    func `an everyday word counts where it names a skill`(skill: String, text: String) throws {
        #expect(try names(text).contains(skill))
    }

    @Test(arguments: [
        ("Go", "ready to go to market"), ("Go", "Go to our page"), ("Go", "I go home"), ("R", "R&D budget"),
        ("R", "Invested in R&D, Python"), ("R", "invested in R & D and Python"), ("C", "Sonata in C major, Python"),
        ("C", "rich in Vitamin C and Python"), ("C", "with Grade C for Java"), ("R", "John R. Smith"),
        ("R", "R. Smith, Python, SQL"), ("C", "Vitamin C, Python"), ("C", "Grade C"),
        ("C", "John C. Reilly"),
        ("C", "C-level, SQL"), ("C", "C suite"), ("SAS", "sas"), ("Microsoft Excel", "I excel at sales"),
        ("Microsoft Excel", "Excel in a fast-paced team"), ("Microsoft Word", "in a word, good"),
        ("Swift", "a swift response"),
        ("Rust", "rust prevention"), ("Ruby", "a ruby ring"), ("Spark", "spark interest"),
        ("Chef (software)", "Chef, Blue Door Bistro"),
        ("Chef (software)", "Head Chef at a restaurant"), ("Puppet", "Puppet theatre"),
        ("Microsoft Access", "access to records"),
        ("Microsoft Teams", "Teams of ten people"), ("Microsoft Teams", "led teams"), ("Sketch", "sketch comedy"),
        ("Unity", "unity among staff"), ("Express.js", "express delivery"), ("Spring", "in Spring 2019"),
        ("Spring", "spring semester"),
        ("Flask", "flask"), ("Bash", "bash"), ("Quality assurance", "qa"), ("Artificial intelligence", "ai"),
        ("React", "react to events"), ("PLC programming", "Northgate PLC, Leeds: AutoCAD, MATLAB"),
        ("SAS", "Dupont Martin SAS, Lyon, Excel, Python"), ("Public relations", "pr"),
        ("Spring", "Java course, Spring 2013"), ("Adobe InDesign", "skilled in design"),
    ])
    func `an everyday word does not count elsewhere`(skill: String, text: String) throws {
        #expect(try !names(text).contains(skill))
    }

    private func names(_ text: String) throws -> [String] {
        try CuratedSkills.taxonomy().mentions(in: Array(text.unicodeScalars)).map(\.name)
    }
}
