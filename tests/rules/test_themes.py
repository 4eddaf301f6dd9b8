"""Which words stand for which theme, as tables of invented points."""

import time

import pytest

from inspections.rules.themes import Proposal, is_unsure, plain_words, propose, rules
from inspections.rules.themes.phrases import PhraseError, read_rules
from tests.rules.shipped import rows

CASES = [
    # The field's plain words, one theme each.
    ("How promptly the front door answers a worried neighbour.", "front_door"),
    ("Thresholds, so that every team reads them alike.", "front_door"),
    ("Early help for families in the villages.", "early_help"),
    ("Assessments that weigh what the child has lived through.", "assessments"),
    ("Care plans that say who does what by when.", "plans"),
    ("The speed with which section 47 enquiries begin.", "strategy_discussions"),
    ("Letters before proceedings that parents can follow.", "pre_proceedings"),
    ("Return home interviews offered within three days.", "exploitation_missing"),
    ("What happens when a child of 17 presents as homeless.", "homeless_16_17"),
    ("Short breaks for disabled children.", "disabled_children"),
    ("The visibility of private fostering in the county.", "family_placements"),
    ("The answer to long-term neglect.", "harm_at_home"),
    ("Advocacy for every child who wants it.", "seen_and_heard"),
    ("The rigour with which IROs press for progress.", "challenge"),
    ("Family finding for children who wait for adoption.", "permanence"),
    ("A sufficiency of homes near Anytown.", "sufficiency"),
    ("Placement moves, of which there are too many.", "stability"),
    ("Children living in unregistered settings.", "unregistered_homes"),
    ("Dental checks and therapy for children in care.", "health"),
    ("The drive of the virtual school.", "education"),
    ("Life-story work begun early.", "identity"),
    ("Pathway plans that young people recognise as theirs.", "pathway_plans"),
    ("The local offer and how widely it is known.", "care_leavers"),
    ("Reflective supervision in every team.", "supervision"),
    ("Caseloads that leave time to think.", "caseloads"),
    ("Turnover among social workers.", "workforce"),
    ("Audits that look at impact.", "quality_assurance"),
    ("Case records kept up to date.", "recording"),
    ("What elected members know of the service.", "leadership"),
    ("The part that the police take.", "partners"),
    ("The work of the designated officer.", "allegations"),
]

OTHER_MEANINGS = [
    # The same word, meaning something else.
    ("Personal education plans with sharp targets.", "education"),
    ("Permanence plans agreed by the second review.", "permanence"),
    ("The improvement plan and its pace.", "leadership"),
    ("Initial health assessments held in time.", "health"),
    ("Conference chairs who press harder.", "challenge"),
    ("The regularity of supervision of foster carers.", "sufficiency"),
    ("Recruitment of foster carers for teenagers.", "sufficiency"),
    ("Recruitment of social workers.", "workforce"),
    ("A permanent workforce.", "workforce"),
    ("Parenting capacity, weighed with care.", "assessments"),
    ("Children missing from education.", "education"),
    ("Education, employment and training for care leavers.", "care_leavers"),
    ("Enough suitable accommodation for care leavers.", "care_leavers"),
    ("Safety plans for children at risk of exploitation.", "plans exploitation_missing"),
    ("The audit trail in children’s files.", "recording"),
]

SEVERAL = [
    # A point raises every theme it names, as its subject or as the result wanted.
    ("Supervision that moves children's plans forward.", "plans supervision"),
    ("Strategy meetings: police attendance and clear minutes.",
     "strategy_discussions recording partners"),
    ("Manageable caseloads, so that workers visit children in time.", "seen_and_heard caseloads"),
    ("Oversight of pre-proceedings work.", "pre_proceedings supervision"),
]  # fmt: skip

