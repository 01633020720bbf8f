from __future__ import annotations

from datetime import date

import pytest

from samverkan.domain.normalise import as_stated, clean
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.national import profile

PROFILE = profile(Stamp.SYNTHETIC, date(2026, 11, 24))


@pytest.mark.parametrize("prop", list(Prop))
def test_every_property_has_a_cleaner_that_refuses_nonsense(prop: Prop) -> None:
    assert isinstance(clean(prop, "?!", PROFILE), Refused)


def test_nobody_is_born_tomorrow() -> None:
    found = clean(Prop.BIRTH_DATE, "2026-11-25", PROFILE)
    assert isinstance(found, Refused)
    assert found.code is Code.FIELD_NOT_A_DATE
    assert clean(Prop.BIRTH_DATE, "2026-11-24", PROFILE) == "2026-11-24"


def test_only_identity_numbers_are_kept_as_stated() -> None:
    assert as_stated(Prop.ID_NUMBER, "850715-0000", PROFILE) == "198507150000"
    assert as_stated(Prop.ID_NUMBER, "nothing", PROFILE) is None
    assert as_stated(Prop.PHONE, "070", PROFILE) is None
