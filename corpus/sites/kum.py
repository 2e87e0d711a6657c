"""kum.dk: the ministry of culture."""

from corpus.site import PAGING, Layout, Listing, Site

SITE = Site(
    id="kum.dk",
    name="Kulturministeriet",
    publisher="Kulturministeriet",
    base_url="https://kum.dk",
    hosts=("kum.dk",),
    listings=(
        Listing(
            url="https://kum.dk/aktuelt/nyheder",
            item=r"/aktuelt/nyheder/[^/]+/?",
            more=rf"/aktuelt/nyheder/?{PAGING}",
            quiet_days=60,
        ),
    ),
    scope="general",
    layouts=(
        Layout(
            name="2020",
            main="main article",
            marks=(".c-hero", ".c-richtext"),
            drop=(".c-hero__type", ".c-share"),
        ),
    ),
)
