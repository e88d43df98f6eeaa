import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant import Answer, CitedWords, Conversation, FactLabel, PathNode, SectionText, StandingFact
from assistant.answer import DecisionShown, NextQuestion, PackName
from ui.page_session import Exchange, Session, start_again, waiting
from ui.page_words import ENGLISH
from ui.render_chat import announcement, chat_messages
from ui.render_facts import facts_html
from ui.render_path import path_html
from ui.render_replies import examples_html, replies_html
from ui.render_sources import sources_html


class Elements(HTMLParser):
    """What a browser would make of HTML: the names of its elements, their attributes and values."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.values = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values |= {value for _, value in attrs}


OPTIONS = {"train": "The train", "bus": "The bus"}
LABELS = {
    "luggage": FactLabel(
        "Heavy luggage", "Do you carry much?", "The bus takes none.", (("yes", "Yes"), ("no", "No"))
    ),
    "budget": FactLabel("Budget", "What may it cost?", "", (("low_cost", "low cost"), ("any", "any"))),
    "distance": FactLabel("Distance", "", "", ()),
}
AT = lambda cited: f"/explore?from={cited.start}"  # noqa: E731
QUOTE = "The bus takes no luggage."
TEXT = f"## Luggage\n\nFirst. {QUOTE} Last."


def fact(value, quote="two suitcases", by="cue"):
    return StandingFact(value=value, quote=quote, turn=1, by=by)


def cited(n=1):
    start = 100 + TEXT.index(QUOTE)
    return CitedWords(
        n=n,
        section="travel#luggage",
        heading=("Travel", "Luggage"),
        quote=QUOTE,
        file="corpus/travel.md",
        line=7,
        start=start,
        end=start + len(QUOTE),
    )


def decision(status="decided", options=("train",), **changed):
    blank = dict.fromkeys(("possible", "trace", "tensions", "overridden", "conflicts", "limits"), ())
    given = {
        "id": "0",
        "how": "",
        "assumed": {},
        "next": None,
        "disputed": (),
        "flips": (),
        "hypothetical": False,
    }
    return DecisionShown(**{**blank, **given, "status": status, "options": options, **changed})


def question(fact="luggage", choices=("yes", "no")):
    return NextQuestion(fact=fact, ask="Do you carry much?", why="", choices=choices, citation=None)


def answer(text="Take the train [1].", kind="decided", decided=None, citations=None, facts=None):
    return Answer(
        kind=kind,
        text=text,
        facts=facts or {},
        decision=decided,
        citations=(cited(),) if citations is None else citations,
        pack=PackName(id="travel", version="1", sha256="0"),
        ms=1,
    )


def session(*exchanges, facts=None):
    return Session(Conversation(facts=facts or {}), tuple(exchanges))


def elements(html):
    read = Elements()
    read.feed(html)
    return read.names


def said(text, reply=None, how="message", problem=""):
    return Exchange(text, how, reply, problem)


def messages(held):
    return [m["content"] for m in chat_messages(held, OPTIONS, LABELS, ENGLISH)]


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize("kind", [kind for kind, label in ENGLISH.kinds.items() if label])
def test_each_kind_of_answer_is_told_apart_in_words(kind):
    shown = messages(session(said("hm", answer(kind=kind))))[1]
    assert f'<p class="kind">{ENGLISH.kinds[kind]}</p>' in shown
    assert len(set(ENGLISH.kinds.values())) == len(ENGLISH.kinds)


def test_a_marker_leads_to_the_source_of_its_own_answer():
    held = session(said("one", answer()), said("two", answer()))
    shown = messages(held)
    assert 'href="#source-1-1"' in shown[1]
    assert 'href="#source-2-1"' in shown[3]
    panel = sources_html(held, lambda _: SectionText(("Travel", "Luggage"), TEXT, 100, "f"), ENGLISH, AT)
    assert 'id="source-1-1"' in panel
    assert panel.index('id="source-2-1"') < panel.index('id="source-1-1"')


def test_what_the_user_wrote_is_shown_and_never_read_as_markdown_or_html():
    shown = messages(session(said("<b>x</b> **y**\n\n# z & [1](javascript:alert(1))", answer())))[0]
    assert "&lt;b&gt;x&lt;/b&gt; **y**<br><br># z &amp; [1](javascript:alert(1))" in shown


def test_no_message_of_the_chat_holds_a_line_end_at_which_its_html_would_stop():
    held = session(said("a\n\nb", answer("x\n\n```\na\n\nb\n```\n\ny")), said("c", problem="d\n\ne"))
    assert not any("\n" in shown for shown in messages(held))


def test_a_very_long_message_is_repeated_in_part():
    shown = messages(session(said("x" * 50_000, problem="Too long.")))[0]
    assert len(shown) < 2_000
    assert "50,000 characters in all" in shown


def test_a_refused_message_is_answered_with_the_reason():
    shown = messages(session(said("…", problem="The message holds no words. Write what you need.")))
    assert "The message holds no words. Write what you need." in shown[1]


def test_a_message_on_its_way_is_shown_at_once():
    shown = messages(waiting(Session(), "a question"))
    assert "a question" in shown[0]
    assert ENGLISH.thinking in shown[1]


def test_an_answer_that_has_begun_is_shown_as_safely_as_a_whole_one():
    begun = "**Take** the train [1]. <img src=x> ![x](http://evil.example/1)\n\n- [y](javascript:alert(1))"
    shown = messages(replace(waiting(Session(), "a question"), begun=begun))[1]
    assert elements(shown) <= {"div", "p", "strong", "span", "ul", "li"}
    assert "<strong>Take</strong>" in shown
    assert '<span class="cite">[1]</span>' in shown
    assert "\n" not in shown
    assert ENGLISH.thinking in shown


def test_a_change_shows_the_result_before_and_after():
    first, second = answer(decided=decision()), answer(decided=decision(options=("bus", "train")))
    shown = messages(session(said("hm", first), said("Luggage: Yes → No", second, "change")))
    assert "Before The train → Now The bus + The train" in words(shown[3])


def test_a_change_that_changes_nothing_says_so():
    held = session(said("hm", answer(decided=decision())), said("x", answer(decided=decision()), "change"))
    assert "The result stays: The train" in words(messages(held)[3])


def test_a_correction_in_words_shows_before_and_after_too():
    held = session(
        said("hm", answer(decided=decision())), said("no luggage", answer(decided=decision("conflict", ())))
    )
    assert "Before The train → Now Conflict" in words(messages(held)[3])


def test_a_first_result_and_a_supposed_one_are_no_change():
    undecided = answer(kind="question", decided=decision("undecided", (), possible=(("bus",), ("train",))))
    supposed = answer(kind="what_if", decided=decision(options=("bus",), hypothetical=True))
    held = session(said("a", undecided), said("b", answer(decided=decision())), said("c", supposed))
    assert not any("Before" in words(shown) for shown in messages(held))


def test_the_open_question_is_answered_by_buttons_and_not_knowing_is_one_of_them():
    reply = answer(decided=decision("undecided", (), next=question("budget", ("low_cost", "any"))))
    shown = replies_html(reply, LABELS, ENGLISH)
    assert re.findall(r'data-value="(\w+)"', shown) == ["low_cost", "any", "unknown"]
    assert re.findall(r">([^<>]+)</button>", shown) == ["low cost", "any", "I don&#x27;t know"]
    assert 'aria-label="Answer the question: Do you carry much?"' in shown


def test_the_line_that_lists_the_choices_gives_way_to_the_buttons():
    text = "Still open.\n\n**Do you carry much?**\n\nYes · No · I don't know"
    asking = answer(text, decided=decision("undecided", (), next=question()))
    assert "I don" not in messages(session(said("hm", asking)))[1]
    told = answer("Yes · No · maybe", decided=decision("undecided", (), next=question()))
    assert "Yes · No · maybe" in messages(session(said("hm", told)))[1]


def test_the_examples_are_buttons():
    shown = examples_html(("One <b>?", "Two?"), ENGLISH)
    assert "One &lt;b&gt;?" in shown
    assert re.findall(r'data-example="(\d)"', shown) == ["0", "1"]
    assert examples_html((), ENGLISH) == ""


def test_a_screen_reader_hears_kind_and_words_without_markers():
    told = announcement(session(said("hm", answer("**Take** the train [1].\n\n- It is *fast*."))), ENGLISH)
    assert told == "Answer 1. Recommendation. Take the train. It is fast."
    assert announcement(waiting(Session(), "hm"), ENGLISH) == ""


def test_two_answers_alike_are_announced_apart():
    held = session(said("a", answer()), said("a", answer()))
    assert announcement(held, ENGLISH) != announcement(session(said("a", answer())), ENGLISH)


def test_a_fact_shows_its_value_and_the_words_it_was_read_from():
    shown = words(facts_html({"luggage": fact("yes")}, None, LABELS, ENGLISH))
    assert "Heavy luggage Yes You said “two suitcases”" in shown


def test_a_fact_set_by_hand_says_so():
    assert "You chose this" in facts_html({"luggage": fact("no", "", "user")}, None, LABELS, ENGLISH)


def test_an_assumed_fact_is_shown_as_assumed():
    standing = answer(decided=decision(assumed={"luggage": "no"}))
    shown = words(facts_html({}, standing, LABELS, ENGLISH))
    assert "Heavy luggage No Assumed until you say otherwise" in shown


def test_each_fact_can_be_set_to_each_of_its_values_or_forgotten():
    shown = facts_html({"luggage": fact("yes")}, None, LABELS, ENGLISH)
    fold = re.search(r'<details class="change" data-fact="luggage">.*?</details>', shown)[0]
    assert re.findall(r'data-value="(\w+)" aria-pressed="(\w+)"', fold) == [
        ("yes", "true"),
        ("no", "false"),
        ("unknown", "false"),
    ]
    assert "data-forget" in fold
    assert 'aria-label="Change: Heavy luggage"' in fold


def test_a_fact_not_said_can_be_added_and_a_number_is_typed():
    shown = facts_html({"luggage": fact("yes")}, None, LABELS, ENGLISH)
    assert "Add a fact (2)" in shown
    assert '<input type="number" step="any" min="0" data-fact="distance"' in shown


def test_the_lit_way_is_told_in_words_too():
    leaf = PathNode("a.yes", "needs The train", "Yes", True, False, ())
    other = PathNode("a.no", "needs The bus", "low cost", False, False, ())
    shown = path_html((PathNode("a", "Do you carry much?", "", True, False, (leaf, other)),), ENGLISH)
    assert "Yes needs The train (taken)" in words(shown)
    assert '<li class="dim"><p><span class="way">Low cost</span> <span class="text">needs The bus' in shown


def test_a_question_not_reached_is_not_lit():
    child = PathNode("a.yes", "needs The train", "Yes", False, False, ())
    shown = path_html((PathNode("a", "Do you carry much?", "", True, False, (child,)),), ENGLISH)
    assert "lit" not in re.findall(r'<li class="(\w+)">', shown)


def test_a_supposed_path_says_that_it_is_supposed():
    tree = (PathNode("a", "Do you carry much?", "", True, True, ()),)
    assert ENGLISH.supposed_path_intro in path_html(tree, ENGLISH, supposed=True)


def test_a_source_shows_its_quote_highlighted_in_its_section_with_its_place():
    shown = sources_html(
        session(said("hm", answer())),
        lambda _: SectionText(("Travel", "Luggage"), TEXT, 100, "f"),
        ENGLISH,
        AT,
    )
    assert f"First. <mark>{QUOTE}</mark> Last." in shown
    assert "corpus/travel.md, line 7" in shown
    assert "Travel › Luggage" in words(shown)


def test_a_source_in_plain_text_is_shown_line_by_line_and_never_read_as_markdown():
    text = f"# no heading\n{QUOTE}\n* no list"
    start = text.index(QUOTE)
    told = cited().model_copy(
        update={"start": start, "end": start + len(QUOTE), "references": ("Manual <b>",)}
    )
    held = session(said("hm", answer().model_copy(update={"citations": (told,)})))
    shown = sources_html(held, lambda _: SectionText(("T",), text, 0, "f", plain=True), ENGLISH, AT)
    assert f"# no heading<br><mark>{QUOTE}</mark><br>* no list" in shown
    assert "Manual &lt;b&gt;" in shown


def test_words_that_a_guide_says_about_itself_are_shown_without_a_section():
    held = session(said("hm", answer()))
    shown = sources_html(held, lambda _: SectionText(("T",), TEXT, 5000, "f"), ENGLISH, AT)
    assert f"<mark>{QUOTE}</mark>" in shown


def test_starting_again_shows_an_empty_page_and_keeps_a_way_back():
    held = replace(session(said("hm", answer()), facts={"luggage": fact("yes")}), id="c1")
    fresh = start_again(held)
    assert fresh.empty
    assert not fresh.conversation.facts
    assert fresh.left == "c1"
    assert start_again(fresh).left == "c1"


def test_hostile_words_from_anywhere_stay_text():
    hostile = "<img src=//evil.example onerror=alert(1)>\"'"
    reply = answer(hostile, citations=(cited().model_copy(update={"heading": (hostile,), "file": hostile}),))
    held = session(
        said(hostile, reply), said(hostile, problem=hostile), facts={"luggage": fact("yes", hostile)}
    )
    label = FactLabel(hostile, hostile, hostile, ((hostile, hostile),))
    shown = [
        *(m["content"] for m in chat_messages(held, OPTIONS, {"luggage": label}, ENGLISH)),
        facts_html(held.conversation.facts, None, {"luggage": label, hostile: label}, ENGLISH),
        sources_html(held, lambda _: SectionText((hostile,), hostile * 9, 90, hostile), ENGLISH, AT),
        path_html((PathNode(hostile, hostile, hostile, True, False, ()),), ENGLISH),
        examples_html((hostile,), ENGLISH),
        announcement(held, ENGLISH),
    ]
    elements = Elements()
    elements.feed("".join(shown))
    elements.close()
    assert "img" not in elements.names
    assert not [name for name in elements.attributes if name.startswith("on") or name in ("src", "style")]
    assert hostile in elements.values
