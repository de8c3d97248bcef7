#pragma once

#include <stdint.h>

/// Ceilings that a process puts on itself, and so on every process that it starts.
typedef struct sandbox_limits {
    uint64_t cpu_seconds;   ///< CPU time of each process.
    uint64_t memory_bytes;  ///< Address space of each process.
    uint64_t file_bytes;    ///< Largest file that may be written.
    uint64_t open_files;    ///< Open descriptors of each process.
    uint64_t processes;     ///< Processes and threads together. Counted by user: set only where `user` is.
    uint32_t user;          ///< Who to become, as user and group; 0 to stay. Only root can.
} sandbox_limits;

/// Enters the sandbox: sets the limits, becomes another user, gives up new privileges, the network, and what of the
/// kernel no reader of files needs. All threads do, and there is no way back for the process or its children, which cannot
/// leave its process group either.
///
/// Returns 0, or the errno of the step that failed.
int sandbox_enter(const sandbox_limits *limits);

/// Makes a pipe that no other process inherits by accident. Returns 0, or errno.
int sandbox_pipe(int *read_end, int *write_end);
