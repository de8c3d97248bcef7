internal import Pipeline
internal import Schema

/// A job that nobody wrote.
struct SyntheticJob: Sendable {
    let seed: UInt64
    let number: Int
    let occupation: Occupation
    let content: JobContent

    /// - Parameters:
    ///   - seed: The same for all jobs of one filling.
    ///   - number: From 0.
    init(seed: UInt64, number: Int) {
        self.seed = seed
        self.number = number
        occupation = Occupation.all[number % Occupation.all.count]
        var random = SeededRandom(seed, 1, UInt64(number))
        let company = random.pick(Occupation.companies)
        let years = Int.random(in: 2...6, using: &random)
        let required = occupation.requiredSkills
        let preferred = occupation.preferredSkills
        var content = JobContent(
            title: "\(random.pick(["Senior ", "", "Lead "]))\(occupation.title)",
            description: """
                \(company) is looking for somebody who knows the work of a \(occupation.title.lowercased()) well and likes to do \
                it with others. The team of \(Int.random(in: 4...20, using: &random)) people serves \
                \(Int.random(in: 2...90, using: &random)) sites, and most of what it does rests on \(required[0]) and \
                \(required[1]).

                You will plan your own work and see it through, from the first talk with those who need it to the day on which it \
                runs by itself. \(required[2]) and \(required[3]) come up every week, \(required[4]) on most days. You will look \
                after what others have built, write down what you learn, and bring newer colleagues along.

                We ask for at least \(years) years in the profession and a bachelor's degree in \(occupation.field) or what \
                amounts to one. Whoever also brings \(preferred.dropLast().joined(separator: ", ")) or \
                \(preferred.last ?? "") will find use for it.
                """
        )
        content.company = company
        content.location = random.pick(Occupation.places)
        content.requirements.requiredSkills = required
        content.requirements.preferredSkills = preferred
        content.requirements.minYearsExperience = Double(years)
        content.requirements.minEducation = .bachelor
        self.content = content
    }
}
