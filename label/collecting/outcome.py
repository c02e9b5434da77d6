"""What the status of an answer means, and the sentence that tells a person."""

from home.fetch import Fetched

CONTENT, NOTHING_NEW, GONE, FAILURE = "content", "nothing new", "gone", "failure"
SENTENCES = {
    401: "Ce site demande un mot de passe (401).",
    403: "Ce site refuse de nous répondre (403).",
    404: "Il n’y a rien à cette adresse (404).",
    410: "Cette adresse n’existe plus, dit le site (410) : elle n’est plus interrogée.",
    429: "Ce site nous trouve trop pressés (429) : nous attendons.",
    503: "Ce site est indisponible pour l’instant (503).",
}


def of(answer: Fetched) -> str:
    """One of the four."""
    return {200: CONTENT, 304: NOTHING_NEW, 410: GONE}.get(answer.status, FAILURE)


def sentence(answer: Fetched) -> str:
    """Why there is nothing to read, in plain French."""
    return SENTENCES.get(answer.status, f"Ce site répond par une erreur ({answer.status}).")
