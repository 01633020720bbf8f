from __future__ import annotations

from samverkan.synth.schemes import Kind
from samverkan.synth.truth import truth
from tests.synth.scenes import stage

STAGE = stage()
SCHEMES = [line for line in truth(STAGE, {}) if "scheme" in line]


def test_only_who_stands_in_a_register_has_a_line() -> None:
    person, company = STAGE.block.persons[3], STAGE.block.companies[4]
    where = {person.entity: {"fk": [2, 9]}, company.entity: {"kfm": [5]}}
    found = [line for line in truth(STAGE, where) if "entity" in line]
    assert found == [
        {
            "entity": person.entity,
            "schema": "Person",
            "number": person.number,
            "protected": person.protected,
            "records": {"fk": [2, 9]},
        },
        {
            "entity": company.entity,
            "schema": "Company",
            "number": company.number,
            "protected": False,
            "records": {"kfm": [5]},
        },
    ]


def test_every_plot_is_told_and_what_kind_it_is() -> None:
    assert len(SCHEMES) == len(STAGE.parts)
    planted = [line for line in SCHEMES if line["planted"]]
    assert len(planted) == sum(part.plot.kind is Kind.PLANTED for part in STAGE.parts)
    assert all((line["kind"] == "namesake") is (line["namesake"] is not None) for line in SCHEMES)


def test_a_companys_directors_are_named_and_a_persons_plot_has_none() -> None:
    for line in SCHEMES:
        assert bool(line["directors"]) is str(line["subject"]).startswith("C")
