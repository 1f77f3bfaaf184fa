"""The cost of a command."""

import subprocess

# A process of its own, so that the peak is that of the command and not of the script.
CODE = (
    "import resource, subprocess, sys\n"
    "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)\n"
    "if done.returncode: sys.exit(done.stderr[-4000:])\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
)


def measured(*command, cwd=None, env=None):
    """Runs a command, and returns its CPU seconds and the peak memory of its largest process in MB."""
    arguments = ["python3", "-c", CODE, *map(str, command)]
    done = subprocess.run(arguments, cwd=cwd, env=env, check=True, capture_output=True, text=True)
    return tuple(map(float, done.stdout.split()))