NEWER = [
    # Words that unlabelled points or the field's newer language brought, and false friends.
    ("Cases closed prematurely, while families still struggle.", "front_door"),
    ("Requests for support that wait for days.", "front_door"),
    ("Help for families through a family hub.", "early_help"),
    ("The reach of family help in the north.", "early_help"),
    ("Work to prevent older children from coming into care.", "early_help"),
    ("Adopter assessments that take too long.", "permanence"),
    ("Assessments of friends and family who offer a home.", "family_placements"),
    ("Self-assessment that is too hopeful.", "quality_assurance"),
    ("Child protection, personal education and pathway plans.", "plans education pathway_plans"),
    ("Pathway plans with contingency arrangements.", "pathway_plans"),
    ("Education, health and care plans issued late.", "disabled_children"),
    ("Supervision orders that drift.", "pre_proceedings"),
    ("The entry into care of older children.", "pre_proceedings"),
    ("Children on care orders who live at home with their parents.", "family_placements"),
    ("Criminals who draw children into modern slavery.", "exploitation_missing"),
    ("Awareness of private fostering in the community.", "family_placements"),
    ("Risks that teenagers meet in the community.", "exploitation_missing"),
    ("Young people of 16 who sofa surf.", "homeless_16_17"),
    ("Provision for deaf children.", "disabled_children"),
    ("The local offer for disabled children.", "disabled_children"),
    ("Family members who could be carers.", "family_placements"),
    ("Coercive control, and what it does to children.", "harm_at_home"),
    ("Parents with mental health problems, and their children.", "harm_at_home"),
    ("Relationship building with the quietest children.", "seen_and_heard"),
    ("Feedback from families after a visit has ended.", "seen_and_heard"),
    ("Independent review of progress.", "challenge"),
    ("Adoption panel chairs and their reports.", "permanence"),
    ("Adoption records kept in one place.", "recording"),
    ("Practitioners should adopt the agreed model.", ""),
    ("Children who live a long way from friends.", "sufficiency"),
    ("Supported accommodation for those of 17.", "care_leavers"),
    ("The number of unplanned endings of placements.", "stability"),
    ("Stability of staff in the duty service.", "workforce"),
    ("Children living in unlawful placements.", "unregistered_homes"),
    ("Trauma, and the help that follows it.", "health"),
    ("The involvement of health in strategy meetings.", "strategy_discussions partners"),
    ("Alternative provision that lasts.", "education"),
    ("Children in care and care leavers in education or work.", "education"),
    ("Racism that children meet.", "identity"),
    ("A learning culture.", ""),
    ("Plans translated into action.", "plans"),
    ("Young people with whom workers have lost touch.", "pathway_plans"),
    ("Transition to the new recording system.", "recording"),
    ("Relief from council tax for young adults.", "care_leavers"),
    ("The board's oversight as a corporate parent.", "leadership"),
    ("Children waiting for a named social worker.", "caseloads"),
    ("Capacity of parents and what they can learn.", ""),
    ("Support for new social workers.", "workforce"),
    ("Retention of prospective adopters.", "permanence"),
    ("Leaders' line of sight to practice.", "quality_assurance leadership"),
    ("Case summaries that are out of date.", "recording"),
    ("Budgets that hold for a year.", "leadership"),
    ("Joint protocols that everybody signs.", "partners"),
    ("Fathers and male partners.", ""),
    ("Concerns about professional abuse.", "allegations"),
    ("Neighbours contacting the local authority.", "front_door"),
    ("Recording of consent to undertake assessments.", "front_door recording"),
    ("Families signposted following an assessment.", ""),
    ("A backlog of unassessed children.", "assessments"),
    ("The minutes of a legal gateway panel.", "pre_proceedings recording"),
    ("Plans to reduce the backlog.", ""),
    ("Children placed back with their parents.", "family_placements"),
    ("Visits that leave children missing lessons.", "seen_and_heard"),
    ("Visits, monitored by managers.", "seen_and_heard supervision"),
    ("Children encouraged to contribute to audits.", "seen_and_heard quality_assurance"),
    ("Conferences late, and multi-agency plans with them.", "plans"),
    ("The part of adult mental health services.", "partners"),
]

CONTEXT = [
    # The same words where the point asks for something else, and what newly stands for a theme.
    ("Assessments of families who are often the subject of new referrals.", "assessments"),
    ("Strategy discussions held when the threshold is reached.", "strategy_discussions"),
    ("Permanence, understood by staff at the front door.", "permanence"),
    ("Notification to social care of every incident within a day.", "front_door"),
    ("Initial responses to families who wait for early help.", "early_help"),
    ("Help through a team around the child.", "early_help"),
    ("The speed of friends and family assessments.", "family_placements"),
    ("Medical assessments and immunisations.", "health"),
    ("Return interviews that inform plans for each child.", "plans exploitation_missing"),
    ("Direct work that helps children understand their plan.", "seen_and_heard"),
    ("The help given to children in chronic need.", "harm_at_home"),
    ("The response to risks to care leavers.", "care_leavers"),
    ("Managers who do not leave children at risk of harm.", ""),
    ("The sufficiency of skilled staff in every team.", "workforce"),
    ("Placement stability for teenagers.", "stability"),
    ("Permanence plans, so that plans for achieving stability are clear.", "permanence"),
    ("Sufficient placements for children in care and care leavers.", "sufficiency care_leavers"),
    ("Pathway plans for care leavers that cover housing and work.", "pathway_plans"),
    ("Young people whom nobody has met: re-establish contact.", "pathway_plans"),
    ("Independent oversight of foster carers’ reviews.", "sufficiency"),
    ("The capacity of managers to write decisions down.", "supervision caseloads"),
    ("Actions from multi-agency risk assessment conferences.", "harm_at_home"),
    ("Agency checks before a decision.", "partners"),
]

