@testable import GraphQL

/// The schema that the tests of validation share: a library, which lends books and films.
///
/// Two interfaces without a common base, an interface that implements another, a union, an enum, a custom scalar, input
/// objects with and without `@oneOf`, and a type with one field for each kind of argument.
let library = schema(
    """
    directive @audit(reason: String) repeatable on
      | QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT
      | VARIABLE_DEFINITION
    directive @onField on FIELD
    directive @onQuery on QUERY
    directive @needs(level: Int!, mode: String! = "strict") on FIELD

    scalar Date

    interface Item {
      id: ID!
      title(upper: Boolean): String
    }

    interface Lendable {
      id: ID!
      dueAt: Date
      borrower: Member
    }

    interface Printed implements Item {
      id: ID!
      title(upper: Boolean): String
      pages: Int
    }

    type Book implements Item & Lendable & Printed {
      id: ID!
      title(upper: Boolean): String
      pages: Int
      dueAt: Date
      borrower: Member
      genre: Genre
      sequel: Book
      authors(first: Int = 10): [Author!]!
    }

    type Film implements Item & Lendable {
      id: ID!
      title(upper: Boolean): String
      minutes: Int
      dueAt: Date
      borrower: Member
    }

    type Magazine implements Item & Printed {
      id: ID!
      title(upper: Boolean): String
      pages: Int
      issue: Int
    }

    type Author {
      name: String
      books: [Book]
    }

    type Member {
      name(short: Boolean): String
      loans: [Lendable!]!
      friends: [Member]
    }

    union Find = Book | Film | Author

    enum Genre {
      CRIME
      POETRY
      SCIENCE
    }

    input Period {
      from: Date!
      to: Date
    }

    input BookFilter {
      title: String
      genres: [Genre!]
      minPages: Int = 0
      exact: Boolean! = false
      period: Period
      tags: [String]
    }

    input Lookup @oneOf {
      id: ID
      isbn: String
    }

    type Probe {
      int(of: Int): String
      neededInt(of: Int!): String
      float(of: Float): String
      string(of: String): String
      boolean(of: Boolean): String
      id(of: ID): String
      genre(of: Genre): String
      date(of: Date): String
      ints(of: [Int]): String
      strings(of: [String!]): String
      matrix(of: [[Int!]!]): String
      filter(of: BookFilter): String
      period(of: Period): String
      lookup(of: Lookup): String
      two(a: Int!, b: Int!): String
      defaulted(a: Int! = 1, b: Int = 2): String
    }

    type Query {
      book(id: ID): Book
      item(id: ID): Item
      lendable: Lendable
      find(text: String, first: Int = 10, filter: BookFilter, by: Lookup): [Find!]!
      member(id: ID): Member
      probe: Probe
    }

    type Mutation {
      lend(book: ID!, to: ID!): Book
      giveBack(book: ID!): Book
    }

    type Subscription {
      lent(member: ID): Book
      returned: Book
    }
    """
)
