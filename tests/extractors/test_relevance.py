"""Titles, teasers and addresses as listings have them, with what is worth fetching; links of releases."""

import re

import pytest

from extractors.relevance import SPELLINGS, Scope, agreement_link, folders, minds_case, relevance, tolerant
from extractors.rules import Rule, load_rules
from tests.support import unmark

SM = "https://www.sm.dk/nyheder/nyhedsarkiv/"
UVM = "https://www.uvm.dk/aktuelt/nyheder/uvm/"

# ---- public titles and addresses of releases about the programmes' money
PUBLIC: list[tuple[str, str, Scope]] = [
    ("22 mio. kr. til mere effektive sociale indsatser", "", "social"),
    ("Fordelingen af godt 1,1 milliard kroner til børn og socialt udsatte grupper er på plads", "", "social"),
    ("", SM + "2016/nov/ny-stor-satspuljeaftale-gavner-socialomraadet-bredt", "social"),
    ("", SM + "2020/nov/10-nye-initiativer-skal-sikre-effektfuld-hjaelp-til-udsatte", "social"),
    ("", SM + "2023/jun/indsatser-paa-det-sociale-omraade-faar-midler-til-udvikling", "social"),
    ("", SM + "2019/nov/astrid-krag-om-aftale-om-reserve-vi-prioriterer-de-mest-udsatte", "social"),
    ("", SM + "2023/mar/bredt-flertal-enige-om-at-fordele-947-millioner", "social"),
    ("", SM + "2023/nov/folketingets-partier-fordeler-885-millioner-kroner-", "social"),
    ("", SM + "2020/dec/astrid-krag-finanslovsaftale-hjaelper-boernene-socialt-udsatte", "social"),
    ("", SM + "2021/nov/aftale-om-tusindvis-af-nye-billige-boliger-og-housing-first", "social"),
    ("", SM + "2023/nov/fl24-aeldreomraadet-prioriteres-hoejt-med-695-mio-kroner", "social"),
    ("Nu begynder forhandlingerne om at fordele 885 millioner kroner", "", "social"),
    ("", "https://www.sbst.dk/nyheder/2019/90-mio-kr-til-nye-virksomme-indsatser-paa-vej", "social"),
    ("Millioner til sociale initiativer er fordelt", "", "social"),
    ("Pulje: Modning af MOVE som gruppebehandling til unge", "", "social"),
    ("Helt nye børne- og ungemålgrupper i SØM", "", "social"),
    ("", "https://sbst.dk/nyheder/2023/ny-version-af-soem-giver-markant-bedre-beregninger-", "social"),
    ("540,5 millioner kroner til initiativer på social- og ældreområdet", "", "social"),
    (
        "Folketingets partier enige om at fordele 860,5 millioner kroner til ældre, patienter og udsatte",
        "",
        "general",
    ),
    (
        "",
        "https://kum.dk/aktuelt/nyheder/folketingets-partier-enige-om-at-fordele-8605-millioner-kroner-til-aeldre-patienter-og-udsatte-borgere",
        "general",
    ),
    ("", "https://fm.dk/nyheder/nyhedsarkiv/2015/november/aftale-om-satspuljen-for-2016/", "general"),
    ("Ny satspuljeaftale: 106 mio. kr. til borgere med komplekse problemer", "", "general"),
    ("Ny satspuljeaftale: 770 mio. kr. til sundheds- og ældreområdet", "", "general"),
    ("", "https://www.ism.dk/puljer/tidligere-satspuljer/satspuljen-2012-2015", "general"),
    ("Satspuljeaftale: Ny handlingsplan for ”det gode ældreliv”", "", "general"),
    ("", UVM + "2017/nov/171111-satspulje-200-millioner-maalrettet-unges-uddannelse", "general"),
    ("", UVM + "2018/nov/181107-aftalerne-om-satspuljen-for-2019-er-paa-plads", "general"),
    ("Bred politisk aftale om Børnene Først", "https://www.regeringen.dk/nyheder/2021/x/", "general"),
    ("43 initiativer skal sikre udsatte børn en tryggere opvækst", "", "general"),
    ("Astrid Krag: En halv milliard kroner skal hjælpe udsatte og sårbare ud af ensomheden", "", "general"),
    ("Alle partier indgår aftale om hjælp til sårbare og udsatte grupper", "", "general"),
    ("Opslag af pulje til styrkelse af den kommunale alkoholbehandling af dobbeltbelastede", "", "general"),
    ("Midler til styrket indsats til mennesker med spiseforstyrrelser og selvskade", "", "general"),
    ("26 initiativer i historisk ambitiøs handlingsplan mod partnervold og partnerdrab", "", "general"),
    ("", "https://www.sst.dk/da/Puljer/Styrket-indsats-for-mennesker-med-spiseforstyrrelser", "general"),
    ("Regeringens oplæg til udmøntning af satspuljen 2018", "", "general"),
    ("SOU, Alm.del - 2019-20 - Bilag 45: Aftale om udmøntning af midler", "", "general"),
    ("Nyt videnscenter mod ufrivilligt skolefravær får 10 mio. kr.", "", "general"),
    ("Bredt flertal fordeler 760 millioner kroner til udsatte mennesker", "", "general"),
    ("Aftale om satspulje på beskæftigelsesområdet 2014", "", "general"),
]

