/** Public forms: computes the proof of work that the server asks for, while the person types.
 *
 * The protocol is ALTCHA 2 (home/proof.py): derive PBKDF2 keys from nonce + counter until one
 * begins with the wanted bytes. The browser derives them outside the page's own thread, so typing
 * never stalls and no worker is needed. Without SubtleCrypto (plain http) or when anything fails,
 * the form goes as it is: the server then asks for a confirmed e-mail address. */

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(buffer, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive({ nonce, salt, cost, keyLength }, counter) {
  const start = bytes(nonce);
  const password = new Uint8Array(start.length + 4);
  password.set(start);
  new DataView(password.buffer).setUint32(start.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

/** The solution of a challenge, as the text that the server expects. */
export async function solve(challenge) {
  const { parameters } = challenge;
  const wanted = bytes(parameters.keyPrefix);
  for (let counter = 0; ; counter += 1) {
    const derived = await derive(parameters, counter);
    if (wanted.every((byte, place) => derived[place] === byte)) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey: hex(derived) } }));
    }
  }
}

function prepare(form) {
  const input = form.querySelector("[data-challenge]");
  let work;
  const begin = () => {
    work ??= solve(JSON.parse(input.dataset.challenge))
      .then((solution) => {
        input.value = solution;
      })
      .catch(() => {});
    return work;
  };
  if (input && window.crypto?.subtle) {
    form.addEventListener("focusin", begin, { once: true });
    form.addEventListener("input", begin, { once: true });
  }
  let waiting = false;
  form.addEventListener("submit", async (event) => {
    if (waiting) {
      event.preventDefault();
      return;
    }
    if (!input || input.value || !window.crypto?.subtle) return;
    event.preventDefault();
    waiting = true;
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    await begin();
    waiting = false;
    button?.removeAttribute("aria-busy");
    // An empty value is taken too: it must not ask for the same work without end.
    input.value ||= "-";
    form.requestSubmit(button);
  });
}

document.querySelectorAll("form[data-public]").forEach(prepare);
