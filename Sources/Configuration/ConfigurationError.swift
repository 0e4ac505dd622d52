/// Everything that is wrong with a configuration, each problem a line that says where and what was expected.
package struct ConfigurationError: Error, CustomStringConvertible, Equatable {
    package let problems: [String]

    package var description: String { self.problems.joined(separator: "\n") }

    init(_ problems: [String]) { self.problems = problems }
}
