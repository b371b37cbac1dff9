"""Words that tell what a capitalised run names, and capitals that name nothing."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    """
    president vice prime minister chancellor secretary deputy foreign interior defence defense finance governor mayor
    senator sen rep representative congressman congresswoman ambassador envoy general gen colonel col major maj captain
    capt lieutenant lt sergeant sgt brigadier field marshal admiral commander commissioner chief justice judge
    sheriff inspector detective king queen prince princess sheikh emir sultan pope cardinal archbishop bishop father
    rabbi imam ayatollah reverend rev sir dame lord lady baron baroness mr mrs ms miss dr doctor prof professor
    director chairman chairwoman chair speaker premier first former acting spokesman spokeswoman coach attorney
    officer gov pres prez leader majority minority democrat republican
    assemblyman assemblywoman celebrity celebrities aide spokesperson analyst
    """
)
LOWER_TITLES = "|".join(
    sorted(
        _set(
            """
            president minister chancellor secretary governor mayor senator ambassador envoy general colonel commander
            leader chief judge justice king queen prince warlord spokesman spokeswoman spokesperson director chairman
            chairwoman head lawyer analyst professor economist author writer actor singer activist candidate premier
            captain lieutenant adviser advisor scientist researcher doctor journalist reporter officer inspector
            dictator strongman militant president-elect
            """
        )
    )
)
KINDS = {
    "state": _set("Republic Kingdom Emirates Sultanate Commonwealth Confederation"),
    "armed_group": _set(
        "Army Armies Militia Brigade Brigades Battalion Forces Force Guard Guards Rebels Fighters Legion"
    ),
    "body": _set(
        """
        Department Ministry Government Court Council Parliament Assembly House Senate Congress Commission Agency
        Office Authority Tribunal Administration Bureau Cabinet Service Secretariat Embassy Committee Police Treasury
        Directorate Inspectorate Palace Presidency Registry Pentagon Kremlin Board Chamber Delegation
        """
    ),
    "organisation": _set(
        """
        University College School Party Company Corporation Corp Inc Ltd Bank Group Institute Association Foundation
        Union Nations League Federation Society Club Network Times Post News Press Agency Journal Hospital Church
        Movement Alliance Coalition Front Centre Center Observatory Fund Organisation Organization Airlines Trust
        Museum Theatre Orchestra Laboratory Laboratories Watch International Industries Holdings Partners Cooperative
        Initiative Academy Radio Television Telegraph Herald Gazette Tribune Line Lines Works Energy Oil
        """
    ),
    "place": _set(
        """
        City Port Province County State River Lake Island Islands Mountain Mountains Mount Bay Strait Sea Ocean Valley
        Peninsula Desert Street Avenue Road Square Airport Harbour Harbor Bridge Coast District Region Delta Gulf Cape
        Sound Basin Pass Plateau Canal
        """
    ),
}
KIND_OF = {head: kind for kind, heads in reversed(KINDS.items()) for head in heads}
NOT_ACTORS = _set(
    """
    Accord Accords Act Agreement Amendment Award Awards Bill Campaign Case Charter Code Constitution Convention Day
    Deal Debate Declaration Election Elections Era Games Law Laws Left Plan Primary Prize Protocol Question Right
    Rights Summit Treaty War Week
    """
)
"""Last words of names of what nobody is."""
OF_HEADS = _set("of for")
INSTITUTIONAL = _set("National United Democratic International Central Federal Royal Public Supreme Islamic Social")
FIRST_HEADS = _set("Port Mount Lake Cape Gulf Fort")
TIMES = _set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan
    """
)
SMALL = _set("i we he she they it you of for the and de al")
PARTICLES = _set("al bin ibn de del der di du la le van von")
COMPASS = _set("north south east west northern southern eastern western central upper lower inner outer greater old")
BESIDE_PLACES = _set(
    """
    president minister republic kingdom government state city embassy ambassador king queen prince emir sultan pope
    in of and for with from at to on while when the
    """
)
"""Words that may stand with a capital before the name of a place and make no other name of it."""
COMMON = _set("god internet earth web covid covid-19 gmt ok tv dna ceo gdp usd eur")
OPENERS = _set(
    """
    a about according across after again against ahead all almost along already also although amid among an and
    another any anyone around as asked at back based because before behind being below besides between beyond both
    but by can certainly clearly could critics despite did do does doctors down during each earlier early either
    elsewhere even eventually every everyone except few finally first five following for former four from further
    given had half has have having he hence her here his how however hundreds i if in indeed inside instead into is
    it its just last late later like many may maybe meanwhile more moreover most much my near nearly neither never
    nevertheless next no nobody none nor not nothing now of off officials often on once one only or other others our
    out outside over overall part people perhaps police previously recent recently reporting reports residents
    rather same second separately several she should similarly since six so some sometimes soon sources speaking
    still such ten thank that the their them then there therefore these they third this those though thousands three
    through throughout thus to today together tomorrow too towards two under unlike until up upon us very was we well
    were what whatever when where whether which while who whose why will with within without would yes yesterday yet
    you your asked citing dozens data experts figures investigators lawyers local ministers negotiators new
    old opposition prosecutors rescue scientists talks tens turnout voters witnesses women workers young
    """
)


def kind_of_head(words: list[str]) -> str | None:
    """The kind that the head noun of a name stands for: before "of" or "for", else its last word; None without one."""
    if words[0] in FIRST_HEADS and len(words) > 1:
        return "place"
    if len(words) == 1:
        return None
    cut = next((at for at, word in enumerate(words) if word in OF_HEADS), len(words))
    return KIND_OF.get(words[max(cut - 1, 0)].rstrip(".")) or KIND_OF.get(words[-1].rstrip("."))
