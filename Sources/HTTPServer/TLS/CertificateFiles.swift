import Glibc

/// Writes and reads the small files of a certificate.
enum CertificateFiles {
    /// Replaces `path` by a file with these contents and permissions; nobody ever sees half of it or more rights.
    static func write(_ contents: String, to path: String, permissions: mode_t) throws(TLSError) {
        let temporary = "\(path).\(UInt32.random(in: .min ... .max))"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw Self.error("cannot create", path) }
        var contents = contents
        let isWritten = contents.withUTF8 { bytes in
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        // The umask may have taken rights away.
        guard isWritten, fchmod(descriptor, permissions) == 0, fsync(descriptor) == 0 else {
            let error = Self.error("cannot write", path)
            Glibc.close(descriptor)
            unsafe unlink(temporary)
            throw error
        }
        Glibc.close(descriptor)
        guard unsafe rename(temporary, path) == 0 else {
            let error = Self.error("cannot replace", path)
            unsafe unlink(temporary)
            throw error
        }
    }

    private static func error(_ what: String, _ path: String) -> TLSError {
        let reason = unsafe String(cString: strerror(errno))
        return TLSError(.certificateCreation, "\(what) \(path): \(reason)")
    }
}
