internal import ArgumentParser
internal import Foundation
internal import MongoStore
internal import Schema

/// How often clients may do what.
struct LimitOptions: ParsableArguments {
    @Option(help: "on, or off for load tests on a loopback address. Default: RATE_LIMITS, else on.")
    var rateLimits: String?

    @Option(help: "Comma-separated addresses whose X-Forwarded-For is believed. Default: TRUSTED_PROXIES, else none.")
    var trustedProxies: String?

    @Option(help: "How many resumes a recruiter may process in a month. Default: RESUMES_QUOTA, else any number.")
    var resumesQuota: String?

    /// What these options say.
    struct Values: Equatable, Sendable {
        var isLimited = true
        var proxies = TrustedProxies()
        var resumesQuota: Int?
    }

    /// - Throws: ``CommandFailure`` with a line for each mistake.
    func values(host: String, _ settings: Settings = Settings()) throws -> Values {
        let (isLimited, proxies, quota) = try Settings.all(
            { try self.isLimited(on: host, settings) },
            { try settings.find(trustedProxies, "trusted-proxies", "TRUSTED_PROXIES").map(Self.proxies) },
            { try settings.find(resumesQuota, "resumes-quota", "RESUMES_QUOTA").map(Self.quota) }
        )
        return Values(isLimited: isLimited, proxies: proxies ?? TrustedProxies(), resumesQuota: quota)
    }

    private func isLimited(on host: String, _ settings: Settings) throws -> Bool {
        guard let setting = settings.find(rateLimits, "rate-limits", "RATE_LIMITS"),
            try setting.choice(of: Switch.self) == .off
        else { return true }
        guard host == "::1" || host.hasPrefix("127.") else {
            throw setting.refused("is allowed only where HOST is a loopback address")
        }
        return false
    }

    private static func proxies(_ setting: Settings.Setting) throws -> TrustedProxies {
        let texts = setting.value.split(separator: ",", omittingEmptySubsequences: false)
        return TrustedProxies(
            ranges: try texts.map { text in
                guard let range = NetworkRange(text.trimmingCharacters(in: .whitespaces)) else {
                    throw setting.refused("has an entry that is no address and no range such as 10.0.0.0/8")
                }
                return range
            }
        )
    }

    private static func quota(_ setting: Settings.Setting) throws -> Int {
        guard let quota = Int(setting.value), quota >= 0 else { throw setting.refused("is no whole number from 0") }
        return quota
    }

    private enum Switch: String, CaseIterable {
        case on, off
    }
}

/// What bounds requests.
struct RequestBounds: Sendable {
    /// Nil for no bounds.
    var limiter: (any RateLimiter)?
    /// Nil for no bounds.
    var cost: CostMeter?
    var proxies = TrustedProxies()
    var resumesQuota: Int?
}

extension RequestBounds {
    /// - Parameters:
    ///   - values: What was set.
    ///   - database: Where limits are kept.
    init(_ values: LimitOptions.Values, in database: Database) {
        self.init(
            limiter: values.isLimited ? MongoRateLimiter(database.workers) : nil,
            cost: values.isLimited ? CostMeter(RateLimits.costByRecruiter) : nil,
            proxies: values.proxies,
            resumesQuota: values.resumesQuota
        )
    }
}
