import pytest

from assistant.verify import bare, verify

LIMITS = "Limits › Integration: The run-time limit of Boomi Integration in Low Latency mode is 30 seconds on Cloud Execution Workers."
CLOUD = "Constraints › Hosting: Boomi Flow is cloud-only: a self-hosted runtime of Boomi Flow does not exist."
MAPPING = "Constraints › Data: Boomi Flow has NO data transformation engine: mapping fields is impossible in Boomi Flow."
CALLS = "Architecture: Boomi Flow calls Boomi Integration through the AtomSphere Service Connector."
ADVICE = (
    "Tree: The tree recommends Boomi Integration beside Boomi Flow for approvals that need a data mapping."
)
PASSAGES = [LIMITS, CLOUD, MAPPING, CALLS, ADVICE]

RIGHT = [
    ("In Low Latency mode the limit is 30 seconds [1].", (0,)),
    ("The limit in Low Latency mode is 30 s on Cloud Execution Workers [1].", (0,)),
    ("No, a self-hosted runtime of Boomi Flow does not exist [2].", (1,)),
    ("Boomi Flow is cloud-only [2].", (1,)),
    ("Boomi Flow has no data transformation engine [3].", (2,)),
    ("Boomi Flow calls Boomi Integration through the AtomSphere Service Connector. [4]", (3,)),
    ("The tree recommends Boomi Integration beside Boomi Flow for approvals that need a mapping [5].", (4,)),
    ("“a self-hosted runtime of Boomi Flow does not exist” [2].", (1,)),
]


@pytest.mark.parametrize(("sentence", "passages"), RIGHT)
def test_a_sentence_that_its_passage_says_stands(sentence, passages):
    assert verify(sentence, PASSAGES).passages == passages


@pytest.mark.parametrize("marker", ["", " [77]", " [0]", " [2", " [x]", "【2】", " [passage 2]"])
def test_a_marker_that_is_mangled_loses_no_right_sentence(marker):
    sentence = f"Boomi Flow is cloud-only{marker}."
    assert verify(sentence, PASSAGES).passages == (1,)
    assert bare(sentence) == "Boomi Flow is cloud-only."


WRONG = [
    ("In Low Latency mode the limit is 300 seconds [1].", "figure"),
    ("In Low Latency mode the limit is 30 minutes [1].", "figure"),
    ("The run-time limit is 30 seconds in Low Latency mode on Azure workers [1].", "Azure"),
    ("A self-hosted runtime of Boomi Flow does exist [2].", "negation"),
    ("Yes, a self-hosted runtime of Boomi Flow does not exist [2].", "yes or no"),
    ("Boomi Flow has a data transformation engine [3].", "negation"),
    ("Boomi Integration calls Boomi Flow through the AtomSphere Service Connector [4].", "order"),
    ("Boomi Flow always calls Boomi Integration through the AtomSphere Service Connector [4].", "stronger"),
    ("We recommend Boomi Flow [2].", "recommend"),
    ("Boomi Flow costs less per user and month than its rivals [2].", "what is not there"),
    ("“Boomi Flow is free for schools” [2].", "quotes"),
    ("Boomi Flow is not cloud-only: a self-hosted runtime of Boomi Flow does not exist [2].", "negation"),
    ("Boomi Flow is cloud-only: a self-hosted runtime of Zoneflow does not exist [2].", "Zoneflow"),
    ("The recommendation is Boomi Flow [5].", "words of its own"),
    ("[1] [2]", "says nothing"),
    ("![a](http://e.example/p) A self-hosted runtime of Boomi Flow does not exist [2].", "markup"),
    ("A self-hosted runtime of Boomi Flow does not exist [here](javascript:alert) [2].", "markup"),
    ("A self-hosted runtime of <b onload=x>Boomi Flow does not exist [2].", "markup"),
]


@pytest.mark.parametrize(("sentence", "why"), WRONG)
def test_a_sentence_that_its_passage_does_not_say_falls(sentence, why):
    found = verify(sentence, PASSAGES)
    assert found.passages == ()
    assert why in found.why


def test_a_sentence_may_rest_on_two_passages_together():
    sentence = "Boomi Flow calls Boomi Integration, whose limit in Low Latency mode is 30 seconds [4][1]."
    assert set(verify(sentence, PASSAGES).passages) == {3, 0}
