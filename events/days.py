"""Days as integers: the proleptic Gregorian calendar without limits.

Day 1 is Monday, 0001-01-01, as in `datetime.date.toordinal`; 0 and below lie before year 1, which follows year 0
(astronomical count, year 0 = 1 BC). `datetime` itself ends at both years 1 and 9999, history does not.
"""

from __future__ import annotations

_DAYS_IN_400_YEARS = 146_097
_DAYS_BEFORE_MARCH_OF_YEAR_0 = 305  # days from 0000-03-01 to 0001-01-01, less one
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

MONDAY, SUNDAY = 0, 6


def is_leap_year(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Number of days in the month (1 to 12)."""
    return 29 if month == 2 and is_leap_year(year) else _MONTH_LENGTHS[month - 1]


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def to_day(year: int, month: int = 1, day: int = 1) -> int:
    """The day as an integer. A day beyond the month's end runs over into the next month."""
    # Counting years from March puts the leap day last, so month lengths follow one formula (Hinnant, "chrono dates").
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_IN_400_YEARS + day_of_era - _DAYS_BEFORE_MARCH_OF_YEAR_0


def from_day(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month."""
    era, day_of_era = divmod(day + _DAYS_BEFORE_MARCH_OF_YEAR_0, _DAYS_IN_400_YEARS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    month = (month_from_march + 2) % 12 + 1
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * month_from_march + 2) // 5 + 1


def last_of_month(year: int, month: int) -> int:
    """The month's last day."""
    return to_day(year, month, month_length(year, month))


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month that lie `count` months later (earlier where negative)."""
    years, months = divmod(year * 12 + month - 1 + count, 12)
    return years, months + 1


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day - 1) % 7


def monday_of(day: int) -> int:
    """The Monday of the day's week."""
    return day - weekday(day)


def iso_week(day: int) -> tuple[int, int]:
    """Year and number of the day's week, as ISO 8601 counts: a week belongs to the year of its Thursday."""
    thursday = monday_of(day) + 3
    year = from_day(thursday)[0]
    return year, (thursday - to_day(year)) // 7 + 1


def monday_of_week(year: int, week: int) -> int:
    """The Monday of a numbered week (ISO 8601): week 1 holds 4 January."""
    return monday_of(to_day(year, 1, 4)) + 7 * (week - 1)


def weeks_in_year(year: int) -> int:
    """52 or 53, as ISO 8601 counts: 28 December is always in the last week."""
    return iso_week(to_day(year, 12, 28))[1]


def easter_sunday(year: int) -> int:
    """Easter Sunday of the western churches, Gregorian calendar (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    offset = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + offset - 7 * ((golden + 11 * epact + 22 * offset) // 451) + 114, 31)
    return to_day(year, month, day + 1)
