import pytest

from corpus import GuideError
from corpus.decode_bytes import decode_bytes

GERMAN = (
    "Die Prüfung der Unterlagen dauert höchstens zwei Wochen. Für größere Anträge gelten längere Fristen."
)
RUSSIAN = "Проверка документов занимает не более двух недель. Для крупных заявок сроки больше."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_a_file_is_read_whatever_its_characters_are_stored_in(encoding, mark):
    assert decode_bytes(mark + GERMAN.encode(encoding), "f") == GERMAN


def test_another_alphabet_is_told_where_one_reading_alone_makes_words():
    assert decode_bytes(RUSSIAN.encode("cp1251"), "f") == RUSSIAN


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"# T\n\ncaf\xe9\n", ["f:3: ", "is not UTF-8 (byte 0xe9)", "save the file as UTF-8"]),
        (GERMAN.encode() + b"\n" + GERMAN.encode("cp1252"), ["f:2: ", "is not UTF-8"]),
        (b"\xed\xa0\x80 half a pair", ["f:1: ", "0xed"]),
        (b"\xff\xfea\x00\x00\xd8b\x00", ["f:1: ", "is not UTF-16"]),
    ],
    ids=["too little to tell", "two kinds in one file", "surrogate", "surrogate in utf-16"],
)
def test_bytes_that_cannot_be_told_are_refused_with_their_line(held, words):
    with pytest.raises(GuideError) as caught:
        decode_bytes(held, "f")
    assert all(word in str(caught.value) for word in words)


def test_only_a_page_may_declare_its_characters():
    held = '<meta charset="windows-1252"><p>Thé chaud</p>'.encode("cp1252")
    assert "Thé chaud" in decode_bytes(held, "f", page=True)
    with pytest.raises(GuideError):
        decode_bytes(held, "f")


def test_a_declaration_that_names_nothing_known_is_not_believed():
    with pytest.raises(GuideError):
        decode_bytes(b'<meta charset="klingon"><p>caf\xe9</p>', "f", page=True)
