extension Secret where Value == String {
    /// Whether both are the same, found out in a time that depends on nothing but the length of `other`.
    package func isEqual(to other: Secret<String>) -> Bool {
        self.reveal { own in
            other.reveal { given in
                let (own, given) = (Array(own.utf8), Array(given.utf8))
                guard !own.isEmpty else { return false }
                var difference = own.count ^ given.count
                for index in given.indices { difference |= Int(given[index] ^ own[index % own.count]) }
                return difference == 0
            }
        }
    }
}
