"""Where media stands: in the cache, shared by all episodes, and kept with the episode it was made for.

A finished artefact is a folder of files with a manifest. It is written beside its place, flushed and renamed, so it is
there wholly or not at all. The episode's own copy is a hard link where the disk allows it; either copy may be deleted.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from episodes.errors import MediaBroken, OutOfSpace
from episodes.results import Result
from episodes.tasks import Task
from episodes.value import Value, canonical, digest
from episodes.whole_file import replace_file
from tools import crash

RECIPES, STAND_INS = "recipes", "stand-ins"
"""Folders of the names of artefacts by recipe: of what was made as asked, and of what stands in for it."""
PRIVATE = frozenset({"fetch"})
"""Kinds of work whose files are somebody else's: they never lie in a show's folder, not even while they come in."""

_STALE_SECONDS = 86_400
"""Age after which a folder that a dead run left in the cache is removed."""


class StoredFile(Value):
    """One file of an artefact."""

    name: str
    bytes: int
    sha256: str


class Manifest(Value):
    """What lies beside an artefact's files."""

    label: str
    kind: str
    tool: str
    version: str
    request: str
    """Digest of the request alone."""
    content_key: str
    """Digest of request, tool and the *contents* that went in: equal inputs give one artefact, however planned."""
    files: tuple[StoredFile, ...]
    result: Result

    @property
    def content_hash(self) -> str:
        """Digest of what was made, whoever made it and when."""
        return digest(*self.files, self.result)


class Artefact(Value):
    """A finished piece of media at its place."""

    folder: Path
    manifest: Manifest

    @property
    def content_hash(self) -> str:
        """See `Manifest.content_hash`."""
        return self.manifest.content_hash

    @property
    def result(self) -> Result:
        """The tool's answer."""
        return self.manifest.result

    def file(self, name: str) -> Path:
        """Path of one of its files."""
        return self.folder / name


