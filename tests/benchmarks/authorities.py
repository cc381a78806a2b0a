"""How well and how fast noisy names find their authority: `python -m tests.benchmarks.authorities [how many] [seed]`.

The noise is drawn from a fixed seed: typos, no accents, St and Ste, dropped articles, kind words before
or after, hints. A name that others bear as well gets a hint, or stands for the most populous of them;
a typo that spells another authority's name is drawn again: nobody could tell. Names of before get the same noise.
Strangers: communes are left out of a register, then asked for; what is then proposed is not what was meant.
"""

import csv
import gzip
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.register.authorities import Register
from knowledge.register.former import load as load_formers
from knowledge.register.lines import REGISTER_FILE
from knowledge.register.query import Language
from knowledge.words.text import normalise, unaccented

FAMILIES = {"cc": "interco", "ca": "interco", "cu": "interco", "metro": "interco", "met69": "interco", "ept": "interco"}
SHARES = {"commune": 55, "interco": 25, "departement": 10, "region": 4, "special": 6}
WORDS = {
    "commune": ["mairie de", "commune de", "ville de", "village de", "mairie", "la commune de"],
    "cc": ["CC", "comcom", "communauté de communes", "cc de", "com com", "interco"],
    "ca": ["CA", "agglo", "communauté d'agglomération", "agglo de", "interco"],
    "cu": ["CU", "communauté urbaine", "interco"],
    "metro": ["métropole", "métropole de"],
    "met69": ["métropole", "métropole de"],
    "ept": ["EPT", "ept", "établissement public territorial"],
    "departement": ["conseil départemental", "département", "dept de", "cd", "conseil général de", "dpt"],
    "region": ["région", "conseil régional", "conseil régional de"],
    "special": [""],
}
KEYS = {"a": "qze", "e": "rz", "i": "uo", "o": "ip", "r": "te", "s": "dq", "t": "ry", "n": "bh", "l": "km", "u": "iy"}
ARTICLES = re.compile(r"\b(?:le|la|les|de|du|des|d|l|en|et)[ '’-]", re.I)
OFFICIAL = re.compile(
    r"^(?:CC|CA|CU|Métropole|Eurométropole)\s+(?:de la |du |des |de |d'|de l')?|\([^)]*\)|\bMétropole$"
)


@dataclass(frozen=True)
class Row:
    kind: str
    code: str
    name: str
    departement: str
    region: str
    population: int
    postcodes: tuple[str, ...]

    @property
    def family(self) -> str:
        return FAMILIES.get(self.kind, self.kind)


@dataclass(frozen=True)
class Query:
    text: str
    expected: Row
    noise: str


