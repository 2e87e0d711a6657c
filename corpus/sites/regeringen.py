"""regeringen.dk: agreements, proposals and news of the whole government; pages carry no date."""

from corpus.site import Layout, Listing, Site

SITE = Site(
    id="regeringen.dk",
    name="Regeringen",
    publisher=None,
    base_url="https://www.regeringen.dk",
    hosts=("regeringen.dk",),
    listings=(
        Listing(
            url="https://www.regeringen.dk/sitemap.xml",
            item=r"/(?:nyheder/\d{4}|aktuelt/tidligere-publikationer|publikationer-og-aftaletekster)/[^/]+/?",
            kind="sitemap",
            expect=(3, 50_000),
        ),
    ),
    scope="general",
    layouts=(
        Layout(
            name="2024",
            main="main.page__main",
            marks=(".hero__title", ".text__lead"),
            publisher=".hero__ministries li",
            drop=(".hero__type", ".hero__ministries", ".hero__media", ".documents", ".sharebar", ".tiles"),
        ),
        Layout(
            name="2018",
            main=".content-wrap",
            marks=(".article__head", ".article__body"),
            publisher=".ministries li",
            drop=(
                ".article__type",
                ".ministries",
                "figure",
                ".article__docs",
                ".article__share",
                ".tiles",
            ),
        ),
    ),
)
