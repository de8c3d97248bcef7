/// Words of requirements that ask for a skill but do not name it.
enum RequirementWords {
    /// In front: "strong knowledge of", "5+ years of experience with".
    static let before = keys(
        """
        experience experienced knowledge understanding familiarity familiar proficiency proficient expertise expert skilled skills \
        skill strong solid good excellent proven deep hands on working basic advanced intermediate great practical demonstrated \
        extensive sound thorough ability able to with in of using the a an years year yrs plus minimum at least exposure fluency \
        fluent background competence competent certified relevant professional prior must have required preferred use commercial
        """
    )
    /// Behind: "Python programming", "Excel skills".
    static let after = keys(
        """
        skills skill experience knowledge programming language proficiency expertise experienced required preferred certified \
        certification ability abilities background tools tool software development developer techniques principles practices \
        fundamentals basics concepts a plus is must
        """
    )
    /// Words between alternatives.
    static let or = keys("or oder ou o of или 或")
    /// Words between what is asked for together.
    static let and = keys("and und et y e en и 和 plus")
    /// Words that a phrase leaves out.
    static let small = keys("and or of the a an in for with to on at by from & und et de la le les des du der die das")

    private static func keys(_ list: String) -> Set<UInt64> {
        Set(list.split(separator: " ").map { WordFolding.key(String($0)) })
    }
}
