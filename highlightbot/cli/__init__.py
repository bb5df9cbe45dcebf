"""The commands: what `python bot.py` does with and without a word after it."""

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from highlightbot.core.errors import HighlightbotError, Problems
from highlightbot.monitoring.logs import CHATTY, JsonLines
from highlightbot.settings import Settings, read_settings


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; gives the exit status: 0 done, 1 refused or with doubts, 2 misused."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check-blocks":  # needs no settings, so wrong ones do not stop it
            from highlightbot.cli.check_blocks import check_blocks

            return check_blocks(options.file)
        settings = read_settings(environment)
        _log_to_stderr(settings, quiet=options.command is not None or not settings.has_slack)
        return _run(options, settings)
    except Problems as problems:
        for sentence in problems.sentences:
            print(sentence, file=sys.stderr)
        return 1
    except HighlightbotError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(options: argparse.Namespace, settings: Settings) -> int:
    """Commands are imported where they are called: `ask` should not wait for a web server."""
    match options.command:
        case "setup":
            from highlightbot.cli.setup import set_up

            return set_up(settings, options.file, dry_run=options.dry_run)
        case "import":
            from highlightbot.cli.documents import import_documents

            return import_documents(
                settings,
                options.files,
                programme=options.programme,
                replace_newest=options.replace,
                dry_run=options.dry_run,
            )
        case "ask":
            from highlightbot.cli.ask import ask

            return ask(
                settings, " ".join(options.question), as_json=options.json, email=options.as_email
            )
        case "deliveries":
            from highlightbot.cli.deliveries import cancel, requeue, show_deliveries

            match options.action:
                case "requeue":
                    return requeue(settings, options.ids, not_there=options.not_there)
                case "cancel":
                    return cancel(settings, options.ids)
            return show_deliveries(settings, options.state, as_json=options.json)
        case "doctor":
            from highlightbot.cli.doctor import examine

            return examine(settings)
        case "playground":
            from highlightbot.cli.run import run_playground

            return run_playground(settings)
        case _:
            from highlightbot.cli.run import run_bot, run_playground

            return run_bot(settings) if settings.has_slack else run_playground(settings)


def _log_to_stderr(settings: Settings, *, quiet: bool) -> None:
    output = logging.StreamHandler()
    if settings.log_format == "json":
        output.setFormatter(JsonLines())
    else:
        output.setFormatter(logging.Formatter(_LINE))
    logging.basicConfig(
        level="WARNING" if quiet and settings.log_level == "INFO" else settings.log_level,
        handlers=[output],
        force=True,
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a bell that rings twice is no news
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(max(logging.getLogger().level, logging.WARNING))


_LINE = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bot.py",
        description="Runs periodic written reports in Slack. Without a command: runs the bot, or"
        " the playground where no Slack tokens are set.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    setup = commands.add_parser("setup", help="make a programme from its file")
    setup.add_argument("file", type=Path, metavar="programme.toml")
    setup.add_argument("--dry-run", action="store_true", help="only show what would change")
    documents = commands.add_parser("import", help="read past reports from .txt and .docx files")
    documents.add_argument("files", type=Path, nargs="+", metavar="FILE")
    documents.add_argument("--programme", metavar="KEY", help="which programme they belong to")
    documents.add_argument(
        "--replace", action="store_true", help="put them in the place of reports that are there"
    )
    documents.add_argument("--dry-run", action="store_true", help="show all, store nothing")
    ask = commands.add_parser("ask", help='ask a question: "latest", "who is missing", …')
    ask.add_argument("question", nargs="+")
    ask.add_argument("--json", action="store_true", help="answer in JSON")
    ask.add_argument(
        "--as", dest="as_email", metavar="EMAIL", help="answer only what this person may read"
    )
    _add_deliveries(commands.add_parser("deliveries", help="what waits to be sent or was given up"))
    commands.add_parser("doctor", help="check tokens, scopes, channel, database and clock")
    blocks = commands.add_parser("check-blocks", help="what Slack would refuse in a JSON file")
    blocks.add_argument(
        "file", metavar="FILE.json", help="a message, a view or a list of blocks; - reads stdin"
    )
    commands.add_parser("playground", help="start the playground even if tokens are set")
    return parser


def _add_deliveries(deliveries: argparse.ArgumentParser) -> None:
    deliveries.add_argument(
        "--state",
        choices=("pending", "unknown", "dead", "sent"),
        help="only these (default: all that were not sent)",
    )
    deliveries.add_argument("--json", action="store_true", help="list them in JSON")
    actions = deliveries.add_subparsers(dest="action", metavar="ACTION")
    requeue = actions.add_parser("requeue", help="try again what was given up")
    requeue.add_argument("ids", type=int, nargs="+", metavar="ID")
    requeue.add_argument(
        "--not-there",
        action="store_true",
        help="send at once what may have arrived: somebody looked, and it did not",
    )
    cancel = actions.add_parser("cancel", help="do not send it any more")
    cancel.add_argument("ids", type=int, nargs="+", metavar="ID")
