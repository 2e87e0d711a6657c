"""sbst.dk, before that socialstyrelsen.dk: the agency's news, application pools and projects."""

from datetime import date

from corpus.site import Layout, Site

SITE = Site(
    id="sbst.dk",
    name="Social- og Boligstyrelsen",
    publisher=None,  # Socialstyrelsen until 2022; the page says under which name it wrote
    base_url="https://www.sbst.dk",
    hosts=("sbst.dk", "socialstyrelsen.dk", "social.dk"),
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
