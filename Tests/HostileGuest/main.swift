import Glibc

// Stands in for sandbox-guest: forks guests as told, which then speak as the attempt they were configured with says.
signal(SIGPIPE, SIG_IGN)
// Swift's runtime would catch a crash, print a report and exit; an attempt that crashes shall crash.
for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
var zygote = HostileZygote(control: 3)
zygote.serve()
