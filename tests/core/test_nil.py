"""What counts as "nothing to report", both ways."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.nil import is_nil

NIL = """
none
None
NONE
None.
 none
None!
nil
Nil return
NIL RETURN.
Nil response
Nil to report
n/a
N/A
NA
n.a.
N / A
1. None
N/A at present
Not applicable
Not applicable this period
-
--
–
—
- None
• None
*None*
“None”
No
Nothing
Nothing to report
Nothing to report.
Nothing to report this period
Nothing to report at this time
Nothing new
Nothing new to report
Nothing further to add
Nothing else to report
Nothing significant to report
Nothing specific
Nothing of note
Nothing this time
Nothing to flag
Nothing at present
Nothing from us
None during this reporting period
None in this period
None this period
None this fortnight
None for this reporting period
None since last report
None since the last report
None since last reporting period
None at present
None at this time
None at the moment
None at this stage
None at this point in time
None currently
None to date
None so far
None as yet
None yet
None known
None identified
None to report
None to note
None reported
None that I am aware of
None that we're aware of
None to my knowledge
None (nothing to report)
None. No change.
No current risks or challenges
No current risks or challenges.
No new risks
No risks identified
No risks have been identified
No known risks at present
No new challenges
No new challenges or activity
No risks, challenges or issues to report
No further risks / challenges
No change
No changes
No change since last report
No change from last report
No changes from the previous period
No change since previous report
No changes since the last reporting period
No significant change
No significant changes since last time
No staffing changes
No staff changes
No workforce changes
No workforce issues
No workforce or financial implications
No financial impact
No financial impact at present
No financial impact identified
No financial implications
No new financial implications since last reporting period
No additional costs
No additional costs incurred
No further costs, no further changes
No new guidance
No new guidance received
No new guidance has been issued during this period
No decisions
No decisions made
No decisions made since last reporting period
No decisions required
No recovery activity
No recovery activity at this stage
No communications
No communications this period
No comms
No update
No updates
No updates at this time
No further updates
No further update since the last report
No issues
No concerns
No issues or concerns
No covid-19 issues
No major issues to raise
No news
There are none
There is nothing to report
There are no current risks or challenges
There have been no changes
There have been no changes since the last report
There has been no change in this period
There were no new challenges during this period
There are not any risks
We have nothing to report
We have no current risks
We have had no changes
We haven’t had any issues
We have not received any new guidance
I have nothing to add
Currently none
At present, none
Currently no issues
Not at present
Not at this time
Zero changes
""".strip("\n").split("\n")

NEWS = """
None. 2
1.
No change from Monday
No staff available
No staff available on Friday
No staff
No service
No service on Sundays
None of the schools reopened
None of our staff are off sick
None of the above risks has gone away
None but the two libraries are open
None, but see above
None except a small overspend
None - see workforce
None other than the delay that we reported
None (but the lease ends in May)
None. Two posts are vacant.
No issues. One member of staff is off sick.
No issues with deliveries
No changes to opening hours
No changes were possible because the building is shut
No change: we remain closed
No impact on residents
No guidance was issued, so we closed the site
No guidance received from the regulator
No decisions could be made
No communications plan
No risks were mitigated
No risk assessment has been done
No cost centre
No update was sent to partners
No money left
No response from the landlord
No one is off sick
No more than two staff are off sick
No longer a risk
No new staff
No visitors
No 10 announced new guidance
Nothing has been paid
Nothing works
Nothing could be done
Nothing new to report except the lift
Nothing to report but one accident
There is no heating
There are no staff in the office
We have no budget
We have no staff
We have nothing left
We have two vacant posts
Nonetheless we carried on
None the less, we carried on
Nile Street reopened
Nil staff at work
Not all sites are open
Not known
Not yet decided
Unchanged
As before
Same as last time
As last period
See above
Business as usual
TBC
To be confirmed
To follow
Unknown
?
0
All staff are well
Yes
Some risks
Normal
National guidance
Nonexistent budget
- two posts vacant
No\tstaff\tleft
""".strip("\n").split("\n")


@pytest.mark.parametrize("text", NIL)
def test_is_nil_for_a_phrase_that_says_nothing(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize("text", NEWS)
def test_is_nil_not_for_a_phrase_with_news(text: str) -> None:
    assert not is_nil(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t", "\u00a0", "\u200b", ".", "…", "()"])
def test_is_nil_not_for_blank_text(text: str) -> None:
    assert not is_nil(text)


@pytest.mark.parametrize(
    "text", ["None\u00a0at\u00a0present", "None\n", "\u200bNone", "None\n\nNone", "None\r\n"]
)
def test_is_nil_whatever_the_white_space(text: str) -> None:
    assert is_nil(text)


@given(st.sampled_from(NIL), st.sampled_from(NEWS))
def test_is_nil_not_where_news_follow(nothing: str, news: str) -> None:
    assert not is_nil(f"{nothing}\n{news}")


@given(st.sampled_from(NIL), st.sampled_from([str.upper, str.lower, str.title]))
def test_is_nil_in_any_capitals(text: str, spell: Callable[[str], str]) -> None:
    assert is_nil(spell(text))


@given(st.text())
def test_is_nil_takes_any_text(text: str) -> None:
    assert is_nil(text) in (True, False)


def test_is_nil_of_long_text_is_quick_and_false() -> None:
    assert not is_nil("No new " * 20 + "risks and issues " * 5 + "x")
    assert not is_nil("none " * 8_000)