NEAR = [
    # Words of the four themes that were mistaken most often, and the words beside them that decide.
    ("The hub that answers young people's questions.", ""),
    ("Decisions in the safeguarding hub.", "front_door"),
    ("Triage of calls that come in overnight.", "front_door"),
    ("Triage of children who were missing.", "exploitation_missing"),
    ("Referrals to the designated officer.", "allegations"),
    ("Cases that meet the threshold for section 47.", "strategy_discussions"),
    ("Stepping cases down to a lighter service.", "front_door"),
    ("Steps to speed up repairs.", ""),
    ("Visits to children on child protection plans.", "seen_and_heard"),
    ("Chairs of child protection conferences.", "challenge"),
    ("Planning for the needs of care leavers.", "care_leavers"),
    ("Service planning that looks ahead.", ""),
    ("Plans that name who does what.", "plans"),
    ("Care planning, placement and case review regulations.", ""),
    ("Education, health and care plans and care plans.", "plans disabled_children"),
    ("Placement choice for teenagers.", "sufficiency"),
    ("Homes that meet the needs of older children.", "sufficiency"),
    ("Placements in which children feel well.", ""),
    ("Workforce sufficiency.", "workforce"),
    ("Sufficiency of homes for children in care.", "sufficiency"),
    ("Sufficient adoption placements.", "permanence"),
    ("Delegated authority for foster carers.", "stability"),
    ("Training for foster carers.", "sufficiency"),
    ("Training for family and friends as foster carers.", "family_placements"),
    ("Fewer children placed out of area.", "sufficiency"),
    ("Views of children, those placed out of area among them.", "seen_and_heard"),
    ("Children who have had too many placement moves.", "stability"),
    ("Breakdown of placements, and what is learnt from it.", "stability"),
    ("Breakdown of adoption.", "permanence"),
    ("Stability of the social care workforce.", "workforce"),
    ("Stable homes for brothers and sisters.", "stability"),
    ("Delegated authority that carers understand.", "stability"),
    ("Matching reports on permanence.", "permanence"),
    # Distance that only tells which children are meant.
    ("Dental checks of children placed out of borough.", "health"),
    ("The number of children who live outside the county.", "sufficiency"),
    ("A fostering panel that meets each month.", "sufficiency"),
    ("Foster carers who keep a diary of events.", "sufficiency"),
    ("Staying put with former foster carers.", "care_leavers"),
    ("Choice of placements for a child with a plan of adoption.", "permanence"),
    ("Beds for the night, and accommodation instead of police custody.", "sufficiency"),
    ("A sufficiency strategy that looks ahead.", "sufficiency"),
]

READING = [
    # How a sentence is read before its words are looked for.
    ("Children’s life - story work (paragraphs 3, 14).", "children life . story work ."),
    ("Multi-agency work; looked-after children", "multi agency work . looked after children"),
    ("Plans are late. (Outcome 3, National Framework)", "plans are late ."),
    ("Plans are late. Leadership and governance", "plans are late ."),
    ("• carers’ views • 16- and 17-year-olds", ". carers views . 16 and 17 year olds"),
]


def themes(text: str) -> str:
    return " ".join(proposal.theme for proposal in propose(text))


@pytest.mark.parametrize(
    ("text", "expected"), CASES + OTHER_MEANINGS + SEVERAL + NEWER + CONTEXT + NEAR
)
def test_a_point_raises_the_themes_that_its_words_name(text: str, expected: str) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(("text", "expected"), READING)
def test_a_point_is_read_as_plain_words(text: str, expected: str) -> None:
    assert plain_words(text) == expected


def test_a_heading_glued_to_the_end_raises_nothing() -> None:
    assert themes("Care plans should be clearer. Adoption") == "plans"


