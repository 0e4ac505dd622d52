import COpenSSL

/// Bytes nobody can predict.
///
/// Traps when OpenSSL has no entropy (RAND_bytes(3)): to go on with guessable ids would be worse than to stop.
package func randomBytes(count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let succeeded = unsafe bytes.withUnsafeMutableBufferPointer { unsafe RAND_bytes($0.baseAddress, Int32($0.count)) }
    precondition(succeeded == 1, "OpenSSL has no entropy")
    return bytes
}
