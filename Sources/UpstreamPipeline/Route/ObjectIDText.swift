/// The form of the API's ids: what has another must not leave this process (some paths of the API end it then).
package enum ObjectIDText {
    /// Whether a text is 24 hexadecimal digits.
    package static func isValid(_ text: String) -> Bool {
        text.utf8.count == 24
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
