import CSandbox
import Foundation
import Testing

/// What a process can no longer do in the sandbox; each in a process of its own, since there is no way back.
@Suite struct SandboxTests {
    private static func enter(user: UInt32 = 0) -> Bool {
        var limits = sandbox_limits(
            cpu_seconds: 5,
            memory_bytes: 1 << 34,
            file_bytes: 1 << 20,
            open_files: 64,
            processes: 8,
            user: user
        )
        return unsafe sandbox_enter(&limits) == 0
    }

    @Test func `no thread gets a socket, leaves the group, or looks into another process`() async {
        await #expect(processExitsWith: .success) {
            // A thread that was there before.
            let begin = DispatchSemaphore(value: 0)
            let end = DispatchSemaphore(value: 0)
            nonisolated(unsafe) var isRefused = false
            Thread {
                begin.wait()
                unsafe isRefused =
                    socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) == -1 && errno == EACCES
                    && socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) == -1 && errno == EACCES
                end.signal()
            }.start()
            guard SandboxTests.enter() else { exit(2) }
            begin.signal()
            end.wait()
            guard unsafe isRefused, setsid() == -1, errno == EPERM, setpgid(0, 0) == -1, errno == EPERM else { exit(3) }
            guard socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0) == -1, errno == EACCES else { exit(4) }
            exit(0)
        }
    }

    /// Goes on as an interpreter of `script`.
    private static func becomePython(_ script: String) -> Never {
        unsafe "-c".withCString { option in
            unsafe script.withCString { script in
                unsafe "python3".withCString { name in
                    let words = unsafe [name, option, script].map { unsafe UnsafeMutablePointer(mutating: $0) }
                    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words + [nil]
                    _ = unsafe execvp(name, &arguments)
                }
            }
        }
        exit(4)
    }

    @Test func `no namespace is made, and threads and processes are`() async {
        await #expect(processExitsWith: .success) {
            guard SandboxTests.enter() else { exit(2) }
            let script = """
                import ctypes, os, platform, threading
                clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
                call = ctypes.CDLL(None, use_errno=True).syscall
                for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
                    child = call(clone, flag | 17, 0, 0, 0, 0)
                    if child == 0: os._exit(0)
                    assert child == -1 and ctypes.get_errno() == 1, flag
                thread = threading.Thread(target=lambda: None)
                thread.start()
                thread.join()
                child = os.fork()
                if child == 0: os._exit(7)
                assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
                """
            SandboxTests.becomePython(script)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
    func `root becomes another user for good, who can start but few processes`() async {
        await #expect(processExitsWith: .success) {
            guard SandboxTests.enter(user: 61_999) else { exit(2) }
            guard getuid() == 61_999, geteuid() == 61_999, getgid() == 61_999, setuid(0) == -1 else { exit(3) }
            guard getgroups(0, nil) == 0 else { exit(4) }
            var limit = rlimit()
            guard unsafe getrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit) == 0, limit.rlim_cur == 8
            else {
                exit(5)
            }
            guard unsafe open("/etc/shadow", O_RDONLY) == -1 else { exit(6) }
            exit(0)
        }
    }
}