# ---- our own wording
WANTED: list[tuple[str, str, Scope]] = [
    ("Bred aftale om reserven: Godt 742 mio. kr. til mennesker på kanten", "", "general"),
    ("Partierne har udmøntet reserven for 2026-2029", "", "general"),
    ("Aftale om reserven til foranstaltninger på social-, sundheds- og arbejdsmarkedsområdet", "", "general"),
    ("", "https://fm.dk/nyheder/2022/aftale-om-ssa-reserven-for-2023/", "general"),
    ("SSA-midlerne for 2025 er fordelt", "", "general"),
    ("UIP 2025: otte nye indsatser", "", "general"),
    (
        "",
        "https://regeringen.dk/nyheder/2024/udviklings-og-investeringsprogrammerne-faar-nye-midler",
        "general",
    ),
    ("Flere penge til krisecentre i finansloven", "", "general"),
    ("Finanslov for 2025: Løft til handicapområdet", "", "general"),
    ("Ny pulje skal styrke frivilligt socialt arbejde", "", "general"),
    ("Handicappuljen åbner for ansøgninger", "", "general"),
    ("Aftale om flere familiehjem til anbragte børn", "", "general"),
    ("", UVM + "2022/mar/220311-30-mio-kr-til-boern-og-unge-i-mistrivsel", "general"),
    ("", "https://ism.dk/nyheder/2023/maj/nye-midler-til-saarbare-gravide-og-misbrugsbehandling", "general"),
    ("", "https://x.dk/nyt/pulje-til-stotte-til-parorende-og-sarbare", "general"),
    ("", "https://x.dk/nyt/tilskud%20til%20hjeml%C3%B8se", "general"),
    ("Milliardaftale skal løfte psykiatrien", "", "general"),
    ("50 mio. kr. til mænd, der er udsat for partnervold", "", "general"),
    ("Ny demensstrategi. Der afsættes 120 mio. kr. over fire år til demensvenlige kommuner.", "", "general"),
    ("Ansøgningspulje til efterværn", "", "general"),
    ("Bevilling til Mødrehjælpen forlænges", "", "general"),
    ("Enige om hjælp til ofre for menneskehandel", "", "general"),
    ("Partier bag aftale: Flere får hjælp ud af prostitution", "", "general"),
    ("Kulturpas og fritidspas: 60 mio. kr. til børn i udsatte familier", "", "general"),
    ("Tilskud til julehjælp fordelt", "", "general"),
    ("Ny aftale giver bedre botilbud", "", "general"),
    ("Aftale om den ældre medicinske patient: penge til ældre", "", "general"),
    ("Civilsamfundet får 40 millioner", "", "general"),
    ("Aftale på plads. Partierne fordeler midler til senfølger af seksuelle overgreb", "", "general"),
    ("Aftale om digitalisering. Den rummer 20 mio. kr. til mennesker med handicap.", "", "general"),
    ("Forsvarsaftale og velfærd. Samme dag blev der fordelt penge fra reserven.", "", "general"),
    ("Socialdemokratiet, Venstre og SF enige om penge til socialt udsatte", "", "general"),
    ("Aftale om ba\u030ade so\u00adcialt udsatte og børn", "", "general"),
    ("", "https://ft.dk/aktuelt/nyheder/12345", "general"),
    ("", "", "general"),
    ("", "", "social"),
    ("", "https://sm.dk/nyheder/2024/8827", "social"),
    ("Ny rapport om unge i hjemløshed", "", "social"),
    ("Kommuner inviteres med, når 13 sociale indsatser skal udvikles", "", "social"),
    ("Temadag om unge på vej ind i voksenlivet", "", "social"),
    ("Fem nye indsatser skal forbedre livet for udsatte", "", "social"),
    ("Ministeren besøger herberg og fortæller om ny pulje på 20 mio. kr.", "", "social"),
    ("Pressemøde: Aftale om hjemløshed præsenteres", "", "social"),
    ("Høring: Bekendtgørelse om tilskud til besøgsvenner", "", "social"),
    ("Ny formand for rådet. Rådet får samtidig en bevilling på 4 mio. kr.", "", "social"),
    ("Styrelsen søger kommuner til afprøvning af åben dialog", "", "social"),
    ("Besøg på plejehjem bliver igen muligt", "", "social"),
    ("Sådan fik en gruppe besøgsvenner flere til at komme ud", "", "social"),
    ("Tal om vold i nære relationer", "", "social"),
    ("Nytårsgave: 10 mio. kr. mere til varmestuer", "", "social"),
    (
        "Unge med autisme klarer sig bedre efter et forløb med mestring. Evalueringen viser, "
        "at de unge får flere venner. Læs den hele, eller tilmeld dig vores nyhedsbrev.",
        "",
        "social",
    ),
]