class Shelf:
    """The two places, seen as one."""

    def __init__(self, cache: Path, keep: Path | None = None, *, private: frozenset[str] = PRIVATE) -> None:
        """Look in `keep` (the episode's own) and in `cache`. Artefacts of `private` kinds go to the cache only."""
        self.cache, self.keep, self._private = cache, keep, private
        self._sound: dict[Path, tuple[int, ...]] = {}

    @property
    def _tiers(self) -> tuple[Path, ...]:
        return (self.keep, self.cache) if self.keep else (self.cache,)

    def find(self, recipe: str) -> Artefact | None:
        """Return the artefact made by this recipe, or None. A damaged one is removed and not returned."""
        for tier in self._tiers:
            for book in (RECIPES, STAND_INS):
                try:
                    name = (tier / book / recipe[:40]).read_text("utf-8").strip()
                except (FileNotFoundError, NotADirectoryError):
                    continue
                if (found := self._open(tier / name)) is not None:
                    return found
        return None

    def is_stand_in(self, recipe: str) -> bool:
        """Whether what `find` returns for a recipe is, or was made of, something that stands in for what it asks."""
        home = self._tiers[0]
        return (home / STAND_INS / recipe[:40]).exists() and not (home / RECIPES / recipe[:40]).exists()

    def forget_stand_ins(self) -> None:
        """Let every recipe that something stands in for be made anew."""
        shutil.rmtree(self._tiers[0] / STAND_INS, ignore_errors=True)

    def find_content(self, content_key: str) -> Artefact | None:
        """Return the artefact with this content key, or None."""
        for tier in self._tiers:
            for folder in sorted(tier.glob(f"*.{content_key[:16]}")):
                found = self._open(folder)
                if found is not None and found.manifest.content_key == content_key:
                    return found
        return None

    def kept(self, kind: str) -> Iterator[tuple[str, Artefact]]:
        """Yield recipe (its first 40 letters) and artefact of all of a kind that were ever made for this episode.

        Each artefact once; nothing where the shelf keeps nothing with an episode.
        """
        seen: set[str] = set()
        for book in (RECIPES, STAND_INS) if self.keep else ():
            for entry in sorted((self._tiers[0] / book).glob("*")):
                name = entry.read_text("utf-8").strip()
                found = None if name in seen else self._open(self._tiers[0] / name)
                if found is not None and found.manifest.kind == kind:
                    seen.add(name)
                    yield entry.name, found

    def scratch(self, kind: str = "") -> Path:
        """Return a new empty folder on the disk where a task of this kind is kept, for a tool to write into."""
        base = (self.cache if kind in self._private else self._tiers[0]) / "work"
        folder = base / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        return folder

    def sweep(self) -> None:
        """Remove what dead runs left half-made. Only the holder of the episode's lease may call this."""
        if self.keep:
            shutil.rmtree(self.keep / "work", ignore_errors=True)
        # Other runs may be at work in the cache.
        for left in (self.cache / "work").glob("*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)

    def commit(
        self, task: Task, content_key: str, folder: Path, result: Result, *, stands_in: bool = False
    ) -> Artefact:
        """Put a finished folder in its places. When this returns it survives a power cut.

        What was made of something that stands in (`stands_in`) answers its recipe in this episode alone. Raises
        `OutOfSpace` when the disk is full; what was there before is untouched.
        """
        try:
            manifest = Manifest(
                label=task.label,
                kind=task.kind,
                tool=task.tool.name,
                version=task.tool.version,
                request=digest(task.request),
                content_key=content_key,
                files=tuple(_stored(folder, path) for path in sorted(folder.rglob("*")) if path.is_file()),
                result=result,
            )
            (folder / "manifest.json").write_bytes(canonical(manifest))
            flush(folder)
            return self._place(task, manifest, folder, stands_in)
        except OSError as error:
            raise _told(error) from error

    def _place(self, task: Task, manifest: Manifest, folder: Path, stands_in: bool) -> Artefact:
        name = f"{task.label.replace(':', '-')}.{manifest.content_key[:16]}"
        home = self.cache if task.kind in self._private else self._tiers[0]
        final = _put(folder, home / name)
        crash.point("shelf.kept")
        if home != self.cache:
            share(final, self.cache / name)
        crash.point("shelf.cached")
        found = Artefact(folder=final, manifest=manifest)
        self.alias(task.key, found, stands_in=stands_in)
        return found

    def alias(self, recipe: str, found: Artefact, *, stands_in: bool = False) -> None:
        """Note that this recipe, too, leads to the artefact, and keep a copy of it with the episode.

        Where it only stands in for what the recipe asks, no other episode must find it by that recipe.
        """
        name = found.folder.name
        if stands_in:
            home = self._tiers[0]
            if not (home / name).exists():
                share(found.folder, home / name)
            replace_file(home / STAND_INS / recipe[:40], name.encode())
            return
        private = found.manifest.kind in self._private
        for tier in (self.cache,) if private else self._tiers:
            if not (tier / name).exists():
                share(found.folder, tier / name)
            replace_file(tier / RECIPES / recipe[:40], name.encode())

    def _open(self, folder: Path) -> Artefact | None:
        try:
            manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValidationError:
            shutil.rmtree(folder, ignore_errors=True)
            return None
        if all(self._is_sound(folder / file.name, file) for file in manifest.files):
            return Artefact(folder=folder, manifest=manifest)
        shutil.rmtree(folder, ignore_errors=True)
        return None

    def _is_sound(self, path: Path, stored: StoredFile) -> bool:
        try:
            status = path.stat()
        except FileNotFoundError:
            return False
        stamp = (status.st_size, status.st_mtime_ns, status.st_ino)
        if status.st_size != stored.bytes:
            return False
        # Read once per process: a later change of size, time or inode is read again.
        if self._sound.get(path) != stamp:
            if file_hash(path) != stored.sha256:
                return False
            self._sound[path] = stamp
        return True


def _stored(folder: Path, path: Path) -> StoredFile:
    return StoredFile(name=str(path.relative_to(folder)), bytes=path.stat().st_size, sha256=file_hash(path))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(folder: Path) -> None:
    """Bring a folder's files and its own entry to the disk."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_file() or path.is_dir():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _put(folder: Path, final: Path) -> Path:
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(final)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        # The same content was put there by another run in the meantime; one copy is enough.
        shutil.rmtree(folder, ignore_errors=True)
    return final


def share(folder: Path, other: Path) -> None:
    """Give `other` the same files, by hard links where the disk allows it, wholly or not at all."""
    if other.exists():
        return
    beside = other.parent / "work" / f"share-{uuid.uuid4().hex[:8]}"
    beside.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, beside, copy_function=link_or_copy)
    _put(beside, other)


def link_or_copy(source: str, target: str) -> None:
    """Hard-link a file, or copy it where links are not to be had."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copy2(source, target)


def _told(error: OSError) -> OutOfSpace | MediaBroken:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutOfSpace("The disk is full: free some room and run the same command again; finished work is kept.")
    return MediaBroken(f"A finished file could not be stored: {error}")
