"""National holidays as dates, resolved once when an inventory is read."""

from collections.abc import Iterable
from datetime import date


class UnknownCountry(ValueError):
    """The holiday library does not know the country."""


def holidays_of(years: Iterable[int], country: str = "JP") -> dict[date, str]:
    """Return the national holidays of whole years with their names, in order of date.

    Substitute holidays and the days between two holidays that the law declares free are included; the year-end closing
    of an office is not: it is data of the inventory (`Timetable.closed_yearly`).

    Parameters
    ----------
    years : iterable of int
        Such as ``range(2026, 2029)``.
    country : str, optional
        ISO 3166-1 alpha-2 code; the names are in the country's own language.

    Raises
    ------
    UnknownCountry
        If there are no holidays for ``country``.

    Examples
    --------
    >>> from datetime import date
    >>> holidays_of([2027])[date(2027, 3, 22)]
    '振替休日'
    """
    import holidays  # noqa: PLC0415 - takes a fifth of a second, and most commands need no holidays

    try:
        # Without a language the library follows the locale, and one inventory would differ from machine to machine.
        own_language = holidays.country_holidays(country).default_language
        found = holidays.country_holidays(country, years=sorted(set(years)), language=own_language)
    except NotImplementedError as error:
        raise UnknownCountry(f"no holidays are known for the country {country!r}; use a code such as JP") from error
    return dict(sorted(found.items()))
