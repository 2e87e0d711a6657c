"""ism.dk and im.dk: today's ministries of the interior and health; archives of older releases."""

from corpus.site import PAGING, Layout, Listing, Site

SITE = Site(
    id="ism.dk",
    name="Indenrigs- og Sundhedsministeriet",
    publisher=None,  # the archive holds releases of several ministries
    base_url="https://www.ism.dk",
    hosts=("ism.dk", "im.dk"),
    listings=(
        Listing(
            url="https://www.ism.dk/nyheder",
            item=r"/nyheder/\d{4}/[a-z]+/[^/]+/?",
            more=rf"/nyheder/\d{{4}}(?:/[a-z]+)?/?{PAGING}",
        ),
        Listing(
            url="https://im.dk/nyheder/nyhedsarkiv",
            item=r"/nyheder/nyhedsarkiv/\d{4}/[a-z]{3}/[^/]+/?",
            more=rf"/nyheder/nyhedsarkiv/\d{{4}}(?:/[a-z]{{3}})?/?{PAGING}",
        ),
    ),
    scope="general",
    layouts=(
        Layout(
            name="2016",
            main="div.main div.article",
            marks=("div.article .date", "div.article .text"),
            drop=(".share",),
        ),
    ),
)
