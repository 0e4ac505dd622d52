import ArgumentParser

/// How long and how often those who are compared take their turns, and what becomes of the figures.
struct TurnOptions: ParsableArguments {
    @Option(help: "Turns of each, 1 to 100.")
    var rounds = 3

    @Option(help: "Seconds of a turn, 1 to 60.")
    var seconds = 2

    @Flag(help: "Exit with 1 when a number of the design is missed.")
    var strict = false

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard (1...100).contains(self.rounds) else { throw ValidationError("--rounds takes 1 to 100") }
        guard (1...60).contains(self.seconds) else { throw ValidationError("--seconds takes 1 to 60") }
    }
}
