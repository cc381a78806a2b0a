"""What was learnt, kept between starts: named arrays in a file that is mapped, not read.

What is kept is only ever a copy: without it, or when it cannot be read, one learns again.
"""

import contextlib
import fcntl
import hashlib
import mmap
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import Stemmer

from knowledge import PACKAGED

_Learnt = TypeVar("_Learnt")

_KEPT = 4
"""Files left in a folder, those used last: an editor goes back and forth between a few versions of the content."""

_DRAFT_SECONDS = 3600  # after which a draft is one that nobody writes any more
_CHECKSUM_BYTES = 4

Arrays = Mapping[str, np.ndarray[Any, Any]]


def kept_arrays(folder: Path, name: str, are_sound: Callable[[Arrays], bool]) -> Arrays | None:
    """The arrays kept under this name, None without a file that is as it was written, and `are_sound`.

    The file is mapped: only what is used stays in memory, and the system may take it back.
    """
    try:
        with _opened(folder / f"{name}.npy") as file:
            if not _is_whole(file):
                return None
            with contextlib.suppress(OSError):
                os.utime(file.fileno())  # what is used is not forgotten
            mapped, record = _mapped(file)
        arrays = {key: record[key] for key in record.dtype.names or ()}
        if not are_sound(arrays):
            return None
        mapped.madvise(mmap.MADV_DONTNEED)  # what was only looked at
        return arrays
    except (OSError, ValueError, KeyError):
        return None


def is_kept(folder: Path, name: str) -> bool:
    """Whether there is a file under this name, whatever it holds."""
    return (folder / f"{name}.npy").exists()


def name_of(learnt_from: object) -> str:
    """The name under which what is learnt is kept: it changes with what it is learnt from, and with what learns.

    `learnt_from`: texts, numbers, models, lists and tables of them; no set, which is not always in the same order.
    What else an editor changes, as a sentence that is only said, leaves what was learnt as good as it was.
    """
    return f"{hashlib.sha256(repr(learnt_from).encode()).hexdigest()[:16]}-{engine_version()}"


@cache
def engine_version() -> str:
    """Changes with the code, the word lists, the default texts and the libraries that a model depends on."""
    digest = hashlib.sha256(f"{np.__version__} {Stemmer.version()}".encode())
    knowledge = Path(__file__).parents[1]
    for path in sorted((*knowledge.rglob("*.py"), *knowledge.rglob("*.yaml"))):
        if PACKAGED not in path.parents:  # what is learnt from a content is named by it
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def is_index(array: "np.ndarray[Any, Any]", size: int, below: int) -> bool:
    """Whether these are `size` whole numbers, from zero to less than `below`."""
    is_whole = array.shape == (size,) and array.dtype.kind in "iu"
    return is_whole and (size == 0 or (int(array.min()) >= 0 and int(array.max()) < below))


def keep_arrays(arrays: Arrays, folder: Path, name: str) -> None:
    """Keep arrays under this name, and the others used last. Where nothing can be written, nothing is."""
    record = np.zeros((), [(key, array.dtype, array.shape) for key, array in arrays.items()])
    for key, array in arrays.items():
        record[key] = array
    draft = folder / f"{name}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("w+b") as file:
                np.save(file, record)
                file.write(_checksum(file, file.tell()))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(folder / f"{name}.npy")  # a reader sees all of it or nothing
        finally:
            draft.unlink(missing_ok=True)
        _forget_old(folder)


def found_or_learnt(
    folder: Path, find: Callable[[], _Learnt | None], learn: Callable[[], _Learnt], keep: Callable[[_Learnt], None]
) -> _Learnt:
    """What was kept in a folder, else what is learnt now and kept there; as it is found, where it is.

    What is found is a mapped file, without what learning left in memory.
    """
    if (found := find()) is not None:
        return found
    with _one_at_a_time(folder):
        if (found := find()) is not None:
            return found
        learnt = learn()
        keep(learnt)
        return find() or learnt


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Of two processes that would learn the same into a folder, the second finds what the first has learnt."""
    with contextlib.ExitStack() as opened:
        with contextlib.suppress(OSError):  # where nothing can be written, each learns for itself
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / "learning", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            opened.callback(os.close, lock)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_old(folder: Path) -> None:
    """Leave the files used last, and the drafts that another process may be writing."""
    ages = {path: path.stat().st_mtime for path in folder.glob("*.n*") if path.suffix in (".npy", ".npz", ".new")}
    drafts = [path for path in ages if path.suffix == ".new" and ages[path] < max(ages.values()) - _DRAFT_SECONDS]
    files = sorted((path for path in ages if path.suffix != ".new"), key=ages.__getitem__, reverse=True)
    for path in (*drafts, *files[_KEPT:]):
        path.unlink(missing_ok=True)


def _opened(path: Path) -> BufferedReader:
    """A file of this account's, not through a link: another's could make us read anything."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")
    if os.fstat(file.fileno()).st_uid != os.geteuid():
        file.close()
        raise PermissionError
    return file


def _mapped(file: BufferedReader) -> "tuple[mmap.mmap, np.ndarray[Any, Any]]":
    """The record of a whole file. Raises ValueError for one that holds none, or less than it says."""
    file.seek(0)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if dtype.hasobject:  # they would be unpickled
        raise ValueError
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return mapped, np.ndarray(shape, dtype, buffer=mapped, offset=file.tell())


def _is_whole(file: BufferedReader) -> bool:
    """Whether the file ends with the checksum of what precedes it: it was not damaged since."""
    size = file.seek(0, os.SEEK_END) - _CHECKSUM_BYTES
    return size > 0 and _checksum(file, size) == file.read()


def _checksum(file: BufferedIOBase, size: int) -> bytes:
    """Of the first `size` bytes, after which the file is left. In pieces: none of it stays in memory."""
    found, piece = 0, memoryview(bytearray(2**18))
    file.seek(0)
    while size > 0 and (read := file.readinto(piece[:size])):
        found = zlib.crc32(piece[:read], found)
        size -= read
    return found.to_bytes(_CHECKSUM_BYTES, "big")
