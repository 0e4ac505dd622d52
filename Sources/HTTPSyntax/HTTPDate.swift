/// A moment as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
package struct HTTPDate: CustomStringConvertible {
    static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// How long a date is in words.
    package static let bytes = 29

    package let description: String

    /// - Parameter secondsSinceEpoch: from 1970 on.
    package init(secondsSinceEpoch seconds: Int) {
        self.description = unsafe String(unsafeUninitializedCapacity: Self.bytes) { memory in
            var count = 0
            Self.write(secondsSinceEpoch: seconds) {
                unsafe memory[count] = $0
                count += 1
            }
            return count
        }
    }

    private static let dayNames: StaticString = "ThuFriSatSunMonTueWed"
    private static let monthNames: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    /// Hands over the 29 bytes of a date one by one, and makes no string.
    @inline(__always)
    package static func write(secondsSinceEpoch seconds: Int, to byte: (UInt8) -> Void) {
        let days = seconds / 86_400
        let second = seconds % 86_400
        // Civil date from days, with years that begin in March so that the leap day comes last.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func name(_ names: StaticString, _ number: Int) {
            names.withUTF8Buffer { bytes in for index in 0..<3 { unsafe byte(bytes[number * 3 + index]) } }
        }
        func twoDigits(_ value: Int) {
            byte(UInt8(ascii: "0") + UInt8(value / 10))
            byte(UInt8(ascii: "0") + UInt8(value % 10))
        }
        let (space, colon) = (UInt8(ascii: " "), UInt8(ascii: ":"))
        name(self.dayNames, days % 7)
        byte(UInt8(ascii: ","))
        byte(space)
        twoDigits(day)
        byte(space)
        name(self.monthNames, month - 1)
        byte(space)
        twoDigits(year / 100 % 100)
        twoDigits(year % 100)
        byte(space)
        twoDigits(second / 3600)
        byte(colon)
        twoDigits(second / 60 % 60)
        byte(colon)
        twoDigits(second % 60)
        for letter in [space, UInt8(ascii: "G"), UInt8(ascii: "M"), UInt8(ascii: "T")] { byte(letter) }
    }
}
