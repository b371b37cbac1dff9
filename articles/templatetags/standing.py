"""`{% standing %}`: a component that is set once for all that it says."""

from django import template
from django.conf import settings
from django.template.loader_tags import IncludeNode, do_include

from .. import standing as type_kept

register = template.Library()


class StandingNode(IncludeNode):
    """An include whose outcome is kept; it sees nothing but what it is given."""

    def render(self, context) -> str:
        """The piece as it stands, else as the include makes it now."""
        if settings.DEBUG:  # templates are being written
            return super().render(context)
        values = {name: each.resolve(context) for name, each in self.extra_context.items()}
        found = type_kept.key(self.template.var, values)
        return type_kept.forme.get(found, lambda: super(StandingNode, self).render(context))


@register.tag
def standing(parser, token) -> StandingNode:
    """As `{% include "name" with … only %}`: the name written out, `only` required."""
    node = do_include(parser, token)
    if not node.isolated_context or not isinstance(node.template.var, str):
        raise template.TemplateSyntaxError("standing: give the name as it is, and end with 'only'")
    return StandingNode(node.template, extra_context=node.extra_context, isolated_context=True)