# ---- written after the rules, to see what they lose
MORE: list[tuple[str, str, Scope]] = [
    ("", "https://x.dk/nyheder/aftale-om-reserven-til-social-sundheds-og-arbejdsmarkedsomraadet", "general"),
    ("", "https://x.dk/nyheder/saadan-fordeles-pengene-til-de-hjemloese", "general"),
    ("", "https://x.dk/nyheder/nye-penge-til-vaeresteder-og-varmestuer", "general"),
    ("", "https://x.dk/nyheder/pulje-til-oprettelse-af-familiehuse", "general"),
    ("", "https://x.dk/nyheder/30-mio-til-boern-i-plejefamilier", "general"),
    ("", "https://x.dk/nyheder/midler-til-kvindekrisecentre-i-gronland", "general"),
    ("", "https://x.dk/nyheder/aftale-om-en-bedre-psykiatri", "general"),
    ("", "https://x.dk/nyheder/fordeling-af-midler-til-civilsamfundet", "general"),
    (
        "",
        "https://x.dk/nyheder/regeringen-og-stoettepartier-enige-om-hjaelpepakke-til-de-mest-udsatte",
        "general",
    ),
    ("", "https://x.dk/nyheder/kommuner-faar-85-mio-kr-til-at-bekaempe-ensomhed", "general"),
    ("", "https://x.dk/nyheder/20-millioner-til-hjaelp-til-voldsramte-kvinder", "general"),
    ("", "https://x.dk/nyheder/pulje-skal-faa-flere-mennesker-med-autisme-i-job", "general"),
    ("", "https://x.dk/nyheder/ansoegningspulje-til-boern-og-unge-med-alkoholmisbrug-i-familien", "general"),
    ("", "https://x.dk/nyheder/handicaporganisationer-faar-oeget-tilskud", "general"),
    ("", "https://x.dk/nyheder/satspulje-aeldre", "general"),
    ("", "https://x.dk/nyheder/handlingsplan-for-menneskehandel-forlaenges-med-120-mio-kr", "general"),
    ("", "https://x.dk/nyheder/aftale-om-udmoentning-af-puljen-til-faglighed-paa-botilbud", "general"),
    ("", "https://x.dk/nyheder/lgbt-handlingsplan-faar-midler", "general"),
    ("", "https://x.dk/nyheder/udmontning-af-ssa", "general"),
    ("", "https://x.dk/nyheder/bevilling-til-natcafeer", "general"),
    ("", "https://x.dk/nyheder/pengene-til-plejehjem-fordelt", "general"),
    ("", "https://x.dk/nyheder/aftale-om-nye-regler-for-boerns-trivsel-og-boernene-foerst", "general"),
    ("", "https://x.dk/nyheder/styrket-indsats-for-udsatte-groenlaendere", "general"),
    ("", "https://x.dk/nyheder/permanent-stoette-til-headspace", "general"),
    ("", "https://x.dk/nyheder/aftale-om-aeldrereform", "general"),
    ("Partierne bag reserven sætter gang i 53 indsatser", "", "general"),
    ("Astrid Krag vil mødes med partierne om reserven", "", "general"),
    ("Fordelingen af reserven er faldet på plads", "", "general"),
    ("Penge til nødherberger forlænges i vinter", "", "general"),
    ("Bred enighed om børnehuse: 24 mio. kr. mere", "", "general"),
    ("Sommerophold til fattige familier: nu uddeles 20 mio.", "", "general"),
    ("Folketinget bevilger støtte til ofre for incest", "", "general"),
    ("Flere unge med spiseforstyrrelser får tilbud; afsat 50 mio.", "", "general"),
    ("Skæve boliger: pulje på 30 mio. kr.", "", "general"),
    ("Nyt værdighedsløft: 1 milliard til ældreplejen", "", "general"),
    ("Partier giver kærkommen håndsrækning på 14 mio. til voldtægtsofre", "", "general"),
    ("Kommunerne kan søge midler til bedre sagsbehandling på handicapområdet", "", "general"),
    ("Aftale om minihjælpepakke til landets forsorgshjem og herberger", "", "general"),
    ("Retssikkerhed på socialområdet: nyt udspil", "", "general"),
    ("Ny aftale styrker de selvejende institutioner på socialområdet", "", "general"),
    ("Bred aftale giver udsatte børn flere rettigheder", "", "general"),
    ("Brede flertal har sikret 19 hjælpepakker til udsatte og sårbare under coronakrisen", "", "general"),
    ("Enigt Folketing afsætter millioner til udsatte danskere", "", "general"),
    ("Over 100 mio. kr. til bedre vilkår for kvinder på krisecentre og deres børn", "", "general"),
    ("Her er satspuljeprojekterne", "", "general"),
    (
        "Regeringens finanslovforslag: flere penge til minimumsnormeringer og til de mest udsatte familier",
        "",
        "general",
    ),
    ("Puljer til socialt arbejde åbner", "", "general"),
    ("Ny aftale om familieretten og skilsmissebørn: 10 mio. kr. til samtalegrupper", "", "general"),
    ("Stofindtagelsesrum i Aarhus får 5 mio. kr.", "", "general"),
    ("Unge ordblinde med psykiske udfordringer får hjælp for 12 mio. kr.", "", "general"),
    ("Hjælp til familier med handicappede børn: 40 mio. kr.", "", "general"),
    ("Aftale om bedre vilkår for voksne med udviklingsforstyrrelser", "", "general"),
    ("Ekstra bevilling til Børns Vilkår og Mødrehjælpen", "", "general"),
    ("Flere penge til sociale viceværter", "", "general"),
    ("Fællesskaber for alle: fordeling af 60 mio. kr. til foreninger for ensomme", "", "general"),
    ("Værdig hjemløsepolitik: Aftale om almene boliger", "", "general"),
    ("Tilskud til frivilligcentre i 2023", "", "general"),
    ("Aftale om en mere værdig afslutning på livet: hospice får 30 mio.", "", "general"),
    ("Kvinder i voldelige forhold får ret til psykologhjælp: 25 mio. afsat", "", "general"),
    ("Narkotikaområdet: ny aftale om behandling", "", "general"),
    ("Flere unge ud af gadebander: 20 mio. til exit", "", "general"),
    ("Sexarbejdernes rettigheder: partier enige", "", "general"),
    ("Aftale om hjælp til børn af psykisk syge", "", "general"),
    ("Rådgivning til LGBT+-personer: 6 mio.", "", "general"),
    ("Pulje til familier ramt af sorg", "", "general"),
    ("Nyt fælles ansvar: 400 mio. til ledige på kanten af arbejdsmarkedet", "", "general"),
    ("Aftale om fleksjob og førtidspension", "", "general"),
    ("Ældremilliarden fordelt", "", "general"),
    ("Bedre hjælp til gravide med rusmiddelproblemer", "", "general"),
    ("Astrid Krag: Voldsramte skal have bedre hjælp", "", "social"),
    ("Ny kortlægning af hjemløshed", "", "social"),
    ("Ministeren på besøg: Sådan bruges pengene fra reserven", "", "social"),
    ("Nyt håndbog om kvalitet på botilbud", "", "social"),
    ("Fem kommuner får del i metoden MOVE", "", "social"),
    ("Invitation til kommuner: Deltag i afprøvning", "", "social"),
    ("Interview: Derfor virker Housing First", "", "social"),
    ("Høring på Christiansborg: Partier enige om penge til udsatte børn", "", "social"),
    ("Ny direktør sætter retning for UIP", "", "social"),
    ("Styrelsen søger eksterne evaluatorer til satspuljeprojekt", "", "social"),
    ("Nye regler for merudgifter", "", "social"),
    ("Kontaktfamilier gør en forskel", "", "social"),
    ("Kontaktperson til udsatte unge virker", "", "social"),
    ("Unge taler om ensomhed", "", "social"),
    ("Sociale tilsyn: årsrapport", "", "social"),
    ("Rådet for Socialt Udsatte udgiver årsrapport", "", "social"),
    ("Regeringen nedsætter udvalg om specialområdet", "", "social"),
    ("Ansøgningsfrist forlænget", "", "social"),
    ("Tale fra ministeren: 100 mio. kr. på vej", "", "social"),
    (
        "Regeringen og aftalepartierne giver økonomisk håndsrækning til landets frivillige krisetelefoner",
        "",
        "general",
    ),
    ("Bedre støtte til unge med skizofreni: satser 45 mio.", "", "general"),
    ("To milliarder til bedre liv for børn på institution", "", "general"),
    ("Ny aftale: Børn fra udsatte boligområder får fritidsjob", "", "general"),
    ("Aftale om finanslov 2022: Mere til socialpædagoger", "", "general"),
    ("70 mio. kr. til bekæmpelse af ensomhed blandt ældre", "", "general"),
    ("Kommuner deler 12 mio. til hjælp til stofafhængige", "", "general"),
    ("Nye midler til pårørende til mennesker med demens", "", "general"),
    ("Handicapkonventionen: Pulje til oplysning", "", "general"),
    ("Folketingets partier vil give 19 mio. til at hjælpe dobbeltdiagnosticerede", "", "general"),
    ("Økonomisk løft til Kirkens Korshær", "", "general"),
    ("Efterværn til tidligere anbragte styrkes", "", "general"),
    ("Pulje til bedre hjælp til børn der har været udsat for seksuelle overgreb", "", "general"),
    ("", "https://x.dk/nyheder/aftale-om-boernepakke-til-saarbare-familier", "general"),
    ("", "https://x.dk/nyheder/pulje-til-kvinder-i-prostitution", "general"),
    ("", "https://x.dk/nyheder/ny-aftale-skal-faa-flere-med-handicap-i-arbejde", "general"),
    ("", "https://x.dk/nyheder/100-mio-kr-til-styrket-kvalitet-i-dagtilbud-i-udsatte-omraader", "general"),
    ("", "https://x.dk/nyheder/fordelt-penge-til-sociale-organisationer-paa-finansloven", "general"),
    ("Blinde og svagtseende får ret til ledsagelse: 26 mio. afsat", "", "general"),
    ("Børn på krisecenter får psykolog, aftale i hus", "", "general"),
    ("Tolkning til døve: Ny bevilling på 9 mio.", "", "general"),
    ("Indsats mod selvmord får varig bevilling", "", "general"),
    ("15 projekter om inklusion af voksne med udviklingshæmning får støtte", "", "general"),
    ("Flere penge til den sociale stofmisbrugsbehandling", "", "general"),
    ("Ny national handlingsplan mod æresrelaterede konflikter: 60 mio.", "", "general"),
    ("Hjemmevejledere og bostøtter: pulje åben", "", "general"),
    ("Millioner på vej til unge hjemløse i Aarhus", "", "general"),
    ("Aftale om socialtilsyn", "", "general"),
    ("Kvinder på flugt fra vold får gratis advokat, afsat 8 mio.", "", "general"),
    ("Velfærdsaftale: plejefamilier får kurser", "", "general"),
]

