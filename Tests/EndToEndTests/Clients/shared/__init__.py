"""What the scripts of all client libraries share: the steps to take, and how they are reported."""
