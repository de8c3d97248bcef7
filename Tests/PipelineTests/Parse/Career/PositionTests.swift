import Testing

@testable import Pipeline

struct PositionTests {
    private static let expected = [
        "Senior Engineer | Harbour Systems Ltd | 2020-03–now",
        "Support Technician | Brightwater Council | 2016-05–2020-02",
    ]

    @Test(arguments: [
        // Title, then employer, then dates.
        """
        Experience

        Senior Engineer
        Harbour Systems Ltd, Leeds
        March 2020 – Present
        • Looked after pumps.

        Support Technician
        Brightwater Council, Hull
        May 2016 – February 2020
        • Answered calls.
        """,
        // Employer first.
        """
        WORK EXPERIENCE

        Harbour Systems Ltd, Leeds
        Senior Engineer
        03/2020 - present
        - Looked after pumps.

        Brightwater Council, Hull
        Support Technician
        05/2016 - 02/2020
        - Answered calls.
        """,
        // All on one line, in several ways.
        """
        Experience
        Senior Engineer at Harbour Systems Ltd (Mar 2020 - now)
        • Looked after pumps.
        Support Technician at Brightwater Council (May 2016 - Feb 2020)
        • Answered calls.
        """,
        """
        Experience
        Senior Engineer, Harbour Systems Ltd — Leeds, 2020-03 – present
        • Looked after pumps.
        Support Technician, Brightwater Council — Hull, 2016-05 – 2020-02
        • Answered calls.
        """,
        """
        Experience
        Harbour Systems Ltd | Senior Engineer | 03/2020 – Present
        • Looked after pumps.
        Brightwater Council | Support Technician | 05/2016 – 02/2020
        • Answered calls.
        """,
        // Dates before, on a line of their own.
        """
        Experience
        March 2020 - Present
        Senior Engineer
        Harbour Systems Ltd, Leeds
        • Looked after pumps.
        May 2016 - February 2020
        Support Technician
        Brightwater Council, Hull
        • Answered calls.
        """,
        // Dates at the right margin.
        """
        Experience
        Senior Engineer\t03/2020 – Present
        Harbour Systems Ltd, Leeds
        • Looked after pumps.
        Support Technician\t05/2016 – 02/2020
        Brightwater Council, Hull
        • Answered calls.
        """,
        // Dates in a left column.
        """
        Experience
        03/2020 – Present     Senior Engineer, Harbour Systems Ltd
        • Looked after pumps.
        05/2016 – 02/2020     Support Technician, Brightwater Council
        • Answered calls.
        """,
        // Named fields.
        """
        Experience
        Company: Harbour Systems Ltd
        Designation: Senior Engineer
        Duration: March 2020 to till date
        • Looked after pumps.
        Company: Brightwater Council
        Designation: Support Technician
        Duration: May 2016 to February 2020
        • Answered calls.
        """,
        // As job boards print them.
        """
        WORK EXPERIENCE

        Senior Engineer

        Harbour Systems Ltd -  Leeds -

        March 2020 to Present

        Looked after pumps.

        Support Technician

        Brightwater Council -  Hull -

        May 2016 to February 2020

        Answered calls.
        """,
    ])
    func `title, employer and dates are told apart in every layout`(text: String) {
        #expect(CareerResult(reading: text).positions == Self.expected)
    }

    @Test func `a position on one long line keeps its text`() {
        let result = CareerResult(
            reading: """
                Experience
                Company Name City , State Payroll Clerk January 2012 to Current Kept the wage records of four hundred people in order and \
                paid them on time every month without a single late run in six years.
                """
        )
        #expect(result.experience.first?.title == "Payroll Clerk")
        #expect(result.experience.first?.start == "2012-01")
        #expect(result.experience.first?.current == true)
        #expect(result.experience.first?.description?.contains("wage records") == true)
    }