MISSES: list[tuple[str, str, Scope]] = [
    ("Ny sats for kørsel i egen bil", "", "general"),
    ("Satserne for 2025 er klar", "", "general"),
    ("Danmarks Nationalbanks reserver vokser", "", "general"),
    ("Reservelæger får ny overenskomst", "", "general"),
    ("Flere reserveofficerer i Forsvaret", "", "general"),
    ("Aftale om at styrke reserven i Forsvaret", "", "general"),
    ("Soldater i reserven skal øve mere", "", "general"),
    ("Hjemmeværnet får en reserve på 2.000 mand", "", "general"),
    ("Reservation af billetter til museerne", "", "general"),
    ("", "https://fm.dk/nyheder/2022/valutareserven-faldt-i-maj", "general"),
    ("Mødet om kommuneaftalen er udsat til torsdag", "", "general"),
    ("Forhandlinger om skattereform udsættes til efteråret", "", "general"),
    ("Regeringen udsatte lovforslaget om moms: aftalen udskydes", "", "general"),
    ("Aftale om børns brug af sociale medier", "", "general"),
    ("Regeringen (Socialdemokratiet og Venstre) indgår aftale om skat", "", "general"),
    ("Socialdemokraterne og DF enige om ny boligskat for 3 mia. kr.", "", "general"),
    ("Socialistisk Folkeparti med i aftale om trafik", "", "general"),
    ("Aftale mod social dumping på byggepladser", "", "general"),
    ("Aftale med de sociale partnere om seniorpension", "", "general"),
    ("Penge til ældre bygninger og fredede huse", "", "general"),
    ("Ny aftale: Skrotpræmie til ældre dieselbiler", "", "general"),
    ("Tilskud til udskiftning af ældre brændeovne", "", "general"),
    ("Støtte til golfspillere med lavt handicap", "", "general"),
    ("Golfklubben fejrer handicap i særklasse: million til banen", "", "general"),
    ("Pulje til swimmingpools og pool i haver", "", "general"),
    ("Danmark i svær VM-pulje", "", "general"),
    ("Pulje B: Håndboldherrerne møder Norge", "", "general"),
    ("Aftale om misbrug af offentlige midler i EU", "", "general"),
    ("Nye EU-regler mod markedsmisbrug: aftale i Rådet", "", "general"),
    ("Millioner til sårbare naturtyper", "", "general"),
    ("Penge til at lukke sårbarheder i software", "", "general"),
    ("Aftale om bedre psykisk arbejdsmiljø i staten", "", "general"),
    ("Frivillig aftale med detailhandlen om plastikposer", "", "general"),
    ("Regler om anbringelse af midlerne i lønmodtagernes fond", "", "general"),
    ("Aftale om kvalitet i sygehusbyggeri til 4 mia. kr.", "", "general"),
    ("Milliardaftale om grøn omstilling", "", "general"),
    ("Overenskomst for pædagoger på plads", "", "general"),
    ("Flere lærere får efteruddannelse for 100 mio. kr.", "", "general"),
    ("Forældre får bedre overblik over folkeskolens penge", "", "general"),
    ("Bornholm får ny færgeaftale", "", "general"),
    ("Danskere i alle aldre cykler: 20 mio. kr. til cykelstier", "", "general"),
    ("Socialstyrelsen fördelar 200 miljoner kronor till barn och unga", "", "general"),
    ("Socialstyrelsen: statsbidrag till kommuner för utsatta barn", "", "social"),
    ("Regjeringen gir 300 millioner til barnevernet", "", "general"),
    ("SOSU-elever får højere løn i ny aftale", "", "general"),
    ("Ledig stilling: Fuldmægtig til departementet", "", "social"),
    ("Vil du være med til at gøre en forskel i vores kontor?", "", "social"),
    ("", "https://sm.dk/om-ministeriet/ledige-stillinger/specialkonsulent-til-jura", "social"),
    ("Ny departementschef i Socialministeriet", "", "social"),
    ("Lone Jensen er udnævnt til afdelingschef", "", "social"),
    ("Ny direktør for Socialstyrelsen", "", "social"),
    ("Åbningstider mellem jul og nytår", "", "social"),
    ("Styrelsen holder lukket fredag efter Kristi himmelfart", "", "social"),
    ("Ministeren besøger bosted i Randers", "", "social"),
    ("Socialministeren på besøg hos Kirkens Korshær", "", "social"),
    ("Ændring af barnets lov sendt i høring", "", "social"),
    ("", "https://sm.dk/nyheder/2022/hoering-over-udkast-til-bekendtgoerelse-om-magtanvendelse", "social"),
    ("Tale ved åbningen af Ungdommens Folkemøde", "", "social"),
    ("", "https://sm.dk/ministeren/taler/ministerens-tale-til-dh-kongres", "social"),
    ("Nytårstale til landets frivillige", "", "social"),
    ("Invitation til pressen: Ministeren åbner konference", "", "social"),
    ("Pressemøde torsdag kl. 10", "", "social"),
    ("Tilmeld dig nyhedsbrev fra ministeriet", "", "social"),
    ("Navnedage og fødselsdage i marts", "", "social"),
    ("60 års fødselsdag", "", "social"),
    ("Cookies på sm.dk", "", "social"),
    ("Kontakt ministeriet", "", "social"),
    ("", "https://sbst.dk/om-os/tilgaengelighedserklaering", "social"),
    ("Ring for at aftale tid med ministeriet: telefontid ændres", "", "social"),
]


