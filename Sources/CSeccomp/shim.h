#pragma once

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>

#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// What Swift cannot import: variadic functions, macros, and system calls that glibc does not wrap.

static inline uint32_t cseccomp_errno_action(uint16_t number) { return SCMP_ACT_ERRNO(number); }

static inline int cseccomp_allow(scmp_filter_ctx filter, int call, unsigned count, const struct scmp_arg_cmp *args) {
    return seccomp_rule_add_exact_array(filter, SCMP_ACT_ALLOW, call, count, args);
}

static inline int cseccomp_prctl(int option, unsigned long value) { return prctl(option, value, 0, 0, 0); }

static inline int cseccomp_close_range(unsigned first, unsigned last) {
    return (int)syscall(SYS_close_range, first, last, 0);
}

// MARK: Rights

/// Gives up every capability and the right to regain one.
static inline int cseccomp_drop_capabilities(void) {
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++) {
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) return -1;
    }
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

static inline int cseccomp_clear_capability_sets(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    return (int)syscall(SYS_capset, &header, none);
}

static inline int cseccomp_become(uid_t user, gid_t group) {
    if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
    if (syscall(SYS_setresgid, group, group, group) != 0) return -1;
    return (int)syscall(SYS_setresuid, user, user, user);
}

/// Whether this process has any capability, or could get one back.
static inline int cseccomp_has_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[2];
    if (syscall(SYS_capget, &header, sets) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        if (sets[i].effective || sets[i].permitted || sets[i].inheritable) return 1;
    }
    return 0;
}

static inline int cseccomp_parent_death_signal(void) {
    int number = 0;
    return prctl(PR_GET_PDEATHSIG, &number, 0, 0, 0) == 0 ? number : -1;
}

// MARK: Namespaces

static const int cseccomp_namespace_user = CLONE_NEWUSER, cseccomp_namespace_process = CLONE_NEWPID;
static const int cseccomp_namespace_mount = CLONE_NEWNS, cseccomp_namespace_network = CLONE_NEWNET;
static const int cseccomp_namespace_communication = CLONE_NEWIPC | CLONE_NEWUTS;

static inline int cseccomp_unshare(int namespaces) { return (int)syscall(SYS_unshare, namespaces); }

/// Makes `path` say `text`; for the identity maps of a user namespace.
static inline int cseccomp_put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, strlen(text));
    close(file);
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

/// Puts an empty, read-only file system in place of everything this mount namespace shows; see pivot_root(2).
static inline int cseccomp_empty_root(const char *over) {
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return -1;
    if (mount("none", over, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, "size=4k,mode=555") != 0) return -1;
    if (chdir(over) != 0 || syscall(SYS_pivot_root, ".", ".") != 0) return -1;
    if (umount2(".", MNT_DETACH) != 0) return -1;
    return chdir("/");
}

// MARK: Landlock

/// As in linux/landlock.h of kernel 6.12; older kernels take a shorter one.
struct cseccomp_landlock_rules { uint64_t files, network, scopes; };

/// The version of Landlock that the kernel speaks; below 1 when it has none.
static inline int cseccomp_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
}

/// Denies everything that this version of Landlock can deny: files, TCP, abstract sockets and signals to others.
///
/// Needs `no_new_privs`. See landlock(7).
static inline int cseccomp_landlock_deny_all(int version) {
    struct cseccomp_landlock_rules rules = {0, 0, 0};
    size_t size = sizeof rules.files;
    rules.files = version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version >= 2 ? 0x3FFF : 0x1FFF;
    if (version >= 4) { rules.network = 3; size += sizeof rules.network; }
    if (version >= 6) { rules.scopes = 3; size += sizeof rules.scopes; }
    int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (set < 0) return -1;
    int result = (int)syscall(SYS_landlock_restrict_self, set, 0);
    close(set);
    return result;
}

// MARK: Limits and filters

static inline int cseccomp_memory_file(void) { return (int)syscall(SYS_memfd_create, "filter", 1 /* MFD_CLOEXEC */); }

/// Lowers a limit for good; a hard limit that is already lower stays.
static inline int cseccomp_limit(int resource, rlim_t value) {
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return -1;
    if (value > limit.rlim_max) value = limit.rlim_max;
    limit.rlim_cur = limit.rlim_max = value;
    return setrlimit((__rlimit_resource_t)resource, &limit);
}
/// As `cseccomp_limit`, for seconds of processor time; the signal that names the reason comes a second before the kill.
static inline int cseccomp_limit_processor(rlim_t seconds) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_CPU, &limit) != 0) return -1;
    limit.rlim_max = seconds + 1 < limit.rlim_max ? seconds + 1 : limit.rlim_max;
    limit.rlim_cur = seconds < limit.rlim_max ? seconds : limit.rlim_max;
    return setrlimit(RLIMIT_CPU, &limit);
}
static const int cseccomp_limit_data = RLIMIT_DATA, cseccomp_limit_address_space = RLIMIT_AS;
static const int cseccomp_limit_processes = RLIMIT_NPROC;
static const int cseccomp_limit_descriptors = RLIMIT_NOFILE, cseccomp_limit_file_size = RLIMIT_FSIZE;
static const int cseccomp_limit_core = RLIMIT_CORE, cseccomp_limit_stack = RLIMIT_STACK;
static const int cseccomp_limit_locked = RLIMIT_MEMLOCK, cseccomp_limit_queues = RLIMIT_MSGQUEUE;

/// A descriptor that becomes readable when a child ends, in place of a signal handler.
static inline int cseccomp_child_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
static inline void cseccomp_drain_signals(int descriptor) {
    struct signalfd_siginfo information;
    while (read(descriptor, &information, sizeof information) > 0) {}
}

/// Installs a ready-made filter: building one costs milliseconds, this costs microseconds.
static inline int cseccomp_install(const void *instructions, unsigned short count) {
    struct sock_fprog program = {count, (struct sock_filter *)instructions};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

/// Reads into `buffer`; a descriptor that came along goes to `*descriptor`, which is -1 otherwise.
static inline ssize_t cseccomp_receive(int socket, void *buffer, size_t count, int *descriptor) {
    union { struct cmsghdr align; char bytes[CMSG_SPACE(sizeof(int))]; } control;
    struct iovec vector = {buffer, count};
    struct msghdr message = {0};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    *descriptor = -1;
    ssize_t result = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (result <= 0) return result;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
            memcpy(descriptor, CMSG_DATA(header), sizeof(int));
        }
    }
    return result;
}

/// One system call by number, for the self-test that shows which calls die.
static inline long cseccomp_call(long number, long a, long b, long c, long d, long e, long f) {
    return syscall(number, a, b, c, d, e, f);
}
