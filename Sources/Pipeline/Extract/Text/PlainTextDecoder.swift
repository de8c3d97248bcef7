internal import Glibc

/// Turns the bytes of a text file into a string, whatever encoding they are in.
enum PlainTextDecoder {
    /// The text of `bytes`, without NUL; what cannot be decoded becomes U+FFFD.
    static func decode(_ bytes: [UInt8]) -> String {
        let text = decoded(bytes)
        guard text.utf8.contains(0) else { return text }
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "\0" { view.append(scalar) }
        return String(view)
    }

    /// Whether bytes can be a text in some encoding: few control characters, apart from the zeros of UTF-16 and UTF-32.
    static func looksLikeText(_ bytes: [UInt8]) -> Bool {
        if byteOrderMark(bytes) != nil { return true }
        let head = bytes.prefix(64 << 10)
        if wideEncoding(head) != nil { return true }
        var control = 0
        var zeros = 0
        var high = 0
        for byte in head {
            switch byte {
            case 0: zeros += 1
            case 1...8, 14...26, 28...31, 127: control += 1
            case 128...: high += 1
            default: break
            }
        }
        guard control * 50 <= head.count, zeros * 4 <= head.count else { return false }
        // Noise has as many high bytes as low ones; texts that do are valid in an encoding of several bytes a letter.
        guard high * 10 > head.count * 3 else { return true }
        return isUTF8(head) || legacyEncoding(Array(head)) != nil
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        if let (encoding, length) = byteOrderMark(bytes) {
            return convert(bytes[length...], from: encoding) ?? String(decoding: bytes, as: UTF8.self)
        }
        let head = bytes.prefix(64 << 10)
        if let wide = wideEncoding(head), let text = convert(bytes[...], from: wide) { return text }
        if isUTF8(bytes[...]) { return String(decoding: bytes, as: UTF8.self) }
        let legacy = legacyEncoding(Array(head)) ?? "WINDOWS-1252"
        return convert(bytes[...], from: legacy) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func byteOrderMark(_ bytes: [UInt8]) -> (encoding: String, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("UTF-8", 3) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("UTF-32LE", 4) }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
        if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
        return nil
    }

    /// UTF-16 and UTF-32 without a mark show by their zeros: every second or fourth byte of Latin text.
    private static func wideEncoding(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count >= 8 else { return nil }
        var zeros = [0, 0, 0, 0]
        for (index, byte) in bytes.enumerated() where byte == 0 { zeros[index % 4] += 1 }
        let quarter = bytes.count / 4
        let (many, few) = (quarter * 7 / 10, quarter / 10)
        if zeros[1] > many && zeros[3] > many && zeros[0] <= few {
            return zeros[2] > many ? "UTF-32LE" : "UTF-16LE"
        }
        if zeros[0] > many && zeros[2] > many && zeros[3] <= few {
            return zeros[1] > many ? "UTF-32BE" : "UTF-16BE"
        }
        return nil
    }

    /// Whether bytes are UTF-8, apart from a character cut off at the end.
    static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        var following = 0
        var least: UInt8 = 0x80
        var most: UInt8 = 0xBF
        for byte in bytes {
            if following > 0 {
                guard byte >= least && byte <= most else { return false }
                (least, most) = (0x80, 0xBF)
                following -= 1
                continue
            }
            switch byte {
            case 0...0x7F: break
            case 0xC2...0xDF: following = 1
            case 0xE0: (following, least) = (2, 0xA0)
            case 0xED: (following, most) = (2, 0x9F)
            case 0xE1...0xEF: following = 2
            case 0xF0: (following, least) = (3, 0x90)
            case 0xF1...0xF3: following = 3
            case 0xF4: (following, most) = (3, 0x8F)
            default: return false
            }
        }
        return true
    }

    /// The text of `bytes` by the system's tables, or nil where the encoding is not known.
    ///
    /// Bytes that mean nothing become U+FFFD.
    static func convert(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String? {
        conversion(bytes, from: encoding)?.text
    }

    private static func conversion(_ bytes: ArraySlice<UInt8>, from encoding: String) -> (text: String, errors: Int)? {
        guard encoding.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), encoding.utf8.count < 40 else { return nil }
        guard let converter = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else { return nil }
        defer { unsafe iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: max(64, min(input.count * 4, 1 << 16)))
        var result: [UInt8] = []
        result.reserveCapacity(input.count + input.count / 4)
        var errors = 0
        let count = input.count
        let capacity = output.count
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var left = count
                while left > 0 {
                    var to = target.baseAddress
                    var free = capacity
                    let status = unsafe iconv(converter, &from, &left, &to, &free)
                    let problem = errno
                    let written = unsafe UnsafeRawBufferPointer(
                        rebasing: UnsafeRawBufferPointer(target)[0..<capacity - free]
                    )
                    unsafe result.append(contentsOf: written)
                    if status != -1 { break }
                    if problem == E2BIG { continue }
                    errors += 1
                    result.append(contentsOf: [0xEF, 0xBF, 0xBD])
                    if problem == EINVAL { break }
                    unsafe from = from?.advanced(by: 1)
                    left -= 1
                }
            }
        }
        return (String(decoding: result, as: UTF8.self), errors)
    }
}

