"""A client for which every host of the world is the stand-in."""

import httpx

from tests.standin.server import StandIn


class There(httpx.BaseTransport):
    """Every host is the stand-in; the name is still the one that was asked for, for TLS too."""

    def __init__(self, web: StandIn) -> None:
        self.web, self.inner = web, httpx.HTTPTransport(verify=web.client_context())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = self.web.address if request.url.scheme == "https" else self.web.plain_address
        host, port = address.split(":")
        there = httpx.Request(
            request.method,
            request.url.copy_with(host=host, port=int(port)),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self.inner.handle_request(there)

    def close(self) -> None:
        self.inner.close()
