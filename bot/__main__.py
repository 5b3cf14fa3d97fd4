"""The command line, and the one place that builds things: settings, store, adapters.

Each command imports what it needs when it runs, so that a quick one stays quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

HELP = """\
Spotter, a strength coach that lives in a chat: text a set, get the next one.

spotter run                 starts Spotter: on Telegram and Discord where a token is set, else in the terminal
spotter chat [--as NAME]    opens the coach in this terminal, or answers a transcript: < session.txt
spotter parse TEXT          shows how a message is read, as JSON (--help: more, here and below)
spotter backtest FILE       scores Spotter and the usual formulas on a log
spotter simulate            says how near targets come to the effort aimed at, on simulated lifters
spotter doctor              looks through the database for what is not as it should be
spotter backup [FILE]       copies the database, also while Spotter serves; spotter restore FILE goes back to a copy
spotter --version           says which Spotter this is"""


class _Exit(Exception):  # noqa: N818 - it is the way out
    """Ends the command with a sentence on standard error and a status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the exit status: 0 done, 1 something broke, 2 not understood or refused."""
    name, *rest = (sys.argv[1:] if arguments is None else list(arguments)) or [""]
    command = _COMMANDS.get(name)
    try:
        if command is None:
            raise _Exit(f"There is no command {name}. {_HINT}" if name else HELP, 2)
        return command(rest)
    except _Exit as ended:
        print(ended, file=sys.stderr)
        return ended.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; what is still in the buffer goes nowhere, and quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


_HINT = "spotter help shows what there is."


def _help(rest: Sequence[str]) -> int:
    print(HELP)
    return 0


def _version(rest: Sequence[str]) -> int:
    from importlib.metadata import version

    print(f"spotter {version('spotter')}")
    return 0


def _by_itself(name: str) -> Callable[[Sequence[str]], int]:
    """A command that is a module of its own: what it says of itself is its USAGE, and what it cannot read a UsageWrong."""

    def command(rest: Sequence[str]) -> int:
        module = import_module(f"bot.{name}")
        if {"-h", "--help"} & set(rest):
            print(module.USAGE)
            return 0
        try:
            status: int = module.run(rest)
        except module.UsageWrong as wrong:
            raise _Exit(f"{wrong} (spotter {name} --help)", 2) from None
        return status

    return command


def _doctor(rest: Sequence[str]) -> int:
    import asyncio

    from bot import doctor, settings
    from core.errors import SpotterError

    if {"-h", "--help"} & set(rest):
        print(doctor.USAGE)
        return 0
    if list(rest) not in ([], ["--mend"]):
        raise _Exit("spotter doctor takes --mend and nothing else. (spotter doctor --help)", 2)
    try:
        found = asyncio.run(_examined(settings.load(), mend=bool(rest)))
    except settings.SettingsInvalid as invalid:
        raise _Exit(str(invalid), 2) from None
    except SpotterError as error:
        raise _Exit(str(error), 1) from None
    print(found)
    return 0 if found.startswith(doctor.WELL) else 1


async def _examined(chosen: Settings, *, mend: bool) -> str:
    from bot.console.adapter import present
    from bot.doctor import examined
    from core.store import open_store

    store = await open_store(chosen.database_url, now=present())
    try:
        return await examined(store, mend=mend)
    finally:
        await store.close()


def _run(rest: Sequence[str]) -> int:
    """The platforms that are set up; the terminal where none is."""
    if rest:
        raise _Exit(f"spotter run takes no arguments. {_HINT}", 2)
    from bot import settings

    try:
        chosen = settings.load()
    except settings.SettingsInvalid as invalid:
        raise _Exit(str(invalid), 2) from None
    tokens = (chosen.telegram_token, chosen.discord_token)
    return _serve(chosen) if any(token is not None for token in tokens) else _terminal(None)


def _serve(chosen: Settings) -> int:
    """The platforms that have a token, until a signal ends it."""
    import asyncio

    from bot.serving import CannotServe, end_in_time, serve
    from core.errors import SpotterError

    _log_to_stderr(chosen.spotter_debug)
    try:
        asyncio.run(serve(chosen, end_in_time))
    except (CannotServe, SpotterError) as error:
        raise _Exit(str(error), 1) from None
    return 0


def _chat(rest: Sequence[str]) -> int:
    return _terminal(_person(rest))


def _person(rest: Sequence[str]) -> str | None:
    """Who speaks, from `--as NAME`."""
    match [part for word in rest for part in word.split("=", 1)]:
        case []:
            return None
        case ["--as", name]:
            from bot.transcript import is_name

            if is_name(name):
                return name
            raise _Exit("--as needs a name: one word, without any of : # @ ( ) [ ].", 2)
        case _:
            raise _Exit(f"spotter chat takes --as NAME and nothing else. {_HINT}", 2)


def _terminal(person: str | None) -> int:
    """The coach in the terminal: a conversation on one, a transcript in a pipe."""
    if sys.stdin is None or sys.stdout is None:
        raise _Exit("Spotter needs an open standard input and output for this.", 2)
    import asyncio

    from bot import settings
    from core.errors import SpotterError

    try:
        chosen = settings.load()
        _log_to_stderr(chosen.spotter_debug)
        return asyncio.run(_converse(chosen, person or settings.account_name()))
    except settings.SettingsInvalid as invalid:
        raise _Exit(str(invalid), 2) from None
    except SpotterError as error:
        raise _Exit(str(error), 1) from None


async def _converse(chosen: Settings, person: str) -> int:
    from bot.console.adapter import Console, present
    from bot.dispatch import Dispatch
    from bot.settings import data_folder, machine_zone
    from core.store import open_store

    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    store = await open_store(chosen.database_url, now=present())
    try:
        # A transcript gives the same wherever it is read; a person expects the clock on the wall.
        dispatch = Dispatch(store, zone=machine_zone() if at_terminal else "UTC")
        console = Console(dispatch, person)
        if at_terminal:
            from bot.alarm import Alarm
            from bot.console.adapter import PLATFORM
            from bot.console.prompt import Aloud, converse

            alarm = Alarm(store, PLATFORM, dispatch, Aloud(), present)
            dispatch.sooner = alarm.sooner
            return await converse(console, data_folder() / "terminal_history", alarm.run)
        from bot.console.pipe import replay

        return await replay(console, sys.stdin.fileno())
    finally:
        await store.close()


def _log_to_stderr(debug: bool) -> None:
    """A line for what broke; the story behind it, which we log as debugging, only for those who ask."""
    import logging

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    if debug:
        for ours in ("bot", "core"):
            logging.getLogger(ours).setLevel(logging.DEBUG)


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": _run,
    "chat": _chat,
    "parse": _by_itself("parse"),
    "simulate": _by_itself("simulate"),
    "backtest": _by_itself("backtest"),
    "doctor": _doctor,
    "backup": _by_itself("backup"),
    "restore": _by_itself("restore"),
    "help": _help,
    "--help": _help,
    "-h": _help,
    "version": _version,
    "--version": _version,
}

if __name__ == "__main__":
    sys.exit(main())
