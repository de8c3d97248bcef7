internal import GraphQL
internal import Pipeline

// Classes: each level of an answer copies the objects of the one above, and these hold dozens of references.

/// A resume as its job lets it be seen.
final class ResumeView: ObjectValue {
    let resume: StoredResume
    /// Its job, without the parts that few ask for.
    let job: JobView

    /// - Parameters:
    ///   - resume: As it is stored.
    ///   - job: Its own.
    init(resume: StoredResume, job: JobView) {
        self.resume = resume
        self.job = job
    }

    /// Whether who the candidate is stays hidden: the job is blind, and nothing is decided yet.
    var isVeiled: Bool { job.stored.content.isBlind && resume.decision == nil }
    /// Whether the job was revised since.
    var isStale: Bool { resume.result.map { $0.jobRevision < job.stored.revision } ?? false }
}

/// A job as its recruiter and its resumes see it.
final class JobView: ObjectValue {
    let stored: StoredJob

    init(_ job: StoredJob) {
        stored = job
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
