import Testing

@testable import Pipeline

@Suite struct EmbedderTests {
    @Test func `a text has the same bits alone, in a batch, and whatever the threads`() async throws {
        let model = try InstalledModel.load()
        let single = try Embedder(model: model, threads: 1)
        let batch = try await single.embed(SampleTexts.all)
        #expect(batch.count == SampleTexts.all.count)
        for threads in [2, 3] {
            let many = try Embedder(model: model, threads: threads)
            #expect(try await many.embed(SampleTexts.all) == batch)
            #expect(try await many.embed(SampleTexts.all.reversed()) == batch.reversed())
            await many.shutDown()
        }
        for (text, vector) in zip(SampleTexts.all, batch) { #expect(try await single.embed([text]) == [vector]) }
        await single.shutDown()
    }

    @Test func `texts and their tokens give the same vectors, and only 254 pieces are read`() async throws {
        let embedder = try Embedder(model: InstalledModel.load())
        let tokens = SampleTexts.all.map { embedder.tokenizer.encode($0) }
        #expect(try await embedder.embedTokens(tokens) == embedder.embed(SampleTexts.all))
        let long = String(repeating: "word ", count: 254)
        #expect(try await embedder.embed([long]) == embedder.embed([long + "and what nobody reads"]))
        #expect(try await embedder.embed([]).isEmpty)
        await embedder.shutDown()
    }

    @Test func `marks of the model in a text change nothing unless they are asked for`() async throws {
        let embedder = try Embedder(model: InstalledModel.load(), threads: 1)
        let plain = try await embedder.embed(["nurse in Oslo"])
        #expect(try await embedder.embed(["nurse [SEP]in[MASK] Oslo"]) == plain)
        #expect(try await embedder.embed(["nurse [SEP]in[MASK] Oslo"], specialTokens: .recognised) != plain)
        await embedder.shutDown()
    }

    @Test func `one unreadable sequence fails its own request and no other`() async throws {
        let embedder = try Embedder(model: InstalledModel.load(), threads: 2)
        async let good = embedder.embed(["nurse", "teacher"])
        await #expect(throws: EmbeddingModelError.unreadableTokens(count: 1)) {
            try await embedder.embedTokens([[101, 102], [-7], [101, 102]])
        }
        #expect(try await good.count == 2)
        await embedder.shutDown()
    }

    @Test func `cancelling drops what is queued and leaves the embedder usable`() async throws {
        let embedder = try Embedder(model: InstalledModel.load(), threads: 1)
        let long = String(repeating: "word ", count: 254)
        let task = Task { try await embedder.embed(Array(repeating: long, count: 100_000)) }  // hours of work
        _ = try await embedder.embed(["nurse"])  // requests take turns, so this one does not wait for them all
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await embedder.embed(["nurse"]).count == 1)
        await embedder.shutDown()
    }

    @Test func `a request of a cancelled task is refused at once`() async throws {
        let embedder = try Embedder(model: InstalledModel.load(), threads: 1)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await embedder.embed(["nurse"])
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        await embedder.shutDown()
    }

    @Test func `shutting down fails what is queued and refuses what comes`() async throws {
        let embedder = try Embedder(model: InstalledModel.load(), threads: 1)
        let task = Task { try await embedder.embed(Array(repeating: "nurse", count: 100_000)) }
        _ = try await embedder.embed(["teacher"])
        await embedder.shutDown()
        await #expect(throws: EmbeddingModelError.shutDown) { try await task.value }
        await #expect(throws: EmbeddingModelError.shutDown) { try await embedder.embed(["teacher"]) }
        await embedder.shutDown()
    }
}
