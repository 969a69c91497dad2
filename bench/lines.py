"""The acceptance lines, and what shows each."""

from __future__ import annotations

from dataclasses import dataclass

from bench.results import ROOT


@dataclass(frozen=True)
class Proof:
    """An acceptance line in words, and what shows it: tests (paths below the project) or a module to run."""

    name: str
    line: str
    tests: tuple[str, ...] = ()
    program: str = ""

    @property
    def how(self) -> str:
        return f"python -m {self.program}" if self.program else "pytest " + " ".join(self.tests)

    def present(self) -> list[str]:
        return [t for t in self.tests if (ROOT / t).exists()]


PROOFS = (
    Proof(
        "bare_machine",
        "Main job, 1: on a bare machine `make run` ends with the sandbox shop checked and the app answering; `make test` passes",
        ("tests/house/test_bare_machine.py",),
    ),
    Proof(
        "real_import",
        "Main job, 2: the real exports, as .csv, .xls and .xlsx: nothing lost, twice is once, undo leaves nothing, trace",
        ("tests/real/test_import.py",),
    ),
    Proof(
        "real_findings",
        "Main job, 3: what is found on the real week is right, by a count without the product's code; a permuted shop is silent",
        ("tests/real/test_findings.py",),
    ),
    Proof(
        "sandbox_truth",
        "Main job, 3: on 50 acceptance shops what was planted is found, and a shop without a plant stays silent",
        ("tests/sandbox/test_truth.py",),
    ),
    Proof(
        "killed_imports",
        "Main job, 4; Files in, 3: 200 writers killed at random points, and 500 random sequences of imports and undos: readable, "
        "completed, counted once, equal to the rebuild",
        ("tests/facts",),
    ),
    Proof(
        "house",
        "Main job, 5 and 7: contracts kept and breaches caught, CONTRIBUTING's recipes work, a skipped data test fails",
        ("tests/house",),
    ),
    Proof("walk", "Main job, 6: walked in headless Chromium at 1440 and 390 px, zh and en", ("tests/e2e",)),
    Proof(
        "main_job",
        "Main job, 8: import, check and today for a year of a 5,000-product, 20,000-keyword shop, against pandas and bare Polars",
        program="bench.main_job",
    ),
    Proof(
        "checkup",
        "Operations, 5: all checks on a year of a 5,000-product, 20,000-keyword shop, ≤ 10 s and ≤ 2 GB on 2 cores; the bare scan "
        "of the same columns; from a tenth of it to ten times",
        program="bench.checkup",
    ),
    Proof(
        "operations_truth",
        "Operations, 2: falling words, rising and wrongly typed products, orphan words, image faults and a country's loss are found on 50 "
        "acceptance shops, by strength of plant; silence without a plant",
        ("tests/sandbox/test_operations.py",),
    ),
    Proof(
        "explained",
        "Operations, 2: a fall of the shop is explained by the planted country, word or product first",
        ("tests/sandbox/test_explained.py",),
    ),
    Proof(
        "new_check",
        "Operations, 6: a new check is three files and no other edit",
        ("tests/house/test_new_check.py",),
    ),
    Proof(
        "real_answers",
        "Files in, 1: the weekly report as JSON, its star values of zero read as not computed; recorded answers of the platform",
        ("tests/real/test_answers.py",),
    ),
    Proof(
        "online_retail",
        "Files in, 2: 541,909 lines of UCI Online Retail through the mapping form; again: nothing new",
        ("tests/real/test_online_retail.py",),
    ),
    Proof(
        "fuzz",
        "Files in, 4: a thousand and more damaged or hostile files: no crash, no hang, a clear problem each time",
        ("tests/intake",),
    ),
    Proof(
        "intake",
        "Files in, 5: rows a second and memory for .xls, .xlsx and text, against pandas + openpyxl and the bare reader",
        program="bench.intake",
    ),
    Proof(
        "feeds_and_registers",
        "Files in, 6: every client with answers its author did not write; registers of 1 and 10,000 rows, two people, a stale tab",
        (
            "tests/feeds",
            "tests/real/test_feeds.py",
            "tests/desk/test_connecting.py",
            "tests/desk/test_registering.py",
            "tests/web/test_registers.py",
        ),
    ),
    Proof(
        "unseen_shapes",
        "Files in, 7: ten report shapes never seen import through the mapping form; one in the browser",
        ("tests/web/test_mapping.py", "tests/e2e/test_mapping.py"),
    ),
    Proof(
        "app_walks",
        "The app, 1 and 2: walked in Chromium at 1440 and 390 px, zh and en; no serious fault of access on any page, light and dark; "
        "a stranger never sees a page",
        ("tests/e2e", "tests/web/test_access.py"),
    ),
    Proof(
        "app_lists",
        "The app, 3: every list asks the database as often for 1, 3 and 300 rows",
        ("tests/web",),
    ),
    Proof(
        "pages",
        "The app, 3: every page below 200 ms (p95) with ten people and a year of a 5,000-product, 20,000-keyword shop; its weight",
        program="bench.pages",
    ),
    Proof("postgres", "The app, 5: the full test suite passes on PostgreSQL", program="tests.postgres"),
    Proof(
        "star_plan",
        "STAR-5: the cheapest plan to the next star on 200 drawn shops: as a dynamic programme says, each below a second, scored again",
        ("tests/plans/test_star.py",),
    ),
    Proof(
        "anomalies",
        "TRAF-1: events in sixty made-up daily series, by the past alone, beside the week-over-week rule; false alarms on quiet ones",
        ("tests/estimates/test_anomaly.py",),
    ),
    Proof(
        "nab",
        "TRAF-1: the same detector on the Numenta Anomaly Benchmark, with a scoring that gives the published windowed Gaussian",
        ("tests/bench/test_nab.py", "tests/real/test_nab.py"),
    ),
    Proof(
        "causes",
        "TRAF-1: what a change is due to: causes planted in 20 public cubes, seconds a cube; all parts add up with the residual",
        (
            "tests/estimates/test_drilldown.py",
            "tests/estimates/test_mix.py",
            "tests/estimates/test_shapley.py",
            "tests/real/test_causes.py",
        ),
    ),
    Proof(
        "titles",
        "KEYW-5: 30 libraries of 450 keywords: the best title proven within 10 s, at most 128 characters, never below "
        "joining the top keywords and 5 % above in the median; a title for 362 of the 365 products of the real week, and for the other three that no word fits",
        ("tests/plans/test_titles.py", "tests/real/test_keywords.py"),
    ),
    Proof(
        "on_off",
        "P4P, 6: on-off tests recover the planted effect (none, and taken from natural clicks, among them): 90 % intervals hold the "
        "truth in 85–95 % of 200 runs of each kind; a test of the length worked out beforehand finds the effect four times in five",
        ("tests/estimates/test_on_off.py", "tests/plans/test_on_off_test.py"),
    ),
    Proof(
        "fast_tests",
        "P4P-8: verdicts on variants that may be looked at every day: ≤ 5 % false alarms in 10,000 weeks of equal variants, seven looks",
        ("tests/estimates/test_sequential.py", "tests/plans/test_fast_test.py"),
    ),
    Proof(
        "listing_files",
        "LIST-1, LIST-2: the cases of pictures exactly; the logo in 200 made pictures (F1, area, seconds); a video probed; copies of pictures found",
        (
            "tests/intake/test_picture.py",
            "tests/intake/test_logo.py",
            "tests/intake/test_video.py",
            "tests/measures/test_listings.py",
        ),
    ),
    Proof(
        "pacing",
        "P4P, 3: pacing on made-up days of 300 to 30,000 auctions: at least .96 of hindsight and .98 of the budget at 10,000, never over it",
        ("tests/plans/test_pacing.py", "tests/plans/test_day_pace.py"),
    ),
    Proof(
        "ipinyou",
        "P4P, 5: iPinYou campaign 2997 with 1/8 of the summed market price: at least 165 clicks from any start bid, beside hindsight; the "
        "published figures at their own budget",
        ("tests/real/test_ipinyou.py",),
    ),
    Proof(
        "auction",
        "P4P, 1: the charge by the guide's vectors; never above the own bid, monotone, ties, the last pays the reserve; what a premium means is the shop's own number",
        (
            "tests/estimates/test_auction.py",
            "tests/plans/test_place_prices.py",
            "tests/web/test_auction.py",
            "tests/rulebook/test_rules.py",
        ),
    ),
    Proof(
        "auctions",
        "P4P, 1: a million auctions a second on one core, beside plain Python that must agree",
        program="bench.auctions",
    ),
    Proof(
        "bid_choice_exact",
        "P4P, 2: the choice of bids is the best of all, never above a budget, within its bound",
        ("tests/plans/test_bid_choice.py",),
    ),
    Proof(
        "bid_choice",
        "P4P, 2: 2,720 words × 30 bids, and 300 words × 4 hour bands × 5 countries × 15 bids: below 1 s, gap ≤ 0.02 %, as HiGHS "
        "has it within 1e-4",
        program="bench.bid_choice",
    ),
    Proof(
        "bid_plan",
        "P4P, 4: 50 shops of hidden values for 60 days, bids learned from reports only: ≥ .83 of the best possible with lead rates "
        "given, ≥ .70 with lead rates learned; beside the best single bid, constant bids and target cost per lead × rate; what a plan "
        "promises beside the truth; seconds for 2,720 words × 60 days",
        ("tests/bench/test_bid_learning.py", "tests/sandbox/test_bidders.py"),
    ),
    Proof(
        "bid_curves",
        "P4P, 4: curves of clicks and cost from reports beside the truth; a plan's bounds, trials, dead band, and what it waits for",
        (
            "tests/estimates/test_bid_curves.py",
            "tests/estimates/test_pooled.py",
            "tests/plans/test_bid_day.py",
            "tests/plans/test_bid_plan.py",
        ),
    ),
    Proof(
        "bid_cells",
        "P4P-5: hours, regions and labels, from reports only, on 150 shops that hide what their cells are worth: more leads for the same money where cells are unlike; where they are alike a plan in at most a tenth and at most 1 % lost; ranges that hold; beside bids as they are and the rule of raw rates",
        ("tests/bench/test_bid_cells.py", "tests/plans/test_bid_cells.py", "tests/estimates/test_unlike.py"),
    ),
    Proof(
        "p4p_bids",
        "P4P, 7: bids from proposal to revert and the Excel round trip walked in Chromium at 1440 and 390 px, zh and en; each proposed change opens its evidence; a revert restores the bids of before exactly",
        (
            "tests/e2e/test_bids.py",
            "tests/web/test_bids.py",
            "tests/web/test_bid_sheets.py",
            "tests/web/test_bid_excel.py",
            "tests/web/test_bid_cells.py",
            "tests/desk/test_bidding.py",
            "tests/documents/test_bid_file.py",
        ),
    ),
)
