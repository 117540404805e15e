"""Words around a name that tell what the name is. All are looked for in flat text (`letters.flat`)."""

import re

_OF = r"(?:di|del|della|delle|dei|dell'|d'|de|of|in|of the)"
_ADJECTIVES = r"(?:(?:[a-z]+ ){0,2})"
_CITY = (
    r"comun[ei]|citta|cittadina|municip(?:io|alita)|sindac[oahi]|sindache|vicesindac[oa]|amministrazion[ei]|borgo|villaggio|"
    r"paese|capoluogo|assessor[aei]+|consigli(?:o|eri|ere|era) comunal[ei]|giunta|consiglio|primo cittadino|collega|cittadini|municipality|"
    r"city|town|village|ward|mayors?|council"
)


def _before(words: str) -> re.Pattern[str]:
    """The words, an adjective or two, and «of», just before a name."""
    return re.compile(rf"\b(?:{words}) {_ADJECTIVES}{_OF} ?(?:la |l')?$")


CITY = _before(_CITY)
# «i sindaci di Siena e di Hagi»: the second is the mayor's too.
SECOND_CITY = re.compile(
    rf"\b(?:comuni|citta|sindaci|mayors|cities|towns) {_ADJECTIVES}{_OF} ?[^.;:()\n]{{2,40}} (?:e|ed|and) (?:di |of |d')?$"
)
RANKS = (
    (_before(r"villaggio|village|paesino"), "村"),
    (_before(r"cittadina|town"), "町"),
    (_before(r"borgo|paese"), "町村"),
    (_before(r"citta|city"), "市"),
    (_before(r"quartiere|circoscrizione|ward|distretto|municipio"), "区"),
)
PREFECTURE = re.compile(
    rf"\b(?:prefettur[ae]|vicegovernator[ei]|vicegovernatrice|governator[ei]|governatrice|(?:vice[ -])?governors?|prefectures?|regione giapponese|provincia giapponese) "
    rf"{_ADJECTIVES}{_OF} ?$|\bquelle di (?:[^.;\n]{{2,30}} (?:e )?(?:di )?)?$|\bprefetture {_OF} [^.;\n]{{2,30}} (?:e |ed )(?:di )?$"
)
NOT_A_PLACE = re.compile(
    r"\b(?:via|viale|vicolo|v\.le|piazza|piazzale|piazzetta|p\.zza|largo|corso|c\.so|lungomare|calle|rua|street|"
    r"ristorante|bar|hotel|albergo|trattoria|pizzeria|osteria|restaurant|stadio|teatro|cinema|palazzo|villa|sala|liceo|"
    r"istituto|caserma|banca|galleria|calcio|basket|volley|ac|fc|us|ss|studio|famiglia|signora|signor|don|suor|fra|san|"
    r"santa|sant|santo|mr|mrs|ms|dr|dott|prof|ing|avv) (?:[a-z]+ )?$"
    r"|\b(?:lago|laghi|monte|monti|fiume|torrente|isola|isole|val|valle|aeroporto|stazione|parco|lake|mount|river|airport|station) "
    r"(?:di |del |della |dei |delle |dell'|d'|of )?$"
)
OFFICE = re.compile(
    r"\b(?:sindac[oa]|vicesindac[oa]|assessor[ae]|presidente|vicepresidente|governator[ei]|governatrice|consiglier[ae]|"
    r"prefetto|rettore|rettrice|console|consul|ambasciatore|ambasciatrice|direttore|direttrice|professore?|professoressa|"
    r"mayor|governor|president|chair|chairman|rector|ambassador|deputato|senatore|ministro|segretario|giornalista|dirigente|"
    r"maestro|maestra|designer|attore|attrice|cantante|artista|chef|architetto|coach|capogruppo|"
    r"(?:ha|hanno) (?:detto|spiegato|dichiarato|aggiunto|commentato|affermato|ricordato|osservato|sottolineato)|"
    r"conclude|spiega|commenta|dichiara|afferma|aggiunge|sottolinea|racconta|sorride) (?:generale )?$"
)
WEAK = re.compile(
    r"\b(?:a|ad|da|di|in|per|tra|fra|verso|presso|di|of|in|to|from|between|at|near|del|nel|dal|sul|e a|e di|oltre che) $|\b(?:dell|all|dall|nell|sull|d)'$|\b(?:di|a) (?:la |l')$"
)
LISTED = re.compile(r"(?:,|;|·|:| e| ed| and|con|with|/|  |^) ?$")
IN_ITALY = re.compile(r"^,? ?(?:\(italia|, italy|\(italy)")
# «Ome (Brescia)»: a place in brackets.
IN_BRACKETS = re.compile(r"^ ?\(([a-z' ]{3,25})\)")
PROVINCE = re.compile(r"^ ?\(([a-z]{2})\)")
FOREIGN = re.compile(
    r"^(?:,| \(| del| in|, in)? ?(?:georgia|california|florida|texas|new york|new jersey|ohio|indiana|alabama|maine|usa|u\.s|stati uniti|australia|bras\w+|brazil|argentina|canada|france|francia|spagna|svizzera|corea|cina|michigan|virginia|tennessee)\b"
)
# «(MOLISE OGGI)» is an agency; in the text as written, not flat.
AGENCY = re.compile(
    r"^ (?:NOTIZIE|OGGI|NEWS|PRESS|TODAY|CRONACA|SERA|Notizie|Oggi|News|Press|Today|Cronaca|Mediterranea|Post|Times|Sera)\b"
)
FOLLOWERS = re.compile(
    r"^ ?(?:prefecture|pref|city|town|ward|village|university|chamber|port|capitale|marittima|shi|ken|fu|ku|cho|machi|mura|"
    r"born|based|mayor|governor|sindaco|citta|metropolitan|province|region)\b"
)
# Japanese landscape, not towns: コモ湖.
JAPANESE_LANDSCAPE = re.compile("^(?:湖|山(?!市)|川|島(?!市)|駅|空港|線|湾|半島|城)")
# What may stand behind a bare Japanese name.
JAPANESE_FOLLOWERS = re.compile(
    "^(?:商工会議所|大学|港|側|内|都|の|と|、|・|で|に|へ|を|は|が|から)"
)
