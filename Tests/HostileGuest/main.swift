import Glibc

// Stands in for sandbox-guest: forks guests as told, which then speak as the attempt they were configured with says.
signal(SIGPIPE, SIG_IGN)
var zygote = HostileZygote(control: 3)
zygote.serve()
