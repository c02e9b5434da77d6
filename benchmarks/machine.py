"""The facts without which no figure means anything."""

import os
import platform
import sqlite3
import time
from pathlib import Path

import django
import wagtail
from django.db import connection

TURNS = 200_000


def facts() -> dict:
    """Processor, memory, versions, and how busy the machine is."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": memory_gb(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "loop_ms": loop_ms(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
    }


def engine_version() -> str:
    """The database engine in use, with its version."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def processor() -> str:
    """The processor's name, or what the platform says."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory_gb() -> int | None:
    """Memory in gigabytes."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (ValueError, OSError):
        return None


def loop_ms() -> float:
    """Milliseconds of a fixed loop of plain Python: how fast this machine is just now."""
    started = time.perf_counter()
    sum(number * number for number in range(TURNS))
    return round((time.perf_counter() - started) * 1000, 1)
