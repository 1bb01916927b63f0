"""Build hook: put the data files into the wheel, and compile the registry's snapshot.

The snapshot (`src/unvote/_snapshot/*.pickle`) is a cache of members.yaml and bodies/, keyed by
their digest. A wheel must have it. An editable installation works without, only slower to start,
so there a failure is a warning: data files may be wrong while somebody edits them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Run apart from the build: no module of the program stays loaded in it, and with a fixed hash seed
# the same data give the same bytes.
WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from unvote.loading.snapshot import write
write(Path(sys.argv[2]))
"""


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel ("standard") or an editable installation ("editable") is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data files to a wheel, and write the snapshot for both."""
        data: dict[str, str] = self.config["data"]
        if version == "standard":
            build_data["force_include"].update(data)  # the build stops where one is missing
        missing = [name for name in data if not Path(self.root, name).exists()]
        if missing:
            self.app.display_warning(f"No snapshot: {', '.join(missing)} not found")
        else:
            self._write_snapshot(required=version == "standard")

    def _write_snapshot(self, *, required: bool) -> None:
        source = Path(self.root, "src")
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(source), str(source / "unvote" / "_snapshot")],
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return
        message = f"The snapshot could not be written:\n{done.stderr}"
        if required:
            self.app.abort(message)
        self.app.display_warning(message)
