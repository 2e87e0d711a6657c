"""uvm.dk: the ministry of children and education; the day of publication stands in the address alone."""

from corpus.site import PAGING, Listing, Site

SITE = Site(
    id="uvm.dk",
    name="Børne- og Undervisningsministeriet",
    publisher=None,  # the ministry has changed its name; the page says under which it wrote
    base_url="https://www.uvm.dk",
    hosts=("uvm.dk",),
    listings=(
        Listing(
            url="https://www.uvm.dk/aktuelt/nyheder",
            item=r"/aktuelt/nyheder/uvm/\d{4}/[a-z]{3}/[^/]+/?",
            more=rf"/aktuelt/nyheder(?:/uvm)?(?:/\d{{4}}(?:/[a-z]{{3}})?)?/?{PAGING}",
            quiet_days=60,
        ),
    ),
    scope="general",
)
