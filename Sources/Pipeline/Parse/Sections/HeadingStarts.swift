/// Words that decide quickly whether a heading may start, and what a label inside an entry is.
enum HeadingStarts {
    /// First words of known headings that may stand inside or at the start of a longer line.
    static let words: Set<String> = Set(
        (HeadingVocabulary.firstWords).filter { !rare.contains($0) }
    )

    /// Labels that entries of an experience section have of their own.
    static let entryLabels: Set<String> = [
        "technologies", "technology", "tools", "software", "technical environment", "tools and technologies",
        "technologies and tools", "technologies used", "operating systems and tools", "highlights", "programming",
        "programming languages", "objective", "objectives", "goal", "goals", "summary", "overview", "skills",
        "tech stack",
        "synopsis", "work", "career", "current position", "background", "introduction", "expertise", "education",
        "degree",
        "projects", "activities", "outils", "technologien", "herramientas", "strumenti", "job experience", "synopsis",
        "skill set", "domain expertise", "technology stack", "qualifications", "certificate", "course", "courses",
    ]

    private static let rare: Set<String> = ["at", "a", "my", "who", "web", "other", "others", "media"]
}
