import HTTPSyntax

/// Dates in the words of RFC 850.
enum LongDate {
    static func text(_ date: HTTPDate) -> String {
        let words = "\(date)".split(separator: " ")
        let days = [
            "Mon,": "Monday", "Tue,": "Tuesday", "Wed,": "Wednesday", "Thu,": "Thursday", "Fri,": "Friday",
            "Sat,": "Saturday", "Sun,": "Sunday",
        ]
        return "\(days[String(words[0])] ?? ""), \(words[1])-\(words[2])-\(words[3].suffix(2)) \(words[4]) GMT"
    }
}
