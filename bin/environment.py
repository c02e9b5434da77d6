"""What the commands of bin/ share: a Python, `.venv`, settings, child processes.

Runs on the machine's own Python, before anything is installed: standard library only, and a
syntax that older versions understand well enough to be told that they are too old.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.environ.get("VENV") or os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
NEWER_NAMES = ["python3.14", "python3.13", "python3.12", "python3.11"]
SIGKILL_AFTER_SECONDS = 15
LOCAL_POSTGRES = "postgres://postgres:postgres@127.0.0.1:5432/postgres"


class Stopped(BaseException):
    """SIGTERM arrived, or Ctrl-C."""


class Failed(Exception):
    """A step failed; the message says which, in French, for whoever runs the command."""


def say(text):
    """Tell something at once, even into a pipe."""
    print(text, flush=True)


def main(job):
    """Run `job()` on a recent enough Python; errors end in a sentence and exit code 1."""
    find_python()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        sys.exit(job())
    except Stopped:
        sys.exit(0)
    except Failed as failure:
        print(failure, file=sys.stderr, flush=True)
        sys.exit(1)


def _stop(_signal, _frame):
    raise Stopped


def find_python():
    """Go on with a newer Python where this one is too old, or say so and leave."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        path = shutil.which(name)
        if path:
            os.execv(path, [path] + sys.argv)  # noqa: S606 -- the same script, another Python
    version = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit("Il faut Python 3.11 ou plus récent ; celui-ci est {}.".format(version))  # noqa: UP032


def settings():
    """Return the environment of every command, with what follows from what is set.

    An empty variable counts as unset. Where SITE_URL is missing it follows HOST and PORT.
    """
    found = {name: value for name, value in os.environ.items() if value or name not in BLANK}
    host, port = found.setdefault("HOST", "127.0.0.1"), found.setdefault("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Failed(f"PORT doit être un nombre entre 1 et 65535, pas « {port} ».")
    if "SITE_URL" not in found:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 -- compared only
        found["SITE_URL"] = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    found["SITE_URL"] = found["SITE_URL"].rstrip("/")
    found.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "SITE_DATA" in found:
        # Relative to where the command was typed, wherever its children run.
        found["SITE_DATA"] = os.path.abspath(found["SITE_DATA"])
    found["PYTHONPATH"] = os.pathsep.join(filter(None, [ROOT, found.get("PYTHONPATH")]))
    found["PYTHONUNBUFFERED"] = "1"
    return found


def postgres_url():
    """A PostgreSQL whose user may create databases; whether it answers is another matter."""
    return os.environ.get("TEST_POSTGRES_URL") or LOCAL_POSTGRES


BLANK = {"HOST", "PORT", "SITE_URL", "SITE_DATA", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEMO"}


def needed():
    """The requirement files that the settings ask for."""
    return ["requirements.txt"] + (["requirements-s3.txt"] if os.environ.get("S3_URL") else [])


def install(*lists):
    """Make `.venv` and install these requirement files, each only when it has changed."""
    with alone():
        if not usable():
            make_venv()
        for name in lists:
            if installed(name) != fingerprint(name):
                install_list(name)


def install_list(name):
    """Install one requirement file and remember what it held."""
    with step(f"Installation de {name}"):
        run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", name])
    with open(stamp(name), "w") as file:
        file.write(fingerprint(name))


def usable():
    """Whether `.venv` holds a Python that runs, with its pip."""
    if not os.path.exists(PYTHON):
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def make_venv():
    """Make `.venv` anew; a half-made one is thrown away."""
    with step("Création de .venv"):
        try:
            run([sys.executable, "-m", "venv", "--clear", VENV])
        except Failed as failure:
            raise Failed(
                f"{failure}\nSous Debian et Ubuntu il manque sans doute un paquet : "
                "apt install python3-venv"
            ) from None


def stamp(name):
    """The file that remembers what was installed from a requirement file."""
    return os.path.join(VENV, f".installed-{name}")


def installed(name):
    """What `fingerprint` was when the file was installed; empty if never."""
    try:
        with open(stamp(name)) as file:
            return file.read()
    except FileNotFoundError:
        return ""


def fingerprint(name):
    """A hash of what decides which packages are installed."""
    digest = hashlib.sha256()
    for part in sorted({name, "requirements.txt", "constraints.txt"}):
        with open(os.path.join(ROOT, part), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


@contextlib.contextmanager
def alone():
    """Wait until no other command of this checkout sets things up."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def step(title):
    """Say what is going on, and how long it took."""
    started = time.monotonic()
    say(f"{title} …")
    yield
    say(f"{title} : {time.monotonic() - started:.0f} s")


def run(command, env=None):
    """Run a command to its end; raises `Failed` unless it succeeds. Stopping us stops it."""
    child = start(command, env)
    try:
        code = child.wait()
    finally:
        stop(child)
    if code:
        raise Failed(f"Échec ({code}) : {' '.join(command)}")


def start(command, env=None, **options):
    """Start a command in a process group of its own, from the project's folder."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        start_new_session=True,
        # Nothing else runs in this process, so that running code after fork() is safe.
        preexec_fn=_die_with_parent,
        **options,
    )


def _die_with_parent():
    """Ask Linux to stop the child if we are killed in a way that we cannot notice."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def stop(*children):
    """Stop children and whatever they started; those that do not listen are killed."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    deadline = time.monotonic() + SIGKILL_AFTER_SECONDS
    for child in running:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    for child in children:
        # What a child left behind in its process group.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
