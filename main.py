"""The command line: parse, check, call the director, print. What takes long to import is imported when it is needed."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from director.settings import Settings
    from episodes.brief import Brief

WELCOME = """\
Ten-Four makes episodes of a bodycam show that never happened.

  python main.py --theme "raccoon heist at a doughnut shop"

You get a film of about 90 seconds with voices, radio, music and captions, and everything that an
editor needs beside it. No key, no GPU and no network are needed. Three themes to begin with:

  python main.py --theme "a goose has locked itself in the mayor's car"
  python main.py --theme "somebody returns every shopping trolley in town, at once"
  python main.py --theme "the statue in the park has been issued a parking ticket"

  --source notes.md          make it about something (text, PDF, video, a folder, a link)
  --estimate                 say what it would take, and make nothing
  chat                       sit with a made episode and change it in words
  season                     a season by the folder: `python main.py season --help`
  backends                   what can make pictures, voices and music here, and what each lacks
  --help                     every option
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence."""
        self.exit(2, f"{message[0].upper()}{message[1:]}. (`python main.py --help` lists the options.)\n")


def parser() -> Parser:
    """Return the command line's own parser. It must import nothing: `--help` answers within 0.4 s."""
    made = Parser(prog="python main.py", description="Make an episode of a bodycam show that never happened.")
    made.add_argument("--theme", metavar="TEXT", help="what happens: a word, a sentence, a page")
    made.add_argument(
        "--source", metavar="SOURCE", action="append", default=[], help="a file, a folder or a link; repeatable"
    )
    made.add_argument("--minutes", type=float, default=1.5, help="running time, 0.5 to 10 (default 1.5)")
    made.add_argument("--show", metavar="NAME", default="Night Shift", help="the show it belongs to")
    made.add_argument("--seed", type=int, metavar="N", help="another number is another episode")
    made.add_argument("--title", help="its title; the writer finds one otherwise")
    made.add_argument("--tone", choices=("comedy", "tense", "deadpan"), default="comedy")
    made.add_argument("--mode", choices=("scene", "recap"), default="scene", help="a new scene, or the source retold")
    made.add_argument("--drift", type=float, default=0.4, metavar="0-1", help="0 close to the source, 1 a dream")
    made.add_argument("--language", default="en", metavar="TAG", help="language of the voices (default en)")
    made.add_argument("--format", choices=("wide", "vertical", "square", "proof"), default="wide")
    made.add_argument("--model", metavar="NAME", help="language model to ask; `none` goes by rules")
    made.add_argument("--passes", type=int, metavar="N", help="most passes of critique and recut (default 3)")
    made.add_argument("--approve", action="store_true", help="pause for your word after the script and the cut")
    made.add_argument("--estimate", action="store_true", help="say what it would take, and make nothing")
    made.add_argument("--stop-at", choices=("script", "shots", "animatic"), help="go no further than this")
    made.add_argument("--resume", action="store_true", help="go on where a run stopped; a pause counts as a yes")
    made.add_argument("--retry", action="store_true", help="ask back ends again for what others stood in for")
    made.add_argument("--again", action="store_true", help="make another episode of the same theme")
    made.add_argument("--sounds", type=Path, metavar="DIR", help="your own recordings, instead of made ones")
    made.add_argument("--footage", type=Path, metavar="DIR", help="clips that you own or have a licence for")
    made.add_argument("--audio-only", action="store_true", help="make a radio play (.m4a) and no picture")
    made.add_argument("--no-burn", action="store_true", help="captions beside the film only, not in its picture")
    made.add_argument(
        "--loudness", choices=("web", "broadcast", "streaming"), help="-16, -23 or -14 LUFS (default web)"
    )
    made.add_argument("--out", type=Path, metavar="DIR", help="folder of the shows")
    made.add_argument("--budget", type=float, metavar="PRICE", help="most that all calls may cost")
    made.add_argument("--json", action="store_true", help="print the outcome as JSON")
    return made


def backends_parser() -> Parser:
    """Return the parser of `python main.py backends`."""
    made = Parser(prog="python main.py backends", description="Say which back ends there are and what each lacks.")
    made.add_argument("what", nargs="?", default="list", choices=("list", "check", "describe"))
    made.add_argument("name", nargs="?", help="a back end by name, a Space as owner/name, or an address")
    made.add_argument("--kind", help="video, voice or music, where a name could be several")
    return made


