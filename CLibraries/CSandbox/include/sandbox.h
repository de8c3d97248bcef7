#pragma once

#include <stdint.h>

/// Ceilings that a process puts on itself, and so on every process that it starts.
typedef struct sandbox_limits {
    uint64_t cpu_seconds;   ///< CPU time of each process.
    uint64_t memory_bytes;  ///< Address space of each process.
    uint64_t file_bytes;    ///< Largest file that may be written.
    uint64_t open_files;    ///< Open descriptors of each process.
} sandbox_limits;

/// Enters the sandbox: sets the limits, gives up new privileges and the network.
/// There is no way back for the process or its children.
///
/// Returns 0, or the errno of the step that failed.
int sandbox_enter(const sandbox_limits *limits);

/// Makes a pipe that no other process inherits by accident. Returns 0, or errno.
int sandbox_pipe(int *read_end, int *write_end);
