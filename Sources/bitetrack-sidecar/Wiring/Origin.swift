import CachingProxy
import Configuration
import HTTPCache
import Logging
import ReverseProxy
import UpstreamPipeline

/// An origin that ordinary clients reach through the sidecar, and the thread that talks to it.
struct Origin {
    let proxy: ReverseProxy
    let transport: CurlTransport

    init(_ configuration: SidecarConfiguration.Proxy, logger: Logger) throws {
        self.transport = try CurlTransport(configuration: PipelineConfiguration(configuration))
        let stage: any ProxyStage =
            configuration.cache ? CacheStage(configuration: CacheConfiguration(configuration)) : PassThrough()
        self.proxy = ReverseProxy(
            configuration: ProxyConfiguration(configuration), transport: self.transport, stage: stage, logger: logger)
    }
}
