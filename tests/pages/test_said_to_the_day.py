"""What a page says is known to the day that it is of, and the same on every page."""

import pytest
from django.test import Client

from tests.pages.reading import main_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return text_of(main_of(answer.content.decode()))


SAID = [
    # Nobody has looked before the record begins, so absence is told of the record alone.
    (
        "/councils/torbay/?as_at=2009-01-05",
        "No full inspection is on record to 5 January 2009; the record begins in April 2009.",
        "no full inspection was published",
    ),
    (
        "/councils/northamptonshire/?as_at=2013-09-01",
        "No full inspection is on record to 1 September 2013; the record begins in April 2009.",
        "From its creation on",
    ),
    (
        "/councils/cumberland/?as_at=2023-06-01",
        "From its creation on 1 April 2023 to 1 June 2023 no full inspection was published.",
        "the record begins",
    ),
    # A council that goes on under another code was there before it.
    (
        "/councils/buckinghamshire/?as_at=2013-01-05",
        "No full inspection is on record to 5 January 2013; the record begins in April 2009.",
        "did not exist yet",
    ),
    # Figures reckoned back for a council that had not begun are not told as its own.
    (
        "/councils/westmorland-and-furness/?as_at=2022-06-01",
        "This council did not exist yet: it opened on 1 April 2023.",
        "stands outside the band",
    ),
    (
        "/councils/cumbria/",
        "Inadequate 13 May 2015 (published) 6 November 2017",
        "Inadequate 13 May 2015 6 November 2017",
    ),
    # The first day on site of Cumbria's inspection is not on record; of Darlington's it is.
    (
        "/councils/cumbria/?as_at=2016-02-02",
        "Since the report 8 months (to 2 February 2016)",
        "Since the inspection began",
    ),
    ("/councils/darlington/?as_at=2016-02-02", "Since the inspection began", "Since the report"),
    # Lists of visits that begin after a council's last day, or end with it.
    (
        "/councils/northamptonshire/",
        "Visits are complete only from 1 April 2021; others are here where found.",
        "to 31 March 2025",
    ),
    (
        "/councils/cumbria/",
        "Visits are complete from 1 April 2021; others are here where found.",
        "to 31 March 2025",
    ),
    (
        "/councils/cumbria/inspections/2021-07-21/",
        "The only focused visit on record since the inspection of November 2017; focused visits "
        "are complete from 1 April 2021.",
        "to 31 March 2025",
    ),
    # Some councils waited less than Surrey has left; nine in ten after such a grade did not.
    (
        "/councils/surrey/",
        "Nine in ten councils in this position waited longer than it has left",
        "Councils on record waited longer",
    ),
    # The page of a visit is as sure of the unpublished one as the council's page is.
    (
        "/councils/north-northamptonshire/inspections/2021-07-28/",
        "Ofsted does not publish the first monitoring visit after an inadequate judgement, so it "
        "may be missing here.",
        "there has been one more",
    ),
    # Not knowing a window is not knowing that none has begun.
    (
        "/england/upcoming/?as_at=2016-02-02",
        "On 2 February 2016 too little is on record to give a window.",
        "0 councils were in the likely window",
    ),
    (
        "/compare/?councils=slough~cumbria~east-surrey",
        "because they did not exist on this day: Cumbria, East Surrey.",
        "because it did not",
    ),
    # Inspections of parts of the service came before full ones, and gave grades too.
    (
        "/england/inadequate/?as_at=2012-05-05",
        "0 councils hold an inadequate judgement from a full inspection.",
        "0 councils hold an inadequate judgement.",
    ),
    (
        "/?as_at=2012-05-05",
        "0 councils had a new full report in the 12 months to 5 May 2012",
        "? Derby: not yet inspected",
    ),
    (
        "/?as_at=2012-05-05",
        "No council had a grade from a full inspection for help and protection by 5 May 2012.",
        "a published grade",
    ),
    (
        "/england/journeys/?as_at=2012-05-05",
        "was judged Inadequate for overall effectiveness in a full inspection by 5 May 2012.",
        "for overall effectiveness by 5 May 2012",
    ),
    ("/councils/?as_at=2014-02-12", "no full inspection yet London", "not yet inspected London"),
    (
        "/england/upcoming/?as_at=2012-05-05",
        "On 5 May 2012 too little is on record to give a window.",
        "0 councils were in the likely window",
    ),
    # A council that is gone is asked nothing.
    ("/councils/cumbria/grades/?present=1", "Cumbria: to read on and to check", "Question 1 of"),
    # An inspection of a part of the service is no full one.
    ("/data/", "714 graded inspections", "full graded inspections"),
    (
        "/england/upcoming/?as_at=2016-02-02",
        "Too little on record for a window 78 councils",
        "Later 78 councils",
    ),
]


@pytest.mark.parametrize(("path", "said", "unsaid"), SAID)
def test_it_says_what_is_known_and_no_more(
    client: Client, path: str, said: str, unsaid: str
) -> None:
    text = page(client, path)
    assert said in text
    assert unsaid not in text
