"""The routes: pure functions from the state to the next node. Stop rules live here, and no agent has a say in them."""

from langgraph.runtime import get_runtime
from langgraph.types import Send

from director.context import Studio
from director.state import EpisodeState
from episodes.cut import CARDS
from episodes.notes import Remedy
from episodes.script import Scene

REMEDIES: tuple[Remedy, ...] = ("rewrite", "revoice", "reshoot", "recut")
"""From the most far-reaching to the least: a pass begins as early as its notes demand."""


def _studio() -> Studio:
    return get_runtime(Studio).context


def from_start(state: EpisodeState) -> str | list[Send]:
    """Begin with the sources, or, after a person's change, with the scenes."""
    return each_scene(state) if state["entry"] == "scenes" else "read_sources"


def each_scene(state: EpisodeState) -> list[Send]:
    """Send every scene to be spoken and planned. A script has at least one scene, so this is never empty."""
    scenes = _studio().episode(state["revision"]).the_script.scenes
    return [Send("prepare_scene", _branch(state, scene)) for scene in scenes]


def _branch(state: EpisodeState, scene: Scene) -> dict[str, str]:
    return {"revision": state["revision"], "stage": state["stage"], "scene": scene.id}


def after_script(state: EpisodeState) -> str | list[Send]:
    """Revise while the checker finds something and rounds are left; then approve, stop or go on to the scenes."""
    settings = _studio().settings
    if state["pending"] and state["rounds"] < settings.check_rounds:
        return "revise_script"
    if settings.stop_at == "script":
        return "finish_episode"
    if settings.approve and not state["approved"]:
        return "approve_script"
    return each_scene(state)


def after_approval(state: EpisodeState) -> str | list[Send]:
    """Go on to the scenes when the person said yes."""
    return each_scene(state) if state["approved"] else "finish_episode"


def after_shots(state: EpisodeState) -> str:
    """Revise while the checker finds something and rounds are left; then cut."""
    if state["pending"] and state["rounds"] < _studio().settings.check_rounds:
        return "revise_shots"
    return "lay_cut"


def after_cut(state: EpisodeState) -> str | list[Send]:
    """Send every clip to be shot and every scene to be scored and sounded. A cut always holds two cards at least.

    A radio play has nothing to shoot; its scenes alone are sent, of which there is always one.
    """
    studio = _studio()
    if studio.settings.stop_at == "shots":
        return "finish_episode"
    episode = studio.episode(state["revision"])
    common = {"revision": state["revision"], "stage": state["stage"]}
    clips = [clip.media for _, clip in episode.the_cut.track("V1").placed()]
    scenes = [*(scene.id for scene in episode.the_script.scenes), *(card for card in CARDS if card in clips)]
    shot = [] if studio.settings.audio_only else clips
    return [Send("shoot", {**common, "media": media}) for media in shot] + [
        Send("sound_scene", {**common, "scene": scene}) for scene in scenes
    ]


def after_review(state: EpisodeState) -> str:
    """Answer the notes while passes are left; then go on to the final takes, or to the end."""
    studio = _studio()
    if state["pending"] and state["pass_number"] < studio.passes:
        return most_upstream(tuple(note.remedy for note in studio.notes(state["pending"])))
    seen = not studio.settings.audio_only and studio.settings.stop_at != "animatic"
    if state["stage"] == "animatic" and studio.belt.has_final_camera and seen:
        return "shoot_finals"
    return "approve_cut" if studio.settings.approve else "finish_episode"


def most_upstream(remedies: tuple[Remedy, ...]) -> str:
    """Return the node of the most far-reaching remedy."""
    return next((remedy for remedy in REMEDIES if remedy in remedies), "finish_episode")
