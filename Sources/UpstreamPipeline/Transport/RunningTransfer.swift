import CCurl

/// How a transfer ended.
enum TransferEnd {
    case result(CURLcode)
    /// We ended it.
    case givenUp(PipelineError)
}

/// A transfer that libcurl carries out.
protocol RunningTransfer: AnyObject {
    var id: Int { get }
    var handle: EasyHandle { get }

    /// Tells whoever waits; the handle has left libcurl's hands and is about to be reset.
    func finish(_ end: TransferEnd)
}
