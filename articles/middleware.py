"""What stands between the server and the pages."""

from . import channels, releasing


class ChannelMiddleware:
    """Acts that come in by HTTP are logged as done on a page."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Name the channel, and who is signed in, for the length of the request."""

        def person():
            user = getattr(request, "user", None)
            return user if user is not None and user.is_authenticated else None

        with channels.acting_through(channels.PAGE, person):
            return self.get_response(request)


class ReleaseMiddleware:
    """What is due goes out before a reader's page is answered."""

    STAFF = ("/admin/", "/static/", "/media/", "/healthz", "/preview/", "/calendar/")

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Only where somebody reads: GET and HEAD of public pages."""
        if request.method in ("GET", "HEAD") and not request.path_info.startswith(self.STAFF):
            releasing.release_if_due()
        return self.get_response(request)
