internal import ArgumentParser
internal import Foundation
internal import MongoStore
internal import Pipeline
internal import Schema

/// `shortlist doctor`: checks what the program needs from outside.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks each outside thing it may use, and says how to mend what is missing.",
        discussion: """
            Where MONGODB_URI names a database, or the embedded one has been used, it also compares every counter with what the
            resumes say, and follows the chain of events of every job. Exit status 1: some are wrong; 3: something outside is
            missing.
            """
    )

    @Flag(help: "Set counters that are wrong to what the resumes say.")
    var repair = false

    @OptionGroup var model: ModelOptions
    @OptionGroup var mail: MailOptions
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        var isWhole = true
        for check in checks() {
            let finding = await check.look()
            switch finding {
            case .fine(let detail): Terminal.write("ok       \(check.name): \(detail)\n")
            case .missing(let detail):
                Terminal.write("missing  \(check.name): \(detail)\n         to mend: \(check.mend)\n")
                isWhole = false
            }
        }
        guard isWhole else { throw ExitStatus.missing }
        guard try await isDatabaseRight() else { throw ExitStatus.someFailed }
    }

    /// Compares counters with resumes and follows the chains of events, and says what is wrong.
    private func isDatabaseRight() async throws -> Bool {
        let log = try options.log()
        let database = try await Database.open(
            options.values(),
            log: Log(level: max(log.level, .warning), format: log.format)
        )
        let outcome = await Task { [repair] in
            let counters = try await CounterAudit(database.workers).run(isRepairing: repair, at: .now)
            return (counters, try await EventAudit(database.workers).run())
        }.result
        await database.close()
        let (counters, events) = try outcome.get()
        let areCountersRight = areRight(counters)
        return areRight(events) && areCountersRight
    }

    private func areRight(_ report: CounterAudit.Report) -> Bool {
        for finding in report.findings { Terminal.write("wrong    \(finding)\n") }
        Self.tell(busy: report.unsettled)
        let summary = "\(report.resumes) resumes of \(report.jobs) jobs"
        if report.findings.isEmpty { Terminal.write("ok       Counters: \(summary)\n") }
        if repair, !report.findings.isEmpty { Terminal.write("mended   counters of jobs: look again to be sure\n") }
        return report.findings.isEmpty && report.unsettled.isEmpty
    }

    private func areRight(_ report: EventAudit.Report) -> Bool {
        for finding in report.findings { Terminal.write("wrong    \(finding)\n") }
        Self.tell(busy: report.unsettled)
        if report.findings.isEmpty {
            Terminal.write("ok       Events: \(report.events) in the chains of \(report.chains) jobs\n")
        }
        return report.findings.isEmpty && report.unsettled.isEmpty
    }

    private static func tell(busy jobs: [ObjectID]) {
        for job in jobs { Terminal.write("busy     \(NodeID(.job, job)): it changes while it is looked at\n") }
    }

    /// One outside thing.
    private struct Check {
        enum Finding {
            case fine(String)
            case missing(String)
        }

        var name: String
        var mend: String
        var look: () async -> Finding
    }

    private func checks() -> [Check] {
        let folder = LocalFolder()
        return [
            Self.program(
                "Poppler, reads PDF",
                ["pdftohtml", "pdftotext", "pdftoppm", "pdfinfo"],
                package: "poppler-utils"
            ),
            Self.program("Tesseract, reads scans and pictures", ["tesseract"], package: "tesseract-ocr"),
            Self.program("Readers of old Word files", ["catdoc", "antiword"], package: "catdoc antiword"),
            Check(
                name: "Embedding model",
                mend: "run Scripts/install-model, or set MODEL_DIR to the folder that holds it"
            ) { [folder = model.folder] in
                Self.load { "\(try EmbeddingModel(folder: folder).digest.prefix(12)) in \(folder)" }
            },
            Check(name: "Skills", mend: "run Scripts/install-skills") {
                Self.load {
                    let taxonomy = try SkillTaxonomy(contentsOf: folder.skills)
                    return "\(taxonomy.skills.count) skills, version \(taxonomy.version.prefix(12))"
                }
            },
            Check(name: "Term weights", mend: "run Scripts/install-skills") {
                Self.load { "version \(try TermTable(contentsOf: folder.terms).version.prefix(12))" }
            },
            Check(name: "MongoDB", mend: "run Scripts/install-mongod, or set MONGODB_URI to a replica set that answers")
            {
                await Self.database(folder, options)
            },
            Check(
                name: "Mail",
                mend: "set MAIL_URL to a server that takes our mail, or to a folder that we may write to"
            ) {
                await Self.mail(mail)
            },
            Check(name: "API explorer", mend: "run Scripts/install-explorer") {
                Pages(installedIn: folder.explorer).hasExplorer
                    ? .fine("GraphiQL in \(folder.explorer)") : .missing("GraphiQL is not in \(folder.explorer)")
            },
            Check(name: "Sandbox for files", mend: "allow seccomp, and make \(NSTemporaryDirectory()) writable") {
                await Self.sandbox()
            },
        ]
    }

    private static func program(_ name: String, _ programs: [String], package: String) -> Check {
        Check(name: name, mend: "apt-get install \(package)") {
            let absent = programs.filter { path(of: $0) == nil }
            guard absent.isEmpty else { return .missing("\(absent.joined(separator: ", ")) not found on PATH") }
            return .fine(programs.joined(separator: ", "))
        }
    }

    private static func path(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
            .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func load(_ body: () throws -> String) -> Check.Finding {
        do {
            return .fine(try body())
        } catch {
            return .missing("\(error)")
        }
    }

    /// Asks the server that was named, or looks for the program of the embedded one.
    private static func database(_ folder: LocalFolder, _ options: DatabaseOptions) async -> Check.Finding {
        do {
            guard let setting = try options.databaseURI() else {
                return EmbeddedMongo.program(folder).map { .fine("\($0), with its data in \(folder.path)/db") }
                    ?? .missing("there is no mongod")
            }
            let workers = try MongoWorkers(uri: setting.value, threads: 1)
            let answer = await Task { try await workers.isReplicated() }.result
            await workers.shutDown()
            guard try answer.get() else { return .missing("\(setting.name) answers, but it is no replica set") }
            return .fine("\(setting.name) answers")
        } catch let failure as CommandFailure {
            return .missing(failure.message)
        } catch {
            return .missing("\(error)")
        }
    }

    /// Connects and logs in, or writes a file, as for a message.
    private static func mail(_ options: MailOptions) async -> Check.Finding {
        do {
            return .fine(try await options.values().transport.check())
        } catch let failure as CommandFailure {
            return .missing(failure.message)
        } catch {
            return .missing("\(error)")
        }
    }

    /// Reads a small file the way that every file is read.
    private static func sandbox() async -> Check.Finding {
        let probe = NSTemporaryDirectory() + "/shortlist-doctor-\(ProcessInfo.processInfo.processIdentifier).txt"
        defer { try? FileManager.default.removeItem(atPath: probe) }
        guard FileManager.default.createFile(atPath: probe, contents: Data("Jane Doe\njane@example.com\n".utf8)) else {
            return .missing("\(NSTemporaryDirectory()) cannot be written to")
        }
        switch await Extractor().extract(path: probe) {
        case .success: return .fine("files are read in a child process with limits and without network")
        case .failure(let error): return .missing(error.message)
        }
    }
}
