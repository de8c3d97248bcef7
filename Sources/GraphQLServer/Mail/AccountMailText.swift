internal import Schema

/// What people read.
///
/// No number but the code has six digits, so that nobody mistakes another one for it.
struct AccountMailText {
    let subject: String
    private let code: String?
    private let paragraphs: [String]

    init(_ mail: AccountMail) {
        switch mail {
        case .verification(let code):
            subject = "Your code for Shortlist"
            self.code = code
            paragraphs = [
                "Enter this code to finish signing up to Shortlist. It works for five minutes.",
                "Enter it only where you have just signed up yourself. If you have not, leave it: without the code nothing"
                    + " happens. Nobody from Shortlist will ever ask you for it.",
            ]
        case .passwordReset(let code):
            subject = "Your code for a new password at Shortlist"
            self.code = code
            paragraphs = [
                "Enter this code to set a new password. It works for five minutes.",
                "If you did not ask for it, leave it: your password stays as it is. Nobody from Shortlist will ever ask you"
                    + " for the code.",
            ]
        case .alreadyRegistered:
            subject = "You already have an account at Shortlist"
            code = nil
            paragraphs = [
                "Somebody signed up to Shortlist with this address, which has an account already. Nothing was changed.",
                "If it was you, log in; if you no longer know your password, ask for a new one. If it was not, leave it.",
            ]
        case .signUpAgain:
            subject = "Sign up to Shortlist again"
            code = nil
            paragraphs = [
                "Somebody asked for another code, but this address was signed up more than once, with different passwords: the"
                    + " code might be for a password that is not yours.",
                "If you are signing up, do so again, and enter the code that comes at once. If you are not, leave it: without"
                    + " a code nothing happens.",
            ]
        case .passwordChanged:
            subject = "Your password at Shortlist was changed"
            code = nil
            paragraphs = [
                "A new password was set for your account, and every session was ended.",
                "If it was not you, set a new password at once: somebody else reads your mail.",
            ]
        }
    }

    var text: String {
        ([code].compactMap { $0 } + paragraphs).joined(separator: "\n\n") + "\n"
    }

    var html: String {
        let style = "font-family: sans-serif; line-height: 1.5"
        let code = code.map { "<p style=\"font-size: 2em; letter-spacing: .1em\"><strong>\($0)</strong></p>\n" } ?? ""
        let body = paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>\(subject)</title></head>
            <body style="\(style)">
            \(code)\(body)
            </body>
            </html>

            """
    }
}