# ---- written after the rules, to see what they fetch for nothing
MORE_MISSES: list[tuple[str, str, Scope]] = [
    ("Økonomisk Redegørelse, maj 2023", "", "general"),
    ("Regeringen sænker elafgiften med 3,5 mia. kr.", "", "general"),
    ("Ny aftale om kommunernes økonomi for 2025", "", "general"),
    ("Aftale om regionernes økonomi for 2022", "", "general"),
    ("Forslag til finanslov for 2020", "", "general"),
    ("Bredt flertal bag aftale om et nyt forsvarsforlig", "", "general"),
    ("Folketinget vedtager lov om vandløb", "", "general"),
    ("ØU-alm.del svar på spørgsmål 45", "", "general"),
    ("Stabilitetsprogram: Sunde offentlige finanser", "", "general"),
    ("Staten sælger aktier i Post Danmark", "", "general"),
    ("Nye tal for arbejdsløshed", "", "general"),
    ("Obligationsudstedelse i danske kroner: Nationalbanken holder kursen", "", "general"),
    ("Statens museer får 20 mio. kr. til klimasikring", "", "general"),
    ("Aftale om Danmarks Radio på plads", "", "general"),
    ("Flere penge til filmstøtte i ny filmaftale", "", "general"),
    ("Ny pulje til kor og amatørmusik", "", "general"),
    ("E-sport får en ny strategi", "", "general"),
    ("Elitesportens støtte øges med 40 mio.", "", "general"),
    ("130 mio. kr. til renovering af fredede herregårde", "", "general"),
    ("Elever får ny sommeruddannelse", "", "general"),
    ("Ny erhvervsuddannelsesaftale sikrer flere lærepladser", "", "general"),
    ("Puljer til naturfag og teknologiforståelse", "", "general"),
    ("Karakterskala: Bredt flertal enige om ny skala", "", "general"),
    ("Minimumsnormeringer: 500 mio. kr. fordelt til kommunerne", "", "general"),
    ("Kvalitetsprogram for folkeskolen på plads", "", "general"),
    ("Sygehuse får 1,6 mia. til nyt udstyr", "", "general"),
    ("Aftale om vaccinestrategi", "", "general"),
    ("Lægeaftale: Flere praktiserende læger i yderområder", "", "general"),
    ("Nyt kræftplan: 600 mio. kr. til senere behandlinger", "", "general"),
    ("Aftale om tandpleje for unge", "", "general"),
    ("Trepartsaftale om løn og arbejdsvilkår", "", "general"),
    ("Regeringen inviterer til forhandlinger om skat på arbejde", "", "general"),
    ("Ny ordning for udenlandske chauffører: aftale mod misbrug af regler", "", "general"),
    ("Handelsaftale med Mercosur i hus", "", "general"),
    ("Valgdatoen blev udsat - reform må vente", "", "general"),
    ("Budgetaftale for Forsvaret: flere reservister", "", "general"),
    ("Danmark og Norge indgår aftale om elkabler", "", "general"),
    ("Udligningsreform aftalt mellem brede flertal", "", "general"),
    ("Skatteforvaltningen styrkes med 1.000 medarbejdere", "", "general"),
    ("Aftalen om statens indkøb af it", "", "general"),
    ("Regeringen lancerer strategi for kunstig intelligens", "", "general"),
    ("Det Kongelige Teater får ny direktør", "", "general"),
    ("Filmforlig på plads: Støtten til tv-serier øges", "", "general"),
    ("Ny teaterchef ansat", "", "general"),
    ("Er du vores nye økonom?", "", "social"),
    ("Vi søger en dygtig kommunikationskonsulent", "", "social"),
    ("Job: Chef for HR", "", "social"),
    ("Ministeriet søger praktikanter til foråret", "", "social"),
    ("Ny vicedirektør i Social- og Boligstyrelsen", "", "social"),
    ("Ministeriet får ny hjemmeside", "", "social"),
    ("Ministerens kalender uge 12", "", "social"),
    ("Socialministeren holder tale ved DH's årsmøde", "", "social"),
    ("Ministerens tale ved Folkemødet", "", "social"),
    ("Debatindlæg: Vi skal tale om handicap", "", "social"),
    ("Samrådstale om magtanvendelse", "", "social"),
    ("Lukket grundlovsdag", "", "social"),
    ("God sommer fra styrelsen", "", "social"),
    ("Presseinvitation: Ministeren åbner nyt hus", "", "social"),
    ("Lovforslag i høring: Ny hovedlov på børneområdet", "", "social"),
    ("Høringssvar kan indsendes til 4. maj", "", "social"),
    ("Ministeren besøgte Grønland", "", "social"),
    ("Dronningen besøger krisecenter", "", "social"),
    ("Nyt nyhedsbrev: tilmeld dig", "", "social"),
    ("Ny pressechef", "", "social"),
    ("Ministerudnævnelse: X bliver ny socialminister", "", "social"),
    ("", "https://x.dk/nyheder/Persondatapolitik", "social"),
    ("Jubilæum i styrelsen", "", "social"),
    ("Flere penge til museer i provinsen", "", "general"),
    ("Aftale om lavere elafgift", "", "general"),
    ("Ny pulje til energirenovering af ældre etageejendomme", "", "general"),
    ("Pulje til sportshaller åbner 1. marts", "", "general"),
    ("Investeringer i jernbanen: 4 mia.", "", "general"),
    ("Bankernes kapitalkrav hæves: ny buffer aftalt", "", "general"),
    ("Aftale om ny læreruddannelse", "", "general"),
    ("Regeringen fremlægger finanslovsforslag", "", "general"),
    ("Flere midler til Skattestyrelsen", "", "general"),
    ("Biblioteker får 12 mio. til e-bøger", "", "general"),
    ("Handlingsplan mod cyberangreb: 500 mio.", "", "general"),
    ("Kommuneaftale på plads", "", "general"),
    ("Sommerpakke giver gratis museumsadgang", "", "general"),
    ("Turismen får 50 mio.", "", "general"),
    ("Aftale om ny model for taxameter på gymnasier", "", "general"),
    ("Nye tal for efterløn", "", "general"),
    ("Pensionsaftale: højere pensionsalder", "", "general"),
    ("Aktstykke om køb af helikoptere", "", "general"),
    ("Mediestøtte: ny aftale", "", "general"),
    ("Grønlands økonomi: bloktilskud aftalt", "", "general"),
    ("Aftale om bredbånd i yderområder", "", "general"),
    ("Forskningsreserven fordelt", "", "general"),
    ("Krigen i Ukraine: 2 mia. til donationsfond", "", "general"),
    ("Bygningsfredning og ældre kulturmiljøer", "", "general"),
    ("En halv million til Brorsons Salmer", "", "general"),
]


