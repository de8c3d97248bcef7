import Testing

@testable import Pipeline

struct ExperienceMonthsTests {
    @Test func `overlapping positions count once`() {
        #expect(CareerMonths.union([]) == 0)
        #expect(CareerMonths.union([0..<12, 6..<18]) == 18)
        #expect(CareerMonths.union([30..<36, 0..<12, 2..<4]) == 18)
        let result = CareerResult(
            reading: """
                Experience
                Waiter, Old Mill Inn (Jan 2020 - Dec 2020)
                Cashier, Corner Stores (Jul 2020 - Jun 2021)
                """
        )
        #expect(result.experienceMonths == 18)
        #expect(result.experienceIsStated == false)
    }

    @Test func `present is the month of registration`() {
        let result = CareerResult(reading: "Experience\nWaiter, Old Mill Inn (Jan 2025 - present)\n")
        #expect(result.experienceMonths == 6)
        #expect(result.experienceEvidence.map(\.quote) == ["Jan 2025 - present"])
        #expect(result.experienceEvidence.map(\.offset) == [33])
    }

    @Test(arguments: ["March 2015 –", "03/2015 -", "March 2015 - ...", "March 2015 - ?", "March 2015 - December 2040"])
    func `a range that is left open or ends far ahead lasts until registration`(dates: String) {
        let result = CareerResult(reading: "Experience\n\nWaiter, Old Mill Inn\n\(dates)\n- Served guests.\n")
        #expect(result.experienceMonths == 124)
    }

    @Test func `years without months count from January to December`() {
        #expect(CareerResult(reading: "Experience\nWaiter, Old Mill Inn (2018 - 2019)\n").experienceMonths == 24)
        #expect(CareerResult(reading: "Experience\nWaiter, Old Mill Inn (2024 - 2025)\n").experienceMonths == 18)
        #expect(
            CareerResult(reading: "Experience\nWaiter, Old Mill Inn, 2018\nServed guests.\n").experienceMonths == 12
        )
    }

    @Test(arguments: [
        ("Nurse with over 8 years of experience in wards.", 96), ("Chef with ten years' experience.", 120),
        ("More than twenty-five years of experience.", 300),
        ("Experience: 4 years", 48), ("2.5 years of experience in network support.", 30),
        ("Plus de 6 ans d'expérience en soins.", 72),
        ("12 Jahre Berufserfahrung als Koch.", 144), ("Опыт работы: 5 лет", 60), ("Cinco años de experiencia.", 60),
        ("Peste 7 ani de experiență.", 84), ("拥有8年工作经验。", 96),
    ])
    func `a stated figure counts where no position is dated`(sentence: String, months: Int) {
        let result = CareerResult(reading: "Alex Winter\n\nSummary\n\(sentence)\n")
        #expect(result.experienceMonths == months)
        #expect(result.experienceIsStated)
        #expect(result.experienceEvidence.first?.quote == sentence)
    }

    @Test func `dates outweigh a stated figure`() {
        let result = CareerResult(
            reading:
                "Summary\nWaiter with 20 years of experience.\n\nExperience\nWaiter, Old Mill Inn (Jan 2024 - Dec 2024)\n"
        )
        #expect(result.experienceMonths == 12)
        #expect(!result.experienceIsStated)
    }

    @Test(arguments: [
        "Worked for a company with 25 years of history and experience.", "A 25-year-old graduate.",
        "I am 25 years old and gained experience.",
        "Sold machines with 5 years warranty.", "A firm with 40 years of experience in roofing.",
    ])
    func `years of others, of things and of age do not count`(sentence: String) {
        #expect(CareerResult(reading: "Alex Winter\n\nSummary\n\(sentence)\n").experienceMonths == nil)
    }
}
