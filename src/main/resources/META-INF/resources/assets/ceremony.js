// What every ceremony with a passkey needs: talking to the server, and saying what happens.

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? '';

/** Sends JSON and gives the answer; a refusal becomes an Error in the server's own words. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'X-DevOps-Pack': 'page' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = answer.error ?? { problem: `the server answered ${response.status}`, mend: 'Load the page again.' };
    throw new Error(`${error.problem}. ${error.mend}`);
  }
  return answer;
}

/** What went wrong, for a person: the browser's own names for refusals say little. */
function inWords(error) {
  switch (error.name) {
    case 'NotAllowedError': return 'The passkey was not used: the dialogue was closed or timed out. Try again.';
    case 'InvalidStateError': return 'This device holds a passkey for this server already. Sign in with it.';
    case 'SecurityError': return `Passkeys of this server belong to another address than ${location.host}. Open it under the name that it printed when it started.`;
    case 'TypeError': return 'The server could not be reached. Nothing was decided. Try again.';
    default: return error.message;
  }
}

export function say(element, text, tone = '') {
  element.textContent = text;
  element.classList.toggle('bad', tone === 'bad');
}

export async function guarded(status, buttons, work) {
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await work();
  } catch (error) {
    say(status, inWords(error), 'bad');
    buttons.forEach((button) => { button.disabled = false; });
  }
}

export const requestOptions = (json) => PublicKeyCredential.parseRequestOptionsFromJSON(json);

/** SHA-256 of the text's UTF-8 form, as the server writes it. */
export async function digestOf(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${[...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
