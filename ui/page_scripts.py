"""The scripts by which the page's own HTML sends events to the server.

``trigger`` does that: the event's name must stand there in quotes, by them Gradio knows it. What the page
does without the server is in page.js.
"""

from __future__ import annotations

from typing import Final

STATUS_SCRIPT: Final = """
trigger('arrive', {
  search: location.search,
  conversation: window.groundrule?.kept() ?? '',
  language: document.documentElement.lang,
});
"""
TOP_SCRIPT: Final = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (!button) return;
  trigger('press', {do: button.dataset.do});
  window.groundrule?.refocus(event);
});
"""
STRIP_SCRIPT: Final = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const {example, fact, value} = button.dataset;
  trigger('press', example ? {example: Number(example)} : {fact, value});
  window.groundrule?.refocus(event);
});
"""
DEEDS_SCRIPT: Final = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.do) trigger('press', {do: button.dataset.do});
  else if (button.dataset.verdict) {
    const note = element.querySelector('textarea')?.value ?? '';
    trigger('press', {verdict: button.dataset.verdict, note});
  } else return;
  window.groundrule?.refocus(event);
});
"""
FACTS_SCRIPT: Final = """
const send = (fact, value) => {
  trigger('press', {fact, value});
  window.groundrule?.remember(fact);
};
const sendNumber = (fact) => {
  const field = element.querySelector(`input[data-fact="${CSS.escape(fact)}"]`);
  if (field && field.value !== '') send(fact, field.value);
};
element.addEventListener('click', (event) => {
  const data = event.target.closest('button')?.dataset;
  if (!data) return;
  if (data.number) sendNumber(data.number);
  else send(data.fact, data.forget ? null : data.value);
});
element.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches('input')) sendNumber(event.target.dataset.fact);
});
watch('value', () => window.groundrule?.restore(element));
"""
