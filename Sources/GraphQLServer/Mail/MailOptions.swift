internal import ArgumentParser
internal import Foundation
internal import Schema

/// How mail is sent.
struct MailOptions: ParsableArguments {
    @Option(help: "smtp://user:password@host:port, smtps://…, or file:///folder. Default: MAIL_URL, else .local/mail.")
    var mailUrl: String?

    @Option(help: "Who sends mail, such as Shortlist <a@example.com>. Default: MAIL_FROM, else shortlist@localhost.")
    var mailFrom: String?

    /// What these options say.
    struct Values: Sendable {
        /// Where mail goes.
        enum Way: Equatable, Sendable {
            case folder(String)
            case server(SMTPServer.Address)
        }

        let way: Way
        let from: Mailbox
        /// A file of certificates that are trusted; nil for the system's.
        let certificates: String?

        /// What hands mail on.
        var transport: any MailTransport {
            switch way {
            case .folder(let path): MailFolder(path: path)
            case .server(let address): SMTPServer(address: address, certificates: certificates)
            }
        }
    }

    /// - Throws: ``CommandFailure`` with a line for each mistake.
    func values(_ settings: Settings = Settings(), folder: LocalFolder = LocalFolder()) throws -> Values {
        let (way, from) = try Settings.all(
            {
                try settings.find(mailUrl, "mail-url", "MAIL_URL").map(Self.way)
                    ?? .folder(folder.path + "/mail")
            },
            { () throws -> Mailbox? in
                guard let setting = settings.find(mailFrom, "mail-from", "MAIL_FROM") else {
                    return Mailbox("shortlist@localhost")
                }
                guard let mailbox = Mailbox(setting.value) else {
                    throw setting.refused("is no address such as a@example.com or Shortlist <a@example.com>")
                }
                return mailbox
            }
        )
        guard let from else { throw CommandFailure(status: ExitStatus.usage, message: "MAIL_FROM is no address") }
        // As OpenSSL's own programs have it.
        let certificates = settings.find(nil, "", "SSL_CERT_FILE")?.value
        return Values(way: way, from: from, certificates: certificates)
    }

    private static func way(_ setting: Settings.Setting) throws -> Values.Way {
        // A password may stand in it, so it is never shown.
        func refused(_ reason: String) -> CommandFailure { setting.refused(reason, isSecret: true) }
        guard let url = URLComponents(string: setting.value), url.query == nil, url.fragment == nil else {
            throw refused("must be smtp://user:password@host:port, smtps://… or file:///folder")
        }
        switch url.scheme {
        case "file":
            guard url.host?.isEmpty ?? true, url.path.hasPrefix("/"), url.path.count > 1 else {
                throw refused("must name a folder from the root, as in file:///var/mail/shortlist")
            }
            return .folder(url.path)
        case "smtp", "smtps":
            guard let host = url.host, !host.isEmpty, url.path.isEmpty || url.path == "/" else {
                throw refused("must name a host, and nothing after it: smtp://user:password@host:port")
            }
            guard url.port.map({ (1...65_535).contains($0) }) ?? true else {
                throw refused("has no port of 1 to 65535")
            }
            guard (url.user ?? "").isEmpty == (url.password ?? "").isEmpty else {
                throw refused("must have both user and password, or neither")
            }
            let isEncrypted = url.scheme == "smtps"
            return .server(
                SMTPServer.Address(
                    host: host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host,
                    port: url.port ?? (isEncrypted ? 465 : 587),
                    isEncrypted: isEncrypted,
                    user: url.user.flatMap { $0.isEmpty ? nil : $0 },
                    password: url.password.flatMap { $0.isEmpty ? nil : $0 }
                )
            )
        default:
            throw refused("must begin with smtp://, smtps:// or file://")
        }
    }
}
