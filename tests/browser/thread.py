"""The whole chain, walked in the browser by people of four parties, each at an own tab.

Five of them carry it: the analyst, a releasing officer, a council member of another party, the
chair, and an auditor of a third. Nobody in it has a mouse.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, expect

from tests.browser.walk import PATIENCE, Company, Tab

PARTIES = ["polisen", "fk", "skv-beskattning", "kfm"]
MEMBER = {
    "polisen": "Annika Hedlund",
    "fk": "Birgitta Sand",
    "skv-beskattning": "Marie Öberg",
    "kfm": "Ingela Sjö",
}
RELEASER = {
    "polisen": "Johan Bergström",
    "fk": "Mikael Holm",
    "skv-beskattning": "Henrik Ström",
    "kfm": "Robert Lund",
}
OFFICER = {
    "polisen": "Karin Lindqvist",
    "fk": "Sara Nyman",
    "skv-beskattning": "Lena Forsman",
    "kfm": "Elin Falk",
}
TYPOLOGY = "unfair-labour"
QUERIES = {
    "polisen": ["worksites", f"{TYPOLOGY}:staff-seen-at-site"],
    "fk": ["assistance-providers"],
    "skv-beskattning": ["employers-without-staff", f"{TYPOLOGY}:no-employees-declared"],
    "kfm": ["large-debt-companies", f"{TYPOLOGY}:debt-over-100k"],
}
MEASURES = {"polisen": "workplace-visit", "skv-beskattning": "tax-audit", "kfm": "distraint"}
BODY = "rsr-bergslagen"
WAITING = "main a[href^='/requests/req-']"
OPERATION = "main a[href^='/operations/ope-']"

_MONEY = re.compile("kronor|SEK")


ANALYST = ("polisen", OFFICER["polisen"])
CHAIR = ("polisen", MEMBER["polisen"])
SECRETARY = ("polisen", "Mattias Ek")
AUDITOR = ("fk", "Kerstin Moberg")
FIVE = (
    ANALYST,
    ("kfm", RELEASER["kfm"]),
    ("skv-beskattning", MEMBER["skv-beskattning"]),
    CHAIR,
    AUDITOR,
)


@dataclass
class Thread:
    """The people side by side in one browser, and where pictures go."""

    company: Company
    pictures: Path
    case_path: str = ""

    def keep(self, tab: Tab, name: str) -> None:
        """A picture, of a page that is sound."""
        tab.sound()
        tab.picture(self.pictures, name)

    def members(self) -> list[Tab]:
        """The council member of each party."""
        return [self.company.person(*one) for one in MEMBER.items()]

    def decide_framework(self) -> None:
        """The police council member drafts a framework, and every party decides for itself."""
        lead = self.company.person(*CHAIR)
        lead.go("/cooperations/new")
        lead.fill(
            purpose="serious-organised-crime",
            grounds=["serious", "organised"],
            region="bergslagen",
            parties=PARTIES,
        )
        lead.send("/cooperations/new")
        self.accept_everywhere()

    def decide_scope(self) -> None:
        """Then a scope below it, with the typology; its keys are made by all four."""
        lead = self.company.person(*CHAIR)
        lead.go("/cooperations")
        link = lead.page.locator("main a[href^='/cooperations/coo-']").first
        framework = str(link.get_attribute("href"))
        below = "main a[href*='parent=']"
        lead.until(framework, lambda page: page.locator(below).count() > 0)
        lead.follow(below)
        lead.fill(parties=PARTIES, typologies=[TYPOLOGY])
        lead.fill(**{f"size__{party}": "s" for party in PARTIES})
        lead.send("/cooperations/new")
        self.accept_everywhere()
        lead.until(self.scope(lead), lambda page: "Skapade av alla gemensamt" in page.content())
        self.keep(lead, "cooperation")

    def accept_everywhere(self) -> None:
        """Each council member finds the decision in the inbox and takes it."""
        for tab in self.members():
            tab.page.bring_to_front()
            tab.until(
                "/", lambda page: page.locator("main a[href^='/cooperations/coo-']").count() > 0
            )
            tab.follow("main a[href^='/cooperations/coo-']")
            tab.send("/accept")

    def scope(self, tab: Tab) -> str:
        """The path of the scope in force, as soon as the list of cooperations shows it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.scope_now(tab)
            if found is not None:
                return found
            tab.page.wait_for_timeout(250)
        raise AssertionError("no scope in force")

    def scope_now(self, tab: Tab) -> str | None:
        """The path of the scope in force, if the list shows one now."""
        tab.go("/cooperations")
        links = tab.page.locator("main a[href^='/cooperations/coo-']").all()
        paths = [str(link.get_attribute("href")) for link in links]
        for path in paths:
            tab.go(path)
            if tab.page.locator(
                "main a[href*='parent=']"
            ).count() == 0 and "Ram" in tab.page.inner_text("main"):
                return path
        return None

    def enrol(self) -> None:
        """A releasing officer signs each rule; an officer sees the count and states necessity."""
        for party in PARTIES:
            tab = self.company.person(party, RELEASER[party])
            scope = self.scope(tab)
            for query in QUERIES[party]:
                tab.go(f"{scope}/rule?query={query}")
                tab.fill(receivers=[p for p in PARTIES if p != party])
                if query == QUERIES["kfm"][0]:
                    self.keep(tab, "rule")
                tab.send("/rule")
            officer = self.company.person(party, OFFICER[party])
            for query in QUERIES[party]:
                self.enrol_one(officer, scope, query)

    def enrol_one(self, tab: Tab, scope: str, query: str) -> None:
        """The form names the number of subjects before they are enrolled."""
        tab.go(f"{scope}/enrol?query={query}")
        necessity = "typology-condition" if ":" in query else "scope-subjects"
        choices = tab.page.locator('main [name="rule"]')
        kind = choices.first.evaluate("e => e.type")
        if kind == "radio":
            tab.keys.pick(choices.first)
        else:
            values = choices.locator("option").evaluate_all("es => es.map(e => e.value)")
            tab.keys.choose(choices, next(value for value in values if value.startswith("rul-")))
        tab.fill(necessity=necessity)
        tab.send("/enrol")

    def open_case(self) -> None:
        """The typology has fired: the police analyst opens a case on the company."""
        tab = self.company.person(*ANALYST)
        fired = "main a[href^='/firings/fir-']"
        tab.until("/hits", lambda page: page.locator(fired).count() >= 1)
        self.keep(tab, "hits")
        tab.follow(fired)
        self.keep(tab, "firing")
        tab.fill(title="Bygg i Bergslagen")
        tab.send("/case")

    def judge_and_ask(self) -> None:
        """Hits on that company are judged the same, and their parties are asked."""
        tab = self.company.person(*ANALYST)
        case = self.case()
        of_case = "main a[href^='/hits/hit-']"
        tab.until(case, lambda page: page.locator(of_case).count() >= 2)
        hits = [
            str(a.get_attribute("href"))
            for a in tab.page.locator("main a[href^='/hits/hit-']").all()
        ]
        asked = 0
        for hit in dict.fromkeys(hits):
            tab.go(hit)
            if not asked:
                tab.refused("/judge")
            tab.fill(verdict="same", note="Organisationsnummer och namn stämmer.")
            tab.send("/judge")
            tab.go(hit)
            if not asked:
                self.keep(tab, "hit")
            tab.go(f"{hit}/ask")
            tab.fill(
                need="assess-proposal", need_text="Behövs för att bedöma om insats ska föreslås."
            )
            for box in tab.page.locator('main [name="props"]').all():
                tab.keys.tick(box)
            tab.send("/ask")
            asked += 1
        assert asked >= 2

    def case(self) -> str:
        """The path of the case."""
        tab = self.company.person(*ANALYST)
        tab.go("/cases")
        link = tab.page.locator("main a[href^='/cases/cas-']").first
        self.case_path = str(link.get_attribute("href"))
        return self.case_path

    def answer(self) -> None:
        """Releasing officers decide field by field; the phone number is withheld with a reason."""
        for party in ("skv-beskattning", "kfm"):
            tab = self.company.person(party, RELEASER[party])
            tab.until("/", lambda page: page.locator(WAITING).count() > 0)
            if party == "skv-beskattning":
                self.keep(tab, "inbox")
            tab.follow(WAITING)
            for radio in tab.page.locator("main input[type=radio][value=released]").all():
                tab.keys.pick(radio)
            tab.keys.pick(tab.page.locator("main input[type=radio][value=withheld][name*=phone]"))
            tab.keys.choose(tab.page.locator("main select[name*=phone]"), "not-needed")
            self.keep(tab, f"answer-{party}")
            tab.send("/answer")
            expect(tab.page.locator(".receipt")).to_be_visible()

    def propose(self) -> None:
        """The answers have come: what was received shows its origin, restriction and clock."""
        tab = self.company.person(*ANALYST)
        case = self.case()
        tab.until(case, lambda page: page.get_by_text("Kronofogdemyndigheten").count() >= 3)
        self.keep(tab, "case")
        tab.go(f"{case}/propose")
        tab.fill(body=BODY, target="networks", crime_area="unfair-competition")
        for party, measure in MEASURES.items():
            tab.keys.tick(
                tab.page.locator(
                    f'main [name="measures"][value="{party}:{measure}"], '
                    f'main [name="measures"][value="{party} {measure}"]'
                )
            )
        for score in tab.page.locator("main select[name^='score.']").all():
            tab.keys.choose(score, str(score.locator("option").nth(2).get_attribute("value")))
        tab.fill(why="Oredovisad personal, skulder och iakttagelser på plats.")
        tab.send("/propose")

    def decide(self) -> None:
        """Four positions, one of them against; the chair closes the round."""
        for party, tab in zip(MEMBER, self.members(), strict=True):
            tab.until(
                "/council", lambda page: page.locator("main a[href^='/council/pro-']").count() > 0
            )
            tab.follow("main a[href^='/council/pro-']")
            if party in MEASURES:
                tab.fill(position="for")
            else:
                tab.fill(position="against")
                tab.fill(reason="no-surface")
            tab.send("/position")
        chair = self.company.person(*CHAIR)
        chair.go("/council")
        path = str(chair.page.locator("main a[href^='/council/pro-']").first.get_attribute("href"))
        chair.until(path, lambda page: page.get_by_text("För", exact=True).count() >= 3)
        self.keep(chair, "council")
        chair.fill(present=PARTIES)
        chair.send("/close")
        chair.until(
            path, lambda page: page.get_by_text(re.compile("Bifall|Godkän|Beslutad")).count() > 0
        )
        self.keep(chair, "decision")

    def act(self) -> None:
        """Each party takes its measure, reports hours and the outcome, and closes the measure."""
        for party, measure in MEASURES.items():
            tab = self.company.person(party, OFFICER[party])
            tab.until("/operations", lambda page: page.locator(OPERATION).count() > 0)
            path = str(tab.page.locator(OPERATION).first.get_attribute("href"))
            tab.go(path)
            tab.fill(plan_kind=measure)
            tab.send("/plan")
            tab.until(path, lambda page: page.locator('main [name="close_measure"]').count() > 0)
            self.account(tab, path)
        tab.go(path)
        self.keep(tab, "operation")
        tab.go("/follow-up")
        self.keep(tab, "follow-up")

    def account(self, tab: Tab, path: str) -> None:
        """Hours, outcome, done."""
        tab.fill(hours_level="regional", hours_count="16")
        tab.send("/hours")
        tab.go(path)
        indicators = tab.page.locator('main [name="effect_indicator"] option')
        paying = indicators.filter(has_text=_MONEY)
        indicator, amount = (paying, "250000") if paying.count() else (indicators, "2")
        of = str(indicator.nth(0 if paying.count() else 1).get_attribute("value"))
        tab.fill(effect_indicator=of, effect_amount=amount)
        tab.send("/outcome")
        tab.go(path)
        measure = tab.page.locator('main [name="close_measure"] option').last
        tab.fill(close_measure=str(measure.get_attribute("value")), close_result="done")
        tab.send("/close")

    def report(self) -> Download:
        """The secretariat freezes the report; it comes as PDF and XLSX."""
        tab = self.company.person(*SECRETARY)
        tab.go("/reports")
        tab.send("/freeze")
        tab.until("/reports", lambda page: page.locator("main a[href$='/pdf']").count() > 0)
        self.keep(tab, "reports")
        return tab.keys.download(tab.page.locator("main a[href$='/pdf']").first)

    def oversee(self) -> None:
        """An auditor of another party reads that party's log, in English, and has it verified."""
        tab = self.company.person(*AUDITOR)
        tab.follow(".reader button[lang=en]")
        tab.go("/log")
        tab.send("/log/verify")
        expect(tab.page.locator("main")).to_contain_text("The ledger is whole")
        self.keep(tab, "log")
