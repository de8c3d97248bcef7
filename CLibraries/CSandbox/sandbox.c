#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
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

#define NEW_NAMESPACES                                                                                     \
    (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

// What is refused, and how a program is told. None of it is of any use for reading a file.
#define REFUSE(call, error) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

/// Refuses calls for good, to every thread of the process. Kernels without seccomp say so by an error.
static int refuse_calls(void) {
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
        // The network, and sockets of this machine, behind which other programs listen. io_uring would open them unseen.
        REFUSE(socket, EACCES),
        REFUSE(io_uring_setup, EACCES),
        // Leaving the process group, by which everything is ended.
        REFUSE(setsid, EPERM),
        REFUSE(setpgid, EPERM),
        // Looking into other processes.
        REFUSE(ptrace, EPERM),
        REFUSE(process_vm_readv, EPERM),
        REFUSE(process_vm_writev, EPERM),
        REFUSE(kcmp, EPERM),
        REFUSE(pidfd_getfd, EPERM),
        // Namespaces, mounts and parts of the kernel that have often been ways to more rights.
        REFUSE(unshare, EPERM),
        REFUSE(setns, EPERM),
        REFUSE(mount, EPERM),
        REFUSE(umount2, EPERM),
        REFUSE(pivot_root, EPERM),
        REFUSE(fsopen, EPERM),
        REFUSE(fsmount, EPERM),
        REFUSE(move_mount, EPERM),
        REFUSE(open_tree, EPERM),
        REFUSE(open_by_handle_at, EPERM),
        REFUSE(bpf, EPERM),
        REFUSE(perf_event_open, EPERM),
        REFUSE(userfaultfd, EPERM),
        REFUSE(add_key, EPERM),
        REFUSE(request_key, EPERM),
        REFUSE(keyctl, EPERM),
        // Its flags lie in memory, where a filter does not look: without it clone is called, whose flags are looked at.
        REFUSE(clone3, ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NEW_NAMESPACES, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof program / sizeof *program, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    // The runtime may have started threads already: the filter is for them too.
    long outcome = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    return outcome == 0 ? 0 : outcome > 0 ? EBUSY : errno;
}

/// Becomes a user whom nothing belongs to. glibc does so for every thread.
static int become(uint32_t user) {
    if (setgroups(0, NULL) != 0) return errno;
    if (setresgid(user, user, user) != 0) return errno;
    return setresuid(user, user, user) == 0 ? 0 : errno;
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
    if (limits->user != 0) {
        if ((failure = limit(RLIMIT_NPROC, limits->processes, 0))) return failure;
        if ((failure = become(limits->user))) return failure;
    }
    return refuse_calls();
}

int sandbox_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}
