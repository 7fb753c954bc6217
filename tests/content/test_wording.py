"""Wording that diagnoses is found in both languages, and harmless wording is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.parsing import parse
from fibrocheck.content.phrases import RULES
from fibrocheck.content.schema.questionnaire import MAX_PHRASES
from fibrocheck.content.wording import find_violations

from .examples import completed
from .wording_found import said, written

BAD = {
    "en": """You may have fibromyalgia.
You likely have fibromyalgia.
You have lupus.
Sorry, but you've got fibromyalgia.
You do not have fibromyalgia.
This may be fibromyalgia.
It looks like lupus.
Your answers suggest something.
Your symptoms match a pattern.
This suggests that you have an illness.
Your fibromyalgia may change.
You are diagnosed.
We detected pain in four areas.
This program diagnoses pain.
These marks are consistent with a pattern.
Your score is 8 of 10.
Likely.
You are at risk.
Your risk is high.
Risk level: two.
Abnormal.
A normal result.
Your results are normal.
Stress is your cause.
Stress is your trigger.
Stress caused your pain.
The cause of your pain is stress.
Your pain comes from stress.
It is all in your head.
It is only stress.
It is nothing serious.
There is no need to worry.
You don’t need to see a doctor.
You will get better.
You are fine.
Stop taking your medicine.
Start a medicine.
You should take this.
We recommend taking rest.
Fibromyalgia is what ails you.
FM is what you have.
We have diagnosed you.
We've diagnosed pain.
You are a fibromyalgia patient.
You are now our new lupus patient.
Your fibro needs care.
You do not need a doctor.
You don't need any care.
Take a painkiller before bed.
Try some analgesics.""",
    "es": """Usted tiene fibromialgia.
Tiene fibromialgia.
Usted podría tener fibromialgia.
Puede que tenga lupus.
Usted no tiene fibromialgia.
Esto puede ser fibromialgia.
Sus respuestas sugieren algo.
Su fibromialgia puede cambiar.
Su diagnóstico es claro.
Detectamos dolor.
Esto es compatible con algo.
Su puntaje es ocho.
Es probable.
Usted está en riesgo.
Su nivel es alto.
Un resultado normal.
Resultados anormales.
El estrés es su causa.
El estrés es su desencadenante.
La causa de su dolor es el estrés.
Está en su cabeza.
No es nada grave.
No se preocupe.
No necesita ver a un médico.
Usted va a mejorar.
Deje de tomar su medicina.
Empiece a tomar un medicamento.
Debe tomar esto.
Tienes fibromialgia.
Tú padeces de lupus.
Lo suyo es fibromialgia.
Sus síntomas son de fibromialgia.
Usted está enfermo de fibromialgia.
Tu fibromialgia puede cambiar.
No necesita médico.
No hace falta una cita.
Tome un analgésico antes de dormir.
Tómese un paracetamol.
Tómese una pastilla de paracetamol.""",
}
FINE = {
    "en": """This is not a diagnosis.
It does not tell you what condition you have.
Only a clinician can tell you what condition you have.
It gives no score.
This program does not diagnose.
Say if you have lupus.
Has anyone told you that you have PTSD?
Do you have an autoimmune condition, such as lupus?
Many people with fibromyalgia feel tired.
Stress may be linked for some people.
Stress is a common trigger for flares.
There is no single known cause.
It is not in your head.
Ask your clinician before you start a medicine.
Do not stop a medicine on your own.
Tell your clinician if you take a medicine that affects your immune system.
Keep a list of your medicines.
It is unlikely to change.
You marked: Headaches
All right, show my summary
Bring any test results you have.
Pain can feel normal on good days.
Scoreboard.
Ask your clinician before you take a painkiller.
Tell us if you take painkillers.
You do not need to press any spot.
You do not need any special clothes.
Ask what ails you.
If you are a lupus patient, say so.
No one here has diagnosed you.""",
    "es": """Esto no es un diagnóstico.
