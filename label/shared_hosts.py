"""Where anybody may have a page or a mailbox: to have one there proves nothing."""

from pathlib import Path

SHARED_HOSTS = frozenset((Path(__file__).parent / "shared_hosts.txt").read_text().split())


def is_shared(host):
    """Whether anybody may have something at this host, or below it."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in SHARED_HOSTS for start in range(len(labels)))
