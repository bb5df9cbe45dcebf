"""Starts highlightbot. With no arguments it runs the bot; with a word it runs that command.

With no Slack tokens in the environment or in .env, it starts the playground.
"""

import os
import sys
from pathlib import Path

from dotenv import dotenv_values

from highlightbot.cli import main

if __name__ == "__main__":
    file = Path.cwd() / ".env"
    try:
        written = {name: value or "" for name, value in dotenv_values(file).items()}
    except UnicodeDecodeError:
        sys.exit(f"{file} is not UTF-8 text: save it as UTF-8.")
    except OSError as error:
        sys.exit(f"{file} cannot be read: {error.strerror}.")
    sys.exit(main(sys.argv[1:], {**written, **os.environ}))
