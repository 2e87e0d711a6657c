"""`python -m tests.standin`: start the stand-in, say how to reach it, and wait."""

import time
from collections import Counter
from contextlib import suppress

from tests.standin.server import StandIn


def main() -> None:
    with StandIn() as web:
        print(f"TLS    {web.address}\nplain  {web.plain_address}\nca     {web.ca}\n")
        for host, number in sorted(Counter(url.split("/")[2] for url in web.urls()).items()):
            print(f"{number:5} pages  https://{host}/")
        places = [f"{host}:443={web.address},{host}:80={web.plain_address}" for host in web.hosts]
        print(f"\nexport PULJESPOR_CONNECT_TO={','.join(places)}\nexport PULJESPOR_CA={web.ca}")
        print("export PULJESPOR_ALLOW=127.0.0.1/32\n")
        there = f"--cacert {web.ca} --connect-to ::{web.address}"
        print(f"curl {there} https://sm.dk/nyheder/nyhedsarkiv")
        print("\nCtrl-C ends it.", flush=True)
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)


if __name__ == "__main__":
    main()