    @Test func `promotions under one employer share its name`() {
        let result = CareerResult(
            reading: """
                Experience
                Harbour Systems Ltd
                Shift Manager
                Jan 2019 – Present
                • Plans shifts.
                Forklift Driver
                Mar 2016 – Dec 2018
                • Moved pallets.
                """
        )
        #expect(
            result.positions == [
                "Shift Manager | Harbour Systems Ltd | 2019-01–now",
                "Forklift Driver | Harbour Systems Ltd | 2016-03–2018-12",
            ]
        )
    }

    @Test(arguments: [
        (
            "Expérience professionnelle\nInfirmière\nHôpital Sainte-Odile, Rennes\nmars 2018 – août 2021",
            "Infirmière | Hôpital Sainte-Odile | 2018-03–2021-08"
        ),
        (
            "Berufserfahrung\nSoftwareentwickler\nMöller & Söhne GmbH, Kassel\n03/2018 – 08/2021",
            "Softwareentwickler | Möller & Söhne GmbH | 2018-03–2021-08"
        ),
        (
            "Esperienza lavorativa\nIngegnere meccanico\nFratelli Brunetti S.r.l., Parma\n03/2018 – 08/2021",
            "Ingegnere meccanico | Fratelli Brunetti S.r.l. | 2018-03–2021-08"
        ),
        (
            "Werkervaring\nVerpleegkundige\nvan Dijk Zorg B.V., Utrecht\n03/2018 – 08/2021",
            "Verpleegkundige | van Dijk Zorg B.V. | 2018-03–2021-08"
        ),
        (
            "Опыт работы\nИнженер-конструктор\nООО «Ромашка, Лютик и партнёры», г. Тверь\n03/2018 – 08/2021",
            "Инженер-конструктор | ООО «Ромашка, Лютик и партнёры» | 2018-03–2021-08"
        ),
        ("工作经历\n后端工程师\n蓝鲸网络有限公司，杭州\n2018年3月 - 2021年8月", "后端工程师 | 蓝鲸网络有限公司 | 2018-03–2021-08"),
    ])
    func `positions are read in other languages`(text: String, expected: String) {
        #expect(CareerResult(reading: text).positions == [expected])
    }

    @Test func `family names with commas and hyphens are one employer`() {
        let result = CareerResult(
            reading: """
                Experience
                Sous Chef, Ashby, Cook and Holt, Northport (Feb 2019 - May 2021)
                • Ran the pass.
                Line Cook, Baker-Finch, Westhaven (Jan 2017 - Jan 2019)
                • Ran the grill.
                """
        )
        #expect(
            result.positions == [
                "Sous Chef | Ashby, Cook and Holt | 2019-02–2021-05", "Line Cook | Baker-Finch | 2017-01–2019-01",
            ]
        )
        #expect(result.experience.map(\.location) == ["Northport", "Westhaven"])
    }

    @Test func `dates within a description are no positions`() {
        let result = CareerResult(
            reading: """
                Experience
                Analyst, Quarry Bank (2018 - 2021)
                • Led the move from the old ledger to the new one between March 2019 and June 2020.
                • Held the audit of May 2019 - July 2019 together with colleagues from five other offices abroad.
                """
        )
        #expect(result.positions == ["Analyst | Quarry Bank | 2018–2021"])
    }

    @Test func `volunteering is no experience`() {
        let result = CareerResult(
            reading: """
                Experience
                Analyst, Quarry Bank (Jan 2018 - Mar 2018)

                Volunteering
                Trainer, Swimming Club (Jan 2001 - Dec 2017)
                """
        )
        #expect(result.experienceMonths == 3)
    }

    @Test func `spans lie in the text and match the positions`() {
        let text = """
            Experience
            Analyst, Quarry Bank (Jan 2018 - Mar 2018)
            • Counted things.
            Cook, Old Mill Inn (May 2015 - June 2015)
            • Cooked things.
            """
        let result = CareerResult(reading: text)
        #expect(result.positionSpans.count == result.experience.count)
        #expect(result.positionSpans.compactMap(\.months) == [24216..<24219, 24184..<24186])
        let spans = result.positionSpans.map { TokenizedText(text).string($0.range) }
        #expect(spans.first == "Analyst, Quarry Bank (Jan 2018 - Mar 2018)\n• Counted things.")
    }

    @Test func `hostile texts never trap`() {
        var seed: UInt64 = 7
        let pieces = [
            "Experience\n", "Education\n", "Manager", "Ltd", ",", " at ", "(", ")", "2019", " - ", "present", "\n",
            "\n\n", "•", "Bachelor", " of ", "University", ":", "«", "\t", "MBA", "10", "years", "experience", "年",
            "至今",
        ]
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<60 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            let result = CareerResult(reading: text)
            #expect(result.positionSpans.count == result.experience.count, "seed 7")
            for quote in result.experienceEvidence + result.educationEvidence {
                let scalars = Array(text.unicodeScalars)
                let end = quote.offset + quote.quote.unicodeScalars.count
                #expect(
                    end <= scalars.count && Array(quote.quote.unicodeScalars) == Array(scalars[quote.offset..<end]),
                    "seed 7"
                )
            }
        }
    }
}
