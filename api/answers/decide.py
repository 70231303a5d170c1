"""From what the search found to one reply: answer, nearest, refusal, comparison, or which region."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.answers import refusal
from api.answers.by_name import named_in_one_region
from api.answers.compare import compared
from api.answers.compose import Evidence, body, holds_fact, sibling_lines
from api.answers.continued import with_whole_list
from api.answers.draft import Draft
from api.answers.errand_asked import asks_for_an_errand, things_named
from api.answers.pick_span import best_span_first
from api.answers.question import Question
from api.answers.retrieve import (
    broaden,
    holds_own_words,
    outweighs,
    retrieve,
    retrieve_faq,
    same_matter,
    siblings,
    with_fact_first,
)
from api.answers.said import holds_topic, lacks_its_kind, names_the_thing, tells_the_fact
from api.answers.sentences import bigrams
from api.answers.successor import in_its_place, inherited, offer
from api.answers.thresholds import (
    ALIKE,
    ANSWER_FROM,
    AS_LIKELY,
    FAQ_FROM,
    FAQ_THING_FROM,
    FEW_REGIONS,
    HOLDS_FROM,
    MOST_REGIONS,
    NEAR_FROM,
    RIVAL_FROM,
    SAID_HARDLY,
    SAID_WHOLE,
    SURE_FROM,
    TOUCHES_FROM,
)
from api.answers.turn import Turn
from api.answers.understand import telling_words
from api.answers.wording import label
from api.schemas import Facet, Option
from knowledge.gazetteer import lies_in
from knowledge.model import Faq, PlanTask
from knowledge.policy import NATIONWIDE
from knowledge.text import normalise, squash

_TIME = re.compile(r"(?:\d+|[一二三四五六七八九十两半])个?(?:工作日|小时|分钟|天|日|周|月|年)|随时|立即|当场|当天")
_LITTLE = re.compile("[了还给吗呢啊吧的没再又也都就]")
"""Characters around a thing that belong to no name of one: 补贴还给吗 is about 补贴."""
NEAR = 5
"""Records nearest to a question without an answer from which it is guessed what may have been meant."""
_ELLIPSIS = re.compile(r"^[那的换成]+|[的呢啊吗呀?？。\s]+$")
_ASKING: dict[Facet, str] = {
    "lead": "由谁牵头",
    "responsible": "由谁负责",
    "deadline": "什么时候完成",
    "channel": "在哪里公开",
    "requirement": "有什么要求",
    "list": "有哪些任务",
    "count": "有几项任务",
    "document": "是哪个文件规定的",
    "any": "是怎么规定的",
}
UNIT_FACETS: frozenset[Facet] = frozenset({"lead", "responsible", "list", "count", "document"})


def decide(turn: Turn) -> Draft:
    """The reply to a question about a matter."""
    question = turn.question
    if draft := compared(turn):
        return draft
    found = retrieve(turn.index, question, turn.scope)
    if faq := _faq(turn, found):
        return single(turn, [faq])
    if question.record_ids or (question.regions and len(question.regions[0]) == 1):
        found = _or_earlier(turn, _or_within(turn, found))
        elsewhere = _elsewhere(turn) if _leaves_the_place(question, found) else None
        return elsewhere or _in_one_place(turn, found)
    return _unplaced(turn, found)


def _leaves_the_place(question: Question, found: Sequence[Evidence]) -> bool:
    """Whether a whole new question finds nothing in the region that was only carried over from earlier turns."""
    carried = bool(question.regions) and not question.placed and bool(question.own_words) and not question.record_ids
    return carried and (not found or found[0].confidence < ANSWER_FROM)


def _elsewhere(turn: Turn) -> Draft | None:
    """What the other regions answer to the same question; None when they do not know either."""
    question = replace(turn.question, regions=(), years=())
    anywhere = replace(turn, question=question, scope=replace(turn.scope, regions=frozenset(), years=frozenset()))
    draft = _unplaced(anywhere, retrieve(turn.index, question, anywhere.scope))
    return draft if draft.kind != "not_found" and draft.confidence >= SURE_FROM else None


def _faq(turn: Turn, found: Sequence[Evidence]) -> Evidence | None:
    """An approved answer, for a question that names no place but its own, asks for no unit, and is more like it than
    like anything in the documents; one that rests on a document not in force only where no document in force answers.
    """
    if turn.question.facet in UNIT_FACETS:
        return None
    faqs = [
        each
        for each in retrieve_faq(turn.index, turn.question, turn.scope)
        if _is_of_the_place(each, turn)
        and _names_the_thing_asked(each, turn.question)
        and _is_an_errand_too(each, turn.question)
        and _tells_its_kind(each, turn.question)
    ]
    best = found[0].confidence if found else 0.0
    if not faqs or faqs[0].confidence < max(FAQ_FROM, best):
        return None
    answered = best >= ANSWER_FROM and turn.counts(found[0])
    return faqs[0] if turn.counts(faqs[0]) or not answered else None


def _is_of_the_place(faq: Evidence, turn: Turn) -> bool:
    """Whether the approved question names every region asked about. One that names a region is for no question that
    leaves the region open, unless there is only one."""
    assert isinstance(faq.record, Faq)
    directory, asked = turn.index.directory, set(turn.question.region_names)
    named = [
        {region for each in directory.find_regions(text) for region in each.candidates} for text in faq.record.questions
    ]
    if not turn.question.placed and not all(named):
        return True
    if not asked:
        return not turn.question.placed and len(directory.regions) == 1
    return asked <= set().union(*named)


def _names_the_thing_asked(faq: Evidence, question: Question) -> bool:
    """Whether the approved question names the thing asked about. 身份证在哪里办 is built like 老年卡在哪里办 and near
    in meaning, yet about something else; 高龄补贴怎么领 shares 补贴 with one on another subsidy."""
    assert isinstance(faq.record, Faq)
    pairs = bigrams(_LITTLE.sub(" ", things_named(telling_words(question.topic))))
    approved = [squash(normalise(text)) for text in faq.record.questions]
    return not pairs or any(sum(pair in text for pair in pairs) >= FAQ_THING_FROM * len(pairs) for text in approved)


def _is_an_errand_too(faq: Evidence, question: Question) -> bool:
    """Whether the approved question asks how to get something done, where that is asked: 公积金怎么提取 is not told by
    what it says of loans."""
    assert isinstance(faq.record, Faq)
    return not asks_for_an_errand(question.text) or any(
        asks_for_an_errand(normalise(text)) for text in faq.record.questions
    )


def _tells_its_kind(faq: Evidence, question: Question) -> bool:
    """Whether the approved answer holds a time where one is asked for, or the fact without which nothing answers: of
    questions on one matter those on its time and on its cost are much alike."""
    if question.fact is not None:  # opening hours count as a time too, and are no number of days
        return holds_fact(faq, question.fact)
    return question.facet != "deadline" or bool(_TIME.search(body(faq.record)))


def _or_within(turn: Turn, found: list[Evidence]) -> list[Evidence]:
    """Where nothing of the place asked answers, what a place that lies in it has: 昌平区 where 北京市 was asked."""
    if found and found[0].confidence >= ANSWER_FROM:
        return found
    asked = frozenset(turn.question.region_names)
    within = frozenset(region for region in turn.index.directory.regions if lies_in(region) & asked)
    again = retrieve(turn.index, turn.question, replace(turn.scope, regions=within)) if within - asked else []
    return again if again and again[0].confidence >= ANSWER_FROM else found


def _or_earlier(turn: Turn, found: list[Evidence]) -> list[Evidence]:
    """The record of the turn before, when nothing better is found and it holds what this turn asks about."""
    if not turn.question.earlier_ids or (found and found[0].confidence >= SURE_FROM):
        return found
    for record_id in filter(turn.index.has_record, turn.question.earlier_ids):
        record = turn.index.record(record_id)
        if holds_own_words(record, turn.question, turn.index) >= HOLDS_FROM:
            return [Evidence(record, turn.index.document(record.document_id), ANSWER_FROM), *found]
    return found


def _in_one_place(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """The best evidence as the answer, as the nearest there is, or a refusal."""
    question = turn.question
    if not found or found[0].confidence < ANSWER_FROM or lacks_its_kind(found, question):
        found = broaden(turn.index, question, turn.scope, found)
    found = with_fact_first(best_span_first(found, question, turn.index.rarity), question)
    best = found[0] if found else None
    if best is None or best.confidence < NEAR_FROM:
        return turn.refuse(refusal.nothing_found(question.topic))
    if asks_for_an_errand(question.text) and not names_the_thing(best, question, turn.index):
        return turn.refuse(refusal.nothing_found(question.topic))
    weak = best.confidence < ANSWER_FROM
    if weak and question.fact and holds_fact(best, question.fact) and not names_the_thing(best, question, turn.index):
        # An amount or a time limit of another matter is worse than none.
        return turn.refuse(refusal.nothing_found(question.topic), _speaking_of_it(turn, found))
    if question.fact and not tells_the_fact(best, question, turn.index):
        matter = label(best.record) if isinstance(best.record, PlanTask) and not weak else ""
        return turn.refuse(refusal.fact_missing(question.fact, matter), _speaking_of_it(turn, found))
    if weak and not _speaks_of_it(turn, best):
        return turn.refuse(refusal.nothing_found(question.topic), _speaking_of_it(turn, found))
    if weak:
        text = refusal.nearest(turn.answer_text(best))
        return Draft(
            "clarify", text, (best,), best.confidence, (refusal.LOG_REQUEST,), near=tuple(_speaking_of_it(turn, found))
        )
    return single(turn, found)


def _speaks_of_it(turn: Turn, evidence: Evidence) -> bool:
    """Whether a weak match may be shown: a plan speaks of every matter in passing, and what is merely nearest in it
    reads as mockery."""
    floor = HOLDS_FROM if evidence.document.id in turn.index.plans else TOUCHES_FROM
    return holds_own_words(evidence.record, turn.question, turn.index) >= floor


def _speaking_of_it(turn: Turn, found: Sequence[Evidence]) -> list[Evidence]:
    return [evidence for evidence in found[:NEAR] if _speaks_of_it(turn, evidence)]


def single(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """The first of ``found`` as the answer. Where another document took the place of its document, that one answers,
    or, where a year or the old document was asked for by itself, is offered."""
    new = inherited(turn, found[0])
    if new is None:
        return _first(turn, found)
    if turn.scope.asks_for_the_past:
        return replace(_first(turn, found), options=(offer(new),))
    draft = _first(turn, new.found)
    text = f"{in_its_place(turn, new)}\n{draft.text}"
    return replace(draft, text=text, evidences=(*draft.evidences, found[0]))


def _first(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """The first of ``found`` as the answer, or all tasks of its plan under that title where the question fits all."""
    best = with_whole_list(turn.index, found[0])
    alike = siblings(turn.index, best, turn.question)
    if len(alike) > 1:
        text = turn.with_caution(sibling_lines(alike, turn.question, turn.index.rarity), alike)
        return Draft("answer", text, tuple(alike), best.confidence)
    others = (
        Evidence(passage, best.document, best.confidence) for passage in best.of_list if passage is not best.record
    )
    return Draft("answer", turn.answer_text(best), (best, *others), best.confidence)


def _unplaced(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """No one region was named. Plans of several regions hold the same tasks under the same words: which region is meant
    has to be asked. Other documents seldom agree so, and the one found first answers."""
    if found and found[0].document.id not in turn.index.plans:
        return _from_policies(turn, found)
    return _from_plans(turn, found)


def _from_policies(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """The first document's answer, with the other regions that have one nearly as likely to choose from; where rules of
    several regions answer alike, which region is meant has to be asked."""
    rivals = _rival_rules(turn, found)
    if len(rivals) > 1:
        return _ask_which_region(turn, rivals)
    draft = _in_one_place(turn, found)
    best = found[0]
    likely = (e for e in found[1:] if e.confidence >= max(ANSWER_FROM, AS_LIKELY * best.confidence) and turn.counts(e))
    regions = dict.fromkeys(evidence.document.region for evidence in likely)
    others = [region for region in regions if region not in (best.document.region, NATIONWIDE)][:FEW_REGIONS]
    if draft.kind != "answer":
        return draft
    return replace(draft, options=(*draft.options, *(region_option(region, turn.question) for region in others)))


def _rival_rules(turn: Turn, found: Sequence[Evidence]) -> list[Evidence]:
    """The best rule of each region, where those of several regions are as likely and none holds in the whole country.
    Beside its like a rule is less sure of itself, so that those of one wording count however likely they are."""
    best, question = found[0], turn.question

    def is_rival(evidence: Evidence) -> bool:
        # The last of these takes as long as all others together.
        return (
            evidence.confidence >= ALIKE * best.confidence
            and evidence.document.id not in turn.index.plans
            and turn.counts(evidence)
            and (evidence.confidence >= ANSWER_FROM or same_matter(evidence.record, best.record))
        )

    regions = list(dict.fromkeys(evidence.document.region for evidence in found if is_rival(evidence)))
    if len(regions) <= 1 or best.document.region not in regions or NATIONWIDE in regions:
        return []
    by_region = {region: with_fact_first(_found_in(turn, region), question) for region in regions[:MOST_REGIONS]}
    firsts = [e for e in _first_of_each(by_region) if question.fact is None or holds_fact(e, question.fact)]
    return [e for e in firsts if e.confidence >= max(RIVAL_FROM, ALIKE * firsts[0].confidence)]


def _from_plans(turn: Turn, found: Sequence[Evidence]) -> Draft:
    """Each region's best evidence on its own, for the regions compete word for word."""
    question = turn.question
    if not found:
        return turn.refuse(refusal.nothing_found(question.topic))
    regions = list(dict.fromkeys(evidence.document.region for evidence in found))
    with_policies = {e.document.region for e in found if _is_likely_policy(turn, e, found[0])}
    searched = {
        region: _found_in(turn, region) if region in with_policies | {NATIONWIDE} else _in_plans_of(turn, region)
        for region in regions[:MOST_REGIONS]
    }
    by_region = {region: with_fact_first(each, question) for region, each in searched.items()}
    firsts = _in_force_only(turn, _first_of_each(by_region))
    if question.fact and not any(holds_fact(evidence, question.fact) for evidence in firsts):
        return turn.refuse(refusal.fact_missing(question.fact, ""), _speaking_of_it(turn, firsts))
    rivals = [e for e in firsts if e.confidence >= max(RIVAL_FROM, ALIKE * firsts[0].confidence)]
    if not rivals:
        near = [evidence for evidence in firsts if evidence.confidence >= NEAR_FROM]
        return turn.refuse(refusal.nothing_found(question.topic), _speaking_of_it(turn, near))
    rivals = _of_the_matter(turn, rivals)
    if named := named_in_one_region(turn):
        others = [evidence for evidence in rivals if evidence.document.region != named[0].document.region]
        if not others:
            return single(turn, named)
    local = [evidence for evidence in rivals if evidence.document.region != NATIONWIDE]
    if len(rivals) == 1:
        return _in_one_place(turn, by_region[rivals[0].document.region])
    if rivals[0].document.region == NATIONWIDE:
        return _everywhere_and_here(turn, by_region[NATIONWIDE], local)
    return (
        _ask_which_region(turn, local) if len(local) > 1 else _in_one_place(turn, by_region[local[0].document.region])
    )