// MARK: - Telling old encodings apart

extension PlainTextDecoder {
    /// The encoding under which bytes that are not UTF-8 make the most sense, or nil where none does.
    private static func legacyEncoding(_ bytes: [UInt8]) -> String? {
        let high = bytes.count { $0 >= 0x80 }
        guard high > 0 else { return nil }
        for encoding in ["GB18030", "SHIFT_JIS", "EUC-KR", "BIG5"] {
            // A file cut at the head's end may end within a character.
            guard let (text, errors) = conversion(bytes[...], from: encoding), errors <= 1 else { continue }
            if isEastAsian(text, as: encoding) { return encoding }
        }
        var best: (encoding: String, score: Int)?
        for encoding in ["WINDOWS-1252", "WINDOWS-1251", "WINDOWS-1250", "KOI8-R", "WINDOWS-1253", "WINDOWS-1254"] {
            guard let (text, errors) = conversion(bytes[...], from: encoding) else { continue }
            let score = plausibility(text) - 20 * errors
            if best.map({ score > $0.score }) ?? true { best = (encoding, score) }
        }
        guard let best, best.score > -high else { return nil }
        return best.encoding
    }

    /// Whether a decoded text is mostly the commonplace characters of its script, not rare ones met by chance.
    private static func isEastAsian(_ text: String, as encoding: String) -> Bool {
        var (common, rare, kana, hangul) = (0, 0, 0, 0)
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            switch scalar.value {
            case 0x3040...0x30FF: kana += 1
            case 0xAC00...0xD7AF: hangul += 1
            case 0x4E00...0x9FFF:
                if frequentIdeographs.contains(scalar) { common += 1 } else { rare += 1 }
            case 0x3000...0x303F, 0xFF00...0xFF5E, 0x2010...0x2026, 0xB7: break
            default: rare += 2
            }
        }
        switch encoding {
        case "SHIFT_JIS": return kana > 2 && kana * 4 > rare && hangul == 0
        case "EUC-KR": return hangul > 2 && hangul > rare * 3
        default: return common > 1 && common * 10 > rare && kana + hangul <= common
        }
    }

    /// The commonest ideographs of running text and of resumes, simplified and traditional.
    private static let frequentIdeographs = Set(
        """
        的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么\
        去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又\
        关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海\
        通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计\
        管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据\
        程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运姓历简技项目组能培训熟练毕软件系统网络數據時間學歷經驗專業這\
        個們來國說會為對發後樣現當動開實長機業關點兩間問應體與內門員論處義認條氣題變總電報結產務場件計資區隊決馬書則聽達強難權設式
        """.unicodeScalars
    )

    /// Letters among letters speak for a decoding; symbols inside words, strange capitals and mixed scripts against it.
    private static func plausibility(_ text: String) -> Int {
        var score = 0
        var last: Unicode.Scalar = " "
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            let following: Unicode.Scalar = next ?? " "
            if scalar.value >= 0x80 {
                let insideWord = isLetter(last) || isLetter(following)
                if !isLetter(scalar) {
                    score +=
                        scalar.value == 0xFFFD || scalar.value < 0xA0
                        ? -6 : insideWord && !isPunctuation(scalar) ? -3 : 0
                } else {
                    score +=
                        script(scalar) == script(last) || script(scalar) == script(following) ? 2 : insideWord ? -2 : -1
                    // Accents seldom meet in Latin words; in other scripts every letter lies beyond ASCII.
                    if script(scalar) == 0, isLetter(last), last.value >= 0x80 { score -= 4 }
                    if isLetter(last), last.properties.isLowercase, scalar.properties.isUppercase { score -= 4 }
                    if script(scalar) == 0, isLetter(last), isLetter(following), scalar.properties.isUppercase,
                        following.properties.isLowercase
                    {
                        score -= 2
                    }
                }
            }
            last = scalar
        }
        return score
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80
            ? (65...90).contains(scalar.value & ~32)
            : scalar.properties.isAlphabetic && scalar.value != 0xAA && scalar.value != 0xBA
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0xAB, 0xBB, 0xB7, 0x2013...0x2026, 0x2030...0x203A, 0x20AC, 0x2116: true
        default: false
        }
    }

    /// 0 for Latin, 1 for Greek, 2 for Cyrillic, and else the scalar's block.
    private static func script(_ scalar: Unicode.Scalar) -> UInt32 {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: 0
        case 0x370...0x3FF: 1
        case 0x400...0x52F: 2
        default: 1000 + scalar.value >> 8
        }
    }
}
