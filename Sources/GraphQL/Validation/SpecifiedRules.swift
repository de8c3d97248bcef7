/// The rules of validation, in the order in which graphql-js runs them, which leads to the clearest first messages.
///
/// - Source: GraphQL September 2025, §5 Validation.
let specifiedRules: [ValidationRule.Type] = []
