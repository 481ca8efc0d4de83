// The session that this page was made for, and what became of it while the page stood open.

const SIGNED_OUT = 'You are not signed in any more. Sign in in another tab, then do it here again: what you typed stays.';
const SOMEBODY_ELSE = 'Somebody else is signed in in this browser by now. Nothing was done. Load the page again.';

let token = document.querySelector('meta[name="csrf"]')?.content ?? '';

export const csrf = () => token;

/** Takes over the token of a newer session of the same person; throws where there is none. */
export async function renew() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  if (answer.type === 'opaqueredirect' || answer.status === 401) throw new Error(SIGNED_OUT);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const who = (root) => root.querySelector('.who')?.textContent;
  const newer = page.querySelector('meta[name="csrf"]')?.content;
  if (!newer) throw new Error(SIGNED_OUT);
  if (who(page) !== who(document)) throw new Error(SOMEBODY_ELSE);
  token = newer;
}
