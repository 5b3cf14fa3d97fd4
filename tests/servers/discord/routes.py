"""Every address of the API that the server knows."""

from __future__ import annotations

from . import account_routes, channel_routes, command_routes, interaction_routes, thread_routes
from .rest import Handler

ROUTES: dict[str, Handler] = {
    **account_routes.ROUTES,
    **channel_routes.ROUTES,
    **thread_routes.ROUTES,
    **command_routes.ROUTES,
    **interaction_routes.ROUTES,
}