def _of_the_matter(turn: Turn, rivals: Sequence[Evidence]) -> list[Evidence]:
    """Where one says the very words asked, without those that say hardly any of them."""
    topic = turn.question.topic
    said = {
        one.record.id: holds_topic(one.record, topic, turn.index) for one in rivals if isinstance(one.record, PlanTask)
    }
    whole = any(share >= SAID_WHOLE for share in said.values())
    return [one for one in rivals if not whole or said.get(one.record.id, 1.0) >= SAID_HARDLY]


def _first_of_each(by_region: Mapping[str, Sequence[Evidence]]) -> list[Evidence]:
    """The best of each region's own documents, the surest first. A search in a region finds the whole country's too."""
    own = (next((e for e in found if e.document.region == region), None) for region, found in by_region.items())
    return sorted(filter(None, own), key=lambda evidence: -evidence.confidence)


def _everywhere_and_here(turn: Turn, found: Sequence[Evidence], local: Sequence[Evidence]) -> Draft:
    """What holds in the whole country, with the regions that have a rule of their own to choose from."""
    draft = _in_one_place(turn, [evidence for evidence in found if evidence.document.region == NATIONWIDE])
    regions = [evidence.document.region for evidence in local]
    return replace(draft, options=(*draft.options, *(region_option(region, turn.question) for region in regions)))


