"""What each kind of problem means and how to mend it, for whoever reads its code in a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong when a code is reported, and what to do about it."""

    meaning: str
    remedy: str


EXPLANATIONS: Mapping[str, Explanation] = {
    "asked-twice": Explanation(
        "A fact is asked again below one of its own answers.",
        "Put the branch of that answer in the place of the second question: the others can never be reached.",
    ),
    "bad-date": Explanation(
        "A date is not written as year-month-day, or a leaf ends before it begins.",
        "Write dates as 2026-03-31; 'until' is the last day on which the leaf holds.",
    ),
    "bad-range": Explanation(
        "A branch of a number is no range, or no number keeps a limit.",
        'Write comparisons, joined by \'and\': "<= 30", "> 30 and <= 60", "> 60". The fact\'s '
        "own unit may follow a number.",
    ),
    "bad-lock": Explanation(
        "The lock of the rules file cannot be used.",
        "Write it anew with 'groundrule pack lock'; it is never edited by hand.",
    ),
    "constant-group": Explanation(
        "A group says the same in every case.",
        "Let it branch on a fact. A limit or a requirement that always holds may be meant: "
        "then this is no mistake.",
    ),
    "disputed": Explanation(
        "Somebody contradicts the guide here.",
        "Ask an expert which is right; mend the guide and the rule, or remove the entry.",
    ),
    "empty": Explanation(
        "The file holds nothing.",
        "Begin with 'rules: <name>', then 'options', 'facts' and 'groups'.",
    ),
    "exception-fact": Explanation(
        "The fact that decides about a conflict's exception is used wrongly.",
        "Such a fact has 'ask' and 'only_for' with the conflict's name, no unit and no 'assume', and stands "
        "in no tree: it is asked only when the conflict is there.",
    ),
    "gap": Explanation(
        "A node, or a conflict's exception, does not say what follows from some answer.",
        "Add a branch for each answer of the fact; ranges must cover every number. A leaf "
        "that requires nothing is written {cite: …, quote: …}.",
    ),
    "half-citation": Explanation(
        "A citation has a section without words, or words without a section.",
        "Give both: 'cite' is the section's id, 'quote' are words that stand in it.",
    ),
    "idle-conflict": Explanation(
        "A declared conflict can never happen.",
        "Look whether 'between' and 'over' name the right groups and option; a changed tree "
        "may have dissolved it.",
    ),
    "idle-question": Explanation(
        "A question changes nothing, whatever the answer.",
        "Remove it, or mend the branch that should differ. It is never asked.",
    ),
    "lock-stale": Explanation(
        "The lock holds words that no rule cites any more.",
        "Write it anew with 'groundrule pack lock'.",
    ),
    "missing-key": Explanation(
        "Something that cannot be left out is missing.",
        "Add the key that the message names.",
    ),
    "never-asked": Explanation(
        "A tree branches on a fact that nobody can be asked for and that assumes nothing.",
        "Give the fact 'ask', a question; or 'assume', what holds while nobody mentions it.",
    ),
    "never-recommended": Explanation(
        "An option is recommended in no case.",
        "Require it in a leaf that can be reached without a conflict, or remove it.",
    ),
    "no-lock": Explanation(
        "The rules have no lock, so that a change of the guide around a quote is not noticed.",
        "Write it with 'groundrule pack lock' and keep it beside the rules file.",
    ),
    "one-value": Explanation(
        "A fact has fewer than two values, so that it cannot tell anything.",
        "List all of its values, or leave 'values' out for yes and no.",
    ),
    "quote": Explanation(
        "Quoted words do not stand in the section that is cited.",
        "Quote words exactly as they stand there, mark-up included; where they moved, cite the new section.",
    ),
    "quote-changed": Explanation(
        "Quoted words were rewritten in the guide.",
        "Read both: where the rule still holds, quote the new words, else mend the rule. "
        "Then 'groundrule pack lock'.",
    ),
    "quote-gone": Explanation(
        "Quoted words were taken out of the guide, and nothing like them is left.",
        "Read the guide again: mend the rule, or take it away.",
    ),
    "quote-moved": Explanation(
        "Quoted words stand in another section than the one cited.",
        "Cite the section that holds them; 'groundrule pack drift --fix' does it.",
    ),
    "quote-unlocked": Explanation(
        "A quote is not in the lock: it is new, or was changed since.",
        "Lock it with 'groundrule pack lock'.",
    ),
    "range-overlap": Explanation(
        "Two ranges of one node share numbers.",
        'Let one begin where the other ends: "<= 30" and "> 30".',
    ),
    "recommend-and-require": Explanation(
        "A leaf recommends in words and requires options as well.",
        "Use 'recommend' for the guide's own words, 'require' for options that are declared.",
    ),
    "repeated-key": Explanation(
        "A key stands twice in one mapping, so that one of the two would be lost.",
        "Keep one of them, or give them different names.",
    ),
    "repeated-node": Explanation(
        "Two nodes have the same id: a name that holds a dot looks like a path.",
        "Rename the group or the answer that holds the dot, so that each node can be told by its id.",
    ),
    "repeated-value": Explanation(
        "A fact lists a value twice.",
        "Keep one of them.",
    ),
    "reserved-value": Explanation(
        "A value has a name that means something else.",
        "Choose another word: 'unknown' says that the user cannot tell, the others are keys "
        "of facts and nodes.",
    ),
    "section-changed": Explanation(
        "A section has changed around quotes that still stand in it.",
        "Read the section again: the new words may change what the rule should say. "
        "Then 'groundrule pack lock'.",
    ),
    "too-large": Explanation(
        "Groups share so many facts and options that their results cannot be computed.",
        "Let them share fewer facts, or split them into rules files of their own.",
    ),
    "uncited": Explanation(
        "A leaf, a way out or a limit names no words of the guide.",
        "Add 'cite', the id of a section, and 'quote', words that stand in it.",
    ),
    "uncited-section": Explanation(
        "Some sections of the guide are cited by no rule.",
        "Look through them for rules that are missing; sections that hold none need nothing.",
    ),
    "undeclared-conflict": Explanation(
        "Two groups collide over an option in some cases, and the file does not say what then.",
        "Declare a conflict between them: what to say, and the guide's way out if it has one.",
    ),
    "unknown-answer": Explanation(
        "An answer is no value of its fact.",
        "Use one of the fact's values, or add it to 'values'. A node asks or is a leaf, never both.",
    ),
    "unknown-conflict": Explanation(
        "A conflict is named that does not exist.",
        "Name a conflict of the rules file.",
    ),
    "unknown-fact": Explanation(
        "A fact is used that is not declared, or one of the wrong sort.",
        "Declare it under 'facts', or mend its name. Limits are about facts with a unit.",
    ),
    "unknown-group": Explanation(
        "A conflict is between groups of which one does not exist.",
        "Name two groups of this file.",
    ),
    "unknown-key": Explanation(
        "A key means nothing at this place.",
        "Mend its name. Inside { } a comma ends a text: put texts with commas in quotes.",
    ),
    "unknown-guide": Explanation(
        "Rules or questions are about a guide that does not exist.",
        "Use the guide's id, its path below corpus/ without the ending, or the folder of several guides.",
    ),
    "unknown-kind": Explanation(
        "A group has a kind that does not exist.",
        "The kinds are need, constraint and preference.",
    ),
    "unknown-node": Explanation(
        "A node is named that does not exist.",
        "Name a node by its path (fit.yes.no), a conflict, or a limit.",
    ),
    "unknown-option": Explanation(
        "An option is named that is not declared.",
        "Declare it under 'options', or mend its name.",
    ),
    "unknown-section": Explanation(
        "A section is named that the guide does not have.",
        "Use the section's id: the guide's path, '#', and the heading in small letters with hyphens.",
    ),
    "unreadable": Explanation(
        "The file cannot be read.",
        "Check the path, the permissions, and that the file is text in UTF-8.",
    ),
    "unused-fact": Explanation(
        "Nothing reads a fact.",
        "Use it in a group, a limit or a conflict, or remove it.",
    ),
    "values-and-unit": Explanation(
        "A fact is a number and has values.",
        "Keep 'unit' for a number, 'values' for anything else.",
    ),
    "way-out": Explanation(
        "An answer about an exception leads nowhere, or somewhere and nowhere at once.",
        "Write 'unresolved: true', or what is then allowed and required.",
    ),
    "wrong-contribution": Explanation(
        "A leaf contributes something that its kind of group cannot.",
        "Groups of kind need and constraint require and exclude, groups of kind preference prefer.",
    ),
    "wrong-type": Explanation(
        "Something is written as another sort of thing than it is.",
        "Write a text, a list, a mapping or a number as the message says.",
    ),
    "yaml": Explanation(
        "The file is not YAML.",
        "Look at the place and just before it: a bracket, quote or indent may be missing, or "
        "a text with ': ' or '#' may need quotes.",
    ),
}
