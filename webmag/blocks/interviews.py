"""Questions and answers."""

from wagtail import blocks

from home.rich_text import TextBlock


class ExchangeBlock(blocks.StructBlock):
    """A question and what was answered."""

    question = blocks.TextBlock(label="question", max_length=500, rows=2)
    answer = TextBlock(label="réponse", features=["bold", "italic", "link"], max_length=6000)

    class Meta:
        icon = "help"
        label = "Échange"


class InterviewBlock(blocks.StructBlock):
    """What somebody answered to questions."""

    who = blocks.CharBlock(
        label="qui répond", required=False, max_length=120, help_text="Le nom, le métier, le lieu."
    )
    exchanges = blocks.ListBlock(ExchangeBlock(), label="échanges", min_num=1, max_num=40)

    class Meta:
        icon = "openquote"
        label = "Entretien"
        description = "Des questions, et les réponses de quelqu’un."
        template = "blocks/interview.html"
        preview_value = {
            "who": "Odile, paysanne boulangère à Gazeran",
            "exchanges": [
                {
                    "question": "Pourquoi trois farines ?",
                    "answer": "<p>Le blé tient la mie, le seigle garde le pain frais.</p>",
                },
                {
                    "question": "Et la troisième ?",
                    "answer": "<p>Le petit épeautre, pour le goût.</p>",
                },
            ],
        }
