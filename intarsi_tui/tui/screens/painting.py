"""How often a screen is painted, and with how much: not a line of what it shows is decided here."""

from functools import lru_cache
from typing import Any

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.widget import Widget


class PaintedOnce(Screen[Any]):
    """A screen that is painted at the tick of its clock alone (60 a second), once for all that has changed.

    Textual's own paints after each time it was laid out too, and then what is dirty: a window that opens was painted five
    times until it stood.
    """

    # Another focus paints the two widgets concerned; Textual's own paints the whole screen, half of the work of a key.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _unpainted = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if not self.stack_updates:  # its widgets have just been given their styles, each by itself
            event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        self._unpainted = True
        self._update_timer.resume()

    def _on_timer_update(self) -> None:
        super()._on_timer_update()
        if self._unpainted and not self.app._batch_count:
            self._unpainted = False
            self._update_timer.pause()
            super()._compositor_refresh()


class Dimmed(BackgroundScreen):
    """The page behind a window; it has few styles and many pieces, and each style is dimmed once."""

    @classmethod
    def process_segments(cls, segments: Any, color: Color) -> Any:
        for text, style, control in segments:
            yield Segment(text, style if control else _dimmed(style or Style.null(), color), control)


@lru_cache(1024)
def _dimmed(style: Style, color: Color) -> Style:
    return next(iter(BackgroundScreen.process_segments([Segment(" ", style)], color))).style or style


class OverPage(PaintedOnce):
    """A window over the page, which is seen dimmed."""

    def render(self) -> RenderableType:
        found = super().render()
        return Dimmed(found.screen, found.color) if isinstance(found, BackgroundScreen) else found
