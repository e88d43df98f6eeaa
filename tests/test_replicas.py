"""Several servers over one PostgreSQL, killed and crashed on the way. `python -m tests.bench` has the long form."""

from tests.replicas import PACK, Plan, carry_out, differences, running, talks


def test_replicas_that_are_killed_answer_every_event_once_and_as_one_process_does(
    postgres, weather, command_environment, tmp_path
):
    plan = Plan(talks(40), replicas=2, kills=3, crashes=1, clients=6)
    store = postgres.database()
    with running(plan.replicas, PACK, store, tmp_path, command_environment) as replicas:
        outcome = carry_out(plan, postgres, replicas)
    assert (outcome.kills, outcome.crashes) == (3, 1)
    assert outcome.deliveries > plan.events == len(outcome.answers) == 200
    assert differences(plan, outcome, store, weather) == []
