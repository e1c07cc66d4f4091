"""What a kind of field knows: how a person types it, how it is stored, shown, put into Excel, and edited.

Stored values are JSON. `show` and `excel` work on stored values, so that lists and reports need no model.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .problems import Invalid
from .typed import fold

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

KINDS: dict[str, type["Kind"]] = {}


class Kind:
    """A kind of field. Subclasses name themselves (`name=`) and register so that a cached declaration finds them.

    Attributes:
        widget: which editor a form mounts: line, text, date, time, choice, choices, flag, picker, pickers, rows, file.
        align: "right" for quantities.
        width: usual width in a list, in terminal columns.
        params: the settings that a field may give this kind, as they are stored in a cached declaration.
    """

    name: ClassVar[str]
    widget: ClassVar[str] = "line"
    align: ClassVar[str] = "left"
    width: ClassVar[int] = 16
    accepts: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if name:
            cls.name = name
            KINDS[name] = cls

    def __init__(self, **params: Any) -> None:
        unknown = sorted(set(params) - set(self.accepts))
        if unknown:
            raise TypeError(f"a field of the kind “{self.name}” takes no {', '.join(unknown)}")
        for key in ("min", "max"):
            if type(params.get(key, 0)) not in (int, float, type(None)):
                raise TypeError(f"{key}={params[key]!r}: a whole or floating number is wanted")
        self.params: dict[str, Any] = {key: value for key, value in params.items() if value is not None}

    def with_params(self, **params: Any) -> Self:
        """This kind with a field's own settings.

        Raises:
            TypeError: a setting that the kind does not have.
        """
        return type(self)(**{**self.params, **params}) if params else self

    def read(self, raw: Any) -> Any:
        """The value of what was typed, or came from JSON or an Excel cell.

        Raises:
            Invalid: with the code of the problem.
        """
        return raw

    def store(self, value: Any) -> Any:
        """The JSON form of a value."""
        return value

    def stored(self, value: Any) -> Any:
        """What `read` gives for a value just as `store` writes it, quickly; `None` for any other.

        May raise ValueError, TypeError, KeyError or AttributeError for a value of another type.
        """
        return None

    @property
    def reading(self) -> Callable[[Any], Any]:
        """`stored`, or the same without a call of Python's where what is stored repeats: every record asks all its fields."""
        return self.stored

    def show(self, stored: Any, lang: str) -> str:
        """A stored value as a person reads (and may type) it."""
        return str(stored)

    def words(self, stored: Any) -> tuple[str, ...]:
        """What a search finds a stored value by: what is shown in either language, without case and accents."""
        it, en = self.show(stored, "it"), self.show(stored, "en")
        return (fold(it),) if it == en else (fold(it), fold(en))

    def excel(self, stored: Any, lang: str) -> Any:
        """A stored value as a typed Excel cell value (str, int, float, Decimal, bool, date, time, timedelta)."""
        return self.show(stored, lang)

    def json_schema(self) -> dict[str, Any]:
        """What this kind adds to the JSON Schema of its field."""
        return {}

    def to_json(self) -> dict[str, Any]:
        """The kind as a cached declaration holds it."""
        return {"kind": self.name, **self.params}

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Kind":
        """The kind that `to_json` described."""
        params = dict(data)
        return KINDS[params.pop("kind")](**params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kind) and self.name == other.name and self.params == other.params

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.params or ''})"

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_raising_custom(self.read), handler(source))


def as_text(raw: Any) -> str:
    """`raw` as it was typed: a code that a spreadsheet turned into the number 12.0 was 12."""
    if type(raw) is str:
        return raw.strip()
    return str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw).strip()


def _raising_custom(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    from pydantic_core import PydanticCustomError

    def validate(raw: Any) -> Any:
        try:
            return read(raw)
        except Invalid as invalid:
            # Half a Unicode character cannot even be said.
            params = {
                name: value.encode(errors="replace").decode() if isinstance(value, str) else value
                for name, value in invalid.params.items()
            }
            raise PydanticCustomError(invalid.code, invalid.code, params) from None

    return validate
