"""`manage.py messages`: brings the catalogues of `locale/` up to the source and compiles them."""

from itertools import product

from django.core.management.base import BaseCommand, CommandError

from .. import catalogues


class Command(BaseCommand):
    """Collects, writes, compiles, and tells what is missing. Needs the development requirements (Babel)."""

    help = "Bring locale/ up to what code and templates say, compile it, and tell what lacks a translation."

    def add_arguments(self, parser) -> None:
        """`--check` writes nothing."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where a reader’s string lacks one"
        )
        parser.add_argument("--list", action="store_true", help="print every string that lacks one")

    def handle(self, *, check: bool, list: bool, **options) -> None:  # noqa: A002  (the option’s name)
        """Raises `CommandError` with `--check` where readers would meet English."""
        missing = 0
        for language, domain in product(catalogues.languages(), catalogues.SOURCES):
            found = catalogues.collect(domain)
            catalog = catalogues.renewed(language, found, domain)
            if not check:
                catalogues.path_of(language, "po", domain).write_bytes(catalogues.written(catalog))
                catalogues.path_of(language, "mo", domain).write_bytes(catalogues.compiled(catalog))
            lacking = catalogues.lacking(catalog, found)
            of_readers = [each for each in lacking if each.is_for_readers]
            missing += len(of_readers)
            for_readers = sum(each.is_for_readers for each in found)
            self.stdout.write(
                f"{language}, {domain}: {len(found)} strings, {for_readers} of them for readers; "
                f"lacking: {len(of_readers)} for readers, {len(lacking) - len(of_readers)} for the desk"
            )
            for each in lacking if list else ():
                self.stdout.write(f"  {each.id!r}  ({', '.join(each.files)})")
        if check and missing:
            raise CommandError(f"{missing} strings that readers see lack a translation: manage.py messages --list")
