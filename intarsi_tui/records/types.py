"""The names that plugin authors annotate fields with. Each is an ordinary type plus the kind that knows it."""

import datetime
import decimal
from typing import Annotated, TypeVar

from .basic_kinds import (
    DateKind,
    EmailKind,
    EuroKind,
    FlagKind,
    IntKind,
    LongTextKind,
    MinutesKind,
    MomentKind,
    PhoneKind,
    TextKind,
    TimeKind,
)  # fmt: skip
from .coded_kinds import (
    ChoiceKind,
    ChoicesKind,
    CountryKind,
    LanguageKind,
    MunicipalityKind,
    SchoolCodeKind,
    SchoolYearKind,
    TaxCodeKind,
)
from .linked_kinds import AttachmentKind, AttachmentsKind, LinkKind, LinksKind, PseudonymKind, RowsKind

R = TypeVar("R")

Attachment = Annotated[str, AttachmentKind()]
Attachments = Annotated[list[str], AttachmentsKind()]
Choice = Annotated[str, ChoiceKind()]
Choices = Annotated[list[str], ChoicesKind()]
Country = Annotated[str, CountryKind()]
Date = Annotated[datetime.date, DateKind()]
Email = Annotated[str, EmailKind()]
Euro = Annotated[decimal.Decimal, EuroKind()]
Flag = Annotated[bool, FlagKind()]
Int = Annotated[int, IntKind()]
Language = Annotated[str, LanguageKind()]
Link = Annotated[str, LinkKind()]
Links = Annotated[list[str], LinksKind()]
LongText = Annotated[str, LongTextKind()]
Minutes = Annotated[int, MinutesKind()]
Moment = Annotated[str, MomentKind()]
Municipality = Annotated[str, MunicipalityKind()]
Phone = Annotated[str, PhoneKind()]
Pseudonym = Annotated[str, PseudonymKind()]
Rows = Annotated[list[R], RowsKind()]
SchoolCode = Annotated[str, SchoolCodeKind()]
SchoolYear = Annotated[str, SchoolYearKind()]
TaxCode = Annotated[str, TaxCodeKind()]
Text = Annotated[str, TextKind()]
Time = Annotated[datetime.time, TimeKind()]
