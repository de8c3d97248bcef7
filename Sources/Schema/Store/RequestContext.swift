/// What resolvers find of the request that they serve.
public struct RequestContext: Sendable {
    /// Who is signed in; nil for nobody.
    public let recruiterID: ObjectID?
    /// What every request has.
    public let services: Services
    /// The files of a multipart request, in the order in which they came; empty for every other request.
    public var uploads: [UploadedFile] = []
    /// The time at which the request came, or the event of a subscription was asked for.
    public var now: Timestamp
    /// Until when whoever is signed in stays so; nil where nobody is, or where that never ends.
    public var signedInUntil: Timestamp?
    /// The network address that counts as one client's.
    public var client = ""
    /// How a subscription's events are given; nil for every other request.
    public var delivery: SubscriptionDelivery?
    /// Takes down what the answer depends on; nil where nobody wants to know.
    public var dependencies: AnswerDependencies?

    /// Each parameter is the property of its name.
    public init(recruiterID: ObjectID?, services: Services, now: Timestamp) {
        self.recruiterID = recruiterID
        self.services = services
        self.now = now
    }

    /// Where everything is kept.
    public var stores: Stores { services.stores }
    /// Makes and reads links to files.
    public var links: any FileLinks { services.links }
    /// Compares resumes anew; nil where this server has no model.
    public var rescorer: Rescorer? { services.rescorer }
    /// The rules of accounts; nil where there are none.
    public var accounts: Accounts? { services.accounts }
    /// Bounds how often things are done; nil for no bounds.
    public var limiter: (any RateLimiter)? { services.limiter }
    /// How many resumes a recruiter may process in a calendar month; nil for any number.
    public var resumesQuota: Int? { services.resumesQuota }
}

/// What requests work with, the same for all.
///
/// A class, since a request's context is handed to every resolver, and each copy of a struct would count ten references.
public final class Services: Sendable {
    /// Where everything is kept.
    public let stores: Stores
    /// Makes and reads links to files.
    public let links: any FileLinks
    /// Compares resumes anew; nil where this server has no model.
    public let rescorer: Rescorer?
    /// The rules of accounts; nil where there are none.
    public let accounts: Accounts?
    /// Bounds how often things are done; nil for no bounds.
    public let limiter: (any RateLimiter)?
    /// How many resumes a recruiter may process in a calendar month; nil for any number.
    public let resumesQuota: Int?

    /// Each parameter is the property of its name.
    public init(
        stores: Stores,
        links: any FileLinks,
        rescorer: Rescorer?,
        accounts: Accounts? = nil,
        limiter: (any RateLimiter)? = nil,
        resumesQuota: Int? = nil
    ) {
        self.stores = stores
        self.links = links
        self.rescorer = rescorer
        self.accounts = accounts
        self.limiter = limiter
        self.resumesQuota = resumesQuota
    }
}

/// Where everything is kept.
public final class Stores: Sendable {
    /// Accounts.
    public let recruiters: any RecruiterStore
    /// Jobs.
    public let jobs: any JobStore
    /// Resumes.
    public let resumes: any ResumeStore
    /// Batches.
    public let batches: any BatchStore
    /// Who did what with jobs.
    public let events: any EventStore
    /// What recruiters use up; nil where nobody counts.
    public let usage: (any UsageStore)?
    /// Contents of files.
    public let files: any FileStore
    /// Tells of changes of jobs and batches.
    public let changes: any ChangeFeed

    /// Each parameter is the property of its name.
    public init(
        recruiters: any RecruiterStore,
        jobs: any JobStore,
        resumes: any ResumeStore,
        batches: any BatchStore,
        events: any EventStore,
        usage: (any UsageStore)? = nil,
        files: any FileStore,
        changes: any ChangeFeed
    ) {
        self.recruiters = recruiters
        self.jobs = jobs
        self.resumes = resumes
        self.batches = batches
        self.events = events
        self.usage = usage
        self.files = files
        self.changes = changes
    }
}