class Noise:
    """A generator of noisy names, the same ones for the same seed."""

    def __init__(self, rows: list[Row], seed: int) -> None:
        self.rng = random.Random(seed)
        self.language = Language()
        self.departements = {row.code: row.name for row in rows if row.kind == "departement"}
        self.regions = {row.code: row.name for row in rows if row.kind == "region"}
        data = self.language.data
        gone = {(kind, code) for kind, codes in data["not_authorities"].items() for code in codes}
        special = [
            Row("special", r["code"], r["name"], r.get("departement", ""), r["region"], r["population"], ())
            for r in data["special"]
        ]
        self.rows = [row for row in rows if (row.kind, row.code) not in gone] + special
        self.by_family: dict[str, list[Row]] = defaultdict(list)
        self.homonyms: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.borne: dict[str, str] = {}
        for row in self.rows:
            self.by_family[row.family].append(row)
            self.homonyms[row.family, self.key(base(row))].append(row)
            self.borne[self.key(base(row))] = self.key(base(row))

    def key(self, name: str) -> str:
        return self.language.bare(" ".join(self.language.spelled(name)))

    def queries(self, count: int) -> list[Query]:
        families = self.rng.choices(list(SHARES), list(SHARES.values()), k=count)
        return [self.query(self.rng.choice(self.by_family[family])) for family in families]

    def query(self, row: Row) -> Query:
        rng = self.rng
        peers = self.homonyms[row.family, self.key(base(row))]
        first = max(peers, key=lambda peer: peer.population)
        hint, how = "", ""
        if row != first or (row.departement and row.family != "special" and rng.random() < 0.35):
            hint, how = self.hint(row, peers)
        name, typos = self.misspelt(base(row))
        kind = rng.choice(WORDS[row.kind]) if row.family != "commune" or rng.random() < 0.4 else ""
        if kind.endswith(" de") and re.match(r"[aeiouyéè]", name, re.I):
            kind = kind[:-2] + "d'"
        text = (
            f"{name} {kind}" if kind in ("agglo", "métropole", "interco") and rng.random() < 0.4 else f"{kind} {name}"
        )
        text = f"{text} {hint}".strip().replace("d' ", "d'")
        if rng.random() < 0.7:
            text = unaccented(text)
        if rng.random() < 0.6:
            text = text.lower()
        told = "told-apart" if how or self.is_nearest(name, row) else "as-near-to-another"
        return Query(text, row, f"{row.family} typos={typos} hint={how or '-'} {told}")

    def is_nearest(self, noisy: str, row: Row) -> bool:
        """Whether no other authority's name is as few typos away."""
        key, own = self.key(noisy), self.key(base(row))
        distance = OSA.distance(key, own)
        close = process.extract(key, self.borne, scorer=OSA.distance, score_cutoff=distance, limit=2)
        return all(name == own for name, _, _ in close)

    def hint(self, row: Row, peers: list[Row]) -> tuple[str, str]:
        rng = self.rng
        departement, region = self.departements.get(row.departement, ""), self.regions.get(row.region, "")
        alone = sum(peer.region == row.region for peer in peers) == 1
        number = [row.departement, f"({row.departement})", f"dept {row.departement}", f"dans le {row.departement}"]
        choices = [(rng.choice(number), "number")] * 3
        choices += [(rng.choice(["", "en ", "dans ", "- "]) + departement, "département")] * 3
        if row.postcodes:
            choices += [(rng.choice(row.postcodes), "postcode")] * 3
        if region and alone and region != departement:
            choices += [(rng.choice(["", "en ", "région "]) + region, "region")]
        return rng.choice(choices)

    def misspelt(self, name: str) -> tuple[str, int]:
        for _ in range(20):
            noisy, typos = self.once(name)
            if self.key(noisy) == self.key(name) or self.key(noisy) not in self.borne:
                return noisy, typos
        return name, 0

    def once(self, name: str) -> tuple[str, int]:
        rng = self.rng
        if rng.random() < 0.7:
            name = name.replace("-", " ")
        if rng.random() < 0.6:
            name = re.sub(r"\bSaint(e?)\b", r"St\1", name)
        if rng.random() < 0.3 and len(ARTICLES.sub("", name)) > 3:
            name = ARTICLES.sub("", name)
        letters = sum(c.isalpha() for c in name)
        typos = 0 if letters < 4 else rng.choices([0, 1, 2], [45, 40, 15 if letters > 10 else 0])[0]
        for _ in range(typos):
            name = self.typo(name)
        return name, typos

    def typo(self, name: str) -> str:
        rng = self.rng
        at = rng.choice([i for i, c in enumerate(name) if c.isalpha()][rng.random() < 0.9 :] or [0])
        letter = unaccented(name[at])
        match rng.choice(["drop", "double", "swap", "slip", "random"]):
            case "drop":
                return name[:at] + name[at + 1 :]
            case "double":
                return name[:at] + name[at] + name[at:]
            case "swap" if at + 1 < len(name):
                return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            case "random":
                return name[:at] + rng.choice("abcdefghilmnoprstuvyz") + name[at + 1 :]
            case _:
                return name[:at] + rng.choice(KEYS.get(letter[:1], "eai")) + name[at + 1 :]


def base(row: Row) -> str:
    """The name people use after the kind word."""
    if row.family == "interco" and row.kind != "ept":
        return " ".join(OFFICIAL.sub("", row.name).split()).strip(" -") or row.name
    return row.name


def rows() -> list[Row]:
    with gzip.open(REGISTER_FILE, "rt", encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(
                r["kind"],
                r["code"],
                r["name"],
                r["departement"],
                r["region"],
                int(r["population"]),
                tuple(r["postcodes"].split()),
            )
            for r in found
        ]


