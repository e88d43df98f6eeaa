"""API keys: made, listed, revoked, and never kept."""

import json
import stat

import pytest

from ui.errors import ConfigurationError, UsageError
from ui.key_file import KeyRing, add_key, read_keys, revoke_key


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "data" / "keys.json"


def test_a_key_is_printed_once_and_only_its_hash_is_kept(groundrule, keys):
    env = {"GROUNDRULE_KEYS": str(keys)}
    made = groundrule("key", "new", "ann", env=env)
    assert made.code == 0
    secret = made.out.strip()
    assert secret not in keys.read_text()
    assert KeyRing(keys).name_of(secret) == "ann"
    listed = groundrule("key", "list", env=env)
    assert "ann" in listed.out
    assert secret not in listed.out
    assert groundrule("key", "revoke", "ann", env=env).code == 0
    assert json.loads(groundrule("key", "list", "--json", env=env).out) == []


def test_the_file_of_keys_is_its_owners_alone(keys):
    add_key(keys, "ann")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "Ann", "a b", "key:ann", "../x", "a" * 65, "ann\n"])
def test_a_name_that_is_none_is_refused(keys, name):
    with pytest.raises(UsageError, match="cannot name a key"):
        add_key(keys, name)
    assert read_keys(keys) == ()


def test_a_name_is_given_once_and_only_what_is_there_is_revoked(keys):
    secret = add_key(keys, "ann")
    with pytest.raises(UsageError, match="already"):
        add_key(keys, "ann")
    with pytest.raises(UsageError, match="no key 'ben'"):
        revoke_key(keys, "ben")
    assert KeyRing(keys).name_of(secret) == "ann"


def test_a_file_that_holds_no_keys_is_named_with_a_remedy(groundrule, keys):
    keys.parent.mkdir()
    keys.write_text("[]")
    with pytest.raises(ConfigurationError, match="no file of API keys"):
        read_keys(keys)
    told = groundrule("key", "list", env={"GROUNDRULE_KEYS": str(keys)})
    assert told.code == 3
    assert str(keys) in told.err