No dice qué afección tiene.
No da ningún puntaje.
Este programa no detecta emergencias.
Diga si usted tiene lupus.
¿Tiene fibromialgia?
Mucha gente que tiene fibromialgia se cansa.
El estrés puede tener relación en algunas personas.
No hay una sola causa conocida.
Su dolor no está en su cabeza.
Pregunte antes de tomar un medicamento.
No deje de tomar su medicina por su cuenta.
Lleve una lista de sus medicinas.
Está bien, mostrar mi resumen
¿Tienes fibromialgia?
Diga si tienes fibromialgia.
Pregunte antes de tomar un analgésico.
No tome un analgésico por su cuenta.
No necesita ropa especial.
No tiene que presionar ningún punto.""",
}


def lines(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, line) for language, block in texts.items() for line in block.splitlines()]


@pytest.mark.parametrize(("language", "words"), lines(BAD))
def test_refused(language: str, words: str) -> None:
    assert said(language, words)


@pytest.mark.parametrize(("language", "words"), lines(FINE))
def test_allowed(language: str, words: str) -> None:
    assert said(language, words) == []


@pytest.mark.parametrize(("language", "words"), lines(BAD))
def test_capitals_spaces_and_lost_accents_hide_nothing(language: str, words: str) -> None:
    accents = str.maketrans("áéíóúñÁÉÍÓÚ’", "aeiounAEIOU'")
    assert said(language, words.upper().translate(accents).replace(" ", "  "))


def all_phrases() -> list[tuple[str, str]]:
    return [
        (language, pattern)
        for language, rules in RULES.items()
        for _, _, patterns in rules
        for pattern in patterns
    ]


EXAMPLES = {"*": "sciatica", "#": "200", "%": "400mg"}
"""A word for each sign that stands for many words."""


@pytest.mark.parametrize(("language", "pattern"), all_phrases())
def test_every_phrase_of_every_pattern_is_found(language: str, pattern: str) -> None:
    """A pattern with an accent or a capital would never be found."""
    places = [
        [EXAMPLES.get(words, words.replace("_", " ").replace("-", "")) for words in place.split("/")]
        for place in pattern.split(" ")
    ]
    for number, choices in enumerate(places):
        for words in choices:
            phrase = (
                [each[0] for each in places[:number]] + [words] + [each[0] for each in places[number + 1 :]]
            )
            text = " ".join(" ".join(phrase).split())
            assert any(f'"{text.strip(" .")}' in what for what in said(language, text)), text


def test_a_clinic_can_add_phrases_in_any_language() -> None:
    assert said("en", "The Fibro-Fog comes.", ("fibro fog",))
    assert said("fr", "C'est grave.", ("GRAVE",))
    assert said("en", "Foggy fibro.", ("fibro fog",)) == []
    assert said("en", "Anything.", ("", "...", "/")) == []


def test_a_flood_of_phrases_is_refused_and_not_searched_for() -> None:
    phrases = ", ".join(["a b"] * 50_000)
    data = completed(
        b"never_say: {en: [%s]}\nfaq_title: {en: '%s', es: P}\n" % (phrases.encode(), b"a c b " * 50_000)
    )
    findings = parse(data)
    (problem,) = findings.problems
    assert problem.what == "never_say, English: has 50000 phrases"
    assert findings.reader
    assert len(findings.reader.never_say["en"]) == MAX_PHRASES


@pytest.mark.parametrize("lists", [b"never_say: {en: []}", b"never_say: {}", b"exempt_terms: {en: [score]}"])
def test_no_list_of_a_clinic_allows_what_is_always_refused(lists: bytes) -> None:
    (problem,) = parse(completed(lists + b"\nfaq_title: {en: Your score, es: P}\n")).problems
    assert problem.what == 'faq_title, English: says "score"'


def test_a_text_is_checked_by_the_rules_of_its_own_language_only() -> None:
    english, spanish = "Your score is 8.", "Su puntaje es ocho."
    texts = [written("en", spanish), written("es", english), written("en", english), written("es", spanish)]
    found = [problem.what for problem in find_violations(texts, ["en", "es"], {"en": ("ocho",)})]
    assert found == [
        'the file, English: says "score"',
        'the file, English: says "ocho"',
        'the file, Spanish: says "puntaje"',
    ]


def test_a_text_in_a_language_that_the_file_does_not_list_is_not_checked() -> None:
    assert list(find_violations([written("en", "Your score is 8.")], ["es"], {})) == []


@pytest.mark.parametrize("region", ["en-US", "es-MX", "EN"])
def test_a_language_with_a_region_has_the_rules_of_its_language(region: str) -> None:
    assert said(region, "Your score." if region.lower().startswith("en") else "Su puntaje.")


def test_an_excuse_in_another_sentence_excuses_nothing() -> None:
    assert said("en", "Say it if you like. You have gout.")
    assert said("es", "Dígalo si quiere. Usted tiene gota.")
    assert said("en", "No. Your score is 8.")
    assert said("en", "This is no score. Your score is 8.")


@given(
    st.lists(
        st.sampled_from(
            ["you", "may", "have", "fibromyalgia", "not", "score", ".", "your", "answers", "suggest", "if"]
        ),
        max_size=30,
    )
)
def test_a_phrase_between_other_sentences_is_always_found(words: list[str]) -> None:
    assert said("en", f"{' '.join(words)}. You may have fibromyalgia. {' '.join(words)}")


PRESCRIBED = {
    "en": """You have sciatica.
