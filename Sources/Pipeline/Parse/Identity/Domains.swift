/// Ends and hosts of web addresses that are known without a scheme.
enum Domains {
    /// Common top-level domains: "jane.dev" is an address, "Node.js" is not.
    static let topLevel: Set<String> = Set(
        """
        com org net edu gov io dev me co uk de fr it nl es pt ro ru pl in ca au jp cn eu info biz ai app us ch at be se no dk
        fi cz sk hu tr br mx ar cl pe ua bg rs hr si gr ie il ae sa eg za ng ke kr tw hk sg my id th vn ph nz xyz tech site
        online blog page design art pro name studio digital cloud space website works software engineering agency link one
        academy science health world live life today email expert guru ninja codes tools systems solutions network social
        """
        .split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    )

    /// Hosts whose pages are people's profiles.
    static let profileHosts: Set<String> = [
        "linkedin.com", "github.com", "gitlab.com", "bitbucket.org", "stackoverflow.com", "twitter.com", "x.com",
        "medium.com",
        "behance.net", "dribbble.com", "kaggle.com", "xing.com", "facebook.com", "instagram.com", "youtube.com",
        "researchgate.net", "orcid.org", "scholar.google.com", "codepen.io", "leetcode.com", "hackerrank.com", "t.me",
        "wa.me", "about.me", "indeed.com", "bsky.app", "reddit.com", "vk.com", "hh.ru", "quora.com", "angel.co",
        "dev.to",
        "pinterest.com", "vimeo.com", "soundcloud.com", "goodreads.com", "hackernoon.com", "huggingface.co",
        "gitee.com",
        "weibo.com", "zhihu.com", "imdb.com", "mastodon.social", "threads.net", "tiktok.com", "academia.edu",
        "ssrn.com",
    ]

    /// Names that look like addresses: parts of Microsoft's products.
    static let productNames: Set<String> = [
        "asp.net", "vb.net", "ado.net", "ml.net", "c#.net", "paint.net", "dot.net", "entity.net", "booking.com", "a.it",
    ]
}
