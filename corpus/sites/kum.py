"""kum.dk: the ministry of culture."""

from corpus.site import Layout, Site

SITE = Site(
    id="kum.dk",
    name="Kulturministeriet",
    publisher="Kulturministeriet",
    base_url="https://kum.dk",
    hosts=("kum.dk",),
    layouts=(
        Layout(
            name="2020",
            main="main article",
            marks=(".c-hero", ".c-richtext"),
            drop=(".c-hero__type", ".c-share"),
        ),
    ),
)
