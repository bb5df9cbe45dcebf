"""Rounds and ratios."""

from benchmarks.measuring import Ratio, in_turns, ratio_of, table


def test_each_side_goes_first_in_turn_and_warm_up_is_left_out() -> None:
    order: list[str] = []

    def side(name: str) -> int:
        order.append(name)
        return len(order)

    ours, theirs = in_turns(lambda: side("ours"), lambda: side("theirs"), rounds=3, warm_up=1)
    assert order == ["ours", "theirs", "ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert (ours, theirs) == ([3, 6, 7], [4, 5, 8])


def test_ratio_of_medians_with_a_straggler() -> None:
    ratio = ratio_of("ack", [3.0, 100.0, 3.0], [2.0, 2.0, 0.1], bar=1.5)
    assert ratio == Ratio("ack", 3.0, 2.0, "ms", 1.5)
    assert (ratio.value, ratio.is_met) == (1.5, True)


def test_table_says_what_is_missed() -> None:
    lines = list(table([Ratio("ack", 3.2, 2.0, "ms", 1.5), Ratio("size", 60, 50, "MB", 1.6)]))
    assert [line.split() for line in lines[1:]] == [
        ["ack", "3.20", "ms", "2.00", "ms", "1.60×", "1.50×", "MISSED"],
        ["size", "60.00", "MB", "50.00", "MB", "1.20×", "1.60×", "met"],
    ]
