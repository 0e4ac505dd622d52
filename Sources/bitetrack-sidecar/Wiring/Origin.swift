import CachingProxy
import Configuration
import HTTPCache
import Logging
import Observability
import ReverseProxy
import UpstreamPipeline

/// An origin that ordinary clients reach through the sidecar, and the thread that talks to it.
struct Origin {
    let proxy: ReverseProxy
    let transport: CurlTransport
    /// nil where nothing is kept.
    let cache: HTTPCache?

    init(_ configuration: SidecarConfiguration.Proxy, metrics: Metrics, logger: Logger) throws {
        self.transport = try CurlTransport(configuration: PipelineConfiguration(configuration))
        let counters = ProxyCounters(metrics, path: configuration.path)
        let cacheConfiguration = CacheConfiguration(configuration)
        let stage: any ProxyStage
        if configuration.cache {
            let cache = HTTPCache(configuration: cacheConfiguration)
            metrics.read(cache, path: configuration.path)
            self.cache = cache
            stage = CacheStage(cache: cache, counters: counters)
        } else {
            self.cache = nil
            stage = UncachedStage(coding: AnswerCoding(cacheConfiguration), counters: counters)
        }
        self.proxy = ReverseProxy(
            configuration: ProxyConfiguration(configuration), transport: self.transport, stage: stage, logger: logger,
            onRefusal: { counters.count(.refused) })
    }
}
