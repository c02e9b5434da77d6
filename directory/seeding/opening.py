"""Opening hours for invented listings: what shops have in common, and what they have not."""

SHARED = (
    "Sa 09:00-12:30",
    "Fr 16:00-19:00",
    "Sa 08:30-12:30",
    "Fr 16:00-19:00; Sa 09:00-12:30",
    "We,Sa 14:00-18:00",
    "Tu-Sa 09:00-12:30,14:30-19:00",
    "Tu-Sa 09:00-12:30,15:00-19:00; Su 09:00-12:30",
    "Mo-Sa 09:00-19:00",
    "Mo-Fr 09:00-12:00,14:00-18:00",
    "Tu-Sa 10:00-19:00",
    "Tu-Su 07:00-13:00,15:30-19:30",
    "Tu-Sa 06:45-13:30,15:30-19:30; Su 07:00-13:00",
    "We-Su 12:00-14:00,19:00-22:00",
    "Tu-Sa 12:00-14:00; Fr-Sa 19:00-22:00",
    "24/7",
    "Mo-Sa 08:30-20:00; Su 09:00-13:00",
    "Sa-Su 10:00-18:00",
    "Tu,Fr 16:30-19:00; PH off",
    "Tu-Fr 09:00-12:30,14:30-19:00; Sa 09:00-19:00; PH off",
    "We 14:00-18:00; Sa 10:00-12:30,14:00-18:00",
)
MARKET = (
    "Sa 08:00-13:00",
    "Su 08:30-12:45",
    "Th 08:30-12:30",
    "We 08:00-12:30; Sa 08:00-13:00",
    "Fr 15:00-19:30",
    "Tu 08:00-12:30",
    "Sa[1] 08:00-13:00",
    "Su[1,3] 09:00-13:00",
)
MORNING_STARTS = ("07:00", "07:30", "08:00", "08:15", "08:30", "08:45", "09:00", "09:30", "10:00")
MORNING_ENDS = ("12:00", "12:15", "12:30", "12:45", "13:00", "13:15")
AFTERNOON_STARTS = ("14:00", "14:15", "14:30", "15:00", "15:30", "16:00")
AFTERNOON_ENDS = ("17:30", "18:00", "18:15", "18:30", "18:45", "19:00", "19:15", "19:30")
WEEKS = ("Tu-Fr", "Mo-Fr", "We-Fr", "Tu,Th", "Mo,Tu,Th,Fr", "We,Fr", "Th-Fr", "Tu-Th")
SEASONS = ("Apr-Sep", "Mar-Oct", "May-Aug", "Jun-Sep", "Apr-Oct")
SEASON_NOTES = ("D’avril à octobre.", "L’hiver, sur appel.", "De mai à la fin des récoltes.")


def hours(chance) -> str:
    """Hours for a place: four in ten as many others have, one in seven unknown, few by season."""
    dice = chance.random()
    if dice < 0.40:
        return chance.choice(SHARED)
    if dice < 0.55:
        return ""
    if dice < 0.62:
        return f"{chance.choice(SEASONS)}: {chance.choice(WEEKS)} {_afternoon(chance)}"
    return own(chance)


def own(chance) -> str:
    """Hours that hardly anybody shares."""
    parts = [f"{chance.choice(WEEKS)} {_morning(chance)},{_afternoon(chance)}"]
    if chance.random() < 0.8:
        parts.append(f"Sa {_morning(chance)}")
    if chance.random() < 0.25:
        parts.append(f"Su {_morning(chance)}")
    if chance.random() < 0.2:
        parts.append("PH off")
    return "; ".join(parts)


def _morning(chance) -> str:
    return f"{chance.choice(MORNING_STARTS)}-{chance.choice(MORNING_ENDS)}"


def _afternoon(chance) -> str:
    return f"{chance.choice(AFTERNOON_STARTS)}-{chance.choice(AFTERNOON_ENDS)}"
