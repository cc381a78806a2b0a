"""`tevo …` for the speed of its start: `python -m tests.benchmarks.command ask`."""

from bot.commands.cli import main

main()
