import Dispatch

/// A pause between two looks at another process, which no event announces.
package enum Pause {
    package static func short() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.02) { continuation.resume() }
        }
    }
}
