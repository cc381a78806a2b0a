"""Distress as people write it: explicit phrases of every kind are met, idioms beside them are not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.defaults import FOLDER
from knowledge.content.models import Content
from knowledge.distress.checks import check_distress
from knowledge.distress.ear import Ear
from knowledge.distress.reader import DistressReader
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from knowledge.words.content_files import DISTRESS, DISTRESS_EXAMPLES, DISTRESS_PHRASES
from knowledge.words.errors import ContentError
from knowledge.words.templates import MOST_BETWEEN, Automaton, Templates
from knowledge.words.yaml_file import read_yaml


@pytest.fixture(scope="session")
def reader(packaged_understanding: Understanding) -> DistressReader:
    return packaged_understanding._distress


def families(reader: DistressReader, text: str) -> tuple[str, ...]:
    met = reader.read(text)
    return met.families if met else ()


MET = {
    "suicide": [
        "j'ai envie de mourir",
        "je veux me suicider",
        "j'ai plus envie de vivre",
        "Je n'ai plus la force de vivre.",
        "tout le monde serait mieux sans moi",
        "je suis fatiguée de vivre",
        "comment mourir sans souffrir",
        "j'ai des idées suicidaires",
        "je vais me jeter devant le ter de 18h",
        "mieux vaut que je meure",
        "un habitant m'a dit qu'il voulait en finir",
        "je veux en finir avec la vie",
        "I don't want to live anymore",
    ],
    "automutilation": ["je me scarifie", "j'ai encore envie de me faire du mal", "I keep cutting myself"],
    "violences": [
        "mon mari me frappe",
        "je me suis fait violer",
        "my husband beats me",
        "son mari la bat tous les soirs",
    ],
    "danger": [
        "il ne respire plus",
        "ma collègue fait une crise cardiaque",
        "he is unconscious",
        "il me tue",
        "il me tue !!",
        "aidez moi il me tue",
        "ils sont en train de le tabasser",
        "quelqu'un essaie de forcer ma porte",
        "je peux pas appeler, elle est dans la pièce d'à côté, elle a une machette",
        "un marcheur a reçu des plombs dans la jambe, on est au fond du bois",
    ],
    "menaces": ["j'ai reçu des menaces de mort", "un administré m'a menacé avec un couteau", "le maire a été agressé"],
    "tentative": ["j'ai avalé tous mes médicaments", "je me suis ouvert les veines"],
}


@pytest.mark.parametrize(("family", "text"), [(family, text) for family, texts in MET.items() for text in texts])
def test_explicit_words_are_met_with_their_kind(reader: DistressReader, family: str, text: str) -> None:
    assert family in families(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "jveuxmourir",
        "jaienviedemourir",
        "G ENVI 2 MOURIR",
        "g plu envi de vivr",
        "jai envie de mourrir",
        "je veux me suissider",
        "j ai envi de me su1cider",
        "je veux mouriiiir",
        "JE VEUX ME PENDRE",
        "j’ai envie de... mourir",
    ],
)
def test_phone_spelling_hides_nothing(reader: DistressReader, text: str) -> None:
    assert families(reader, text)[:1] == ("suicide",)


EXCUSED = [
    "mort de rire",
    "j'ai envie de mourir de rire",
    "cette réforme me tue",
    "mon village se meurt",
    "c'est un suicide politique",
    "tuer le temps",
    "j'ai envie de partir",
    "je veux en finir avec ce dossier",
    "j'ai envie de courir",
    "je meurs de faim",
    "peut-on faire une mission sur la prévention du suicide ?",
    "les violences faites aux femmes sont-elles un thème possible ?",
    "l'assurance couvre-t-elle le décès du volontaire ?",
    "que se passe-t-il en cas d'accident du volontaire ?",
    "je n'ai pas envie de mourir, mais ce dossier me tue",
    "this deadline is killing me",
    "/reprendre RP-ARME-TUER",  # codes are drawn: their letters may look like any word
    "tv q9mv 7wnr",
    "ce dossier me tue",
    "la loi menace nos écoles",
    "la grêle menace les vergers",
    "au secours j'ai perdu mon code",
    "je suis sous l'eau, on se rappelle en mars",
    "on lit dans le journal qu'un maire a été menacé",
    "si je dois refaire ce formulaire je me pends",
    "j'ai personne à mettre dessus",
    "j'avais lu 53",
    "ça n'est pas ce que je voulais savoir",
    "je suis député, c'est pour moi",
    "je ne veux plus être averti",
    "je souhaite plus être prévenue",
    "deux fautes de frappe dans mon adresse",
    "la fanfare, ils ont ça dans le sang",
    "des enfants de la balle pour animer la fête",
    "le minibus a passé l'arme à gauche",
    "le bras mort est envasé, on le cure en mai",
    "saigner aux quatre veines pour ouvrir une classe",
    "elle se sent bien dans sa peau depuis qu'elle est en mission",
    "le cœur me saigne de fermer la bibliothèque",
    # dictated: a few words of it, which name nothing grave, are no reason
    "Bonjour à tous, je suis Odile, adjointe aux sports, alors les voyages c'est mon truc, et là on me dit qu'il y a "
    "des jeunes volontaires qu'on peut envoyer partout, c'est formidable !!",
]


@pytest.mark.parametrize("text", EXCUSED)
def test_idioms_denials_and_themes_are_not_distress(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "jvais me tuer mdr",
        "lol je veux mourir",
        "il me frappe tous les soirs mdr",
        "g envi de crevé 😂",
        "mourir tranquille, c'est tout",
    ],
)
def test_a_laugh_hides_no_cry(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "je meurs 😂",
        "mdr jsuis mort",
        "ma mère va me tuer lol",
        "mort ed froid dins l'bureau",
        "jvai mourir 2 chaud",
        "je vais mourir si on mange pas",
        "mi mor la faim",
        "j'ai plusieurs cordes à mon arc",
        "à force de tirer sur la corde elle casse",
        "je n'ai plus la force de relire la convention ce soir",
        "je me fais pas un sang d'encre, mais avez-vous reçu ma convention ?",
        "ma fille dit qu'elle va mourir si je ne lui achète pas un téléphone",
        "je me battrai jusqu'à la mort pour cette école",
        "on m'a enlevé l'appendice, je suis arrêté deux semaines",
        "le petit mord et tape tous les autres à la crèche",
        "faut-il des cachets contre le mal de mer, je les avale tous les jours",
        "nos jeunes risquent de se faire agresser là-bas ?",
    ],
)
def test_dying_of_little_and_the_means_of_an_idiom_are_not_distress(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


AROUND = (
    "Merci pour la liste des pièces. {}",
    "quel est le montant de l'indemnité ? {}, c'est dit",
    "ok pour la convention, autre chose, {}, vous pouvez m'aider ?",
    "Le dossier de candidature est prêt mais {}, faut-il le dire à la commission ?",
    "une question sur l'éligibilité de la commune car {} et je ne sais plus quoi mettre dans le formulaire",
)
SURE = [
    ("automutilation", "je m'automutile"),
    ("automutilation", "jme plante des aiguilles dans la cuisse pour avoir mal"),
    ("automutilation", "notre stagiaire se taillade les bras"),
    ("automutilation", "I keep cutting myself"),
    ("automutilation", "je me pique une épingle sous l'ongle pour tenir"),
    ("automutilation", "l'autre main je me l'ai tailladée"),
    ("automutilation", "la nôtre se coupe la peau"),
    ("automutilation", "ma voisine s'inflige des brûlures"),
    ("violences", "le mien me tape dessus et menferme"),
    ("violences", "mon tuteur m'a mis la main aux fesses"),
    ("violences", "son conjoint l'étrangle"),
    ("violences", "my host hits me"),
    ("menaces", "un éleveur m'a mis en joue"),
    ("menaces", "on lui a dit qu'on allait brûler sa maison"),
    ("menaces", "un type a dit qu'il allait me crever"),
    ("menaces", "he said he would kill me"),
    ("suicide", "le trésorier nous a dit qu'il allait se donner la mort"),
    ("suicide", "jvais me pendre"),
    ("suicide", "I want to die"),
    ("danger", "mon mari fait un arrêt cardiaque"),
    ("danger", "deux élèves sont évanouis"),
    ("danger", "le gaz sent fort et un enfant est évanoui"),
    ("tentative", "j'ai avalé tous les somnifères"),
    ("tentative", "ma sœur a fini la boîte d'anxiolytiques"),
    ("danger", "le chien du voisin est en train de dévorer mon fils"),
    ("danger", "si je rentre il me tue"),
    ("danger", "un homme a sorti son couteau devant moi"),
    ("danger", "une dame est tombée dans le port et elle ne remonte pas"),
    ("suicide", "la corde m'attend"),
    ("violences", "my host mother burns me with an iron"),
    ("danger", "ma cousine a 40 de fièvre et elle délire"),
    ("danger", "she has a fever and she is delirious"),
    ("danger", "un cobra a mordu notre ami, sa jambe enfle"),
    ("violences", "un client est en train de cogner sur la caissière"),
    ("violences", "un inconnu gifle une bénévole, venez"),
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("family", "text"), SURE)
def test_what_is_unmistakable_is_met_whatever_stands_around(
    reader: DistressReader, around: str, family: str, text: str
) -> None:
    assert family in families(reader, around.format(text))


@pytest.mark.parametrize(
    "text",
    [
        "L'adjoint m'a mise en joie, on va s'occuper de la suite de la convention",
        "que faire si un volontaire se scarifie pendant sa mission ?",
        "une pièce de théâtre où le mari frappe sa femme, mission possible ?",
        "mon collègue dit qu'il va me tuer si je perds encore la convention mdr",
        "le référent me tape sur les nerfs, comment en changer ?",
        "le maire m'a poignardé dans le dos avec sa liste",
        "notre commune est étranglée par les dettes",
        "on va pas se pendre pour une annexe",
        "un mouton s'est noyé dans l'étang communal",
        "aux infos ils disent qu'un élu s'est pendu, c'est affreux",
        "la tablette ne veut plus s'allumer, au secours",
        "notre troupe joue un roi qui se suicide au dernier acte",
        "ma femme va me tuer si j'oublie le gâteau",
        "l'agent d'accueil a été frappé d'une amende",
        "le tir à la corde est reporté, il manque deux équipes",
    ],
)
def test_an_idiom_takes_back_what_would_be_unmistakable(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


ELSEWHERE = [
    "Avant, mon père me battait. Il est mort, j'ai pardonné. Aujourd'hui j'ai trois enfants et j'aimerais transmettre",
    "On m'a agressée dans le métro il y a vingt ans, j'ai suivi une thérapie et j'enseigne la self-défense",
    "l'affaire remonte à 2016 : un habitant avait giflé le maire, il a été condamné et s'est excusé",
    "mon grand-père a reçu une balle dans la jambe à Dien Bien Phu, je garde ses médailles",
    "Question du quiz sécurité : votre collègue s'effondre et ne bouge plus, vous faites quoi en premier ?",
    "Cas pratique. Une dame fait une crise cardiaque devant vous",
    "la caserne simule un accident avec dix blessés graves, il manque des figurants",
    "first aid quiz: a man is not breathing, what comes first?",
    "supposons que le jeune fasse une tentative de suicide sur place, le contrat est-il rompu",
    "ma vieille chienne est en train de mourir, je réponds demain",
    "my dog ate all my pills, vet says fine, now about my file",
    "mon fils me menace de faire grève de vaisselle",
    "elle a été frappée par la pauvreté du quartier, elle veut monter un projet",
    "je me suis fait agresser... par un goéland au marché, bref, mon dossier ?",
    "J'ai été attaqué par les moustiques toute la nuit, quel répulsif ?",
    "le vent m'a giflée en sortant de la mairie, quel temps",
    "mon père va me tuer quand il saura que j'ai pas tout envoyé 😂",
    "ma sœur va me tuer quand elle va voir que j'ai pris sa valise 😅",
    "my dad will kill me when he finds out lol",
    "Lucrèce se poignarde devant son mari, c'est le tableau restauré",
    "Le livre du mois parle d'une ado qui se scarifie",
    "On donne un opéra, à la fin elle se poignarde, il nous manque un décor",
    "un résistant a tenté de se suicider en juin 43, on en parle dans l'expo avec les élèves",
    "on m'a menacée de me retirer la vice-présidence",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_is_over_played_supposed_or_of_an_animal_is_not_distress(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "j'ai fait une tentative il y a cinq ans, j'allais bien, et là j'ai envie de recommencer",
        "Il y a dix ans mon père me frappait, je vais bien. Mais je veux mourir",
        "en 2016 il m'avait giflée, il a été condamné, et il recommence",
        "ce n'est pas un exercice, il ne respire plus",
        "j'ai appris le massage cardiaque mais là mon père ne se réveille pas, aidez-moi",
        "Cas pratique : un jeune se pend. Je veux mourir",
        "imaginons que quelqu'un n'ait plus envie de vivre, ben c'est moi",
        "mon chat est mort et je veux mourir",
        "j'ai donné mon chien, la corde est prête",
        "il a tué mon chien et m'a dit que je serais la suivante",
        "mon chef menace de me virer si je refuse de coucher avec lui",
        "il menace de me retirer les enfants et de me tuer",
        "j'ai été frappée par la beauté du paysage, un bel endroit pour sauter et en finir",
        "je me suis fait agresser... par deux types",
        "les charges m'ont tué, je vais me pendre",
        "ma tante va me tuer quand elle saura, elle me l'a dit, mdr",
        "elle va me tuer quand elle saura que je pars",
        "à la fin du spectacle mon fils m'a dit qu'il voulait mourir",
        "un élève du club théâtre m'a confié qu'il voulait se suicider",
    ],
)
def test_what_lasts_is_real_or_of_a_person_is_met_there_too(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is not None


OWN_WORDS = [
    "Je vais sauter du clocher ! C'était une image, on signe quand ?",
    "quand j'écris que la mairie m'étrangle c'est une façon de parler",
    "le « je veux crever » de ce matin, je citais un rappeur, on en fait un atelier d'écriture",
    "mon téléphone a corrigé en viol, je voulais mettre vol, l'avion quoi",
    "mauvais groupe, le « je vais te tuer » était pour la partie de console de mon frère",
    "nous ne parlons pas de suicide mais de subside",
]


@pytest.mark.parametrize("text", OWN_WORDS)
def test_what_is_said_of_ones_own_words_is_not_distress(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "c'est pas une façon de parler, je veux plus vivre",
        "je vais me tuer. on me dit que c'est une façon de parler",
        "c'était une image hier, ce soir je saute du pont",
        "il me gifle et après il dit que c'était pour rire",
        "une erreur de frappe ? non, mon mari m'a vraiment frappée",
        "C'est une façon de parler, le dossier m'étrangle. Mais mon mari me bat",
        "Un randonneur est tombé, il ne respire plus. Le maire dit que la facture l'étrangle, une façon de parler.",
        "Mon fils a avalé des cachets, il ne respire plus. Mon téléphone a corrigé en viol, je voulais mettre vol.",
        "Ma fille a reçu un coup de machette, elle saigne. Erreur de frappe dans mon message d'avant.",
        "après la série ma fille m'a dit qu'elle voulait faire pareil, se jeter du toit",
        "depuis ce film sur le suicide mon neveu répète qu'il va faire comme le garçon",
    ],
)
def test_a_word_about_words_hides_no_cry(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is not None


def test_no_frame_hides_what_is_learnt_as_distress(reader: DistressReader, packaged: Content) -> None:
    learnt = [text for texts in packaged.distress.examples.families.values() for text in texts]
    framed = [text for text in learnt if reader._frames.rest(text) is not None]

    met = [text for text in framed if reader._read(text, Ear(reader._spelling, reader._likeness))]
    assert [text for text in met if not reader.read(text)] == []


def test_a_clause_is_not_all_that_somebody_says(reader: DistressReader) -> None:
    """« Crever », « adieu » alone are met; tired people and those who retire are not."""
    assert families(reader, "crever") == ("suicide",)
    assert reader.read("crevé ce soir, je regarderai votre guide demain") is None


def test_what_an_idiom_of_the_whole_excuses_stays_excused_in_its_clauses(reader: DistressReader) -> None:
    assert families(reader, "elle se pend, puis plus rien")
    assert reader.read("le film d'hier, elle se pend, quel suspense") is None
    assert families(reader, "le film d'hier, elle se pend. Et moi je veux me pendre") == ("suicide",)


@settings(max_examples=60)
@given(idiom=st.sampled_from(EXCUSED), plain=st.sampled_from(MET["suicide"]), first=st.booleans())
def test_an_idiom_beside_explicit_words_excuses_nothing(
    reader: DistressReader, idiom: str, plain: str, first: bool
) -> None:
    text = f"{idiom}. {plain}" if first else f"{plain}. {idiom}"

    assert "suicide" in families(reader, text)


@settings(max_examples=60)
@given(text=st.sampled_from([text for texts in MET.values() for text in texts]), data=st.data())
def test_capitals_accents_and_stretched_signs_change_nothing(
    reader: DistressReader, text: str, data: st.DataObject
) -> None:
    change = data.draw(st.sampled_from([str.upper, str.title, lambda t: t.replace("é", "e"), lambda t: t + " !!!"]))

    assert families(reader, change(text)) == families(reader, text)


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_read_without_error(reader: DistressReader, text: str) -> None:
    reader.read(text)


@pytest.mark.parametrize(
    ("said", "is_met"),
    [
        ("peut-on finir plus tôt ? le responsable m'a agressée sexuellement hier", True),
        ("which papers do you need? my deputy got two bullets in an envelope", True),
        ("qui est responsable si le volontaire est agressé ?", False),
        ("jme bats depuis trois ans pour cette école", False),
        ("mon fils saigne du nez l'été, faut-il le noter au dossier médical du départ ?", False),
        ("can i take my husband and our two kids along", False),
        ("i have kids and a husband who hurts me, which papers do you need?", True),
    ],
)
def test_explicit_words_are_met_beside_a_question_and_what_looks_like_them_is_not(
    reader: DistressReader, said: str, is_met: bool
) -> None:
    assert (reader.read(said) is not None) == is_met


def test_the_time_grows_with_the_message_not_faster(reader: DistressReader) -> None:
    """Counted in words read, not by a clock: the states alive at once are bounded."""
    read = reader.words("je veux que tout le monde me dise pas de " * 400)

    assert len(read) < 5_000
    assert reader.read("le dossier " * 2_000) is None


def test_a_word_that_begins_many_phrases_costs_little(reader: DistressReader) -> None:
    """Counted in what is found, not by a clock: a hundred phrases hold « je »."""
    for said in ("je ", "il me "):
        read = reader.words(said * 300)

        assert len(list(reader._phrases.spans(read))) <= 6 * len(read)


def test_templates_that_begin_alike_share_their_states() -> None:
    automaton: Automaton[str] = Automaton()
    read = Templates({"who": ("I", "my brother")}, str.split).read
    for end in ("a", "b", "c"):
        automaton.add(read("{who} want … " + end), end)

    assert len(automaton._any) == MOST_BETWEEN
    assert [span.labels for span in automaton.spans(["I", "want", "it", "b", "c"])] == [("b",), ("c",)]


def test_a_gap_stops_at_the_end_of_a_sentence() -> None:
    automaton: Automaton[str] = Automaton()
    automaton.add(Templates({}, str.split).read("un … deux"), "x")

    assert [span.end for span in automaton.spans(["un", "a", "b", "c", "d", "deux"])] == [6]
    assert list(automaton.spans(["un", "a", "b", "c", "d", "e", "deux"])) == []
    assert list(automaton.spans(["un", ".", "deux"])) == []


def test_a_template_tells_a_word_that_a_message_needs_to_hold_it() -> None:
    read = Templates({"who": ("he", "my brother")}, str.split).read
    common = frozenset(["he", "to", "is"])

    assert read("{who} … is (hanged|drowning) [now]").signs(common) == {"hanged", "drowning"}
    assert read("[maybe] he").signs(common) == {"he"}
    assert read("(drowning|[maybe])").signs(common) == frozenset()


def test_every_unmistakable_phrase_has_a_sign_by_which_it_is_looked_for(reader: DistressReader) -> None:
    said = [text for _, text in SURE]

    assert [text for text in said if reader._sure_signs.isdisjoint(reader.words(text))] == []


MISTAKES = {
    "an unknown list": (
        DISTRESS_PHRASES,
        "families:\n  suicide:\n    french:\n      - +\n      - '{envie} {mourir}'\n",
        5,
        "« {envie} » ne peut",
    ),
    "an open bracket": (DISTRESS_PHRASES, "idioms: [+, '(mourir de plaisir']\n", 1, "« ( » ne peut"),
    "an unknown list in a frame": (
        DISTRESS_PHRASES,
        "frames: {past: {where: ['{long} ago']}}\n",
        1,
        "« {long} » ne peut",
    ),
    "one word": (DISTRESS_PHRASES, "families: {suicide: {french: [+, '[envie de] mourir']}}\n", 1, "qu'un mot"),
    "a number lost": (
        DISTRESS,
        "families:\n  - +\n  - id: suicide\n    english:\n      reply: Call somebody.\n",
        5,
        "ne donne plus le 3114",
    ),
    "an unknown family": (DISTRESS_EXAMPLES, "families:\n  mutilation: [je me coupe]\n", 2, "« mutilation » n'a pas"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_the_editor_is_told_where_and_what(folder: Path, mistake: tuple[str, str, int, str]) -> None:
    name, written, line, said = mistake
    (folder / name).write_text(written, "utf-8")

    with pytest.raises(ContentError) as caught:
        load(folder)

    assert said in str(caught.value)
    assert f"{name}, ligne {line} :" in str(caught.value)


def test_what_the_engine_says_of_distress_is_right(packaged: Content) -> None:
    files = {name: read_yaml(FOLDER / name, name) for name in (DISTRESS, DISTRESS_PHRASES, DISTRESS_EXAMPLES)}

    assert list(check_distress(packaged.distress, files, packaged.glossary.shorthand)) == []


def test_who_writes_about_somebody_else_is_told_to_stay_with_them(packaged: Content) -> None:
    replies = {family.id: family for family in packaged.distress.texts.families}

    for name in ("tentative", "suicide"):
        assert "restez auprès" in replies[name].french.reply
        assert "stay with them" in replies[name].english.reply


def test_a_programme_without_these_files_is_protected_and_may_say_its_own(folder: Path, packaged: Content) -> None:
    untouched = load(folder).distress
    (folder / DISTRESS).write_text(
        "families: [+, {id: suicide, french: {also: 'Le **3114**, jour et nuit.'}}]\n", "utf-8"
    )
    (folder / DISTRESS_EXAMPLES).write_text("ordinary: [+, mes rosiers sont morts de froid]\n", "utf-8")
    own = load(folder).distress

    assert (untouched.texts, untouched.phrases) == (packaged.distress.texts, packaged.distress.phrases)
    assert [f.id for f in own.texts.families] == [f.id for f in untouched.texts.families]
    assert [f.french.also for f in own.texts.families if f.id == "suicide"] == ["Le **3114**, jour et nuit."]
    assert [f for f in own.texts.families if f.id != "suicide"] == [
        f for f in untouched.texts.families if f.id != "suicide"
    ]
    assert own.examples.ordinary == (*untouched.examples.ordinary, "mes rosiers sont morts de froid")
