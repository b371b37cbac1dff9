"""The app's configuration: connects receivers and system checks once the models are there."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Import the modules that register themselves."""
        from . import checks, receivers  # noqa: F401, PLC0415  (registration needs loaded models)
