"""Every public address, in one list; the desk's are the admin site's own."""

from .public import urlpatterns

__all__ = ["urlpatterns"]
