"""Linux's system calls by name, with their numbers on x86-64 and aarch64: what a step may use.

What is allowed is what the C library (glibc 2.31 to 2.42) and Python (3.11 to 3.14) use to
work with memory, files, time, threads and descriptors of a process's own.  What is refused is
known to reach further, to hold memory that no limit counts, or to tell one step of another:
pipes and sockets are numbered by one counter for the whole machine, and a file system's free
blocks and what has to be read from disk depend on everybody.
What is in neither table is unknown: it is answered as on a kernel that has no such call.

Source of the numbers: the kernel's tables of system calls.
"""

import re

Numbers = tuple[int | None, int | None]
"""On x86-64 and on aarch64; None where there is no such call."""


def table(text: str) -> dict[str, Numbers]:
    """Return a table by name, of entries such as ``fork 57/-``."""
    entries = re.findall(r"(\w+) (\d+|-)/(\d+|-)", text)
    return {name: (number(x86), number(arm)) for name, x86, arm in entries}


def number(text: str) -> int | None:
    """Return a number, or None for a dash."""
    return None if text == "-" else int(text)


ALLOWED = table("""
brk 12/214, munmap 11/215, mprotect 10/226, mremap 25/216, msync 26/227,
membarrier 324/283, mseal 462/462, map_shadow_stack 453/453,
read 0/63, write 1/64, open 2/-, openat 257/56, openat2 437/437, close 3/57,
close_range 436/436, creat 85/-, lseek 8/62, pread64 17/67, pwrite64 18/68, readv 19/65,
writev 20/66, preadv 295/69, pwritev 296/70,
stat 4/-, lstat 6/-, fstat 5/80, newfstatat 262/79, access 21/-,
faccessat 269/48, faccessat2 439/439,
getdents 78/-, getdents64 217/61, getcwd 79/17, chdir 80/49, fchdir 81/50, rename 82/-,
renameat 264/38, renameat2 316/276, mkdir 83/-, mkdirat 258/34, rmdir 84/-, link 86/-,
linkat 265/37,
symlink 88/-, symlinkat 266/36, unlink 87/-, unlinkat 263/35, readlink 89/-,
readlinkat 267/78, ftruncate 77/46, umask 95/166, fsync 74/82, fdatasync 75/83,
sendfile 40/71, copy_file_range 326/285,
getxattr 191/8, lgetxattr 192/9, fgetxattr 193/10, listxattr 194/11, llistxattr 195/12,
flistxattr 196/13,
dup 32/23, dup2 33/-, dup3 292/24, eventfd 284/-, eventfd2 290/19,
select 23/-, pselect6 270/72, poll 7/-, ppoll 271/73,
epoll_create 213/-, epoll_create1 291/20, epoll_ctl 233/21, epoll_wait 232/-,
epoll_pwait 281/22, epoll_pwait2 441/441,
timerfd_create 283/85, timerfd_settime 286/86, timerfd_gettime 287/87, signalfd 282/-,
signalfd4 289/74,
recvfrom 45/207, recvmsg 47/212, shutdown 48/210, getsockname 51/204, getpeername 52/205,
rt_sigaction 13/134, rt_sigprocmask 14/135, rt_sigreturn 15/139, rt_sigpending 127/136,
rt_sigtimedwait 128/137, rt_sigsuspend 130/133, sigaltstack 131/132, pause 34/-,
restart_syscall 219/128,
alarm 37/-, setitimer 38/103, getitimer 36/102, nanosleep 35/101, clock_nanosleep 230/115,
clock_gettime 228/113, clock_getres 229/114, gettimeofday 96/169, time 201/-, times 100/153,
set_robust_list 273/99, set_tid_address 218/96, rseq 334/293,
arch_prctl 158/-,
exit 60/93, exit_group 231/94, wait4 61/260, waitid 247/95,
getpid 39/172, getppid 110/173, gettid 186/178, getpgrp 111/-, getpgid 121/155,
getsid 124/156, getuid 102/174, geteuid 107/175, getgid 104/176, getegid 108/177,
getresuid 118/148, getresgid 120/150, getgroups 115/158, capget 125/90,
getpriority 140/141, getrlimit 97/163, setrlimit 160/164, sched_yield 24/124,
sched_getaffinity 204/123, sched_getparam 143/121, sched_getscheduler 145/120,
sched_get_priority_max 146/125, sched_get_priority_min 147/126, sched_rr_get_interval 148/127,
getcpu 309/168, uname 63/160, getrandom 318/278
""")
IN_PART = table("""
mmap 9/222, madvise 28/233, futex 202/98, clone 56/220, clone3 435/435, kill 62/129,
tgkill 234/131, prlimit64 302/261, prctl 157/167, fcntl 72/25, ioctl 16/29, getsockopt 55/209,
sendto 44/206
""")
"""Those of which the arguments decide: ``system_calls.rules`` has a rule for each."""
REFUSED = table("""
ptrace 101/117, process_vm_readv 310/270, process_vm_writev 311/271, process_madvise 440/440,
process_mrelease 448/448, kcmp 312/272, pidfd_open 434/434, pidfd_getfd 438/438,
pidfd_send_signal 424/424, rt_sigqueueinfo 129/138, rt_tgsigqueueinfo 297/240, tkill 200/130,
fork 57/-, vfork 58/-, execve 59/221, execveat 322/281, socket 41/198, connect 42/203,
bind 49/200, listen 50/201, accept 43/202, accept4 288/242, sendmsg 46/211, sendmmsg 307/269,
recvmmsg 299/243, setsockopt 54/208, memfd_create 319/279, memfd_secret 447/447,
remap_file_pages 216/234, splice 275/76, tee 276/77, vmsplice 278/75, fallocate 285/47,
mlock 149/228, mlock2 325/284, mlockall 151/230, io_setup 206/0, io_submit 209/2,
io_uring_setup 425/425, io_uring_enter 426/426, io_uring_register 427/427,
timer_create 222/107, shmget 29/194, shmat 30/196, shmctl 31/195, semget 64/190, semop 65/193,
semctl 66/191, msgget 68/186, msgsnd 69/189, msgrcv 70/188, msgctl 71/187, mq_open 240/180,
unshare 272/97, setns 308/268, mount 165/40, umount2 166/39, move_mount 429/429,
open_tree 428/428, fsopen 430/430, fsmount 432/432, mount_setattr 442/442, pivot_root 155/41,
chroot 161/51, bpf 321/280, perf_event_open 298/241, userfaultfd 323/282, seccomp 317/277,
landlock_create_ruleset 444/444, landlock_add_rule 445/445, landlock_restrict_self 446/446,
keyctl 250/219, add_key 248/217, request_key 249/218, name_to_handle_at 303/264,
open_by_handle_at 304/265, init_module 175/105, finit_module 313/273, delete_module 176/106,
kexec_load 246/104, kexec_file_load 320/294, reboot 169/142, swapon 167/224, swapoff 168/225,
acct 163/89, quotactl 179/60, syslog 103/116, sethostname 170/161, setdomainname 171/162,
settimeofday 164/170, clock_settime 227/112, clock_adjtime 305/266, adjtimex 159/171,
pipe 22/-, pipe2 293/59, socketpair 53/199, sysinfo 99/179, getrusage 98/165, statfs 137/43,
fstatfs 138/44, inotify_init 253/-, inotify_init1 294/26, fanotify_init 300/262, flock 73/32,
setuid 105/146, setgid 106/144, setreuid 113/145, setregid 114/143, setresuid 117/147,
setresgid 119/149, setgroups 116/159, setfsuid 122/151, setfsgid 123/152, capset 126/91,
setsid 112/157, setpgid 109/154, personality 135/92, sched_setaffinity 203/122,
setpriority 141/140, sched_setscheduler 144/119, sched_setparam 142/118,
sched_setattr 314/274, ioprio_set 251/30, migrate_pages 256/238, move_pages 279/239,
mbind 237/235, set_mempolicy 238/237, chmod 90/-, fchmod 91/52, fchmodat 268/53,
fchmodat2 452/452, chown 92/-, lchown 94/-, fchown 93/55, fchownat 260/54, utime 132/-,
utimes 235/-, futimesat 261/-, utimensat 280/88, setxattr 188/5, lsetxattr 189/6,
fsetxattr 190/7, setxattrat 463/463, removexattr 197/14, lremovexattr 198/15,
fremovexattr 199/16, removexattrat 466/466, file_setattr 469/469, truncate 76/45, mknod 133/-,
mknodat 259/33, sync 162/81, syncfs 306/267, sync_file_range 277/84, fadvise64 221/223,
readahead 187/213, preadv2 327/286, pwritev2 328/287, mincore 27/232, cachestat 451/451
""")
