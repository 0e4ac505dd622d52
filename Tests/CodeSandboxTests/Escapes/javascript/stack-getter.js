// tries: overflowing the stack in a getter of the result
// contained: failure stackLimit
({ get x() { return this.x; } })
