// tries: a toJSON that gives far more than may be put out
// contained: failure outputLimit
({ toJSON: () => "x".repeat(1e6) })
