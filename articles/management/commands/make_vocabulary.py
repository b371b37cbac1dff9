"""Makes `articles/data/world.json` again: states, territories and capitals with the names and adjectives they go by.

Names and codes come from CLDR by way of babel (a development dependency); adjectives, capitals and further names from
the package countryinfo, whose unpacked folder is given:

    pip download --no-deps -d /tmp/countryinfo countryinfo && unzip -d /tmp/countryinfo /tmp/countryinfo/*.whl
    python manage.py make_vocabulary /tmp/countryinfo

What both lack or have otherwise than copy is written (PREFERRED, FURTHER, ADJECTIVES) stands here.
"""

import json
from importlib import metadata
from pathlib import Path

from babel import Locale
from django.core.management.base import BaseCommand, CommandError

from articles.gazetteer import WORLD_FILE

TERRITORIES = {
    *("AI", "AQ", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "EH", "FK", "FO", "GF", "GG"),
    *("GI", "GL", "GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF"),
    *("NU", "PF", "PM", "PN", "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT"),
}
UNINHABITED = {"AQ", "BV", "HM", "TF", "UM", "GS", "IO"}
PREFERRED = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macau",
    "PS": "Palestine",
    "TR": "Turkey",
    "VA": "Holy See",
}
FURTHER = {
    "AE": ["UAE", "U.A.E.", "Emirates"],
    "BA": ["Bosnia"],
    "CD": ["DR Congo", "DRC", "Congo-Kinshasa"],
    "CG": ["Congo-Brazzaville", "Congo"],
    "CI": ["Côte d'Ivoire"],
    "CN": ["People's Republic of China"],
    "CZ": ["Czechia"],
    "GB": ["UK", "U.K.", "Britain", "Great Britain"],
    "KP": ["DPRK"],
    "MK": ["Macedonia"],
    "MM": ["Burma"],
    "NL": ["Holland"],
    "PS": ["Palestinian territories"],
    "SA": ["Saudi"],
    "SZ": ["Swaziland"],
    "TL": ["East Timor"],
    "TR": ["Türkiye"],
    "US": ["US", "U.S.", "USA", "U.S.A.", "America", "United States of America"],
    "VA": ["Vatican", "Vatican City"],
}
ADJECTIVES = {
    "AG": ["Antiguan", "Barbudan"],
    "AR": ["Argentine", "Argentinian"],
    "BA": ["Bosnian", "Herzegovinian"],
    "BW": ["Botswanan"],
    "DJ": ["Djiboutian"],
    "GB": ["British", "Briton"],
    "IE": ["Irish"],
    "IS": ["Icelandic"],
    "KG": ["Kyrgyz"],
    "KN": ["Kittitian", "Nevisian"],
    "KZ": ["Kazakh", "Kazakhstani"],
    "LI": ["Liechtenstein"],
    "LU": ["Luxembourgish"],
    "NZ": ["New Zealander"],
    "PH": ["Filipino", "Philippine"],
    "PK": ["Pakistani"],
    "PT": ["Portuguese"],
    "SA": ["Saudi", "Saudi Arabian"],
    "SE": ["Swedish", "Swede"],
    "SI": ["Slovenian", "Slovene"],
    "SK": ["Slovak", "Slovakian"],
    "ES": ["Spanish", "Spaniard"],
    "DK": ["Danish", "Dane"],
    "FI": ["Finnish", "Finn"],
    "PL": ["Polish", "Pole"],
    "RS": ["Serbian", "Serb"],
    "HR": ["Croatian", "Croat"],
    "TJ": ["Tajik"],
    "TR": ["Turkish", "Turk"],
    "UZ": ["Uzbek"],
    "BQ": [],
    "CX": [],
    "GI": ["Gibraltarian"],
    "VC": ["Vincentian"],
    "HT": ["Haitian"],
    "VA": [],
    "XK": ["Kosovar", "Kosovan"],
}
CAPITALS = {
    "IL": "",
    "KZ": "Astana",
    "MO": "",
    "HK": "",
    "PS": "Ramallah",
    "ST": "São Tomé",
    "US": "Washington",
    "VA": "",
    "BI": "Gitega",
    "XK": "Pristina",
    "YE": "Sanaa",
    "TD": "N'Djamena",
    "KI": "South Tarawa",
}
FURTHER_CAPITALS = {
    "Washington": ["Washington DC", "Washington D.C.", "Washington, DC"],
    "Kyiv": ["Kiev"],
    "Yaoundé": ["Yaounde"],
    "Bogotá": ["Bogota"],
    "Brasília": ["Brasilia"],
    "Chișinău": ["Chisinau"],
    "Lomé": ["Lome"],
    "Sanaa": ["Sana'a"],
    "Ashgabat": ["Ashkhabad"],
    "Reykjavik": ["Reykjavík"],
    "Bern": ["Berne"],
    "São Tomé": ["Sao Tome"],
}


