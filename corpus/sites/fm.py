"""fm.dk: the ministry of finance; the satspulje as a whole and the finance acts."""

from corpus.site import PAGING, Listing, Site

SITE = Site(
    id="fm.dk",
    name="Finansministeriet",
    publisher="Finansministeriet",
    base_url="https://fm.dk",
    hosts=("fm.dk",),
    listings=(
        Listing(
            url="https://fm.dk/nyheder/nyhedsarkiv",
            item=r"/nyheder/nyhedsarkiv/\d{4}/[a-z]+/[^/]+/?",
            more=rf"/nyheder/nyhedsarkiv/\d{{4}}(?:/[a-z]+)?/?{PAGING}",
            quiet_days=60,
        ),
    ),
    scope="general",
)
