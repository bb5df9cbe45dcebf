from highlightbot.core.errors import Problems, RateLimited


def test_problems_are_told_a_line_each() -> None:
    problems = Problems(["One.", "Two."])
    assert (str(problems), problems.sentences) == ("One.\nTwo.", ("One.", "Two."))


def test_a_rate_limit_says_how_long() -> None:
    limited = RateLimited(2.5)
    assert (str(limited), limited.retry_after) == ("rate limited for 2.5 s", 2.5)
