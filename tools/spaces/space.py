"""A Space asked for something: found, woken, mapped, submitted, waited for, fetched. All purposes go through here."""

import contextlib
import dataclasses
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import JsonValue

from episodes.errors import BackendDown, MediaBroken, RequestRejected, ToolError, TransientToolError
from episodes.value import digest
from tools.protocols import Call, Readiness, ToolSettings
from tools.spaces import listening, queue
from tools.spaces.connection import Connection, connect, is_address
from tools.spaces.description import Endpoint, Parameter
from tools.spaces.failures import EventGone, FailedInside, NoMedia, ParametersRefused, SchemaChanged, no_media
from tools.spaces.hub import RUNNING, look_up
from tools.spaces.mapping import Mapping as SpaceMapping
from tools.spaces.mapping import described_mapping, guesses, mapped
from tools.spaces.memory import Learned, SpaceMemory, difference, stretched
from tools.spaces.options import SpaceOptions, options
from tools.spaces.submission import Submission, submission
from tools.spaces.unwrapping import Reference, addresses, inline, references
from tools.spaces.values import arguments
from tools.spaces.wishes import FileRole, Purpose, Wish

_FRESH_SECONDS = 300.0
"""How long a connection is used before the Space is asked again how it is."""
_SHORT_SECONDS = 15.0
"""Deadline for looking at a Space while a person waits for an answer about it."""
_WANTED: Mapping[Purpose, str] = {"video": "a video", "voice": "speech", "music": "music"}


