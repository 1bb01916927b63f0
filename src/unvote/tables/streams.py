"""The bytes of a table in whole lines of UTF-8, unpacked, with a checksum of the file as it is."""

import codecs
from collections.abc import Iterator
from os import fstat
from typing import Any, BinaryIO, Final

from unvote.diagnostics import Level, Problem
from unvote.tables.troubles import Troubles

SIZE: Final = 1 << 18
"""Bytes read at once."""
UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Stream:
    """A file read once from beginning to end.

    `sha256` is of the file's own bytes, packed or not, complete after the last block; `read` and
    `size` are numbers of bytes, for a progress bar.
    """

    def __init__(self, file: str, troubles: Troubles) -> None:
        import hashlib  # noqa: PLC0415 - costs time at start

        self.file, self.troubles = file, troubles
        self.read, self.size = 0, 0
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The checksum of what was read so far."""
        return self._hash.hexdigest()

    def blocks(self) -> Iterator[bytes]:
        """Blocks of whole lines in UTF-8, each ended by a newline but for the last."""
        left = b""
        for block in self._decoded():
            cut = block.rfind(b"\n") + 1
            if not cut:
                left += block
                continue
            yield b"".join((left, memoryview(block)[:cut]))
            left = block[cut:]
        if left:
            yield left

    def _decoded(self) -> Iterator[bytes]:
        """Blocks in UTF-8 whatever the file is in."""
        first, decoder = True, None
        for block in self._unpacked():
            raw = block
            if first:
                first = False
                name = UTF16.get(raw[:2])
                if name is not None:
                    decoder = codecs.getincrementaldecoder(name)("replace")
                    hint = "save it as UTF-8 to be spared this remark"
                    message = "the file is in UTF-16; it was read as such"
                    self.troubles.tell(Problem("UV602", message, (), hint, Level.WARNING))
                    raw = raw[2:]
                raw = raw.removeprefix(codecs.BOM_UTF8)
            yield raw if decoder is None else decoder.decode(raw).encode()
        if decoder is not None and decoder.getstate()[0]:
            self._broken(EOFError("it ends within a character"))

    def _unpacked(self) -> Iterator[bytes]:
        """Blocks of the table itself; what is told where the file ends too early (UV601)."""
        try:
            with open(self.file, "rb") as stream:  # noqa: PTH123 - pathlib costs time at start
                self.size = fstat(stream.fileno()).st_size
                yield from self._through(stream)
        except (OSError, ValueError, EOFError) as error:
            self._broken(error)

    def _through(self, stream: BinaryIO) -> Iterator[bytes]:
        start = stream.read(SIZE)
        unpack = _unpacker(start)
        while start:
            self.read += len(start)
            self._hash.update(start)
            yield start if unpack is None else unpack.decompress(start)
            while unpack is not None and unpack.eof and (rest := unpack.unused_data):
                unpack = _unpacker(rest)
                if unpack is None:
                    raise EOFError("something else follows the packed data")
                yield unpack.decompress(rest)
            start = stream.read(SIZE)
        if unpack is not None and not unpack.eof:
            raise EOFError("the packed data end too early")

    def _broken(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error) or "it cannot be unpacked"
        if not self.read:
            message = f"cannot read this file: {reason}"
            self.troubles.tell(Problem("UV113", message, (), "check the path"))
            return
        hint = "fetch the file again; what came before this was read"
        self.troubles.tell(Problem("UV601", f"the file is damaged: {reason}", (), hint))


def _unpacker(start: bytes) -> Any:
    """What unpacks a file that begins so; nothing where it is not packed."""
    if start.startswith(b"\xfd7zXZ\x00"):
        import lzma  # noqa: PLC0415 - only for a packed file

        return _Checked(lzma.LZMADecompressor(), lzma.LZMAError)
    if start.startswith(b"\x1f\x8b"):
        import zlib  # noqa: PLC0415 - only for a packed file

        return _Checked(zlib.decompressobj(wbits=31), zlib.error)
    return None


class _Checked:
    """An unpacker whose errors are those of a damaged file."""

    def __init__(self, inner: Any, error: type[Exception]) -> None:
        self._inner, self._error = inner, error

    @property
    def eof(self) -> bool:
        """Whether the packed data are complete."""
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        """What follows them."""
        return bytes(self._inner.unused_data)

    def decompress(self, packed: bytes) -> bytes:
        """The data of one block."""
        try:
            return b"" if self._inner.eof else bytes(self._inner.decompress(packed))
        except self._error as error:
            raise EOFError(f"the packed data are broken ({error})") from error
