#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/// `grace` lies between the soft limit, which signals, and the hard one, which kills.
static int limit(int resource, uint64_t value, uint64_t grace) {
    struct rlimit current, wanted = {value, value + grace};
    if (getrlimit(resource, &current) != 0) return errno;
    // A limit that is already lower stays: raising it would need privileges.
    if (current.rlim_max != RLIM_INFINITY && current.rlim_max < wanted.rlim_max) return 0;
    return setrlimit(resource, &wanted) == 0 ? 0 : errno;
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "name the seccomp architecture of this machine"
#endif

/// Refuses every new socket but those of the local domain. Kernels without seccomp say so by an error.
static int deny_network(void) {
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#if defined(__x86_64__)
        // The x32 calling convention shares the architecture's name; nothing of ours uses it.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
#endif
        // io_uring could open sockets behind the filter's back.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof program / sizeof *program, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0 ? 0 : errno;
}

// A sanitizer's shadow takes terabytes of address space, hardly any of it memory: with one there is no limit on it.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LIMITS_ADDRESS_SPACE 0
#endif
#if __has_feature(address_sanitizer)
/// What holds where nobody says otherwise, as in a child that is given no such variable. The leak checker does not see
/// references that Swift keeps in the spare bits of a pointer: it takes what they lead to for lost.
const char *__asan_default_options(void) { return "detect_leaks=0"; }
#endif
#endif
#ifndef LIMITS_ADDRESS_SPACE
#define LIMITS_ADDRESS_SPACE 1
#endif

int sandbox_enter(const sandbox_limits *limits) {
    int failure;
    if ((failure = limit(RLIMIT_CPU, limits->cpu_seconds, 2))) return failure;
    if (LIMITS_ADDRESS_SPACE && (failure = limit(RLIMIT_AS, limits->memory_bytes, 0))) return failure;
    if ((failure = limit(RLIMIT_FSIZE, limits->file_bytes, 0))) return failure;
    if ((failure = limit(RLIMIT_NOFILE, limits->open_files, 0))) return failure;
    if ((failure = limit(RLIMIT_CORE, 0, 0))) return failure;
    return deny_network();
}

int sandbox_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}