def measure(register: Register, queries: list[Query]) -> tuple[Counter[str], Counter[str], list[float], list[str]]:
    """Successes and totals by group, milliseconds, and the failures in words."""
    good: Counter[str] = Counter()
    total: Counter[str] = Counter()
    spent, failures = [], []
    for query in queries:
        start = time.perf_counter()
        found = register.find(query.text)
        spent.append((time.perf_counter() - start) * 1000)
        codes = [(c.authority.kind, c.authority.code) for c in found]
        key = (query.expected.kind, query.expected.code)
        for group in ("all", query.expected.family, *query.noise.split()[1:]):
            total[group] += 1
            good[f"{group} first"] += codes[:1] == [key]
            good[f"{group} five"] += key in codes
        if codes[:1] != [key]:
            place = codes.index(key) + 1 if key in codes else 0
            best = ", ".join(f"{c.authority.name} {c.authority.departement} {c.score}" for c in found[:2])
            failures.append(f"{place} « {query.text} » = {query.expected.name} ({query.expected.departement}); {best}")
    return good, total, spent, failures


def baseline(everything: list[Row], queries: list[Query]) -> tuple[int, int]:
    """WRatio over all the names; the right name is enough, homonyms are all forgiven."""
    names = [normalise(row.name) for row in everything]
    first = five = 0
    for query in queries:
        found = [name for name, _, _ in process.extract(normalise(query.text), names, scorer=fuzz.WRatio, limit=5)]
        wanted = normalise(query.expected.name)
        first += found[:1] == [wanted]
        five += wanted in found
    return first, five


def names_of_before(register: Register, noise: Noise, count: int) -> tuple[int, int]:
    """Of `count` noisy names of before: how many find today's commune first, and among five."""
    known = [former for former in load_formers() if former.search]
    first = five = 0
    for former in noise.rng.sample(known, count):
        noisy, _ = noise.once(former.name)
        found = [c.authority.code for c in register.find(f"{noisy} {former.departement}") if c.former]
        first += found[:1] == [former.commune]
        five += former.commune in found
    return first, five


def strangers(count: int, seed: int) -> tuple[int, int]:
    """Of `count` communes with no namesake, left out of the register: how many find something, and what in all."""
    lines = gzip.decompress(REGISTER_FILE.read_bytes()).decode("utf-8").splitlines()[1:]
    name = {line: line.split("\t")[8] for line in lines if line.startswith("commune\t")}
    borne = Counter(name.values())
    left_out = set(random.Random(seed).sample([line for line in name if borne[name[line]] == 1], count))
    register = Register([line for line in lines if line not in left_out], [], Language())
    proposed = [len(register.find(name[line])) for line in sorted(left_out)]
    return sum(map(bool, proposed)), sum(proposed)


LOADING = """
import resource, sys, time
import numpy, yaml, rapidfuzz.process, rapidfuzz.distance, knowledge.words.text
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
from knowledge.register.authorities import Register
register = Register.load()
spent = time.perf_counter() - start
register.find("saint denis 974")
print(f"{spent:.2f} s, {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB")
"""


def main() -> None:
    count, seed = int(sys.argv[1]) if sys.argv[1:] else 2000, int(sys.argv[2]) if sys.argv[2:] else 2026
    print(
        "load:",
        subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout.strip(),
    )
    noise = Noise(rows(), seed)
    queries = noise.queries(count)
    good, total, spent, failures = measure(Register.load(), queries)
    print("\n".join(failures))
    for group, number in total.items():
        first, five = (good[f"{group} {rank}"] / number for rank in ("first", "five"))
        print(f"{group:<22}{number:>6}  first {first:7.1%}  in five {five:7.1%}")
    print(f"median {statistics.median(spent):.2f} ms, p99 {sorted(spent)[int(len(spent) * 0.99)]:.2f} ms")
    print("names of before, of 500: first {}, in five {}".format(*names_of_before(Register.load(), noise, 500)))
    print("strangers, of 400: {} proposed something, {} in all".format(*strangers(400, seed)))
    sample = queries[:200]
    start = time.perf_counter()
    shares = [count / len(sample) for count in baseline(noise.rows, sample)]
    each = (time.perf_counter() - start) * 1000 / len(sample)
    print(f"baseline WRatio on {len(sample)}: first {shares[0]:.1%}, in five {shares[1]:.1%}, {each:.0f} ms")


if __name__ == "__main__":
    main()
