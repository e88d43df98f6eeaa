"""The files in golden_slack/: what Slack is sent for some answers, windows and App Home of the weather pack.

``python -m tests.golden_slack`` writes them anew; the difference is to be looked through.
"""

import json
import sys
from pathlib import Path

from assistant import Assistant
from ui.page_session import labels_of
from ui.slack_errand import Spot
from ui.slack_home import RecentThread, home_view
from ui.slack_message import Under, answer_messages
from ui.slack_modals import facts_modal, reason_modal
from ui.slack_pressed import Pressed

FOLDER = Path(__file__).parent / "golden_slack"
PRESSED = Pressed(spot=Spot(team="T1", channel="C1", thread="1.000100"), number=1, asker="UANA")
RECENT = [RecentThread("I go *for* a <walk>", "https://a.example/?a&b")]

ANSWERS = {
    "question": ("I go for a walk",),
    "decided": ("I go for a walk", "yes"),
    "guide": ("How deep may puddles be for boots?",),
    "not_in_guide": ("What does a raincoat cost in March?",),
    "conflict": ("I go for a walk", "yes", "yes, there is a storm"),
}


def turn_after(adviser, messages):
    """The last turn of a conversation."""
    turn = None
    for message in messages:
        turn = adviser.reply(message, turn.conversation if turn else None)
    return turn


def messages_of(adviser, name):
    """The messages of one of the answers."""
    return answer_messages(turn_after(adviser, ANSWERS[name]).answer, labels_of(adviser), Under(PRESSED))


def views_of(adviser):
    """The windows and App Home, by name."""
    turn = turn_after(adviser, ANSWERS["decided"])
    return {
        "facts": facts_modal(turn.conversation, labels_of(adviser), PRESSED),
        "reason": reason_modal(PRESSED),
        "home": home_view(adviser.pack, RECENT, "/groundrule"),
    }


def files(adviser):
    """The text of every file, by its name."""
    answers = {
        name: [{"text": message.text, "blocks": message.blocks} for message in messages_of(adviser, name)]
        for name in ANSWERS
    }
    return {
        f"{name}.json": json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        for name, value in (answers | views_of(adviser)).items()
    }


def main():
    """Writes the files."""
    for name, text in files(Assistant.open(Path(__file__).parent / "weather_pack")).items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