class Command(BaseCommand):
    """Reads the packages, writes the file."""

    help = "Makes the built-in vocabulary of states and capitals from CLDR and the unpacked package countryinfo."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the package countryinfo was unpacked")

    def handle(self, *, folder, **options):
        info = _by_code(folder)
        names = Locale("en").territories
        rows = [_row(code, names, info.get(code, {})) for code in sorted(names) if _is_listed(code)]
        _drop_shared_adjectives(rows)
        document = {
            "sources": [
                {
                    "package": "babel",
                    "version": metadata.version("babel"),
                    "licence": "BSD-3-Clause; its CLDR data: Unicode-3.0",
                    "used_for": "codes, names, short names",
                },
                {
                    "package": "countryinfo",
                    "version": _version(folder),
                    "licence": "MIT",
                    "used_for": "adjectives, capitals, further names",
                },
            ],
            "made_by": "python manage.py make_vocabulary",
            "actors": rows,
        }
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in document.pop("actors"))
        head = json.dumps(document, ensure_ascii=False, indent=1).rstrip("\n}")
        WORLD_FILE.write_text(f'{head},\n "actors": [\n{lines}\n]}}\n', encoding="utf-8")
        self.stdout.write(f"{len(rows)} states and territories written to {WORLD_FILE}")


def _is_listed(code: str) -> bool:
    return (
        len(code) == 2
        and code.isalpha()
        and code
        not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"} | UNINHABITED | {*("AC", "CP", "CQ", "DG", "EA", "IC", "TA")}
    )


def _by_code(folder: Path) -> dict[str, dict]:
    """The package's records by alpha-2 code; the first of a code wins, a former state's does not."""
    files = sorted(folder.rglob("countryinfo/data/*.json"))
    if not files:
        raise CommandError(f"{folder}: no countryinfo/data/*.json below it.")
    found: dict[str, dict] = {}
    for path in files:
        record = json.loads(path.read_text(encoding="utf-8"))
        code = record.get("ISO", {}).get("alpha2")
        if code and (code not in found or not found[code].get("demonym")):
            found[code] = record
    return found


def _version(folder: Path) -> str:
    path = next(folder.rglob("countryinfo-*.dist-info"))
    return path.name.removeprefix("countryinfo-").removesuffix(".dist-info")


def _row(code: str, names: dict[str, str], info: dict) -> dict:
    plain = names[code].replace("&", "and").replace("’", "'").replace("St. ", "Saint ").split(" (")[0]
    name = PREFERRED.get(code, plain)
    further = [
        plain,
        names[code].split(" (")[0],
        info.get("name", ""),
        *info.get("altSpellings", []),
        *FURTHER.get(code, []),
    ]
    if "Saint " in name:
        further.append(name.replace("Saint ", "St "))
    capital = CAPITALS.get(code, info.get("capital") or "")
    return {
        "name": name,
        "kind": "place" if code in TERRITORIES else "state",
        "code": code,
        "names": _unique(other for other in further if other != name and _is_a_name(other, code)),
        "adjectives": ADJECTIVES.get(code, _unique((info.get("demonym") or "").replace(" and ", ",").split(","))),
        "capital": ""
        if isinstance(capital, list) or "/" in capital or capital == name
        else capital.replace(" D.C.", ""),
        "capital_names": FURTHER_CAPITALS.get(capital, []),
    }


def _is_a_name(name: str, code: str) -> bool:
    """Not a code, an initialism nobody writes, or a name in another script."""
    if name in FURTHER.get(code, []):
        return True
    return len(name) >= 5 and not name.isupper() and name[0].isupper() and name.isascii() and "SAR" not in name


def _unique(names) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _drop_shared_adjectives(rows: list[dict]) -> None:
    """An adjective or name of a state ("French", "Chinese") is no name of its territories."""
    taken = {name for row in rows if row["kind"] == "state" for name in [*row["adjectives"], row["name"]]}
    for row in rows:
        if row["kind"] == "place":
            row["adjectives"] = [name for name in row["adjectives"] if name not in taken]
            row["names"] = [name for name in row["names"] if name not in taken]
