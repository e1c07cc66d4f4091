"""How often a screen is painted, and with how much: not a line of what it shows is decided here."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import Compositor
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import Visual, visualize
from textual.widget import AwaitMount, Widget, _RenderCache
from textual.widgets._toast import ToastRack


class InFront(Compositor):
    """Draws of each widget the lines that are painted and that no widget in front of it covers.

    Textual's own draws every widget whole, also those that are only there to hold others, and cuts each of their lines:
    of a page down in a list that was a third.
    """

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        pieces: list[dict[int, Any]] = [dict.fromkeys(line[:-1]) for line in cuts]
        painted = {y for y in crop.line_range if y < len(cuts) and is_rendered_line(y)}
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            first, last = seen.column_span
            lines = [y for y in seen.line_range if y in painted and _lacks(pieces[y], first, last)]
            if not lines:
                continue
            top = lines[0]
            part = Region(seen.x - region.x, top - region.y, seen.width, lines[-1] + 1 - top)
            strips = widget.render_lines(part)
            for y in lines:
                here = [cut for cut in cuts[y] if first <= cut <= last]
                line = pieces[y]
                for cut, strip in zip(here, strips[y - top].divide([cut - first for cut in here[1:]]), strict=False):
                    if line[cut] is None:
                        line[cut] = strip
        return pieces


def _lacks(pieces: Mapping[int, Strip | None], first: int, last: int) -> bool:
    """Whether a piece that begins between two columns is still to be drawn."""
    return None in [piece for at, piece in pieces.items() if first <= at < last]  # `any` takes twice as long


class PaintedOnce(Screen[Any]):
    """A screen that is painted at the tick of its clock alone (60 a second), once for all that has changed.

    Textual's own paints after each time it was laid out too, and then what is dirty: a window that opens was painted five
    times until it stood.
    """

    # Another focus paints the two widgets concerned; Textual's own paints the whole screen, half of the work of a key.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _unpainted = _composing = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = InFront()
        # Wide or narrow from the start: found out when it is shown, every style on it would be worked out twice.
        width, height = self.app.size
        for length, points in ((width, self.app.HORIZONTAL_BREAKPOINTS), (height, self.app.VERTICAL_BREAKPOINTS)):
            self.add_class(*self._get_breakpoint_classes(length, points or []), update=False)

    def _screen_resized(self, size: Size) -> None:
        """Textual's own lays out again, at its old size, each screen that another one opens over, and the new one twice."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if not self.stack_updates:  # its widgets have just been given their styles, each by itself
            event.refresh_styles = False

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Another focus has its keys told at once, with the same paint; Textual's own does that once more after it."""
        return callback == self.refresh_bindings or super().call_after_refresh(callback, *args, **kwargs)

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        self._composing = True
        try:
            await super().mount_composed_widgets(widgets)
        finally:
            self._composing = False

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        # What is composed is waited for; Textual's own waits for it a second time and has all laid out, and often painted, anew.
        if not (self._composing and isinstance(callback, AwaitMount)):
            super().call_next(callback, *args, **kwargs)

    def _extend_compose(self, widgets: list[Widget]) -> None:
        super()._extend_compose(widgets)
        for one in widgets:
            if isinstance(one, ToastRack):  # it is hidden as soon as it is there, and all would be laid out anew
                one.display = False

    def _compositor_refresh(self) -> None:
        self._unpainted = True
        self._update_timer.resume()

    def _on_timer_update(self) -> None:
        super()._on_timer_update()
        if self._unpainted and not self.app._batch_count:
            self._unpainted = False
            self._update_timer.pause()
            super()._compositor_refresh()


@lru_cache(1024)
def _dimmed(style: Style, color: Color) -> Style:
    return next(iter(BackgroundScreen.process_segments([Segment(" ", style)], color))).style or style


class OverPage(PaintedOnce):
    """A window over the page, which is seen dimmed: it has few styles and many pieces, and each style is dimmed once."""

    def _render_content(self) -> None:
        found: Any = self.render()
        if isinstance(found, BackgroundScreen):
            strips = [_dimmed_line(strip, found.color) for strip in found.screen._compositor.render_strips(self.size)]
        else:
            strips = Visual.to_strips(self, visualize(self, found), *self.size, self.visual_style)
        self._render_cache = _RenderCache(self.size, strips)
        self._dirty_regions.clear()


def _dimmed_line(strip: Strip, color: Color) -> Strip:
    return Strip([Segment(text, _dimmed(style or Style.null(), color)) for text, style, _ in strip], strip.cell_length)
