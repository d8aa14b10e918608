"""Zip archives of XML, as word processors write them, opened without trust in what they claim of themselves."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree
from xml.parsers import expat

from pcc_assess.errors import InputError
from pcc_assess.limits import Limits

_CHUNK = 1 << 16


class Archive:
    """The parts of a zip file; all that is unpacked is counted, so that a small file cannot grow without end.

    Raises:
        InputError: from every method, where the file is damaged, locked or unpacks to too much.
    """

    def __init__(self, data: bytes, source: str, kind: str, limits: Limits) -> None:
        self.source = source
        self.kind = kind
        self.limits = limits
        self.unpacked = 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self.zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.damaged() from error
        if len(self.names) > limits.members:
            raise limits.exceeded("members", source)

    def damaged(self) -> InputError:
        """The refusal of a damaged file."""
        return InputError(
            f"the {self.kind} file is damaged", where=self.source, hint="save it again, or save it as PDF"
        )

    def part(self, name: str) -> bytes:
        """The bytes of one part; empty where there is none of that name."""
        if name not in self.names:
            return b""
        chunks: list[bytes] = []
        size = 0
        try:
            with self.zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self.unpacked += len(chunk)
                    if size > self.limits.bytes("stream_mb"):
                        raise self.limits.exceeded("stream_mb", self.source)
                    if self.unpacked > self.limits.bytes("archive_mb"):
                        raise self.limits.exceeded("archive_mb", self.source)
                    chunks.append(chunk)
        except RuntimeError as error:
            hint = "save a copy without the password and hand in that"
            raise InputError(f"the {self.kind} file is locked with a password", where=self.source, hint=hint) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise self.damaged() from error
        return b"".join(chunks)

    def xml(self, name: str) -> ElementTree.Element | None:
        """One part as XML, None where there is none. A document type is refused, since it can hold entities that
        explode.
        """
        data = self.part(name)
        if not data:
            return None
        return parse_xml(data, self.damaged(), self.limits)


def parse_xml(data: bytes, refusal: InputError, limits: Limits) -> ElementTree.Element:
    """The root of an XML text without a document type; ``refusal`` is raised for any other."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise limits.exceeded("depth", refusal.where)
        builder.start(name.rsplit("}", 1)[-1], {key.rsplit("}", 1)[-1]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rsplit("}", 1)[-1])

    def doctype(*_: object) -> None:
        raise refusal

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise refusal from error