def _in_force_only(turn: Turn, firsts: list[Evidence]) -> list[Evidence]:
    """Without the regions whose document is not in force, where another region's answers: nobody is to be led there."""
    valid = [evidence for evidence in firsts if turn.counts(evidence)]
    lapsed = [evidence for evidence in firsts if not turn.counts(evidence)]
    return valid if valid and lapsed and outweighs(valid[0], lapsed[0], turn.scope) else firsts


def _found_in(turn: Turn, region: str) -> list[Evidence]:
    return retrieve(turn.index, turn.question, replace(turn.scope, regions=frozenset({region})))


def _is_likely_policy(turn: Turn, evidence: Evidence, best: Evidence) -> bool:
    """Whether a document that is no plan answers nearly as likely as the plan found first."""
    return evidence.document.id not in turn.index.plans and evidence.confidence >= AS_LIKELY * best.confidence


def _in_plans_of(turn: Turn, region: str) -> list[Evidence]:
    """What the plans of a region have on it: half the work of looking into all its documents."""
    plans = turn.scope.among & turn.index.plans or turn.index.plans
    return _found_in(replace(turn, scope=replace(turn.scope, among=plans)), region)


def _ask_which_region(turn: Turn, rivals: Sequence[Evidence]) -> Draft:
    """Which region, with one-tap options; the answers themselves when they are few."""
    regions = [evidence.document.region for evidence in rivals]
    options = tuple(region_option(region, turn.question) for region in regions)
    best = rivals[0].confidence
    if len(rivals) <= FEW_REGIONS:
        shared = "都有这项工作" if rivals[0].document.id in turn.index.plans else "都有这方面的规定"
        text = f"{'、'.join(regions)}{shared}：\n{turn.region_lines(rivals)}"
        return Draft("clarify", text, tuple(rivals), best, options)
    return Draft("clarify", which_region(regions), tuple(rivals), best, options)


def region_option(region: str, question: Question) -> Option:
    """A question that stands by itself: what a follow-up leaves out (高新区的呢) is said in it."""
    if question.topic == question.own_words:
        return Option(label=region, question=f"{region}：{question.text}")
    said = _ELLIPSIS.sub("", question.without_year)
    asked = said if said and not question.own_words else _ASKING[question.facet]
    return Option(label=region, question=f"{region}：{question.topic}{asked}")


def which_region(regions: Sequence[str]) -> str:
    return f"您想问哪个地区？{'、'.join(regions)}都有相关规定。"
