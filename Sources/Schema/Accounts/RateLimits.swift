/// How often things may be done: much more than one person with one frontend does, much less than a guesser needs.
///
/// Those by client bound one network address; those by account hold wherever requests come from.
public enum RateLimits {
    static let signUpByClient = RateLimit(name: "signUp/client", burst: 60, interval: .seconds(15))
    static let signUpByAccount = RateLimit(name: "signUp/account", burst: 5, interval: .seconds(300))

    static let logInByClient = RateLimit(name: "logIn/client", burst: 60, interval: .seconds(2))
    /// One client at one account: so a stranger elsewhere does not soon lock the owner out.
    static let logInByClientAndAccount = RateLimit(name: "logIn/both", burst: 10, interval: .seconds(20))
    static let logInByAccount = RateLimit(name: "logIn/account", burst: 50, interval: .seconds(30))

    static let codeByClient = RateLimit(name: "code/client", burst: 60, interval: .seconds(5))
    static let codeByAccount = RateLimit(name: "code/account", burst: 20, interval: .seconds(60))

    static let mailByClient = RateLimit(name: "mail/client", burst: 60, interval: .seconds(15))
    static let mailByAccount = RateLimit(name: "mail/account", burst: 10, interval: .seconds(120))

    static let sessionByClient = RateLimit(name: "session/client", burst: 300, interval: .milliseconds(200))

    /// Files that are announced, registered or sent.
    static let filesByRecruiter = RateLimit(name: "files/recruiter", burst: 50_000, interval: .milliseconds(50))
    static let batchesByRecruiter = RateLimit(name: "batches/recruiter", burst: 300, interval: .seconds(1))

    /// Response positions of operations, counted in one process alone: a question to the database before each question to the
    /// database would cost more than it saves.
    public static let costByRecruiter = RateLimit(name: "cost/recruiter", burst: 3_000_000, interval: .microseconds(10))
}
