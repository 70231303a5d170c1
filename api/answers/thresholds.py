"""Where the answer layer draws its lines. Chosen on the development questions; docs/answers.md has what they keep."""

ANSWER_FROM = 0.5
"""Confidence from which the first evidence is given as the answer."""
NEAR_FROM = 0.35
"""Confidence from which the evidence is shown as the nearest there is, said to be no more than that."""
SURE_FROM = 0.7
"""Confidence from which a follow-up leaves the record of the turn before for a better one."""
FAQ_FROM = 0.7
"""Confidence from which an approved question is taken for the one asked."""
FAQ_THING_FROM = 0.5
"""Share of the character pairs of the thing asked about that an approved question must hold."""
RIVAL_FROM = 0.42
"""Confidence below which a region does not make an unplaced question ambiguous."""
ALIKE = 0.55
"""Share of the best confidence from which another region's evidence makes an unplaced question ambiguous."""
AS_LIKELY = 0.85
"""Share of the best confidence from which the policy of another region is offered beside it."""
COMPARED_FROM = 0.35
"""Confidence that will do for one region of a comparison, whose topic the other regions confirm."""
HOLDS_FROM = 0.35
"""Share of this turn's words that keeps a follow-up on the record of the turn before."""
TOUCHES_FROM = 0.15
"""Share of the words asked, by rarity, that a weak match in a policy must hold to be shown; in a plan HOLDS_FROM."""
THING_FROM = 0.6
"""Share of the character pairs of the thing asked about that a record must hold to tell how to get it or, unsure, how
much it is."""
TASK_NEARLY_AS_GOOD = 0.7
"""A task below a passage wins a who/when/where question from this share of the passage's confidence on."""
FAR_BEHIND_LAPSED = 0.7
"""Share of a repealed document's confidence below which one in force, not its successor, is about another matter."""
FACT_NEARLY_AS_GOOD = 0.7
"""Share of the best confidence from which another record of its document, which holds the fact asked, is taken."""
COUNTERPART_FROM = 0.15
"""Share of character pairs in common from which a record of a new document is what became of one of the old."""
SAID_FROM = 0.6
"""Share of the words asked, by rarity, that a record of a region not named must hold where the search is not sure."""
SAID_WHOLE, SAID_HARDLY = 0.9, 0.45
"""Where a task of one region holds this share of the words asked, another region's that holds less than the second is
about another matter."""
NEWER_NEARLY_AS_GOOD = 0.9
"""A later plan of the same district wins from this share of the earlier one's confidence on."""
FEW_REGIONS = 3
"""Regions up to which an unplaced question is answered for each."""
MOST_REGIONS = 6
"""Regions looked into for an unplaced question."""
