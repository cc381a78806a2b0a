"""`python -m bot …` is `tevo …`."""

from bot.commands.cli import main

main()
