"""The page in German, and what decides about its language."""

import dataclasses
import re

import pytest
from starlette.datastructures import Headers

from ui.page_language import LANGUAGES, language_of
from ui.page_words import ENGLISH
from ui.page_words_german import GERMAN

ALIKE = {"changed", "drift"}  # "{label}: {before} → {after}", and a word that both languages have


def texts(words, name=""):
    for field in dataclasses.fields(words):
        value = getattr(words, field.name)
        if dataclasses.is_dataclass(value):
            yield from texts(value, f"{name}{field.name}.")
        elif isinstance(value, str):
            yield f"{name}{field.name}", value
        else:
            yield from ((f"{name}{field.name}.{key}", told) for key, told in value.items())


def test_every_text_is_translated_and_fills_in_the_same():
    english, german = dict(texts(ENGLISH)), dict(texts(GERMAN))
    assert english.keys() == german.keys()
    same = {name.rpartition(".")[2] for name in english if english[name] and english[name] == german[name]}
    assert same == ALIKE
    for name, told in english.items():
        assert set(re.findall(r"{\w+}", told)) == set(re.findall(r"{\w+}", german[name])), name


@pytest.mark.parametrize(
    ("query", "cookie", "setting", "accepted", "language"),
    [
        ("", "", "", "", "en"),
        ("", "", "", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "", "", "fr;q=1,en;q=0.2,de;q=0.5", "de"),
        ("", "", "", "de;q=0", "en"),
        ("", "", "en", "de", "en"),
        ("", "de", "en", "en", "de"),
        ("lang=de", "en", "en", "en", "de"),
        ("lang=xx", "", "", "x;q=x,;;,de;q=²", "de"),
    ],
)
def test_the_address_decides_before_the_choice_the_setting_and_the_browser(
    query, cookie, setting, accepted, language
):
    told = Headers({"cookie": f"groundrule_language={cookie}", "accept-language": accepted})
    assert language_of(told, query, setting) == language
    assert language in LANGUAGES
