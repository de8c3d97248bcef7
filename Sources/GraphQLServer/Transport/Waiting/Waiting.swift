internal import Schema

/// What requests that wait have in common.
struct Waiting: Sendable {
    let changes: any ChangeFeed
    let room: WaitingRoom
    let validators: AnswerValidators
}
