"""Wording that no text may contain, by language: the patterns that `wording` looks for.

A pattern is a row of words. `a/b` means either word, `-` no word, `a_b` two words in one place, `.`
the beginning of a sentence, `*` any word that may name a condition, `#` a number, and `%` a dose in one
word, such as 400mg. Words are in small letters, without accents and punctuation.

An excuse is a word shortly before, in the same sentence, that makes a phrase harmless: "this is
not a score", "say if you have lupus".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Excuses = frozenset[str]
    Rule = tuple[str, Excuses, tuple[str, ...]]
    """The remedy, the excuses, the patterns."""

NO_EXCUSE: Excuses = frozenset()

DIAGNOSIS = 'Say what the person told you, not what it may mean, such as "You told us about these symptoms"'
SCORE = "Remove it: no score, level, risk or chance, for anyone"
CAUSE = 'Say "may be linked for some people" instead of naming a cause for this person'
REASSURANCE = 'Do not promise or reassure; say "If you are worried, call us or your doctor"'
TREATMENT = 'Say "Ask your clinician if this is right for you"; never tell anyone to start or stop a medicine'

_CONDITION = (
    "fibromyalgia/lupus/ptsd/arthritis/rheumatoid_arthritis/depression/a_condition/this_condition/the_condition/"
    "a_disorder/a_disease/this_disease/a_syndrome/an_autoimmune/an_illness/this_illness/chronic_fatigue"
)
_MAY = "may/might/could/must/can/probably/clearly/also/likely/seem_to/appear_to/-"
_IS = "is/may_be/might_be/could_be/must_be/looks_like/sounds_like/seems_like"
_SUGGEST = (
    "suggest/suggests/indicate/indicates/show/shows/mean/means/match/matches/"
    "fit/fits/point/points/reveal/confirm/prove/imply"
)
_DETECT = (
    "detect/detects/detected/diagnose/diagnoses/diagnosed/analyse/analysed/analyze/analyzed/"
    "assess/assessed/calculated/screened"
)
_COMPLAINT = "symptoms/pain/fatigue/headaches/illness/condition"
_PEOPLE = "people/patients/women/men/someone/those"
_OFTEN = "common/frequent/often/frequently"
_START = "start/stop/begin/quit/increase/reduce/change/double/lower/raise/avoid/skip"
_MEDICINE = (
    "medicine/medicines/medication/medications/pill/pills/drug/drugs/dose/tablets/"
    "antidepressant/antidepressants/opioids"
)
ENGLISH_NOT: Excuses = frozenset(
    {"no", "not", "never", "nor", "without", "cannot", "can't", "doesn't", "don't", "isn't"}
)
_IF: Excuses = frozenset({"if", "whether", "told", "when", "unless", "do", "did", "like"})
_ASK: Excuses = ENGLISH_NOT | {"ask", "before", "if", "about", "whether"}

_MOVE: Excuses = _ASK | {"stretch", "walk", "rest", "move", "breathe", "write", "exercise", "eat", "how"}
_HARMLESS_WORDS = (
    "a an the any some this that these those your our been to had not no until now time more less enough "
    "only three "
    "already just also all both one two questions question choices choice marked chosen told answered "
    "skipped finished reached left seen read shown used asked rights right trouble visit appointment list "
    "copy minutes minute seconds something anything everything someone people help support "
    "un una el la los las que preguntas pregunta tiempo derecho opciones opcion mas ya sus su este esta cita "
    "visita lista minutos minuto segundos alguna algun algo ayuda apoyo dudas duda razon"
)
"""Words after "you have" that name no condition."""
HARMLESS = frozenset(_HARMLESS_WORDS.split())
_NUMBER_WORDS = (
    "half one two three four five six eight ten twelve "
    "media medio uno dos tres cuatro cinco seis ocho diez doce una un"
)
NUMBERS = frozenset(_NUMBER_WORDS.split())

MEDICINE_NAMES = {
    "en": (
        "ibuprofen/naproxen/acetaminophen/paracetamol/aspirin/tylenol/advil/motrin/aleve/duloxetine/"
        "cymbalta/pregabalin/lyrica/gabapentin/neurontin/milnacipran/savella/amitriptyline/cyclobenzaprine/"
        "tramadol/naltrexone/nortriptyline/venlafaxine/fluoxetine/melatonin/cannabis/cbd"
    ),
    "es": (
        "ibuprofeno/naproxeno/acetaminofen/paracetamol/aspirina/tylenol/advil/motrin/aleve/duloxetina/"
        "cymbalta/pregabalina/lyrica/gabapentina/neurontin/milnacipran/savella/amitriptilina/ciclobenzaprina/"
        "tramadol/naltrexona/nortriptilina/venlafaxina/fluoxetina/melatonina/cannabis/cbd"
    ),
}
"""Medicines that people with long-lasting pain are often told about."""

ENGLISH: tuple[Rule, ...] = (
    (
        DIAGNOSIS,
        ENGLISH_NOT | _IF,
        (
            f"you {_MAY} have/had/- {_CONDITION}",
            f"you have/had/have_got/suffer_from/live_with/are_living_with {_CONDITION}",
            f"you've/you_have -/got {_CONDITION}",
            f"you do/may/might/could/probably/- not/don't have {_CONDITION}",
            f"this/it/that {_IS} fibromyalgia/lupus/ptsd",
            f"your answers/answer/symptoms/responses/replies/results/marks {_SUGGEST}",
            "answers/symptoms/results that suggest/indicate/match/point",
            "suggest/suggests/suggesting/indicate/indicates/mean/means -/that you have",
            "your -/own/personal fibromyalgia/fibro/fm",
            "fibromyalgia/fibro/fm/lupus/ptsd/arthritis is what -/ails you",
            "you are/are_now a/an/our -/new fibromyalgia/fibro/fm/lupus/ptsd/arthritis",
            "we/we've -/have diagnosed",
            "your diagnosis is/may/might/could",
            "you are/were/have_been/are_being diagnosed",
            f"we/this_program/this_questionnaire/the_program/it {_DETECT}",
            "we found/think/believe -/that you/signs/your",
        ),
    ),
    (
        DIAGNOSIS,
        ENGLISH_NOT,
        ("consistent/compatible with", "indicative of", "diagnosed with fibromyalgia", "match/matches for"),
    ),
    (
        SCORE,
        ENGLISH_NOT,
        (
            "score/scores/scored/scoring",
            "likely",
            "likelihood/probability",
            "at/high/higher/low/lower/increased/your/moderate/medium/some/great/greater risk",
            "risk/severity level/score/of/group/class",
            "your/high/low/higher/good chance/chances of",
            "chances/chance of having",
            "your severity/level/odds",
            "you are/may_be/might_be more/less/- prone/apt/susceptible",
            "makes/make/puts/put you more/less/prone/susceptible/at",
            f"more/less {_OFTEN} in/among/for/with {_PEOPLE} like/with you/your",
            "people like you -/often/usually have/get/develop",
            "abnormal",
            "normal result/results/range/answer/answers",
            "results/result/answers are/is/look/looks normal",
            "your result/results is/are/mean/means/show/shows",
        ),
    ),
    (
        CAUSE,
        ENGLISH_NOT,
        (
            "your/personal cause/causes/trigger/triggers",
            "caused/causing/triggered/triggering/explains/behind your",
            "cause/reason/causes/reasons of/for your",
            f"your {_COMPLAINT} is/are/was/were caused/triggered/explained",
            f"your {_COMPLAINT} come/comes from",
        ),
    ),
    (CAUSE, ENGLISH_NOT, ("all/only/just/- in your head/mind", "only/just stress")),
    (
        REASSURANCE,
        NO_EXCUSE,
        (
            "nothing serious",
            "nothing to worry/fear",
            "nothing/nothing_is wrong with you",
            "no need to worry/see/call",
            "do_not/don't need to see/call/visit",
            "you do_not/don't need a/any/our/the doctor/doctors/clinician/nurse/visit/appointment/care/help",
            "don't/do_not worry",
            "you are/will_be/are_going_to_be fine/safe/healthy/well/cured/okay/ok",
            "you will/are_going_to get/feel/be better",
            "you will recover/heal",
            "will cure",
            "we guarantee/promise",
            "guaranteed",
            "it never goes away",
        ),
    ),
    (
        TREATMENT,
        _ASK,
        (
            f"{_START} -/taking/using your/the/a/any/all/-/this {_MEDICINE}",
            "you should/must/need_to/have_to/ought_to -/start/stop/begin/avoid/try take/taking/using",
            "you should/must/need_to/have_to/ought_to stop/start/begin/avoid",
            "we recommend/prescribe -/that -/you take/taking/stopping/starting",
        ),
    ),
    (
        TREATMENT,
        ENGLISH_NOT | {"ask", "tell", "say", "before", "about", "whether", "how"},
        (
            f"take/try/use/start -/taking/an/some/your {MEDICINE_NAMES['en']}",
            "take/try/use/start -/taking/a/an/some/your painkiller/painkillers/analgesic/analgesics",
        ),
    ),
    (
        DIAGNOSIS,
        ENGLISH_NOT | _IF,
        (
            ". you have/have_got/suffer_from/may_have/might_have/could_have/probably_have/clearly_have *",
            ". you have/have_got/suffer_from/may_have/might_have/could_have/probably_have a/an/some *",
            ". you've -/got -/a/an *",
            "what you have is -/a/an *",
        ),
    ),
    (
        TREATMENT,
        NO_EXCUSE,
        (
            "# mg/milligram/milligrams/mcg/micrograms/ml/milliliters",
            "%",
            "take/takes/taking # -/a pill/tablet/capsule/drop/drops/spoonful/puff/puffs",
            "# pills/tablets/capsules/spoonfuls",
            "# pill/tablet/capsule a/per/each/every/at/in/with/before/after",
        ),
    ),
    (
        TREATMENT,
        _MOVE,
        (
            "once/twice a/per/each/every day/night",
            "once/twice daily",
            "# times a/per/each day/night",
            "# times daily",
            "every # hours",
        ),
    ),
)

_AFECCION = (
    "fibromialgia/lupus/tept/artritis/artritis_reumatoide/depresion/una_afeccion/esta_afeccion/la_afeccion/"
    "una_enfermedad/esta_enfermedad/un_trastorno/un_sindrome/fatiga_cronica"
)
_QUIZA = "-/quiza/quizas/tal_vez/probablemente/posiblemente/seguramente/tambien/ya"
_TIENE = (
    "tiene/padece/padece_de/sufre/sufre_de/podria_tener/puede_tener/pudiera_tener/debe_tener/tenga/padezca"
)
_PARECE = "puede/podria/parece/creemos/pensamos/probable/posible/indica/sugiere/muestra"
_SUGIEREN = "sugieren/indican/muestran/significan/coinciden/apuntan/revelan/confirman/senalan"
_SUGIERE = "sugiere/indica/muestra/significa/coincide/apunta/revela/confirma/senala"
_MOLESTIA = "dolor/dolores/sintomas/fatiga/afeccion/enfermedad"
_GENTE = "personas/pacientes/mujeres/hombres/gente/alguien"
_FRECUENTE = "comun/frecuente/comunes/frecuentes/habitual/a_menudo"
_EMPIECE = "empiece/deje/comience/inicie/suspenda/aumente/reduzca/cambie/evite/abandone"
_MEDICINA = (
    "medicina/medicinas/medicamento/medicamentos/pastilla/pastillas/dosis/tratamiento/"
    "farmaco/farmacos/antidepresivos/opioides"
)
SPANISH_NOT: Excuses = frozenset({"no", "ni", "nunca", "jamas", "sin", "tampoco"})
_SI: Excuses = frozenset({"si", "cuando", "dijeron", "dicho", "dijo", "aunque", "como", "¿"})
_PREGUNTE: Excuses = SPANISH_NOT | {"pregunte", "antes", "si", "sobre", "consulte"}

_MUEVASE: Excuses = _PREGUNTE | {"estire", "camine", "descanse", "respire", "escriba", "ejercicio", "coma"}

SPANISH: tuple[Rule, ...] = (
    (
        DIAGNOSIS,
        SPANISH_NOT | _SI,
        (
            f"usted/./y {_QUIZA} {_TIENE} {_AFECCION}",
            f"usted/. no tiene/padece {_AFECCION}",
            f"-/tu tienes/padeces/padeces_de/sufres/sufres_de {_AFECCION}",
            f"lo suyo/tuyo es/parece/parece_ser {_AFECCION}",
            f"sus/tus/los sintomas/dolores son -/los de {_AFECCION}",
            f"esta enfermo/enferma de {_AFECCION}",
            f"{_PARECE} que -/usted tenga/tiene/padezca/padece {_AFECCION}",
            "esto/eso/./que es/puede_ser/podria_ser/debe_ser/parece/parece_ser fibromialgia",
            f"sus/las respuestas/sintomas/resultados {_SUGIEREN}",
            f"su respuesta/resultado {_SUGIERE}",
            "su/tu/propia fibromialgia",
            "su diagnostico es/puede/podria",
            "se le diagnostica/diagnostico/ha_diagnosticado",
            "hemos/- detectamos/detectado/diagnosticamos/diagnosticado/evaluado/analizado/calculado",
            "este/el programa/cuestionario detecta/diagnostica/analiza/evalua/calcula",
            "creemos/pensamos/encontramos que usted/tiene",
        ),
    ),
    (
        DIAGNOSIS,
        SPANISH_NOT,
        (
            "compatible/compatibles/consistente/consistentes/congruente con",
            "indicativo/indicativa/indicio de",
        ),
    ),
    (
        SCORE,
        SPANISH_NOT,
        (
            "puntaje/puntajes/puntuacion/puntuaciones/calificacion",
            "probable/probables/probablemente/probabilidad/probabilidades",
            "en/alto/bajo/mayor/menor/su/de_alto riesgo",
            "riesgo/gravedad alto/bajo/de/elevado/moderado",
            "nivel/grado de riesgo/gravedad",
            "su nivel/gravedad",
            "usted/. -/es/esta mas/menos propenso/propensa/expuesto/expuesta",
            "lo/la hace mas/menos/propenso/propensa",
            f"mas/menos {_FRECUENTE} en/entre {_GENTE} como/con usted/sus/su",
            "las/- personas como usted tienen/suelen/desarrollan/padecen",
            "anormal/anormales/anomalo",
            "resultado/resultados normal/normales",
            "respuesta/respuestas normal/normales",
            "resultado/resultados/respuestas es/son normal/normales",
            "su/sus resultado/resultados es/son/significa/significan/muestra/muestran",
        ),
    ),
    (
        CAUSE,
        SPANISH_NOT,
        (
            "su/sus causa/causas/desencadenante/desencadenantes/detonante/detonantes",
            "causo/causa/causado/causaron/provoca/provoco/provocado/desencadeno/explica su/sus",
            f"la/las/el/los causa/causas/origen/motivo/razon de su/sus {_MOLESTIA}",
            f"sus/su {_MOLESTIA} se_debe/se_deben/viene/vienen/es_causado/son_causados a/de/por",
        ),
    ),
    (
        CAUSE,
        SPANISH_NOT,
        ("en su cabeza/mente", "solo/solamente/unicamente es/por/- estres", "es solo/solamente estres"),
    ),
    (
        REASSURANCE,
        NO_EXCUSE,
        (
            "nada grave/serio",
            "nada/nada_de que preocuparse/temer",
            "nada/no de que/hay preocuparse",
            "no se preocupe",
            "no necesita/hace_falta/tiene_que ver/llamar/acudir/consultar/visitar",
            "no necesita/hace_falta -/un/una/ningun/ninguna/al/la medico/medica/doctor/doctora/consulta/cita",
            "no es/sera grave",
            "usted esta/estara bien/sano/sana/a_salvo",
            "se va a curar/mejorar/recuperar",
            "se curara/recuperara",
            "usted mejorara/sanara",
            "va a mejorar/sanar/sentirse_mejor",
            "le garantizamos/prometemos/aseguramos",
            "garantizado/garantizada",
            "nunca desaparece",
        ),
    ),
    (
        TREATMENT,
        _PREGUNTE,
        (
            f"{_EMPIECE} -/a/de/con -/tomar/usar su/sus/el/la/los/las/un/una/- {_MEDICINA}",
            "debe/deberia/tiene_que/necesita -/empezar_a/dejar_de/evitar tomar",
            "le recomendamos/recetamos tomar/dejar/empezar",
            "deje de tomar/tomarlo/tomarla",
        ),
    ),
    (
        TREATMENT,
        SPANISH_NOT | {"pregunte", "consulte", "diga", "cuente", "antes", "sobre"},
        (
            f"tome/tomese/pruebe/use/tomar/empiece_con -/la/el/una/un/su {MEDICINE_NAMES['es']}",
            f"tome/tomese/use/tomar una/- pastilla/pastillas/tableta/tabletas de {MEDICINE_NAMES['es']}",
            "tome/tomese/pruebe/use/tomar -/un/unos/el/su/sus analgesico/analgesicos/calmante/calmantes",
        ),
    ),
    (
        DIAGNOSIS,
        SPANISH_NOT | _SI,
        (
            f". usted {_QUIZA} {_TIENE} -/un/una/el/la *",
            f"ud/vd . {_TIENE} -/un/una/el/la *",
            "lo que -/usted tiene es -/un/una *",
        ),
    ),
    (
        TREATMENT,
        NO_EXCUSE,
        (
            "# mg/miligramo/miligramos/mcg/microgramos/ml/mililitros",
            "%",
            "tome/toma/tomar # pastilla/tableta/capsula/comprimido/gota/gotas/cucharada",
            "# pastillas/tabletas/capsulas/comprimidos/cucharadas",
            "# pastilla/tableta/capsula/comprimido al/por/cada/en/con/antes/despues",
        ),
    ),
    (
        TREATMENT,
        _MUEVASE,
        ("una/1 vez al/por/cada dia", "# veces al/por/cada dia", "# veces diarias", "cada # horas"),
    ),
)

RULES: dict[str, tuple[Rule, ...]] = {"en": ENGLISH, "es": SPANISH}
