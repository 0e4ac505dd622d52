/// Which bodies keep what was made of them for readers: the last ones read, as far as there is room.
struct WarmBodies {
    /// A reader's plain form, and one form made of it.
    private static let formsOfEach = 2
    private var bodies: [AnswerBody] = []
    private var known: Set<ObjectIdentifier> = []
    private(set) var bytes = 0

    /// A body is about to be read; those read longest ago make room for what will be made of it.
    mutating func use(_ body: AnswerBody, capacityBytes: Int) {
        guard self.known.insert(ObjectIdentifier(body)).inserted else { return }
        self.bodies.append(body)
        self.bytes += WarmBodies.weight(body)
        while self.bytes > capacityBytes, self.bodies.count > 1, let first = self.bodies.first { self.forget(first) }
    }

    mutating func forget(_ body: AnswerBody) {
        guard self.known.remove(ObjectIdentifier(body)) != nil else { return }
        self.bodies.removeAll { $0 === body }
        self.bytes -= WarmBodies.weight(body)
        body.cool()
    }

    private static func weight(_ body: AnswerBody) -> Int { body.plainBytes * WarmBodies.formsOfEach }
}
