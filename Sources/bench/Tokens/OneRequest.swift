import HTTPServer
import NIOCore
import NIOPosix

/// A request on a connection of its own, awaited.
enum OneRequest {
    static func send(_ request: ByteBuffer, to target: LoadTarget) async throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        return try await withCheckedThrowingContinuation { continuation in
            loop.execute {
                LoadConnection.open(target, on: loop) { result in
                    switch result {
                    case .failure(let error): continuation.resume(throwing: error)
                    case .success(let connection):
                        connection.onAnswer = { answer in
                            connection.close()
                            continuation.resume(with: answer)
                        }
                        connection.send(request)
                    }
                }
            }
        }
    }
}
