"""Build hook: put the data files into the wheel, with a snapshot of them for a fast start.

The snapshot (`unvote/_snapshot/*.pickle`) is members.yaml and bodies/, read and resolved. Only a
wheel has it: there it cannot fall behind the files it was made from. A checkout reads its data
files each time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Run apart from the build: no module of the program stays loaded in it, and with a fixed hash seed
# the same data give the same bytes.
WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from unvote.world.shipping import write
write(Path(sys.argv[2]))
"""


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel ("standard") or an editable installation ("editable") is built."""

    _folder: tempfile.TemporaryDirectory[str]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data files and their snapshot to a wheel."""
        if version != "standard":
            return
        build_data["force_include"].update(self.config["data"])  # stops where one is missing
        self._folder = tempfile.TemporaryDirectory()
        self._write_snapshot(Path(self._folder.name))
        build_data["force_include"][self._folder.name] = "unvote/_snapshot"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary snapshot."""
        if version == "standard":
            self._folder.cleanup()

    def _write_snapshot(self, target: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(Path(self.root, "src")), str(target)],
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            self.app.abort(f"The snapshot could not be written:\n{done.stderr}")
