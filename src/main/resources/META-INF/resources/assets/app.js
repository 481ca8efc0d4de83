// What pages do beyond plain HTML: theme, copy buttons, times that stay true.

import { csrf, renew } from './session.js';

document.addEventListener('htmx:configRequest', (event) => { event.detail.headers['X-CSRF-Token'] = csrf(); });
document.addEventListener('htmx:beforeSwap', (event) => {
  // The session has ended: the whole page goes to sign-in, not a part of it.
  if (new URL(event.detail.xhr.responseURL).pathname === '/sign-in') { event.detail.shouldSwap = false; location.reload(); }
});
const UNREACHABLE = 'The server could not be reached. Nothing was done. Try again.';

/** What a part of the page could not do is said, not swallowed. */
function complain(text) {
  document.querySelector('.complaint')?.remove();
  const note = document.createElement('p');
  note.className = 'problem complaint';
  note.setAttribute('role', 'alert');
  note.textContent = text;
  document.getElementById('main').prepend(note);
  note.scrollIntoView({ block: 'center' });
}
// A form is sent when its session still runs: what somebody typed is not lost to one that has ended meanwhile.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const field = form.elements.namedItem('csrf');
  if (event.defaultPrevented || !field || form.hasAttribute('hx-post')) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = 'yes';
  try {
    await renew();
    field.value = csrf();
    form.submit();
  } catch (error) {
    delete form.dataset.sending;
    if (form.action.endsWith('/sign-out')) location.assign('/sign-in');
    else complain(error.name === 'TypeError' ? UNREACHABLE : error.message);
  }
});

/** The server's own words, where it has some. */
function refusal(xhr) {
  try {
    const { problem, mend } = JSON.parse(xhr.responseText).error;
    return `${problem}. ${mend}`;
  } catch {
    return `The server answered ${xhr.status}. Load the page again.`;
  }
}
document.addEventListener('htmx:responseError', (event) => {
  const { xhr, requestConfig } = event.detail;
  if (![401, 403].includes(xhr.status)) complain(refusal(xhr));
  else if (requestConfig.verb === 'get') location.reload();
  else renew().then(() => complain('Your session is a newer one by now. Do it again.'), (error) => complain(error.message));
});
document.addEventListener('htmx:sendError', (event) => {
  // A list that freshens itself tries again by itself.
  if (event.detail.requestConfig?.triggeringEvent?.type !== 'refresh') complain(UNREACHABLE);
});
document.addEventListener('htmx:afterSwap', () => {
  document.querySelector('.complaint')?.remove();
  reveal(document);
  tellTimes();
  follow();
});

// On a narrow screen the entries scroll: where one is, is seen without looking for it.
document.querySelector('.top nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

const themeSwitch = document.querySelector('[data-theme-switch]');
themeSwitch.hidden = false;
themeSwitch.addEventListener('click', () => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  if (next === system) { delete root.dataset.theme; localStorage.removeItem('theme'); }
  else { root.dataset.theme = next; localStorage.setItem('theme', next); }
});

/** Shows the buttons that only work with a script. */
function reveal(root) {
  root.querySelectorAll('[data-copy]').forEach((button) => { button.hidden = false; });
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const note = document.createElement('span');
  note.setAttribute('role', 'status');
  note.className = 'copied';
  // A browser may forbid it: then nobody pastes something else and takes it for this.
  note.textContent = await navigator.clipboard.writeText(button.dataset.copy).then(() => 'copied', () => 'not copied: select it');
  button.after(note);
  setTimeout(() => note.remove(), 1500);
});

/** A link into a closed part opens it. */
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', openTarget);

const units = [['day', 86_400, 'd'], ['hour', 3_600, 'h'], ['minute', 60, 'min']];
/** The same words as the server's: see Moment.java. */
function relative(seconds) {
  const distance = Math.abs(seconds);
  if (distance < 60) return seconds <= 0 ? 'just now' : 'in a moment';
  const [, size, short] = units.find(([, each]) => distance >= each);
  const text = `${Math.floor(distance / size)} ${short}`;
  return seconds <= 0 ? `${text} ago` : `in ${text}`;
}
function tellTimes() {
  document.querySelectorAll('time[datetime]').forEach((time) => {
    time.textContent = relative((Date.parse(time.dateTime) - Date.now()) / 1000);
  });
}
setInterval(tellTimes, 30_000);

/** A finished run leads on to what it made. */
function follow() {
  const done = document.querySelector('[data-go]');
  if (done) location.assign(done.getAttribute('href'));
}

// A list stays fresh while somebody is there. A page left open asks for nothing, so its session can end.
const ATTENTION_MS = 5 * 60_000;
let touchedAt = Date.now();
for (const sign of ['pointerdown', 'keydown', 'scroll']) addEventListener(sign, () => { touchedAt = Date.now(); }, { passive: true });
setInterval(() => {
  if (document.hidden || Date.now() - touchedAt > ATTENTION_MS) return;
  document.querySelectorAll('[hx-trigger="refresh"]').forEach((part) => htmx.trigger(part, 'refresh'));
}, 15_000);

reveal(document);
openTarget();
follow();
