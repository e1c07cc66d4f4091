"""One calendar and one list of deadlines over the registers of all plugins, worked out from what their declarations say."""

# What values raise that were written past their kinds. Such a record is left out here: `intarsi check` says what is wrong with it.
DAMAGE = (ValueError, TypeError, AttributeError, LookupError)
