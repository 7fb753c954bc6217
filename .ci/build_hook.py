"""Has hatchling bake the questionnaire into the wheel. Only builds load it (pyproject.toml names it)."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeHook(BuildHookInterface):
    """Adds `content.baked`, `content.searched_texts` and `painted_pages` to a wheel.

    With an editable install they come to the source tree, where git ignores them.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bake. A file with errors is built in as it is: every start then says what is wrong with it."""
        sys.path.insert(0, self.root)
        from fibrocheck.content import baking
        from fibrocheck.content.problems import ContentError
        from fibrocheck.content.source_file import SHIPPED

        questions = os.path.join(self.root, SHIPPED)
        self._is_editable, self._build_data = version == "editable", build_data
        self._folder = tempfile.TemporaryDirectory()
        try:
            for name in baking.MADE:
                with self._made(baking.module_in(self.root, name)) as module:
                    baking.bake(questions, module, name)
            from fibrocheck.visit import painting  # needs a POSIX terminal

            with self._made(painting.module_in(self.root)) as module:
                painting.paint(questions, module, self.root)
        except (ContentError, ImportError, OSError) as error:  # an editable install may not be writable
            self.app.display_warning(f"{SHIPPED} is not baked: {error}")

    @contextmanager
    def _made(self, target: str) -> Iterator[str]:
        """Have a module made, in the tree itself or only for the wheel; `target` is its place in the tree."""
        if self._is_editable:
            yield target
            return
        module = os.path.join(self._folder.name, os.path.basename(target))
        yield module
        self._build_data["force_include"][module] = os.path.relpath(target, self.root)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only for the build."""
        del version, build_data, artifact_path
        self._folder.cleanup()
