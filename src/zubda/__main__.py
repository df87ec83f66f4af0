"""``python -m zubda``: the program where its script is not on the path."""

from zubda.cli.main import run

run()
