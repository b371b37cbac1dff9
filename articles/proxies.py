"""Whose request it is, where proxies of ours stand between."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of who asks: the last one in `X-Forwarded-For` that is no proxy of ours, with `BEHIND_PROXY`.

    What stands further left the client may have written itself. Without `BEHIND_PROXY` it is who is connected.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_PROXY:
        return connected
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    for hop in reversed(hops):
        if not is_among(hop, settings.TRUSTED_PROXIES):
            return hop
    return hops[0] if hops else connected


def is_among(address: str, networks: list[str]) -> bool:
    """Whether the address is in one of the networks ("10.0.0.0/8", "192.0.2.7"); not where it is no address at all."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(network, strict=False) for network in networks)
