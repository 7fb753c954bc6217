"""Has hatchling bake the questionnaire into the wheel. Only builds load it (pyproject.toml names it)."""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeHook(BuildHookInterface):
    """Adds `content.baked` to a wheel, or to the source tree of an editable install, where git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bake. A file with errors is built in as it is: every start then says what is wrong with it."""
        sys.path.insert(0, self.root)
        from fibrocheck.content import baking
        from fibrocheck.content.problems import ContentError
        from fibrocheck.content.source_file import SHIPPED

        target = baking.module_in(self.root)
        is_editable = version == "editable"
        self._folder = tempfile.TemporaryDirectory()
        module = target if is_editable else os.path.join(self._folder.name, os.path.basename(target))
        try:
            baking.bake(os.path.join(self.root, SHIPPED), module)
        except (ContentError, OSError) as error:  # an editable install may not be writable
            self.app.display_warning(f"{SHIPPED} is not baked: {error}")
            return
        if not is_editable:
            build_data["force_include"][module] = os.path.relpath(target, self.root)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only for the build."""
        del version, build_data, artifact_path
        self._folder.cleanup()
