// What every ceremony with a passkey needs: talking to the server, and saying what happens.

import { csrf, renew } from './session.js';

const send = (path, body) => fetch(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf(), 'X-DevOps-Pack': 'page' },
  body: JSON.stringify(body),
});

/** Sends JSON and gives the answer; a refusal becomes an Error in the server's own words. */
export async function post(path, body) {
  let response = await send(path, body);
  let answer = await response.json().catch(() => ({}));
  // Enrolling and signing in have no session to renew.
  if (csrf() && (answer.error?.where === 'csrf' || response.status === 401)) {
    await renew();
    response = await send(path, body);
    answer = await response.json().catch(() => ({}));
  }
  if (response.ok) return answer;
  const error = answer.error ?? { problem: `the server answered ${response.status}`, mend: 'Load the page again.' };
  throw new Error(`${error.problem}. ${error.mend}`);
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
