internal import GraphQL
internal import Pipeline

// Classes: each level of an answer copies the objects of the one above, and these hold dozens of references.

/// A resume as its job lets it be seen.
final class ResumeView: ObjectValue {
    let resume: StoredResume
    private let shared: SharedJob

    /// - Parameters:
    ///   - resume: As it is stored.
    ///   - job: Its own.
    convenience init(resume: StoredResume, job: StoredJob) { self.init(resume: resume, job: SharedJob(job)) }

    /// - Parameters:
    ///   - resume: As it is stored.
    ///   - job: That of many resumes.
    init(resume: StoredResume, job: SharedJob) {
        self.resume = resume
        shared = job
    }

    /// Its job, without the parts that few ask for.
    var job: StoredJob { shared.job }
    /// Whether who the candidate is stays hidden: the job is blind, and nothing is decided yet.
    var isVeiled: Bool { shared.job.content.isBlind && resume.decision == nil }
    /// Whether the job was revised since.
    var isStale: Bool { resume.result.map { $0.jobRevision < shared.job.revision } ?? false }
}

/// A job that many resumes have.
final class SharedJob: Sendable {
    let job: StoredJob

    init(_ job: StoredJob) {
        self.job = job
    }
}

/// A resume's file as its job lets it be seen.
struct FileView: ObjectValue {
    let file: ResumeFile
    let isVeiled: Bool
}

/// A candidate's profile as the job lets it be seen.
final class ProfileView: ObjectValue {
    let profile: CandidateProfile
    let isVeiled: Bool

    init(profile: CandidateProfile, isVeiled: Bool) {
        self.profile = profile
        self.isVeiled = isVeiled
    }
}
