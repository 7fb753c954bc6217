"""A frozen questionnaire, for tests of behaviour: the shipped one may change its words at any time."""

import atexit
import compileall
import shutil
import tempfile
from functools import cache
from pathlib import Path

import fibrocheck
from fibrocheck.content.baking import MADE, bake, module_in
from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.source_file import SHIPPED
from fibrocheck.visit import painting

FIXTURE = Path(__file__).with_name("fixture.yaml")


@cache
def questionnaire() -> Content:
    """Return the fixture, read."""
    return load(FIXTURE)


@cache
def program_folder() -> Path:
    """Return a folder to import `fibrocheck` from, where the fixture is the questionnaire it ships with.

    It is baked and compiled, as where the program is installed: a thousand starts of the tests save what
    reading it takes.
    """
    folder = Path(tempfile.mkdtemp(prefix="fibrocheck-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    package = Path(fibrocheck.__file__).parent
    shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns(SHIPPED))
    shutil.copy(FIXTURE, folder / package.name / SHIPPED)
    for name in MADE:
        bake(str(FIXTURE), module_in(str(folder), name), name)
    painting.paint(str(FIXTURE), painting.module_in(str(folder)), str(package.parent))
    compileall.compile_dir(folder, quiet=1)
    folder.chmod(0o755)
    return folder