# ---- about something else, but their words do not tell: fetched, so that nothing of ours is lost
TAKEN_ALONG: list[tuple[str, str, Scope]] = [
    ("", "https://fm.dk/nyheder/2021/aftale-om-konkurrenceudsaettelse-af-offentlige-opgaver", "general"),
    ("", UVM + "2023/maj/230502-ny-aftale-om-sociale-medier-i-skolen", "general"),
    ("Ny rapport om ældre", "", "general"),
    ("Tale ved handicaporganisationernes jubilæum", "", "general"),
    ("", "https://x.dk/nyt/aftale-om-kontanthjaelpsloft-i-alle-aldre", "general"),
    ("Ældre skatteydere på 65 år og derover må tjene mere", "", "general"),
    ("", "https://www.regeringen.dk/nyheder/2023/bred-aftale-fordeler-885-millioner-kroner/", "general"),
    ("Fritidspas til børn på krisecenter", "", "general"),
    ("Aftale om finansloven for 2024: Grøn omstilling og lavere skat", "", "general"),
    ("Finanslov for 2022 er på plads", "", "general"),
]


@pytest.mark.parametrize(("words", "url", "scope"), TAKEN_ALONG)
def test_fetched_for_want_of_words(words: str, url: str, scope: Scope) -> None:
    assert relevance(words, url, scope).relevant