def chat_parser() -> Parser:
    """Return the parser of `python main.py chat`."""
    made = Parser(
        prog="python main.py chat",
        description="Sit with an episode and change it in words; /help says what can be said.",
    )
    made.add_argument("episode", nargs="?", help="its folder, its film, S01E02 or a part of its title; else the last")
    made.add_argument("--say", metavar="TEXT", action="append", help="say this and leave; repeatable, @FILE for lines")
    made.add_argument("--yes", action="store_true", help="agree to whatever --say would have made")
    made.add_argument("--new", action="store_true", help="begin without an episode")
    made.add_argument("--model", metavar="NAME", help="language model to ask; `none` goes by rules")
    made.add_argument("--budget", type=float, metavar="PRICE", help="most that all calls may cost")
    made.add_argument("--audio-only", action="store_true", help="the radio play, not the film")
    made.add_argument("--out", type=Path, metavar="DIR", help="folder of the shows")
    return made


def season_parser() -> Parser:
    """Return the parser of `python main.py season`. What nobody says stays None, and a manifest may say it."""
    made = Parser(prog="python main.py season", description="Make a season of a show: plan, scripts, films.")
    made.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a manifest, .toml or .jsonl (docs/seasons.md)"
    )
    made.add_argument("--theme", metavar="TEXT", help="what the season is about")
    made.add_argument("--episodes", type=int, metavar="N", help="how many, 1 to 26 (default 6); more later adds some")
    made.add_argument("--season", type=int, metavar="N", help="its number; the next free one otherwise")
    made.add_argument("--show", metavar="NAME", help="the show it belongs to (default Night Shift)")
    made.add_argument("--minutes", type=float, help="running time of each episode, 0.5 to 10 (default 1.5)")
    made.add_argument("--source", metavar="SOURCE", action="append", help="a file, a folder or a link; repeatable")
    made.add_argument("--seed", type=int, metavar="N", help="another number is another season")
    made.add_argument("--tone", choices=("comedy", "tense", "deadpan"))
    made.add_argument("--mode", choices=("scene", "recap"), help="new scenes, or the sources retold")
    made.add_argument("--drift", type=float, metavar="0-1", help="0 close to the sources, 1 a dream")
    made.add_argument("--language", metavar="TAG", help="language of the voices (default en)")
    made.add_argument("--format", choices=("wide", "vertical", "square", "proof"))
    made.add_argument("--max-parallel", type=int, metavar="N", help="films that are made at the same time")
    made.add_argument("--budget", type=float, metavar="PRICE", help="most that all calls of the season may cost")
    made.add_argument("--max-calls", type=int, metavar="N", help="most calls to other machines, of the season")
    made.add_argument("--max-minutes", type=float, metavar="M", help="most time that the season may take, all runs")
    made.add_argument("--estimate", action="store_true", help="say what it would take, and make nothing")
    made.add_argument("--stop-at", choices=("script", "shots", "animatic"), help="go no further than this")
    made.add_argument("--keep-scripts", action="store_true", help="keep scripts that tell what no longer holds")
    made.add_argument("--retry", action="store_true", help="ask back ends again for what others stood in for")
    made.add_argument("--model", metavar="NAME", help="language model to ask; `none` goes by rules")
    made.add_argument("--passes", type=int, metavar="N", help="most passes of critique and recut (default 3)")
    made.add_argument("--sounds", type=Path, metavar="DIR", help="your own recordings, instead of made ones")
    made.add_argument("--footage", type=Path, metavar="DIR", help="clips that you own or have a licence for")
    made.add_argument("--audio-only", action="store_true", help="make radio plays (.m4a) and no picture")
    made.add_argument("--no-burn", action="store_true", help="captions beside the films only, not in their picture")
    made.add_argument(
        "--loudness", choices=("web", "broadcast", "streaming"), help="-16, -23 or -14 LUFS (default web)"
    )
    made.add_argument("--out", type=Path, metavar="DIR", help="folder of the shows")
    made.add_argument("--json", action="store_true", help="print season.json when all is done")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 for a failure, 2 for bad input, 130 for Ctrl-C."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["backends"]:
        asked = backends_parser().parse_args(words[1:])
        if asked.what != "list" and not asked.name:
            backends_parser().error(f"name a back end to {asked.what}; `python main.py backends` lists them")
        return _guarded(lambda: _backends(asked))
    if words[:1] == ["chat"]:
        talk = chat_parser().parse_args(words[1:])
        return _guarded(lambda: _chat(talk))
    if words[:1] == ["season"]:
        wanted = season_parser().parse_args(words[1:])
        return _guarded(lambda: _season(wanted))
    given = parser().parse_args(words)
    if given.theme is None:
        if words:
            parser().error('--theme is missing: say what happens, as in --theme "a goose at the bank"')
        print(WELCOME)
        return 0
    return _guarded(lambda: _make(given))


