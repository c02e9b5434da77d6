// « Enregistré à 10 h 42 », always in sight: Wagtail's own sign says it for a moment only.
const sign = document.querySelector("#w-autosave-indicator");
const opened = document.querySelector("[name=loaded_revision_created_at]")?.value;

function clock(moment) {
  return `${moment.getHours()} h ${String(moment.getMinutes()).padStart(2, "0")}`;
}

function day(moment) {
  const sameDay = moment.toDateString() === new Date().toDateString();
  return sameDay ? "" : `le ${moment.toLocaleDateString("fr", { day: "numeric", month: "long" })} `;
}

if (sign) {
  const note = document.createElement("span");
  note.className = "desk-saved";
  sign.before(note);
  const say = (moment) => {
    note.textContent = moment ? `Enregistré ${day(moment)}à ${clock(moment)}` : "Pas encore enregistré";
  };
  const before = opened ? new Date(opened) : null;
  say(before && !Number.isNaN(before.valueOf()) ? before : null);
  document.addEventListener("w-autosave:success", () => say(new Date()));
  // A field may be wrong, or the network away: Wagtail's own sign beside it tells which.
  document.addEventListener("w-autosave:error", () => {
    note.textContent = "Dernières frappes pas encore enregistrées";
  });
}
