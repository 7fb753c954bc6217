"""A Python that has loaded nothing yet: for tests of what is imported, and of what one process alone sees."""

import subprocess
import sys


def printed_by(program: str) -> str:
    """Return what a program of a few lines prints; fail if it fails."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
