import CFuzzer
import FuzzSupport
import Glibc
import GuestEngine

/// Runs one input as a script, in a process of its own, with the host's side of the channel at the other end.
package func fuzz(_ input: [UInt8]) throws {
    var conversation = unsafe Conversation(Guest.shared, script: input)
    try conversation.play()
}

/// The process the guests are forked from: this one, with the engine in it.
@safe
enum Guest {
    /// Made at the first input and never changed; the fuzzer has one thread.
    nonisolated(unsafe) static let shared: GuestUnderTest = {
        guard cfuzzer_share_coverage() == 0 else { finding("the coverage counters cannot be shared: error \(errno)") }
        do throws(GuestUnderTest.Unusable) {
            return try GuestUnderTest(files: Self.files)
        } catch { finding(error.description) }
    }()

    private static let files: [(path: String, text: String)] = [
        ("tools/a.js", "import { b } from './b';\nexport const a = () => b;\nexport default class A {}\n"),
        ("tools/b/index.js", "import { a } from '../a.js';\nexport let b = 1;\nexport const call = () => a();\n"),
        ("tools/late.js", "await null;\nexport const late = await globalThis.callAPI('late');\n"),
        ("tools/throws.js", "throw new Error('in a module');\n"),
        ("tools/wrong.js", "let let = 1;\n"),
    ]
}
