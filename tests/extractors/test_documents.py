"""What decides over a whole document: which agreement it is about, whose words they are, where titles end."""

from extractors.facts import AgreementClaim, Initiative
from tests.output.danish import extraction

BY_THE_PARTIES = """240 mio. kr. til udsatte børn

Publiceret 31-10-2014

Det er resultatet af de forhandlinger, som socialminister Manu Sareen har afsluttet med satspuljepartierne.

I perioden 2015-2018 fordeler partierne 240 mio. kr. på ministeriets område.

Kontakt

Pressevagten, Socialministeriet, tlf. 33 92 47 00
"""
BY_A_PARTY = """Vi fik hjælpen med i aftalen

31-10-2024

Nu er vi enige med regeringen om de penge, der før hed satspuljen. Det er 713,2 mio. kr.

Derfor er vi glade for, at flere kan få hjælp. Det hele står på Socialministeriets hjemmeside.
"""
NEWS_AND_THE_PAST = """Bred enighed om 128 millioner kroner til udvikling

20-11-2024

Et samlet Folketing fordeler 128 mio. kr. fra Udviklings- og Investeringsprogrammerne i 2025. Flere af de \
indsatser, som sidste år blev sat i gang, går videre.

Kontakt

Pressetelefonen i Social- og Boligministeriet: 12 34 56 78
"""
FOR_ADULTS = """64,3 mio. kr. til udsatte voksne

Publiceret 12-11-2024

Partierne er enige om næste års Udviklings- og Investeringsprogram på voksenområdet. Der afsættes \
64,3 mio. kr. til og med 2028.

Programmet på børne- og ungeområdet bliver forhandlet til foråret.

Kontakt

Pressetelefonen i Social- og Boligministeriet: 12 34 56 78
"""
A_TEXT_OF_ITEMS = """Aftale om satspuljen for 2015 på det sociale område

Der er mellem regeringen og Venstre enighed om at prioritere 146,2 mio. kr. i 2015-2018 til følgende formål:

• Opsøgende gadearbejde i tolv byer. De fem byer suppleres med syv. Der afsættes 58,0 mio. kr.
• Grupper for børn, hvis forældre har en psykisk lidelse. Der afsættes 48,0 mio. kr.
• Sygeplejersker på herberger. Tilbuddet er nyt. Der afsættes 39,0 mio. kr.

De resterende midler anvendes til mindre bevillinger.
"""


def claims(text: str) -> list[AgreementClaim]:
    return [fact for fact in extraction(text, "/a.txt").facts if isinstance(fact, AgreementClaim)]


def test_an_agreement_may_be_told_by_those_who_made_it() -> None:
    [claim] = claims(BY_THE_PARTIES)
    assert (claim.kind, claim.programme_year, claim.total_min_dkk) == ("satspulje", 2015, 240_000_000)


def test_a_text_that_speaks_for_itself_is_no_ministrys() -> None:
    found = extraction(BY_A_PARTY, "/a.txt").profile
    assert (found.kind, found.issuer) == ("other", None)
    [claim] = claims(BY_A_PARTY)
    assert (claim.kind, claim.relation, claim.total_min_dkk) == ("reserve", "mentions", None)


def test_a_ministry_may_say_we_where_its_minister_speaks() -> None:
    name = "Sophie Hæstorp Andersen"
    quote = f"Socialminister {name} siger:\n\n”Vi er glade for aftalen.”\n\n- {name}\n"
    assert extraction(f"{BY_A_PARTY}\n{quote}", "/a.txt").profile.kind == "press_release"


def test_the_same_words_about_others_leave_a_release_its_ministry() -> None:
    assert extraction(BY_A_PARTY.replace(" vi ", " de "), "/a.txt").profile.issuer == "Socialministeriet"


def test_what_was_chosen_before_is_no_subject_where_money_is_shared_out_first() -> None:
    [claim] = claims(NEWS_AND_THE_PAST)
    assert (claim.relation, claim.total_min_dkk) == ("announces", 128_000_000)
    past = NEWS_AND_THE_PAST.replace("Et samlet Folketing fordeler 128 mio. kr. fra", "Det handler om")
    [claim] = claims(past.replace("Bred enighed om 128 millioner kroner til udvikling", "Nyt om udvikling"))
    assert claim.relation == "mentions"


def test_an_association_is_heard_in_the_title() -> None:
    text = BY_THE_PARTIES.replace("240 mio. kr. til", "KL: 240 mio. kr. er for lidt til")
    found = extraction(text.partition("Kontakt")[0], "/a.txt").profile
    assert (found.kind, found.issuer) == ("other", "KL")


def test_a_programme_is_for_the_age_that_the_lead_names() -> None:
    [claim] = claims(FOR_ADULTS)
    assert (claim.sector, claim.total_min_dkk) == ("voksne", 64_300_000)
    [both] = claims(FOR_ADULTS.replace("på voksenområdet", "på voksenområdet og programmet for børn"))
    assert both.sector is None


def test_a_line_that_says_between_whom_makes_the_text_of_an_agreement() -> None:
    text = "Satspuljeaftale for psykiatrien\n\nAftale af 2. november 2012 mellem regeringen og Venstre\n"
    assert extraction(f"{text}\nDer afsættes 90 mio. kr.\n", "/a.txt").profile.kind == "agreement"


def test_the_title_of_an_item_ends_where_its_text_begins() -> None:
    found = extraction(A_TEXT_OF_ITEMS, "/a.txt").facts
    assert [fact.title for fact in found if isinstance(fact, Initiative)] == [
        "Opsøgende gadearbejde i tolv byer",
        "Grupper for børn, hvis forældre har en psykisk lidelse",
        "Sygeplejersker på herberger",
    ]


def test_a_list_that_leaves_some_out_counts_nothing() -> None:
    [claim] = claims(A_TEXT_OF_ITEMS)
    assert claim.initiative_count is None
    [whole] = claims(A_TEXT_OF_ITEMS.rpartition("De resterende")[0])
    assert whole.initiative_count == len("abc")