@pytest.mark.parametrize(("words", "url", "scope"), PUBLIC + WANTED + MORE)
def test_worth_fetching(words: str, url: str, scope: Scope) -> None:
    assert relevance(words, url, scope).relevant, relevance(words, url, scope)


@pytest.mark.parametrize(("words", "url", "scope"), MISSES + MORE_MISSES)
def test_not_worth_fetching(words: str, url: str, scope: Scope) -> None:
    assert not relevance(words, url, scope).relevant, relevance(words, url, scope)


def test_the_words_that_decided_are_given_as_written_in_their_order() -> None:
    found = relevance("Hjemløse får del i PULJEN på 10 mio. kr.", "", "general")
    assert found.words == ("Hjemløse", "PULJEN", "mio", "kr")
    assert found.rule == "pool + money + homelessness"
    assert relevance("", "https://x.dk/a/tilskud-til-aeldre", "general").words == ("tilskud", "aeldre")
    assert relevance("Handicappuljen", "", "general").words == ("Handicappuljen",)


def test_a_service_word_late_in_a_teaser_does_not_put_an_item_aside() -> None:
    late = "Unge med autisme får venner. " * 6 + "Tilmeld dig vores nyhedsbrev."
    assert relevance(late, "", "social").relevant
    assert not relevance("Tilmeld dig vores nyhedsbrev.", "", "social").relevant


def test_folders_of_odd_addresses() -> None:
    assert list(folders("https://x.dk/Nyt/Sm%C3%A5_ting-om-b%C3%B8rn.aspx?id=4#a")) == [
        "Nyt",
        "Små ting om børn",
    ]
    assert list(folders("http://[x")) == []


TABLES = ("relevance", "agreement_links")


def in_address(text: str) -> str:
    """A text in lower case as an address would spell it, its hyphens already read as spaces."""
    text = text.lower()
    for letter, spelt in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        text = text.replace(letter, spelt)
    return text


def blind_to_case(name: str) -> list[Rule]:
    return [rule for rules in tolerant(name).values() for rule in rules if not minds_case(rule)]


@pytest.mark.parametrize("name", TABLES)
def test_examples_are_found_in_the_spelling_of_addresses(name: str) -> None:
    for rule in blind_to_case(name):
        for example in rule.examples:
            text, spans = unmark(example)
            words = {in_address(text[span.start : span.end]) for span in spans}
            found = {match.group() for match in rule.pattern.finditer(in_address(text))}
            assert words <= found, (rule.name, example)
        for reject in rule.rejects:
            assert not rule.pattern.search(in_address(reject)), (rule.name, reject)


@pytest.mark.parametrize("name", TABLES)
def test_patterns_are_written_in_lower_case(name: str) -> None:
    """They are compared with text in lower case, where a capital would never be found."""
    for rule in blind_to_case(name):
        letters = re.sub(r"\\[A-Za-z]|\(\?P<", "", rule.pattern.pattern)
        assert letters == letters.lower(), rule.name


@pytest.mark.parametrize("name", TABLES)
def test_no_letter_with_spellings_stands_in_a_character_class(name: str) -> None:
    """There a group would become a set of its characters."""
    for rule in load_rules(name).rules:
        classes = re.findall(r"\[[^\]]*\]", rule.pattern.pattern)
        assert not [c for c in classes if any(ord(letter) in SPELLINGS for letter in c)], rule.name