class Space:
    """One Space, or its duplicates, for one purpose. Holds nothing but what it can find out again."""

    def __init__(self, settings: ToolSettings, purpose: Purpose) -> None:
        """Read the settings and reach nothing. Raises `BackendUnavailable` for settings that can't be used."""
        self.options: SpaceOptions = options(settings, purpose)
        self.purpose: Purpose = purpose
        self.memory = SpaceMemory(settings.home)
        self._token = settings.key("huggingface")
        self._connections: dict[str, tuple[float, Connection]] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Its name in records: `space:owner/name`."""
        return f"space:{self.options.space}"

    @contextlib.contextmanager
    def asked(self, wish: Wish, files: Mapping[FileRole, Path], call: Call) -> Iterator[Path]:
        """Yield the file that a Space made of a wish; it is gone when the block ends. It is untrusted media.

        The first place that can is asked; a duplicate stands in for one that is down, full or out of quota. Raises
        `BackendDown` or `TransientToolError` when none can, and what the app's refusal stands for.
        """
        notes: list[Submission] = []

        def remember(remote_id: str) -> None:
            notes.append(Submission.model_validate_json(remote_id))
            call.remember(remote_id)

        with tempfile.TemporaryDirectory(prefix="space-") as folder:
            try:
                yield self._made(wish, files, dataclasses.replace(call, remember=remember), Path(folder))
            except (MediaBroken, RequestRejected):
                # What came is of no use: there is nothing to take up, and the next attempt submits anew.
                last = notes[-1] if notes else submission(call.remote_id)
                if last is not None:
                    call.remember(_over(last).remote_id)
                raise
        self._settle(notes, with_clip="clip" in wish.files)
        self._forgotten(notes)

    def _made(self, wish: Wish, files: Mapping[FileRole, Path], call: Call, folder: Path) -> Path:
        earlier = submission(call.remote_id)
        if earlier is not None and earlier.space in self.options.places:
            try:
                return self._taken_up(earlier, wish, call, folder)
            except EventGone:
                # It ended with whoever asked, or its app was restarted: ask anew, once.
                pass
        failures: list[ToolError] = []
        for place in self.options.places:
            try:
                return self._asked_at(place, wish, files, call, folder)
            except (BackendDown, TransientToolError) as error:
                failures.append(error)
        # One that is only busy for a moment is worth trying again, even where another is down for long.
        raise next((error for error in failures if isinstance(error, TransientToolError)), failures[0])

    def _taken_up(self, earlier: Submission, wish: Wish, call: Call, folder: Path) -> Path:
        connection = self._connected(earlier.space)
        mapping = self._mapping_of(connection, earlier.index, with_clip="clip" in wish.files)
        if earlier.answer is not None:
            return self._fetched(connection, mapping, list(earlier.answer), folder)
        return self._waited_for(connection, mapping, earlier, call, folder)

    def _asked_at(self, place: str, wish: Wish, files: Mapping[FileRole, Path], call: Call, folder: Path) -> Path:
        for again in (False, True):
            connection = self._connected(place, anew=again)
            try:
                return self._asked_once(connection, wish, files, call, folder)
            except EventGone as error:
                raise TransientToolError(f"{place} lost our call: it was probably restarted.") from error
            except SchemaChanged as error:
                if again:
                    raise BackendDown(f"{str(error).rstrip('.')}, though it was mapped anew.") from error
            except (TransientToolError, RequestRejected):
                # An app that was given what another version of it took may say anything, or nothing at all.
                if again or not self._has_changed(connection):
                    raise
        raise AssertionError("the second attempt returns or raises")

    def _asked_once(
        self, connection: Connection, wish: Wish, files: Mapping[FileRole, Path], call: Call, folder: Path
    ) -> Path:
        with_clip = "clip" in wish.files
        mapping = self.mapping(connection, with_clip=with_clip)
        try:
            return self._asked_so(connection, mapping, wish, files, call, folder)
        except (ParametersRefused, FailedInside, NoMedia):
            # The app may have been misunderstood; once anything has worked there, it was not.
            for guess in self._other_guesses(connection, mapping, with_clip=with_clip):
                with contextlib.suppress(ParametersRefused, FailedInside, NoMedia, SchemaChanged):
                    path = self._asked_so(connection, guess, wish, files, call, folder)
                    self._keep(connection.space, with_clip, mapping=guess)
                    return path
            raise

    def _asked_so(
        self,
        connection: Connection,
        mapping: SpaceMapping,
        wish: Wish,
        files: Mapping[FileRole, Path],
        call: Call,
        folder: Path,
    ) -> Path:
        submitted = self._submitted(connection, mapping, wish, files)
        # On disk before anybody waits: whoever comes after a crash asks for this one.
        call.remember(submitted.remote_id)
        return self._waited_for(connection, mapping, submitted, call, folder)

    def _other_guesses(
        self, connection: Connection, first: SpaceMapping, *, with_clip: bool
    ) -> tuple[SpaceMapping, ...]:
        """Return other ways to ask a Space with which nothing has ever worked; they are tried but once."""
        learned = self.memory.find(connection.space, self.purpose, with_clip=with_clip)
        if learned is None or learned.settled:
            return ()
        self._keep(connection.space, with_clip, settled=True)
        known = guesses(connection.api, self.purpose, self.options.hints, with_clip=with_clip)
        return tuple(guess for guess in known if guess.slots != first.slots or guess.index != first.index)

    def _settle(self, notes: list[Submission], *, with_clip: bool) -> None:
        for note in notes[-1:]:
            self._keep(note.space, with_clip, settled=True)

    def _keep(self, space: str, with_clip: bool, **learned: object) -> None:
        before = self.memory.find(space, self.purpose, with_clip=with_clip)
        if before is not None and any(getattr(before, name) != value for name, value in learned.items()):
            self.memory.keep(before.model_copy(update=learned), with_clip=with_clip)

    def _has_changed(self, connection: Connection) -> bool:
        """Return whether a Space describes itself otherwise than when it was connected to."""
        try:
            fresh = connect(connection.space, self.options.hub, self._token, _SHORT_SECONDS)
        except ToolError:
            return False
        return fresh.api.digest != connection.api.digest

    def _submitted(
        self, connection: Connection, mapping: SpaceMapping, wish: Wish, files: Mapping[FileRole, Path]
    ) -> Submission:
        endpoint = connection.endpoint(mapping.index)
        data: list[JsonValue] = []
        for argument, parameter in zip(arguments(mapping, endpoint, wish), endpoint.parameters, strict=True):
            if argument.file is None:
                data.append(argument.value)
                continue
            sent = _wrapped(queue.upload(connection, files[argument.file]), files[argument.file], parameter)
            both = argument.value if parameter.kind == "message" else None
            data.append({**both, "files": [sent]} if isinstance(both, dict) else sent)
        ticket = queue.join(connection, endpoint.index, data)
        return Submission(space=connection.space, index=endpoint.index, session=ticket.session, event=ticket.event)

    def _waited_for(
        self, connection: Connection, mapping: SpaceMapping, submitted: Submission, call: Call, folder: Path
    ) -> Path:
        try:
            answer = self._answer(connection, submitted)
        except EventGone:
            raise
        except ToolError:
            call.remember(_over(submitted).remote_id)
            raise
        call.remember(submitted.model_copy(update={"answer": tuple(answer)}).remote_id)
        return self._fetched(connection, mapping, answer, folder)

    def _answer(self, connection: Connection, submitted: Submission) -> list[JsonValue]:
        seconds, events = self.options.wait_seconds, self._events
        try:
            if events is None:
                return queue.result(connection, submitted.ticket, seconds)
            return listening.awaited(connection, submitted.ticket, seconds, events)
        except BackendDown:
            queue.give_up(connection, submitted.index, submitted.ticket)
            raise

    @property
    def _events(self) -> Path | None:
        """Folder of the answers that are waited for by processes of their own; None to wait here."""
        outlive = self.purpose != "voice" if self.options.outlive is None else self.options.outlive
        return self.memory.folder / "events" if outlive and self.memory.folder is not None else None

    def _forgotten(self, notes: list[Submission]) -> None:
        if self._events is not None and self._events.is_dir():
            for note in notes[-1:]:
                listening.forget(self._events, note.ticket)

    def _fetched(self, connection: Connection, mapping: SpaceMapping, answer: list[JsonValue], folder: Path) -> Path:
        found = references(answer, mapping.result, self.purpose)
        if not found:
            raise no_media(connection.space, _WANTED[self.purpose])
        return self._downloaded(connection, found[0], folder)

    def _downloaded(self, connection: Connection, reference: Reference, folder: Path) -> Path:
        most = self.options.most_megabytes << 20
        raw = inline(reference)
        if raw is None:
            *others, last = addresses(connection, reference)
            for address in others:
                with contextlib.suppress(MediaBroken):
                    return queue.download(connection, address, folder, most, self.options.wait_seconds)
            return queue.download(connection, last, folder, most, self.options.wait_seconds)
        out = folder / "answer"
        out.write_bytes(raw)
        return out

    def _connected(self, place: str, *, anew: bool = False, seconds: float | None = None) -> Connection:
        with self._lock:
            at, known = self._connections.get(place, (0.0, None))
            if known is not None and not anew and time.monotonic() - at < _FRESH_SECONDS:
                return known
        made = connect(place, self.options.hub, self._token, seconds or self.options.wait_seconds)
        with self._lock:
            self._connections[place] = (time.monotonic(), made)
        return made

    def mapping(self, connection: Connection, *, with_clip: bool = False) -> SpaceMapping:
        """Return the kept mapping of a Space, or a new one where its description or our settings changed.

        Raises `BackendUnavailable` when no endpoint does what is wanted.
        """
        hints = self.options.hints
        before = self.memory.find(connection.space, self.purpose, with_clip=with_clip)
        if before is not None and before.api.digest == connection.api.digest and before.hints == hints:
            return before.mapping
        made = mapped(connection.api, self.purpose, hints, with_clip=with_clip)
        learned = Learned(space=connection.space, api=connection.api, hints=hints, mapping=made)
        changed = difference(before, learned) if before is not None else ""
        self.memory.keep(learned.model_copy(update={"remapped": changed}), with_clip=with_clip)
        return made

    def _mapping_of(self, connection: Connection, index: int, *, with_clip: bool) -> SpaceMapping:
        """Return the way of asking by which an endpoint was asked that may not be the likeliest."""
        kept = self.mapping(connection, with_clip=with_clip)
        if kept.index == index:
            return kept
        known = guesses(connection.api, self.purpose, self.options.hints, with_clip=with_clip)
        return next((guess for guess in known if guess.index == index), kept)

    def learn_length(self, real: float, wish: Wish, *, with_clip: bool) -> None:
        """Keep how much more must be asked for than is wanted, from the seconds that a clip really lasts.

        It is learned once. An app whose next clip shows that its lengths do not follow what is asked is taken as it is.
        """
        for place in self.options.places:
            learned = self.memory.find(place, self.purpose, with_clip=with_clip)
            if learned is None or self.options.seconds_unit is not None:
                continue
            new = stretched(learned, real, wish)
            if new is not None:
                mapping = learned.mapping.model_copy(update={"stretch": new})
                self._keep(place, with_clip, mapping=mapping, stretched=True)

    def learn_rate(self, rate: float, *, with_clip: bool) -> None:
        """Keep at how many frames a second an app that counts frames really runs; until one came, it was a guess."""
        for place in self.options.places:
            learned = self.memory.find(place, self.purpose, with_clip=with_clip)
            guess = None if learned is None or self.options.fps is not None else learned.mapping.rate
            if learned is None or guess is None or learned.mapping.takes("fps") or abs(guess - rate) < 0.5:
                continue
            mapping = learned.mapping.model_copy(update={"rate": rate})
            self.memory.keep(learned.model_copy(update={"mapping": mapping}), with_clip=with_clip)

    def known(self, *, with_clip: bool = False, reach: bool = False) -> tuple[SpaceMapping, Endpoint] | None:
        """Return what was learned of it before, or with `reach` what a short look finds out; None for neither."""
        learned = self.memory.find(self.options.space, self.purpose, with_clip=with_clip)
        if learned is not None and learned.hints == self.options.hints:
            found = next((each for each in learned.api.endpoints if each.index == learned.mapping.index), None)
            if found is not None:
                return learned.mapping, found
        if not reach:
            return None
        try:
            connection = self._connected(self.options.space, seconds=_SHORT_SECONDS)
            mapping = self.mapping(connection, with_clip=with_clip)
        except ToolError:
            return None
        return mapping, connection.endpoint(mapping.index)

    def readiness(self) -> Readiness:
        """Return whether it could work now, without waking it or making anything."""
        try:
            if not is_address(self.options.space):
                stage = look_up(self.options.space, self.options.hub, self._token).stage
                if stage not in RUNNING:
                    return Readiness(
                        stage in ("SLEEPING", "BUILDING", "APP_STARTING"), f"{self.name} is {stage.lower()}."
                    )
            connection = self._connected(self.options.space, anew=True, seconds=_SHORT_SECONDS)
            mapping = self.mapping(connection)
        except ToolError as error:
            return Readiness(False, str(error))
        return Readiness(True, f"{self.name} runs; it is asked at {mapping.endpoint or mapping.index}.")

    def describe(self) -> str:
        """Return its mapping as a table for a person. Raises what connecting raises."""
        connection = self._connected(self.options.space, anew=True, seconds=self.options.wait_seconds)
        parts: list[str] = []
        shown: set[str] = set()
        for with_clip in (False, True):
            mapping = self.mapping(connection, with_clip=with_clip)
            if digest(mapping) in shown:
                continue
            shown.add(digest(mapping))
            learned = self.memory.find(connection.space, self.purpose, with_clip=with_clip)
            parts.append(described_mapping(connection.space, mapping))
            if learned is not None and learned.remapped:
                parts.append(f"mapped anew, because its description changed: {learned.remapped}")
        return "\n\n".join(parts)


def _over(submitted: Submission) -> Submission:
    """Return a submission that nobody need take up."""
    return submitted.model_copy(update={"over": True, "answer": None})


def describe(settings: ToolSettings, purpose: Purpose) -> str:
    """Return how our request is mapped to a Space, for `main.py backends describe owner/space`."""
    return Space(settings, purpose).describe()


def _wrapped(path: str, file: Path, parameter: Parameter) -> JsonValue:
    """Return an uploaded file as a parameter takes it."""
    data: dict[str, JsonValue] = {"path": path, "orig_name": file.name, "meta": {"_type": "gradio.FileData"}}
    if parameter.kind == "gallery":
        return [{"image": data, "caption": None}]
    match parameter.wrap:
        case "video":
            return {"video": data, "subtitles": None}
        case "composite":
            return {"background": data, "layers": [], "composite": data}
        case "list":
            return [data]
        case _:
            return data
