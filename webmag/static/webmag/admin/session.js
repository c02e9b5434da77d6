// Nothing that was typed may be lost when a session has ended: before a form is really sent, ask
// whether we are still logged in; if not, keep the page and say what to do.
const form = document.querySelector("form[data-edit-form]");
const home = document.querySelector("script[data-home]")?.dataset.home;

async function loggedIn() {
  try {
    const answer = await fetch(home, { method: "HEAD", redirect: "manual", credentials: "same-origin" });
    return answer.type !== "opaqueredirect";
  } catch {
    // No network: the browser itself says so when it sends.
    return true;
  }
}

function warn() {
  let note = document.querySelector("[data-session-ended]");
  if (!note) {
    note = document.createElement("div");
    note.className = "help-block help-critical";
    note.setAttribute("role", "alert");
    note.dataset.sessionEnded = "";
    const link = document.createElement("a");
    link.href = home;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Reconnectez-vous dans un autre onglet";
    note.append(
      "Votre session est finie. Rien n’est perdu : ",
      link,
      ", revenez ici, puis enregistrez.",
    );
    form.prepend(note);
  }
  note.scrollIntoView({ block: "center" });
}

let checked = false;
form?.addEventListener("submit", async (event) => {
  if (checked) {
    checked = false;
    return;
  }
  const { submitter } = event;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await loggedIn()) {
    checked = true;
    form.requestSubmit(submitter);
  } else {
    warn();
  }
}, true);
