package import HTTPCache
package import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
package import ReverseProxy
import Streaming
import UpstreamPipeline

/// Answers from a cache what may be answered from it, and asks the origin for the rest.
///
/// A hit is written on the client's event loop at once. What the origin sends goes to the client while it comes, and
/// into the cache beside that. Requests for one target at one time become one (``FlightTable``); a stale answer with
/// `stale-while-revalidate` goes out at once and is refreshed behind it.
package struct CacheStage: ProxyStage {
    private let cache: HTTPCache
    private let queue: WaitingRequests
    private let counters: ProxyCounters
    private let coding: AnswerCoding

    package init(cache: HTTPCache, counters: ProxyCounters = ProxyCounters()) {
        self.cache = cache
        self.counters = counters
        self.coding = AnswerCoding(cache.configuration)
        self.queue = WaitingRequests(configuration: cache.configuration)
    }

    package func answerAtOnce(_ request: HTTPRequest, from client: ProxyClient) -> Bool {
        guard let host = request.headers.first(name: "host") else { return false }
        let inquiry = CacheRequest(
            method: request.method, authority: host,
            target: request.query.map { "\(request.path)?\($0)" } ?? request.path, headers: request.headers)
        let scheme = request.connection.isTLS ? "https" : "http"
        guard let answer = self.cache.freshAnswer(to: inquiry, zone: scheme, now: SystemMoments.now) else {
            return false
        }
        self.counters.count(.hit)
        client.send(answer)
        if answer.isWorthPacking { self.cache.pack(answer) }
        return true
    }

    package func handle(_ request: ProxyRequest, from client: ProxyClient, through forwarder: Forwarder) {
        let visit = CacheVisit(
            request: request, client: client, forwarder: forwarder, cache: self.cache, queue: self.queue,
            counters: self.counters, coding: self.coding)
        visit.begin(mayWait: true)
    }
}

extension HTTPCache {
    /// Compresses the stored form behind an answer that has gone out plain.
    func pack(_ answer: CachedAnswer) {
        guard let work = self.packing(answer) else { return }
        NIOSingletons.posixBlockingThreadPool.submit { _ in work() }
    }
}