PDF, DOCX = "https://sm.dk/media/1234/tekst.pdf", "/Media/638/bilag.docx?rev=2"
PAGE, NEWS = "https://www.fm.dk/publikationer/2023/aftale-om-x/", "/nyheder/2023/om-ny-aftale"
LINKS = [
    ("Læs aftalen", PDF, ""),
    ("Læs hele aftalen her", PAGE, ""),
    ("Se hele aftaleteksten på ministeriets hjemmeside", PAGE, ""),
    ("Hent aftaleteksten (pdf)", PDF, ""),
    ("Aftaletekst", DOCX, ""),
    ("Aftaletekst", PAGE, ""),
    ("Aftale om udmøntning af reserven 2024-2027", PDF, ""),
    ("Aftale om udmøntning af reserven 2024-2027", PAGE, ""),
    ("Læs aftalen om satspuljen for 2019", PDF, ""),
    ("Find aftalen her", PAGE, ""),
    ("Initiativoversigt", PDF, ""),
    ("Faktaark: Børn og unge", PDF, ""),
    ("Bilag: oversigt over initiativer", PDF, ""),
    ("Økonomioversigt", PDF, ""),
    ("Udmøntning af reserven 2025-2028 (pdf)", PDF, ""),
    ("Bred politisk aftale om Børnene Først", PDF, ""),
    ("Delaftale om socialområdet", PAGE, ""),
    ("Aftalen", PDF, ""),
    ("Aftalen om barselsorlov", PDF, ""),
    ("pdf (735 Kb)", PDF, "Læs aftaleteksten herunder pdf (735 Kb)"),
    ("Download", PDF, "Aftaletekst: Udmøntning af reserven Download"),
    ("her", PAGE, "Læs hele aftalen her."),
    ("her", PDF, "Aftalen kan læses her."),
    (
        "Socialministeriets hjemmeside",
        PAGE,
        "Hele aftaleteksten kan findes på Socialministeriets hjemmeside.",
    ),
    ("fm.dk", PAGE, "Find aftalen på fm.dk."),
    ("", "/media/99/aftale-om-udmoentning-af-reserven-2023.pdf", ""),
    ("Download", "/media/99/aftaletekst_ssa.pdf", ""),
    ("LÆS AFTALEN", PDF, ""),
    ("Link til aftalen", PAGE, ""),
    ("Her kan du læse aftalen", PAGE, ""),
    ("Aftalen i sin helhed", PAGE, ""),
    ("Se alle initiativer (pdf)", PDF, ""),
    ("Se de 11 initiativer her", PDF, ""),
    ("Læs aftalen om puljen til herberger", PDF, ""),
    ("Endelig aftaletekst", PDF, ""),
    ("Politisk aftale om reserven", PDF, ""),
    ("Hent", PDF, "Faktaark: Initiativer på handicapområdet Hent"),
    ("Download aftale", "/dl/file?id=9", ""),
    ("Hent PDF", PDF, "Aftale om udmøntning af reserven"),
]
NO_LINKS = [
    ("Læs mere om puljer", PAGE, ""),
    ("Læs mere om puljer", PAGE, "Læs aftalen her, og læs mere om puljer"),
    ("Læs også: Ny aftale om boliger", NEWS, ""),
    ("Bred aftale giver udsatte børn flere rettigheder", NEWS, ""),
    ("Databeskyttelse", "/databeskyttelse", ""),
    ("Høringsbrev", PDF, ""),
    ("Overenskomst for pædagoger", PDF, ""),
    ("Trepartsaftale om løn", PDF, ""),
    ("aftal tid", PAGE, ""),
    ("Læs rapporten", PDF, "Læs rapporten og se aftalen om reserven"),
    ("Læs aftalen", "mailto:a@sm.dk", ""),
    ("Læs aftalen", "#", ""),
    ("Læs aftalen", "javascript:void(0)", ""),
    ("Læs aftalen", "/media/1/forside.jpg", ""),
    ("Økonomioversigt", "/media/1/tal.xlsx", ""),
    ("Aftale", "http://[x", ""),
    ("pdf (735 Kb)", PDF, "Læs rapporten herunder pdf (735 Kb)"),
    ("her", PAGE, "Læs mere om Socialstyrelsens arbejde her."),
    ("her", PAGE, "Partierne bag aftalen er enige om at mødes. " * 9 + "Læs aftalen her."),
    ("Download", "/media/9/rapport-om-hjemloeshed.pdf", ""),
    ("Pressemeddelelse (pdf)", PDF, ""),
    ("Lovforslag L 67", PDF, ""),
    ("Vejledning til ansøgere", PDF, ""),
    ("Tilmeld nyhedsbrev", PAGE, ""),
    ("", PAGE, ""),
    ("Aftaler", PAGE, ""),
    ("Samarbejdsaftale", PDF, ""),
    ("Bred aftale om reserven: 742 mio. kr. til mennesker på kanten", NEWS, ""),
    ("Læs mere", NEWS, "Ny aftale sikrer penge til herberger Læs mere"),
    ("Print", PAGE, "Læs aftalen"),
    ("Læs mere her", PAGE, "Partierne bag aftalen mødes igen i maj. Læs mere her"),
    ("", "", "Læs aftalen"),
]


@pytest.mark.parametrize(("words", "url", "around"), LINKS)
def test_link_to_the_agreement(words: str, url: str, around: str) -> None:
    assert agreement_link(words, url, around)


@pytest.mark.parametrize(("words", "url", "around"), NO_LINKS)
def test_link_to_something_else(words: str, url: str, around: str) -> None:
    assert not agreement_link(words, url, around)
