"""``python -m ui`` is the command ``groundrule``."""

from ui.command import main

if __name__ == "__main__":
    main()
