// The guest side of the code sandbox; started by the sidecar with its control socket as descriptor 3.
if CommandLine.arguments.dropFirst().first == "--self-test" {
    SelfTest.main()
} else {
    Zygote.main(control: 3)
}