def _guarded(work: "Callable[[], int]") -> int:
    from episodes.errors import InputRefused, ProductionError, RecordBusy

    try:
        return work()
    except (InputRefused, RecordBusy) as error:
        print(error, file=sys.stderr)
        return 2
    except ProductionError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on from here.", file=sys.stderr)
        return 130


def _backends(asked: argparse.Namespace) -> int:
    from director import backends, settings

    chosen = settings.load({})
    if asked.what == "list":
        print(backends.said(chosen))
        return 0
    kind = backends.kind_of(asked.name, asked.kind or "")
    if asked.what == "describe":
        print(backends.described(chosen, kind, asked.name))
        return 0
    found = backends.check(chosen, kind, asked.name)
    print(f"{found.name} works: {found.what}, in {found.seconds:g} s. It lies in {found.file}")
    return 0


def _make(given: argparse.Namespace) -> int:
    from director import briefing, settings, shows
    from episodes.errors import InputRefused

    chosen = settings.load({**_chosen(given), "budget": given.budget, "approve": given.approve or None})
    brief = briefing.read_brief(given, chosen, lambda sentence: print(sentence, file=sys.stderr))
    if given.again:
        brief = shows.next_edition(chosen.out, brief)
    if given.estimate:
        return _estimate(brief, chosen)
    shows.check_room(chosen.out)
    berth = shows.find(chosen.out, brief)
    if berth is not None:
        shows.refuse_if_busy(berth)
        head = shows.finished(berth, chosen.digest)
        if head is not None and not (given.retry and head.stood_in):
            from director import display

            display.print_outcome(berth, head, again=True, as_json=given.json, audio_only=chosen.audio_only)
            return 0
    if given.minutes <= 0:
        raise InputRefused("The running time must be more than 0 minutes.")
    return _produce(brief, chosen, resume=given.resume, retry=given.retry, as_json=given.json)


def _chosen(given: argparse.Namespace) -> dict[str, object]:
    """Return what an episode's and a season's options say of how they are made."""
    return {
        "out": given.out,
        "sounds": given.sounds,
        "footage": given.footage,
        "model": given.model,
        "passes": given.passes,
        "stop_at": given.stop_at,
        "audio_only": given.audio_only or None,
        "burn_captions": False if given.no_burn else None,
        "loudness": given.loudness,
    }


def _be_the_main_process() -> None:
    """Let workers, and tests that kill, tell this process from those that it starts."""
    import os

    os.environ["TENFOUR_MAIN_PID"] = str(os.getpid())


def _chat(given: argparse.Namespace) -> int:

    _be_the_main_process()
    from director.chat import console

    return console.chat(given)


def _season(given: argparse.Namespace) -> int:

    from director import season_command, settings

    _be_the_main_process()
    return season_command.run(given, settings.load(_chosen(given)))


def _estimate(brief: "Brief", chosen: "Settings") -> int:
    import asyncio

    from director import estimate

    print(asyncio.run(estimate.estimate(brief, chosen)))
    return 0


def _produce(brief: "Brief", chosen: "Settings", *, resume: bool, retry: bool, as_json: bool) -> int:
    import asyncio

    _be_the_main_process()
    from director import display, session

    with display.watching(brief, as_json=as_json) as watch:
        outcome = asyncio.run(session.produce(brief, chosen, watch.listen, watch.ask, resume=resume, retry=retry))
    if outcome.waiting:
        print(f"{outcome.waiting} Run the same command with --resume to say yes.", file=sys.stderr)
        return 0
    display.print_outcome(
        outcome.berth, outcome.head, again=False, as_json=as_json, audio_only=chosen.audio_only, watched=watch
    )
    return 0


def leave(code: int) -> NoReturn:
    """End the program with an exit code, without waiting for a thread that waits for somebody else's machine.

    All that is finished is on disk, and whatever is half-done may end like this by design.
    """
    import threading

    waiting = [thread for thread in threading.enumerate() if thread.name.startswith("outside")]
    for thread in waiting:
        thread.join(0.5 / len(waiting))  # One without work ends by itself.
    if not any(thread.is_alive() for thread in waiting):
        sys.exit(code)
    import atexit
    import os

    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
