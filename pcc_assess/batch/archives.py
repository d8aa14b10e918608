"""Zip files whose members are candidates. Nothing is unpacked to the disk, and nothing is believed of what a zip file
says of itself: members are counted, and their bytes while they are unpacked.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pcc_assess.disk import open_input
from pcc_assess.errors import InputError, PccError
from pcc_assess.limits import Limits

_PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar")
_CHUNK = 1 << 16
_LOCKED = 0x1
# The record at the end of a zip file: its mark, number of members, size of the list of members.
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 1 << 16
_END_64 = b"PK\x06\x07"
_LONGEST_LIST = 4_000_000  # bytes; 2,000 members with the longest sensible names
_HINT = "make the zip file again, or give the files themselves"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip file: its name in there, unique, and its bytes or why it was refused."""

    name: str
    data: bytes = b""
    refusal: PccError | None = None


def read_archive(path: str, where: str, limits: Limits) -> Iterator[Member]:
    """The members in the order of their names.

    Raises:
        InputError: it is no zip file, damaged, or beyond a limit.
    """
    with open_input(path) as file:
        _check_list(file, where, limits)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise InputError("the zip file is damaged", where=where, hint=_HINT) from error
        with archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > limits.members:
                raise limits.exceeded("members", where)
            yield from _members(archive, sorted(infos, key=lambda info: info.filename), where, limits)


def _check_list(file: BinaryIO, where: str, limits: Limits) -> None:
    """Look at the end of the file first: a list of millions of members is not even loaded."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - 20))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise InputError("this is no zip file, or it is cut off", where=where, hint=_HINT)
    if _END_64 in tail[max(0, place - 20) : place]:
        raise limits.exceeded("members", where)  # a form for archives that are far larger
    members, length = struct.unpack_from("<HI", tail, place + 10)
    if members > limits.members or length > _LONGEST_LIST:
        raise limits.exceeded("members", where)


def _members(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], where: str, limits: Limits) -> Iterator[Member]:
    left = limits.bytes("archive_mb")
    names: dict[str, int] = {}
    for info in infos:
        count = names[info.filename] = names.get(info.filename, 0) + 1
        name = info.filename if count == 1 else f"{info.filename} ({count})"
        refusal = _refusal(info)
        if refusal is not None:
            yield Member(name, refusal=refusal)
            continue
        try:
            data = _unpacked(archive, info, min(left, limits.bytes("member_mb")))
        except InputError as error:
            yield Member(name, refusal=error)
            continue
        left -= len(data)
        if left < 0:
            yield Member(name, refusal=limits.exceeded("archive_mb", where))
            raise limits.exceeded("archive_mb", where)
        if len(data) > limits.bytes("member_mb"):
            yield Member(name, refusal=limits.exceeded("member_mb", where))
        else:
            yield Member(name, data)


def _refusal(info: zipfile.ZipInfo) -> InputError | None:
    """Why a member is not even unpacked."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.create_system == 3 and kind and kind != stat.S_IFREG:
        return InputError("this is a link or a special file", hint="put the file itself into the zip file")
    if info.flag_bits & _LOCKED:
        return InputError("the file is locked with a password", hint="make the zip file again without a password")
    if info.filename.lower().endswith(_PACKED):
        return InputError("this is a packed file inside a packed file", hint="unpack it, and give the files in it")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return InputError("the file is packed in a way that is not read", hint=_HINT)
    return None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member, up to one chunk more than ``most``."""
    data = bytearray()
    try:
        with archive.open(info) as stream:
            while len(data) <= most and (chunk := stream.read(_CHUNK)):
                data += chunk
    except RuntimeError as error:
        raise InputError("the file is locked with a password", hint=_HINT) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error) as error:
        raise InputError("the file is damaged in the zip file", hint=_HINT) from error
    return bytes(data)
