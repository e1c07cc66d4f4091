"""What a field is edited with. Each editor shows one value and says `Edited` when a person changed it."""

from collections.abc import Callable
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from ...i18n import language
from ...records.declaration import Field
from ..texts import _, cell, counted, edited, one_line


class Edited(Message):
    """The value of the field `name` is now `value`."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__()
        self.name, self.value = name, value


# Letters that may be pasted at once. More of them are no field's text but a wrong clipboard, and take minutes to draw.
MOST_IN_LINE, MOST_IN_TEXT = 5_000, 50_000


def fits(widget: Widget, text: str, most: int) -> bool:
    """Whether pasted text may come in; a person is told when it is too long, as half of it would be worse than none."""
    if len(text) <= most:
        return True
    words = _("Not pasted: {count} characters, here {most} have a place.")
    lang = language()
    widget.app.notify(
        words.format(count=counted(len(text), lang), most=counted(most, lang)),
        markup=False,
        severity="error",
        timeout=8,
    )
    return False


# The class that being compact gives; had from the start, the styles of a line are not worked out three times.
COMPACT = "-textual-compact"


class LineInput(Input):
    """One line of text that shows what cannot be seen, so that it can be found and deleted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", show=False)]

    compact: Reactive[bool] = Reactive(True, toggle_class=COMPACT)

    # How long the line is concerns only itself: Textual's own lays the whole screen out at each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def on_mount(self) -> None:
        self.cursor_blink = False  # over SSH each blink is bytes, and nothing moves without the person

    def on_paste(self, event: events.Paste) -> None:
        """Line ends become blanks: the widget would keep the first line and drop the others without a word."""
        event.prevent_default()
        event.stop()
        if fits(self, event.text, MOST_IN_LINE):
            line = " ".join(part for part in event.text.splitlines() if part.strip())
            self.replace(line, *sorted(self.selection))

    @property
    def _value(self) -> Text:
        return Text(edited(self.value), no_wrap=True, overflow="ignore", end="")


class LineEditor(LineInput):
    """One line: texts, dates, times, quantities, codes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, field: Field, value: str) -> None:
        # A quantity or date is typed anew, as in a cell; a text is carried on at its end.
        super().__init__(
            value,
            compact=True,
            classes=f"-valid {COMPACT}",
            select_on_focus=field.kind.align == "right" or field.kind.widget in ("date", "time"),
        )
        self.field = field

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Edited(self.field.name, self.meant(event.value)))

    def meant(self, typed: str) -> str:
        """The value of what stands here."""
        return typed

    def show(self, value: Any) -> None:
        """Another value than was typed here."""
        with self.prevent(Input.Changed):
            self.value = str(value or "")

    def type_in(self, typed: str) -> None:
        """What was typed on a cell takes the place of what stood there, as in a spreadsheet."""
        self.value = typed
        self.cursor_position = len(typed)


class FileEditor(LineEditor):
    """The path of a file; a file that is kept already stands here by its name."""

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(field, field.kind.show(value, ""))
        self.select_on_focus = True  # another path is not typed onto the end of a name
        self._kept = value

    def meant(self, typed: str) -> str:
        return self._kept if typed == self.field.kind.show(self._kept, "") else typed

    def show(self, value: Any) -> None:
        self._kept = str(value or "")
        super().show(self.field.kind.show(self._kept, ""))


class TextEditor(TextArea):
    """Several lines."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", show=False)]

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(value, compact=True, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self.field = field

    def on_paste(self, event: events.Paste) -> None:
        if not fits(self, event.text, MOST_IN_TEXT):
            event.prevent_default()
            event.stop()

    def get_line(self, line_index: int) -> Text:
        # Tabs stay: the widget makes spaces of them by widths of its own.
        words = "\t".join(map(edited, self.document.get_line(line_index).split("\t")))
        return Text(words, end="", no_wrap=True)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Edited(self.field.name, self.text))

    def show(self, value: Any) -> None:
        """Another value than was typed here."""
        with self.prevent(TextArea.Changed):
            self.text = str(value or "")

    def type_in(self, typed: str) -> None:
        """As in a line."""
        self.text = typed
        self.move_cursor(self.document.end)


class ChosenEditor(Widget, can_focus=True):
    """A value that is chosen, not typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("delete,backspace", "clear", "Empty", show=False, id="field.clear"),
    ]

    def __init__(self, field: Field, value: Any, shown: Callable[[Field, Any], str]) -> None:
        super().__init__()
        self.field, self.value, self._shown = field, value, shown

    def show(self, value: Any) -> None:
        """Another value than was chosen here."""
        self.value = value
        self.refresh()

    def take(self, value: Any) -> None:
        """The value that a person chose."""
        self.show(value)
        self.post_message(Edited(self.field.name, value))

    def action_clear(self) -> None:
        self.take(None)

    def type_in(self, typed: str) -> None:
        """A letter on a cell whose value is chosen: the list opens with it."""

    @property
    def words(self) -> str:
        return "" if self.value in (None, []) else one_line(self._shown(self.field, self.value))


class PickEditor(ChosenEditor):
    """One or several of a list: choices, code tables, records of another register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "List", id="field.open"),
        Binding("ctrl+n", "create", "New", id="field.create"),
    ]

    class Opened(Message):
        """The list is wanted, or with `new` a record that it lacks; `typed` is what was typed to open it."""

        def __init__(self, editor: "PickEditor", typed: str, *, new: bool = False) -> None:
            super().__init__()
            self.editor, self.typed, self.new = editor, typed, new

    def render(self) -> RenderResult:
        words = self.words
        if words:
            words = cell(words, min(cell_len(words), max(1, self.size.width - 2))) + " "
        return Content.assemble(words, ("▾", "$text-muted"))

    def action_open(self) -> None:
        self.post_message(self.Opened(self, ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "create" or self.field.kind.name in ("link", "links")

    def action_create(self) -> None:
        self.post_message(self.Opened(self, "", new=True))

    def type_in(self, typed: str) -> None:
        self.post_message(self.Opened(self, typed))

    def on_click(self) -> None:
        self.action_open()

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.key != "space":
            event.stop()
            self.post_message(self.Opened(self, event.character))


class FlagEditor(ChosenEditor):
    """Yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", "Yes or no", id="field.toggle"),
        Binding("y,s,x", "yes", show=False),
        Binding("n", "no", show=False),
    ]

    def render(self) -> RenderResult:
        return Content(("[x] " if self.value else "[ ] ") + (self.words or "–"))

    def action_turn(self) -> None:
        self.take(not self.value)

    def action_yes(self) -> None:
        self.take(True)

    def action_no(self) -> None:
        self.take(False)

    def on_click(self) -> None:
        self.action_turn()