You may have a migraine.
You've got gout.
What you have is gout.
Take ibuprofen twice a day.
Ibuprofen, once daily.
Use it three times a day.
One pill every 4 hours.
Take 200 mg.
Take two tablets.
Ibuprofen 400mg.
Ibuprofen, 2.5 ml.
Half a tablet is too much, 1 tablet at night is right.
Two pills.
Three times daily.
Take ibuprofen.
If it hurts, take some aspirin.
You can use melatonin, or try some CBD.""",
    "es": """Usted tiene ci\u00e1tica.
Usted padece una hernia.
Ud. tiene gota.
Lo que tiene es gota.
Tome ibuprofeno 2 veces al d\u00eda.
Una vez al d\u00eda.
Cada 4 horas.
Tome 200 mg.
Tome dos pastillas.
Ibuprofeno de 400mg.
Una pastilla por la noche.
Dos veces diarias.
Dos veces por d\u00eda.
Tres tabletas.
Tome ibuprofeno.
Si le duele, tome una aspirina.""",
}
HARMLESS = {
    "en": """You have 2 minutes.
You have marked nothing.
You have a question.
Do you have sciatica?
Say if you have sciatica.
Any thyroid problem that you have now.
Stretch twice a day.
Ask if you can take it twice a day.
Bring the tablets you take.
How many pills you take, and how often.
Keep pills in one place.
Ask before you take ibuprofen.
Tell us if you take aspirin.
One image, 20 miles.""",
    "es": """Usted tiene tiempo.
Usted tiene una cita.
\u00bfUsted tiene ci\u00e1tica?
Diga si usted tiene ci\u00e1tica.
Camine dos veces al d\u00eda.
Traiga las pastillas que toma.
Pregunte antes de tomar ibuprofeno.
Diga si toma aspirina.
Cu\u00e1ntas pastillas toma.""",
}


RISKS = {
    "en": """You are more likely to have it.
Your risk is higher.
It is more common in people like you.
This is seen more often in women with your symptoms.
You are prone to flares.
You may be more susceptible.
That makes you more at ease.
Your odds go up.
People like you often have it.""",
    "es": """Es m\u00e1s probable que usted la tenga.
Su riesgo es mayor.
Es m\u00e1s com\u00fan en personas como usted.
Es m\u00e1s frecuente en mujeres con sus s\u00edntomas.
Usted es m\u00e1s propenso.
Est\u00e1 m\u00e1s propensa.
Eso la hace m\u00e1s sensible.
Las personas como usted suelen tenerla.""",
}
NO_RISKS = {
    "en": """Many people feel more tired in winter.
It is more common in adults.
You can do more or less, as you like.
People like the group.
You are not more prone to it.""",
    "es": """Es m\u00e1s com\u00fan en adultos.
Muchas personas tienen m\u00e1s dolor.
Hable con personas como su familia.
Usted no es m\u00e1s propenso.""",
}


@pytest.mark.parametrize(("language", "words"), lines(RISKS))
def test_a_risk_of_this_person_is_refused(language: str, words: str) -> None:
    assert said(language, words)


@pytest.mark.parametrize(("language", "words"), lines(NO_RISKS))
def test_what_is_common_among_people_is_no_risk_of_this_person(language: str, words: str) -> None:
    assert said(language, words) == []


@pytest.mark.parametrize(
    ("language", "words"), [(each, line) for each, lines in PRESCRIBED.items() for line in lines.splitlines()]
)
def test_what_is_said_to_the_patient_depends_on_no_list_of_conditions(language: str, words: str) -> None:
    assert said(language, words)


@pytest.mark.parametrize(
    ("language", "words"), [(each, line) for each, lines in HARMLESS.items() for line in lines.splitlines()]
)
def test_harmless_words_in_the_same_form_are_allowed(language: str, words: str) -> None:
    assert said(language, words) == []
