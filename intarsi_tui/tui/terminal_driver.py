"""Reading a terminal that does not speak UTF-8: an à of an old PuTTY ends as an à, and never as the end of the program."""

import codecs
from functools import partial
from typing import Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

AS_WINDOWS = "intarsi-as-windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is read as Windows wrote it; bytes that mean nothing there either are shown as such."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(AS_WINDOWS, _as_windows)


class PatientDriver(LinuxDriver):
    """Textual's own driver, whose decoder raises on the first byte that is no UTF-8 and takes the program with it."""

    def run_input_thread(self) -> None:
        # The name by which the driver's module finds the decoder; it has no other place where one could be given.
        module: Any = linux_driver
        decoder = codecs.getincrementaldecoder
        module.getincrementaldecoder = lambda name: partial(decoder(name), errors=AS_WINDOWS)
        super().run_input_thread()
