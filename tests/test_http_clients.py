"""Programs that people have already, pointed at the server as their own documentation says."""

import os
import subprocess
import sys

import pytest

CHAT = """
import sys
import gradio

chat = gradio.load_chat(sys.argv[1], model="weather", token="any")
history, said = [], ("I am about to go out.", "yes")
for message in said:
    *_, told = chat.fn(message, history)
    for role, text in (("user", message), ("assistant", told)):
        history.append({"role": role, "content": [{"type": "text", "text": text}]})
    print(told)
"""


@pytest.fixture
def run(tmp_path):
    """Runs a program as a user does, with settings and chats of its own."""
    # Without the plug-ins of other models that may be installed.
    own = {"LLM_USER_PATH": str(tmp_path), "LLM_LOAD_PLUGINS": "", "OPENAI_API_KEY": "any"}

    def start(*command):
        done = subprocess.run(
            [sys.executable, *command],
            env=os.environ | own | {"GRADIO_ANALYTICS_ENABLED": "False"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return start


def test_the_command_llm_asks_it_and_goes_on_with_the_chat(http, run, tmp_path):
    models = f"- model_id: adviser\n  model_name: weather\n  api_base: {http()}/v1\n"
    (tmp_path / "extra-openai-models.yaml").write_text(models, encoding="utf-8")
    assert "Does it rain?" in run("-m", "llm", "-m", "adviser", "I am about to go out.")
    assert "Use Take an umbrella" in run("-m", "llm", "-c", "yes")


def test_a_chat_of_gradio_is_loaded_from_it(http, run):
    first, _, second = run("-c", CHAT, f"{http()}/v1").partition("Use Take an umbrella")
    assert "Does it rain?" in first
    assert second
