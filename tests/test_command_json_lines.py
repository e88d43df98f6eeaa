import pytest
from pydantic import BaseModel

from ui.errors import UsageError
from ui.json_lines import Wrong, read_json_lines, written_whole


class Named(BaseModel):
    id: str


def test_a_bad_line_is_reported_with_its_number_and_the_others_are_kept(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": "a"}\n\nnot json\n{"id": 3}\n\xff\xfe\n{"id": "b"}\r\n[]\n')
    lines = read_json_lines(file, Named)
    assert [line[0] if isinstance(line, tuple) else line.line for line in lines] == [1, 3, 4, 5, 6, 7]
    assert [isinstance(line, Wrong) for line in lines] == [False, True, True, True, False, True]
    assert "is no JSON" in lines[1].problem
    assert "id" in lines[2].problem
    assert "UTF-8" in lines[3].problem


def test_deep_nesting_is_a_bad_line(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text("[" * 100_000 + "\n" + '{"id": "a"}\n')
    assert [isinstance(line, Wrong) for line in read_json_lines(file, Named)] == [True, False]


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    file = tmp_path / "out.jsonl"
    file.write_text("before")

    def write_half():
        with written_whole(file) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert file.read_text() == "before"
    with written_whole(file) as stream:
        stream.write("after")
    assert file.read_text() == "after"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path):
    target = tmp_path / "target.jsonl"
    target.write_text("before")
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    with written_whole(link) as stream:
        stream.write("after")
    assert link.is_symlink()
    assert target.read_text() == "after"


@pytest.mark.parametrize("place", ["missing/out.jsonl", "."])
def test_a_place_that_cannot_be_a_file_is_refused_before_any_work(tmp_path, place):
    with pytest.raises(UsageError, match=r"file|folder"), written_whole(tmp_path / place):
        pytest.fail("the work has begun")
