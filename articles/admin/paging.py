"""Pages of a long list that are not counted to the end."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

LIMIT = 1000


class BoundedPaginator(Paginator):
    """Counts as far as `LIMIT` and no further; older rows are found by narrowing the list down."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most `LIMIT`."""
        return self.object_list.order_by()[:LIMIT].count()
