"""What the tests of conversations tell, and the facts that an answer shows."""

DECIDED = "Sync orders from the shop to SAP, fully automatic, the cloud is fine."
OPEN = "Employees fill in a form and the boss approves."
ON_OWN_SERVERS = (OPEN, "no", "yes, own servers only")


def values(answer):
    """Each fact of ``answer`` with its value."""
    return {name: fact.value for name, fact in answer.facts.items()}
