/// One reading of two clocks, handed in by the caller so that nothing here asks for the time.
///
/// Ages grow by the steady clock; only what an origin wrote as a date is compared with the wall clock. A step of the
/// wall clock therefore makes nothing old or young that is already stored.
package struct Moment: Sendable, Equatable {
    /// Milliseconds of a clock that never steps.
    package var steadyMilliseconds: Int64
    /// Milliseconds since 1970.
    package var wallMilliseconds: Int64

    package init(steadyMilliseconds: Int64, wallMilliseconds: Int64) {
        self.steadyMilliseconds = steadyMilliseconds
        self.wallMilliseconds = wallMilliseconds
    }

    package var wallSeconds: Int { Int(self.wallMilliseconds / 1000) }

    /// This moment, and so many milliseconds.
    package func advanced(byMilliseconds milliseconds: Int64) -> Moment {
        Moment(
            steadyMilliseconds: self.steadyMilliseconds + milliseconds,
            wallMilliseconds: self.wallMilliseconds + milliseconds)
    }
}