def test_a_proposal_gives_the_words_it_goes_by() -> None:
    assert propose("The quality of life-story work.") == (Proposal("identity", "life story", True),)


def test_a_gap_does_not_reach_into_the_next_sentence() -> None:
    assert "strategy_discussions" in themes("Strategy and planning meetings are late.")
    assert "strategy_discussions" not in themes("Refresh the strategy. Hold meetings in time.")


def test_a_point_without_a_theme_is_for_a_person() -> None:
    assert propose("Practice across the county.") == ()
    assert is_unsure(propose("Practice across the county."))


def test_a_point_with_weak_words_alone_is_for_a_person() -> None:
    proposals = propose("Planning across the county.")
    assert proposals == (Proposal("plans", "planning", False),)
    assert is_unsure(proposals)


@pytest.mark.parametrize(
    "text",
    [
        "Enough carers for teenagers.",
        "Availability of suitable places for children to live.",
        "More in-house fostering households.",
    ],
)
def test_broad_words_for_homes_leave_the_point_to_a_person(text: str) -> None:
    proposals = propose(text)
    assert {one.theme: one.is_sure for one in proposals}["sufficiency"] is False
    assert is_unsure(proposals)


@pytest.mark.parametrize(
    "text",
    [
        "Foster carers to whom delegated authority is explained.",
        "The number of unregistered homes.",
    ],
)
def test_broad_words_for_homes_leave_other_themes_alone(text: str) -> None:
    assert "sufficiency" not in {one.theme for one in propose(text)}


def test_strong_words_outweigh_weak_ones_of_the_same_theme() -> None:
    [proposal] = propose("Planning, and the plans that it makes.")
    assert proposal.is_sure
    assert not is_unsure((proposal,))


def test_a_point_is_never_read_for_long() -> None:
    """Time grows with the length alone: 0.4 s at most were measured for these."""
    hostile = ["sufficient " * 5000, "a" * 200_000, "( paragraph " * 5000, "." * 100_000]
    for text in hostile:
        before = time.process_time()
        propose(text)
        assert time.process_time() - before < 5


def test_the_rules_know_every_theme_in_its_order() -> None:
    assert list(dict.fromkeys(rule.theme for rule in rules())) == [
        row["code"] for row in rows("themes")
    ]


def test_every_theme_has_its_own_words_and_two_questions() -> None:
    listed = rows("themes")
    assert 25 <= len(listed) <= 30
    assert [int(row["order"]) for row in listed] == list(range(1, len(listed) + 1))
    for column in ("code", "name", "short_name", "definition", "question_1", "question_2"):
        assert len({row[column] for row in listed}) == len(listed)
        assert all(row[column].strip() for row in listed)
    assert all(
        row[column].endswith("?") for row in listed for column in ("question_1", "question_2")
    )


def test_what_belongs_elsewhere_names_themes_that_exist() -> None:
    codes = {row["code"] for row in rows("themes")}
    for row in rows("themes"):
        named = set(row["belongs_elsewhere"].replace(".", " ").replace(",", " ").split())
        assert row["code"] not in named
        assert named & codes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[plans]]\nwords = ["Plan"]', "found 'Plan'"),
        ('[[plans]]\nwords = ["plan (s)"]', r"found '\(s\)'"),
        ('[[plans]]\nunless = ["plan"]', "expected words or weak"),
        ('[[plans]]\nwords = ["plan"]\nsometimes = ["plans"]', "none but"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(text: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message):
        read_rules(text)


def test_a_phrase_stands_for_any_ending_either_word_and_a_gap() -> None:
    [rule] = read_rules('[[plans]]\nwords = ["quality ... plan/review*"]')
    assert rule.find("the quality of all the reviews") == "quality of all the reviews"
    assert rule.find("the quality of plans") == ""
    assert rule.find("quality one two three four five six plan") == ""


def test_conditions_of_a_rule() -> None:
    [rule] = read_rules(
        '[[plans]]\nwords = ["plan"]\nunless = ["pension plan"]\n'
        'only_with = ["child*"]\nnot_with = ["budget"]'
    )
    assert rule.find("a child and a plan") == "plan"
    assert rule.find("a plan") == ""
    assert rule.find("a child and a pension plan") == ""
    assert rule.find("a child and a plan and a budget") == ""
    assert rule.find("a child with a pension plan and a plan") == "plan"
