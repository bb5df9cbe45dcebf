from highlightbot.monitoring.pulse import Pulse
from highlightbot.monitoring.readiness import Readiness


class Stopwatch:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_not_ready_is_named_with_its_reason() -> None:
    readiness = Readiness({"database": lambda: "it does not answer", "tick": lambda: None})
    assert readiness.lacking() == {"database": "it does not answer"}


def test_checks_run_once_a_second_at_most() -> None:
    stopwatch = Stopwatch()
    asked: list[float] = []
    readiness = Readiness({"tick": lambda: asked.append(stopwatch())}, stopwatch=stopwatch)
    for stopwatch.seconds in (100.0, 100.5, 100.9, 101.0, 101.5):
        assert readiness.lacking() == {}
    assert asked == [100.0, 101.0]


def test_age_of_a_pulse() -> None:
    stopwatch = Stopwatch()
    pulse = Pulse(stopwatch)
    assert pulse.age is None
    pulse.beat()
    stopwatch.seconds += 7
    assert pulse.age == 7
