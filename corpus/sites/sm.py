"""sm.dk: the ministry of social affairs under its changing names, releases since 2016."""

from datetime import date

from corpus.site import PAGING, Layout, Listing, Site

SITE = Site(
    id="sm.dk",
    name="Socialministeriet",
    publisher=None,  # the ministry has changed its name; the page says under which it wrote
    base_url="https://sm.dk",
    hosts=("sm.dk",),
    listings=(
        Listing(
            url="https://sm.dk/nyheder/nyhedsarkiv",
            item=r"/nyheder/nyhedsarkiv/\d{4}/[a-z]{3}/[^/]+/?",
            more=rf"/nyheder/nyhedsarkiv/\d{{4}}(?:/[a-z]{{3}})?/?{PAGING}",
            expect=(20, 10_000),
            quiet_days=60,  # releases come every week; the summer is quiet
        ),
        Listing(
            url="https://sm.dk/publikationer",
            item=r"/publikationer/\d{4}/[a-z]{3}/[^/]+/?",
            more=rf"/publikationer/\d{{4}}(?:/[a-z]{{3}})?/?{PAGING}",
        ),
    ),
    layouts=(
        Layout(
            name="2023",
            main="article.nyhed",
            marks=(".nyhed__tekst", ".nyhed__top"),
            drop=(".del", "figure"),
        ),
        Layout(
            name="2024",
            main="#indhold",
            marks=("#indhold > .manchet", "#indhold > .tekst"),
            drop=(".del",),
        ),
        Layout(
            name="2020",
            main="main article.news",
            marks=(".rich-text",),
            drop=(".share", "figure"),
        ),
        Layout(
            name="2016",
            main="#indhold",
            marks=("#indhold .brodtekst",),
            drop=(".bund",),
            until=date(2019, 6, 27),
        ),
    ),
)
