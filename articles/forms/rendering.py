"""How forms become HTML: by Jinja2, in which Django brings the templates of its forms as well as in its own language.

A desk of a story has two hundred fields, each of several templates: by Jinja2 the page costs a quarter less. What has
no template there, the admin's own widgets and those of packages, is made as ever.
"""

from functools import cache, cached_property
from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2
from django.template import TemplateDoesNotExist


class Renderer(DjangoTemplates):
    """For `FORM_RENDERER`."""

    @cached_property
    def quick(self) -> Jinja2:
        """What is asked first."""
        return Jinja2()

    def get_template(self, template_name: str) -> Any:
        """Looked for once in the life of the process."""
        return self._found(template_name)

    @cache  # noqa: B019  (there is one renderer, for as long as the process lasts)
    def _found(self, template_name: str) -> Any:
        try:
            return self.quick.get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)
