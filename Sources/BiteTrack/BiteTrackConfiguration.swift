package import Sessions

/// Numbers of the service.
package struct BiteTrackConfiguration: Sendable {
    /// Code runs of one session; 0 means no limit.
    package var runsPerMinute = 10
    /// How long a run may take before it goes on as a task, where the client can follow one; nil for ever.
    package var taskAfter: Duration? = .seconds(5)
    /// For callers that have no MCP session.
    package var sessions = SessionLimits()
    package var answers = AnswerLimits()
    /// What scripts may see of people.
    package var personalData = PersonalData()

    package init() {}
}
