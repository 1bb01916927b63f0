"""Where a rule or a fact is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision or a source, such as `UN Charter, Art. 27(3)`.

    `seen` is false where the fact is general knowledge that was not read at a source;
    everything printed from it says so.
    """

    text: str
    seen: bool = True

    def __str__(self) -> str:
        return self.text if self.seen else f"{self.text} (not seen at a source)"
