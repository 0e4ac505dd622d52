import UpstreamPipeline

/// Says that writes are not open to scripts, in words for a model.
///
/// The pipeline's own gate stays behind this one.
enum WriteRefusal {
    /// - Throws: `.writeRefused` for a route that changes data; nothing was sent then.
    static func check(_ route: Route) throws(PipelineError) {
        switch route.writeClass {
        case .read, .session: return
        case .confirm:
            throw PipelineError(
                .writeRefused, origin: .caller, status: 403,
                message: "\(route.id) changes data: writes are not enabled here, and nothing was sent.",
                hint: "Tell the user what you would have changed: a person does it in BiteTrack itself.")
        case .forbidden:
            throw PipelineError(
                .writeRefused, origin: .caller, status: 403,
                message: "\(route.id) is never called through this gateway, and nothing was sent.",
                hint: "A person does this in BiteTrack itself.")
        }
    }
}
