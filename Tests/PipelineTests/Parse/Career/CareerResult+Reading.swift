@testable import Pipeline

extension CareerResult {
    /// What is read from a plain text that was registered in June 2025.
    init(reading text: String) {
        let splitter = SectionSplitter(ExtractedDocument(plainText: text))
        self = CareerParser().parse(
            document: splitter.document,
            sections: splitter.sections,
            registeredOn: CalendarDay(year: 2025, month: 6, day: 15)
        )
    }

    /// Positions as "title | organisation | start–end".
    var positions: [String] {
        experience.map { position in
            [
                position.title ?? "", position.organization ?? "",
                "\(position.start ?? "")–\(position.current ? "now" : position.end ?? "")",
            ]
            .joined(separator: " | ")
        }
    }

    /// Studies as "degree | field | school | year".
    var studies: [String] {
        education.map { study in
            [study.degree ?? "", study.field ?? "", study.institution ?? "", study.endYear.map(String.init) ?? ""]
                .joined(separator: " | ")
        }
    }
}
