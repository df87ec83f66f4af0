"""Tables on the terminal: as wide as there is room, nothing lost when there is little."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.cli.common import NARROW, counted, days_text, print_table
from zubda.cli.common import _column_widths as column_widths
from zubda.model import DayRange

ROW = ("c0123456789ab", "1999-05-03 to 1999-05-09", "a sentence of the account " * 6 + "with an end")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (None, "unknown"),
        (DayRange.of_day(date(1999, 5, 3)), "1999-05-03"),
        (DayRange.of_month(2000, 2), "2000-02"),
        (DayRange.of_year(1999), "1999"),
        (DayRange(date(1999, 5, 1), date(1999, 5, 30)), "1999-05-01 to 1999-05-30"),
        (DayRange(date(1999, 5, 1), date(1999, 6, 30)), "1999-05-01 to 1999-06-30"),
    ],
)
def test_days_are_written_as_exactly_as_they_are_known(days: DayRange | None, text: str) -> None:
    assert days_text(days) == text


@pytest.mark.parametrize("width", [30, 80, 200])
def test_a_table_of_any_width_loses_no_word_and_breaks_no_id(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table("Claims", ("id", "date", "sentence"), [ROW])
    shown = capsys.readouterr().out
    assert ROW[0] in shown
    assert all(shown.count(word) == " ".join(ROW).count(word) for word in ("account", "1999-05-09", "end"))


def test_text_of_a_document_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("Claims", ("sentence",), [("[red]a[/red] [link=x]b",)])
    assert "[red]a[/red] [link=x]b" in capsys.readouterr().out


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9), st.integers(0, 400))
def test_columns_fill_the_room_and_never_more(natural: list[int], room: int) -> None:
    least = [min(width, NARROW) for width in natural]
    widths = column_widths(natural, least, room)
    assert all(low <= width <= whole for low, width, whole in zip(least, widths, natural, strict=True))
    assert sum(widths) <= max(room, sum(least))


def test_a_long_word_stays_whole_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    print_table("Claims", ("type", "sentence"), [("attack_on_civilians", "a sentence of the account " * 9)])
    assert "attack_on_civilians" in capsys.readouterr().out


@pytest.mark.parametrize(("number", "text"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims")])
def test_one_is_no_plural(number: int, text: str) -> None:
    assert counted(number, "claim") == text
