"""ism.dk and im.dk: today's ministries of the interior and health; archives of older releases."""

from corpus.site import Layout, Site

SITE = Site(
    id="ism.dk",
    name="Indenrigs- og Sundhedsministeriet",
    publisher=None,  # the archive holds releases of several ministries
    base_url="https://www.ism.dk",
    hosts=("ism.dk", "im.dk"),
    layouts=(
        Layout(
            name="2016",
            main="div.main div.article",
            marks=("div.article .date", "div.article .text"),
            drop=(".share",),
        ),
    ),
)
