"""sbst.dk, before that socialstyrelsen.dk: the agency's news, application pools and projects."""

from datetime import date

from corpus.site import PAGING, Layout, Listing, Site

SITE = Site(
    id="sbst.dk",
    name="Social- og Boligstyrelsen",
    publisher=None,  # Socialstyrelsen until 2022; the page says under which name it wrote
    base_url="https://www.sbst.dk",
    hosts=("sbst.dk", "socialstyrelsen.dk", "social.dk"),
    listings=(
        Listing(
            url="https://www.sbst.dk/nyheder",
            item=r"/nyheder/\d{4}/[^/]+/?",
            more=rf"/nyheder(?:/\d{{4}})?/?{PAGING}",
            expect=(5, 10_000),
            quiet_days=60,
        ),
        Listing(
            url="https://www.sbst.dk/puljer-og-tilskud/social-og-aeldreomraadet/ansoegningspuljer/alle-puljer",
            item=r"/puljer-og-tilskud/(?:[^/]+/)*alle-puljer/[^/]+/?",
            more=rf"/puljer-og-tilskud/(?:[^/]+/)*alle-puljer/?{PAGING}",
        ),
        Listing(
            url="https://www.sbst.dk/projekter-og-initiativer",
            item=r"/projekter-og-initiativer/[^/]+/[^/]+/?",
            more=rf"/projekter-og-initiativer/[^/]+/?{PAGING}",
        ),
    ),
    layouts=(
        Layout(
            name="2023",
            main="#content-grid",
            marks=("#content .page-title", "#content .page-body"),
            drop=(".page-tools", ".card--newsletter", ".card--events"),
        ),
        Layout(
            name="2018",
            main="#main-container",
            marks=("#content-core", ".documentFirstHeading"),
            drop=(".social", ".tags", ".newsletter", ".relateret"),
        ),
        Layout(
            name="before 2021",
            main="td:has(> a[name=indhold])",
            marks=("a[name=indhold]",),
            drop=(".foldalle",),
            until=date(2021, 1, 21),
        ),
    ),
)
