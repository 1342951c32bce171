"""The line at the bottom of a terminal that says what is being done."""

import sys
from typing import TYPE_CHECKING

from graders.renderers.plain import one_line

if TYPE_CHECKING:
    from rich.live import Live


class Progress:
    """Draws one line over and over, at the bottom of stderr; nothing where that is no terminal.

    What else is printed has to wait until the line is cleared.
    """

    def __init__(self, shown: bool = True) -> None:
        self.shown = shown and sys.stderr.isatty()
        self.live: Live | None = None

    def tell(self, text: str) -> None:
        """Draw a text, as much of it as there is room for."""
        if not self.shown:
            return
        from rich.live import Live  # a run that draws nothing does without it
        from rich.text import Text

        from graders.renderers.screen import Screen

        line = Text(one_line(text), no_wrap=True, overflow="ellipsis")
        if self.live is None:
            self.live = Live(
                console=Screen(sys.stderr),
                auto_refresh=False,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self.live.start()
        self.live.update(line, refresh=True)

    def clear(self) -> None:
        """Take the line away."""
        if self.live is not None:
            self.live.stop()
            self.live = None
