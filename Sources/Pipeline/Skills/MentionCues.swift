/// Words that say that a skill named near them is missing or only wished for.
enum MentionCues {
    /// A cue before the mention.
    struct Cue: Sendable {
        /// Keys of its words, in order.
        var words: [UInt64]
        /// How many words may stand between it and the mention.
        var reach: Int
    }

    /// Cues by the key of their last word.
    static let before: [UInt64: [Cue]] = {
        var result: [UInt64: [Cue]] = [:]
        for (list, reach) in [(negations, 12), (wishes, 8), (near, 3), (adjacent, 1)] {
            for line in list.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                let words = line.split(separator: " ").map { WordFolding.key(String($0)) }
                if let last = words.last { result[last, default: []].append(Cue(words: words, reach: reach)) }
            }
        }
        return result
    }()

    /// What follows the mention at once, as in "Python: none".
    static let after: [[UInt64]] = [
        "none", "no experience", "no knowledge", "not yet", "not known", "in progress", "currently learning",
    ]
    .map { $0.split(separator: " ").map { WordFolding.key(String($0)) } }

    /// Verbs at the end of a German or Dutch wish, and the words that open one.
    static let closingVerbs = keys("lernen erlernen kennenlernen leren")
    /// What opens a wish whose verb stands at the end.
    static let openingWishes = keys("möchte will würde wil wilt zou")

    /// Words after which an earlier cue no longer counts.
    static let breaks = keys(
        """
        but however although though while yet whereas my apply leverage utilize utilise expertise aber jedoch sondern \
        mais cependant pero sino ma però maar mas porém mes mis meine meinen except besides
        """
    )

    /// Words that make a field of their own of "learning".
    static let beforeLearning = keys(
        """
        machine deep e supervised unsupervised reinforcement transfer online distance blended active federated continuous \
        lifelong experiential student adult organizational organisational language service statistical early professional
        """
    )
    /// Things for learning: who built one did not say that he learns.
    static let afterLearning = keys(
        "platform platforms management curve curves portal portals environment environments"
    )
    /// Such things that are learned, too, where nothing stands before: "built a learning app", but "Learning tools like Docker".
    static let afterLearningWithin = keys("system systems app apps application applications tool tools")
    /// Words before "learning" that make a verb of it.
    static let beforeVerb = keys("am m be been now still currently presently always keep started enjoy love and")
    static let learning = WordFolding.key("learning")

    /// Words after which a line goes on, whatever the next one starts with.
    static let connectors = keys(
        "with in of and or the any to a an for using learn learning mit und oder avec et ou en con y e di com van met de"
    )

    private static func keys(_ list: String) -> Set<UInt64> {
        Set(list.split(separator: " ").map { WordFolding.key(String($0)) })
    }

    private static let negations = """
        no experience,no knowledge,no exposure,no background,no prior,no formal,no hands on,no practical,no working
        no professional,no previous,no commercial,no real,no familiarity,no training,no expertise,zero experience,little to no
        zero knowledge,not experienced,not familiar,not proficient,not used,not worked,not know,not yet,not comfortable
        not skilled,not certified,not fluent,not have,not had,don t have,don t know,doesn t have,doesn t know,didn t use
        haven t used,haven t worked,haven t had,never used,never worked,never touched,never learned,never learnt
        unfamiliar with,inexperienced in,inexperienced with,lack of,lacks,lacking,lack,without experience,without knowledge
        without prior,without any,new to
        aucune expérience,aucune connaissance,pas d expérience,pas de connaissance,pas de connaissances,sans expérience
        sans connaissance,n ai jamais,connais pas,maîtrise pas,jamais utilisé
        keine erfahrung,keine erfahrungen,keine kenntnisse,keinerlei,ohne erfahrung,ohne kenntnisse,noch nicht,nicht vertraut,noch nie
        sin experiencia,sin conocimiento,sin conocimientos,no tengo,ninguna experiencia,no conozco,nunca he
        nessuna esperienza,senza esperienza,non ho,non conosco,nessuna conoscenza,mai usato
        geen ervaring,geen kennis,zonder ervaring,nog niet,niet bekend,nog nooit
        sem experiência,nenhuma experiência,não tenho,sem conhecimento,sem conhecimentos,não conheço,nunca usei
        """
    private static let wishes = """
        want to,wants to,wanting to,would like to,d like to,hope to,hopes to,hoping to,plan to,plans to,planning to,aim to
        aims to,aiming to,aspire to,aspires to,aspiring to,wish to,wishes to,eager to learn,keen to learn,willing to learn
        looking to learn,ready to learn,interested in,interest in,interests in,keen on,curious about,currently studying
        currently learning,self studying,desire to,goal is to learn,to learn,intend to,intends to,started learning
        souhaite apprendre,souhaite me former,souhaiterais apprendre,aimerais apprendre,envie d apprendre
        cours d apprentissage,désire apprendre,veux apprendre,voudrais apprendre,apprends,intéressé par,intéressée par
        lerne,erlerne,lerne gerade,interesse an,interessiert an
        quiero aprender,gustaría aprender,aprendiendo,deseo aprender,interesado en,interesada en
        vorrei imparare,sto imparando,voglio imparare,desidero imparare,interessato a,interessata a
        wil leren,geïnteresseerd in
        quero aprender,gostaria de aprender,aprendendo,desejo aprender,interessado em,interessada em
        """
    private static let near = "learning,unfamiliar,nor"
    private static let adjacent = "without,never,no,keine,kein,geen,sin,sem,senza,sans,ohne,zonder"
}
