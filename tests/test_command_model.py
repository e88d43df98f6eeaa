def test_half_a_setting_of_a_language_model_is_refused(groundrule):
    told = groundrule("ask", "hello", env={"GROUNDRULE_MODEL": "some-model"})
    assert told.code == 3
    assert "needs both GROUNDRULE_MODEL_URL and GROUNDRULE_MODEL" in told.err


def test_a_time_that_is_none_is_refused(groundrule):
    env = {
        "GROUNDRULE_MODEL": "m",
        "GROUNDRULE_MODEL_URL": "http://127.0.0.1:9/v1",
        "GROUNDRULE_MODEL_SECONDS": "soon",
    }
    told = groundrule("ask", "hello", env=env)
    assert told.code == 3
    assert "'soon'" in told.err


def test_a_dead_language_model_leaves_the_guides_own_words(groundrule, ready):
    env = ready | {"GROUNDRULE_MODEL": "m", "GROUNDRULE_MODEL_URL": "http://127.0.0.1:9/v1"}
    told = groundrule("ask", "how long may a call in low latency mode take on boomi's cloud?", env=env)
    assert told.code == 0
    assert "these are the guide's own words" in " ".join(told.out.split())
