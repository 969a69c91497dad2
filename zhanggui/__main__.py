"""`python -m zhanggui` is the command `zhanggui`."""

from zhanggui.cli import main

main()
