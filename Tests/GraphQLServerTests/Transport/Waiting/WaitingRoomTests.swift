import Schema
import Testing

@testable import GraphQLServer

@Suite struct WaitingRoomTests {
    private let anna = ObjectID(at: Timestamp(milliseconds: 1_000))
    private let ben = ObjectID(at: Timestamp(milliseconds: 2_000))

    @Test func `a recruiter has so many places and no more, until one is free`() throws {
        let room = WaitingRoom(limits: .init(perRecruiter: 2, perAddress: 0))
        let places = (0..<3).map { _ in room.place(of: anna, at: "a", nil) }
        try places[0].take()
        try places[1].take()
        try places[1].take()
        #expect(throws: (any Error).self) { try places[2].take() }
        try room.place(of: ben, at: "a", nil).take()
        places[0].leave()
        try places[2].take()
        // A place is given back when nobody holds it any more, which may be after its last use.
        withExtendedLifetime(places) { #expect(room.count == 2) }
    }

    @Test func `an address has so many places, whoever asks`() throws {
        let room = WaitingRoom(limits: .init(perRecruiter: 0, perAddress: 1))
        let first = room.place(of: anna, at: "a", nil)
        try first.take()
        #expect(throws: (any Error).self) { try room.place(of: ben, at: "a", nil).take() }
        let other = room.place(of: anna, at: "b", nil)
        try other.take()
        withExtendedLifetime((first, other)) { #expect(room.count == 2) }
    }

    @Test func `a place that nobody holds is free`() throws {
        let room = WaitingRoom(limits: .init(perRecruiter: 1, perAddress: 1))
        for _ in 0..<3 { try room.place(of: anna, at: "a", nil).take() }
        #expect(room.count == 0)
    }
}
