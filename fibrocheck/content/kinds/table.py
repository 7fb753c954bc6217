"""The kinds of question there are. A follow-up in questions.yaml is of the first kind that it fits."""

from fibrocheck.content.kinds.choices import ONE_CHOICE, SEVERAL_CHOICES

_EVERY = (SEVERAL_CHOICES, ONE_CHOICE)

KINDS = {kind.id: kind for kind in _EVERY}
