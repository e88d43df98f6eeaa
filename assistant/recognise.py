"""What kind of request a message is, where its form alone decides that.

Only the forms that people use towards any adviser are known here (a greeting, "why?", "what if …", a bare
"yes"). Everything about the subject itself is left to the reader of facts and to retrieval.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answer_forms import LEAD_IN, answer_begun, answer_mended
from assistant.conversation import Conversation
from assistant.suppose import supposes

Act = Literal[
    "greeting",
    "thanks",
    "agree",
    "disagree",
    "help",
    "reset",
    "clarify",
    "why",
    "why_not",
    "what_changes",
    "what_if",
    "recap",
    "content",
]


@dataclass(frozen=True, slots=True)
class Request:
    """``act`` is what the message wants; ``option`` is the one a "why not …" is about.

    ``answer`` is the value given to the question asked last (``"yes"``, ``"no"``, ``"unknown"`` or one of
    its choices), with ``answer_end`` the position behind the words that give it; ``None`` when the message
    does not begin with an answer. ``mends`` says that it takes the place of the answer given last.
    """

    act: Act
    option: str | None = None
    answer: str | None = None
    answer_end: int = 0
    mends: bool = False


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


GREETING = _form(
    r"^(?:hi|hiya|hello|hey|howdy|good (?:morning|afternoon|evening|day)|greetings|hallo|"
    r"guten (?:tag|morgen|abend)|gr(?:ü|ue)(?:ß|ss) (?:gott|dich|euch)|servus|moin|bonjour|bonsoir|salut|"
    r"hola|buen[oa]s (?:d[ií]as|tardes|noches)|ol[áa]|ciao|yo)"
    r"(?: (?:there|all|team|everyone|bot|you))?[\s!.,?]*$"
)
THANKS = _form(
    rf"{LEAD_IN}(?:great|perfect|cool|super|nice|awesome|excellent|got it|understood)?[\s,!.]*"
    r"(?:thanks?(?: you)?|thx|ty|cheers|much appreciated|merci|(?:vielen |besten |tausend )?dank(?:e)?|"
    r"(?:muchas |mil )?gracias)"
    r"(?: (?:a lot|so much|very much|again|for (?:(?:the|your) help|today|now|that|this|everything)|you|"
    r"beaucoup|bien|sch[oö]n|sehr|mucho|por todo|pour tout))*"
    r"(?:[\s,.!:-]+that(?:'s| is| was| will be) (?:all|it|everything)(?: (?:i|we) need(?:ed)?)?"
    r"(?: for (?:today|now))?)?"
    r"[\s!.,:)]*$"
)
HELP = _form(
    rf"{LEAD_IN}(?:help(?: me)?|what can you do|what do you do|who are you|what are you|what is this|"
    r"how (?:does|do) (?:this|you|it) work|what can i ask(?: you)?|(?:how )?can you help(?: (?:me|us))?|"
    r"/help)[\s?!.]*$"
)
_ANEW = (
    r"(?:(?:let'?s )?(?:start (?:over|again|anew|afresh|from scratch)|reset|begin again)|from scratch|"
    r"(?:forget|scrap) (?:everything|(?:it )?all(?: (?:of )?(?:it|that|this))?|what i said)|"
    r"clear (?:everything|the facts|all)|(?:(?:here'?s|this is) )?(?:an? )?(?:new|other|different) case|"
    r"another case|(?:(?:fangen wir|fang|wir fangen|nochmal|noch mal|noch einmal) )*(?:ganz )?"
    r"(?:von vorne?(?: an(?:fangen)?)?|neu an(?:fangen)?)|(?:das ist )?ein (?:neuer|anderer) fall|"
    r"(?:on )?recommen[cç](?:ons|e|er|ez)(?: (?:à|a) z[ée]ro)?|"
    r"(?:repartons|on repart) de z[ée]ro|(?:un )?(?:nouveau|autre) cas|"
    r"(?:empecemos|empezamos|empezar|comencemos|volvamos a empezar)(?: (?:de (?:nuevo|cero)|otra vez))?|"
    r"(?:de nuevo )?desde cero|(?:un |es )?otro caso)"
)
RESET = _form(
    rf"{LEAD_IN}{_ANEW}(?:[\s,.:;!-]+(?:and |then )?{_ANEW})*(?:,? (?:please|bitte|svp|por favor))?[\s!.]*$"
)
# "New case. A survey is filled in by staff": what comes after it is told of the new one.
BEGINS_CASE = _form(
    rf"{LEAD_IN}(?:{_ANEW}|"
    r"(?:the |a |my |our )?(?:second|third|next|last|other|another|different|new) "
    r"(?:process|case|use case|project|topic|one|scenario)"
    r"(?:, (?:a )?(?:new|different|other|another) (?:topic|case|process|thing))?|"
    r"now (?:for )?something (?:completely |totally |quite )?different|unrelated(?: to (?:that|this))?|"
    r"(?:nächster|zweiter|neuer|anderer) (?:fall|prozess)|(?:prochain|deuxième) cas|"
    r"(?:nuevo|siguiente|segundo) caso)"
    r"(?:,? (?:please|bitte|svp|por favor))?\s?[.:!,;–-]{1,3}\s+(?=\w+\W+\w+\W+\w)"
)
WHY = _form(
    rf"{LEAD_IN}(?:why(?: (?:is|so|this|that|exactly|though|both|then))*(?: (?:this|that|it|so))?"
    r"(?: (?:a|the) (?:problem|conflict|issue|contradiction|no-go))?|how come|"
    r"really|seriously|are you (?:really |quite )?sure(?: about (?:that|this|it))?|"
    r"is (?:that|this) (?:right|true|so|correct)|how so|"
    r"explain(?: (?:that|this|it|yourself|why|the (?:result|recommendation|decision)))*|"
    r"why (?:do|are|did|would) you (?:recommend|say|suggest|think|choose|ask)\w*.{0,60}|"
    r"(?:on )?what (?:is that|is this|is it|do you) base[d]?(?: (?:that|this|it))? on|"
    r"because of what|(?:und )?(?:warum|wieso|weshalb)(?: (?:das|denn|denn das|so|beide|ist das so))?|"
    r"pourquoi(?: (?:[cç]a|donc|cela))?|(?:y )?por qu[eé](?: (?:eso|esto|los dos))?)[\s?!.]*$"
)
AGREE = _form(
    r"^(?:(?:ok(?:ay)?|k|great|good|fine|perfect|cool|nice|super|makes sense|got it|understood|"
    r"i (?:see|agree)|(?:that )?(?:sounds|looks|seems) (?:good|right|fine)|all ?right|right|correct|exactly|"
    r"agreed|yes|yep|yeah|(?:that['’]?s |that is )(?:right|correct|true|it|fine|good)|so|then|gut|passt|ja|"
    r"genau|oui|d'accord|sí|vale|de acuerdo)[\s,.!]*){1,4}$"
)
DISAGREE = _form(
    r"^(?:but )?(?:no|nope|nein|wrong|incorrect|nonsense|not (?:right|correct|true)|"
    r"you(?:['’]?re| are) wrong|(?:that|this|it)(?:['’]?s| is| was) (?:all |just |completely )?"
    r"(?:wrong|not (?:right|true|correct)|incorrect|false|nonsense)|"
    r"i (?:disagree|do(?: not|n['’]?t) (?:agree|think so|believe (?:it|that|you)))|"
    r"falsch|(?:das )?stimmt nicht|das ist falsch|c'est faux|no es (?:verdad|correcto|cierto))[\s.!,]*$"
)
CLARIFY = _form(
    r"^(?:and |but |so |sorry,? )?(?:what (?:does|do) (?:that|this|it|you) (?:mean|ask)(?: (?:by|with)\b.*)?|"
    r"what(?: exactly)? (?:is|counts as|are) meant(?: by\b.*)?|huh|pardon|come again|what|"
    r"i (?:do(?: not|n['’]?t) know|have no idea) what (?:you mean|.{1,40} (?:means|is))(?: by .{1,40})?|"
    r"i (?:do|did)(?: not|n['’]?t) (?:understand|get)(?: (?:that|this|it|you|the question|your question))?|"
    r"(?:which|what) question|(?:can you )?(?:explain|rephrase) (?:the|your|that|this) question|"
    r"was (?:heißt|bedeutet) das|was meinst du(?: damit)?|que veux-tu dire|qu[eé] quieres decir)[\s?!.]*$"
)
WHY_NOT = _form(
    rf"{LEAD_IN}(?:why (?:not|no)\b|why (?:can|could|should|would|does|do|is|are|did)(?:n'?t| not|not)\b|"
    r"why can'?t|what speaks against|what'?s wrong with|why (?:rule|did you rule) out|"
    r"(?:warum|wieso|weshalb)\b.{0,12}\bnicht\b|was spricht gegen|pourquoi\b.{0,10}\bpas\b|"
    r"por qu[eé]\b.{0,12}\bno\b|qu[eé] tiene de malo)"
)
WHAT_CHANGES = _form(
    rf"{LEAD_IN}what (?:would|could|might|will) (?:change|flip|alter|overturn) "
    r"(?:it|that|this|your mind|the (?:result|answer|recommendation|decision|outcome))[\s?!.]*$|"
    r"^was würde (?:das|es|daran etwas|etwas(?: daran)?) ändern[\s?!.]*$|"
    r"^qu'?est-ce qui (?:changerait|changera)\b.{0,20}$|"
    r"^[¿\s]*qu[eé] (?:lo )?cambiar[ií]a(?: eso| esto)?[\s?!.]*$"
)
# What asks or tells one to speak about something, rather than telling about a case.
ASKING = _form(
    r"\?\s*$|^\W*(?:(?:and|but|so|ok|please|can you|could you)\W+)*(?:what|which|who|when|where|why|how|is|"
    r"are|do|does|did|can|could|tell|explain|show|list|describe|name|give|compare|define|was|welche|wie|wo|wer|"
    r"quel|quelle|comment|qu[eé]|cu[aá]l|c[oó]mo)\b",
)
RECAP = _form(
    rf"{LEAD_IN}(?:is it still\b|(?:what|which)(?:'?s| is| was)? (?:the |your )?(?:recommendation|"
    r"verdict|result|decision|conclusion|summary|upshot|outcome)\b|what should (?:we|i|one) \w+[\s?!.]*$|"
    r"what (?:do|would) (?:we|i|you) (?:take|use|choose|pick|recommend|"
    r"do)(?: (?:now|then))?"
    r"[\s?!.]*$|which (?:one|module|product|of (?:them|the two|both))(?: (?:should|do) (?:we|"
    r"i) \w+| (?:is|was|will) it(?: (?:going to )?be)?)?(?:,? (?:now|then|in the end))?[\s?!.]*$|"
    r"(?:can you |could you |please )*sum(?:mary|marise|marize| (?:(?:it|that|this|everything|all) )?up)|"
    r"recap\b|"
    r"where (?:are|do) we (?:stand)?|(?:the )?bottom line\b)"
)
RECAP_OF_CASE = _form(
    rf"{LEAD_IN}(?:what (?:(?:do|can) we do|to do)(?: now| then| next)?|what (?:now|then|next)|"
    r"was (?:jetzt|nun)|et maintenant|y ahora(?: qu[eé])?)[\s?!.]*$"
)
# "Nah, leave it as it is" after a what-if.
KEEPS = _form(
    rf"{LEAD_IN}(?:(?:no|nah|nope|nein|non)[\s,.!]+)*(?:(?:let['’]?s|we(?:['’]ll| will)?) )?"
    r"(?:(?:leave|keep) (?:it|that|this|things|everything)|(?:it|that|everything) (?:stays|remains)) "
    r"(?:(?:just )?(?:as|like) (?:(?:it|that|things|we) )?"
    r"(?:is|are|was|were|stands?|before|discussed|planned|said)|"
    r"the way (?:it|things) (?:is|are|was|were))[\s.!]*$|"
    r"^(?:(?:gut|nein|ok|nur mal gedacht)[\s,.!]+)*(?:(?:alles|es|das) )?bleibt "
    r"(?:so|wie (?:besprochen|gehabt|es ist))[\s.!]*$"
)
# "Leave that out" after a what-if; of the case itself it would take something away.
DISCARDS = _form(
    rf"{LEAD_IN}(?:(?:no|nah|nope|nein|non)[\s,.!]+)*(?:leave (?:that|it|this) out|"
    r"forget (?:about )?(?:that|it|this)|never ?mind|(?:drop|scrap) (?:that|it)|"
    r"(?:stay|stick) with (?:what we had|the (?:first|old|original)|before)|"
    r"as before|only (?:a thought|asking)|just asking|"
    r"(?:dann )?(?:lass|lassen wir) (?:das|es|sie|ihn) (?:weg|so))\b"
)
# "Leave that out, but it must run here": what is dropped may be followed by something to read or to answer.
GOES_ON = _form(r"\?|\b(?:but|instead|must|needs?|ha(?:s|ve) to|aber|muss|mais|doit|pero|debe)\b")
# With a name of an option among them, they ask whether that is the result.
RESULT_WORD = _form(r"(?:ok(?:ay)?|so|then|only|just|both|we|us|use|take|need(?:ed)?|it|is|be)")


def recognise(text: str, conversation: Conversation, options: Mapping[str, str]) -> Request:
    """The request that the form of ``text`` makes; ``act`` is ``content`` when the form says nothing.

    ``options`` are the rule set's options, id to label; a "why not …" is recognised by their names.
    """
    said = text.strip()
    for act, form in _WHOLE_FORMS:
        if form.search(said):
            return Request(act)
    if WHY_NOT.search(said):
        option = named_option(said, options)
        if option is not None and conversation.need_stated:
            return Request("why_not", option=option)
    if conversation.hypothesis and (dropped := DISCARDS.search(said)):
        return Request("content" if GOES_ON.search(said, dropped.end()) else "recap")
    if conversation.need_stated and supposes(said, conversation):
        return Request("what_if")
    if (RECAP.search(said) and len(said.split()) <= 12) or _asks_result(said, conversation, options):
        return Request("recap")
    return _in_a_case(text, said, conversation)


def _in_a_case(text: str, said: str, conversation: Conversation) -> Request:
    """What is said to the open question or to the result: an answer, consent, dissent, or a question back."""
    if CLARIFY.search(said) and conversation.asked is not None:
        return Request("clarify")
    answer = _answer(text, said, conversation)
    if answer.answer is None and conversation.need_stated:
        for act, form in _OF_A_CASE:
            if form.search(said):
                return Request(act)
    return answer


_OF_A_CASE: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("agree", AGREE),
    ("disagree", DISAGREE),
    ("why", CLARIFY),  # with nothing asked, it is about the result
)
_WHOLE_FORMS: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("greeting", GREETING),
    ("thanks", THANKS),
    ("help", HELP),
    ("reset", RESET),
    ("what_changes", WHAT_CHANGES),
    ("why", WHY),
)


def case_begun(text: str) -> int:
    """Where the description begins in a message that says that it is of a new case; 0 for any other."""
    found = BEGINS_CASE.search(text)
    return found.end() if found and not ASKING.match(text[found.end() :]) else 0


def named_option(text: str, options: Mapping[str, str]) -> str | None:
    """The one option that ``text`` names, by its id or by a word of its label that no other label has."""
    words = set(re.findall(r"\w+", text.casefold()))
    named = [option for option, names in option_names(options).items() if words & names]
    return named[0] if len(named) == 1 else None


def option_names(options: Mapping[str, str]) -> dict[str, set[str]]:
    """For each option the words that name it and no other one."""
    found = {o: set(re.findall(r"\w+", f"{o} {label}".casefold())) for o, label in options.items()}
    return {
        option: names - set().union(*(other for o, other in found.items() if o != option))
        for option, names in found.items()
    }


def _asks_result(said: str, conversation: Conversation, options: Mapping[str, str]) -> bool:
    """Whether ``said`` asks for the result of a case: "so only integration?", "what now?"."""
    words = set(re.findall(r"\w+", said.casefold()))
    names = set().union(*option_names(options).values())
    if not conversation.need_stated:
        return False
    named = said.endswith("?") and bool(words & (names | {"both"}))
    asks = named and all(word in names or RESULT_WORD.fullmatch(word) for word in words)
    return asks or RECAP_OF_CASE.search(said) is not None or KEEPS.search(said) is not None


def _answer(text: str, said: str, conversation: Conversation) -> Request:
    """The answer to the open question that the message begins with, or what mends the one given last."""
    mended = answer_mended(said)
    if mended is not None and (conversation.asked or conversation.answered):
        return Request("content", answer=mended, answer_end=len(text), mends=True)
    begun = answer_begun(said) if conversation.asked is not None else None
    if begun is None:
        return Request("content")
    value, end = begun
    return Request("content", answer=value, answer_end=text.find(said) + end)
