// Forms that are signed with a passkey: the server makes the text, the person reads it, then signs it.
import { digestOf, guarded, post, requestOptions, say } from './ceremony.js';

/** The fields of a form as one object; what is not chosen is left out. */
const fieldsOf = (form) => Object.fromEntries(
  [...new FormData(form)].filter(([, value]) => value !== ''),
);

/** Some acts are about another text on the page: its digest, as this browser computes it, goes with them. */
async function displayedElsewhere(form) {
  const { shows } = form.dataset;
  return shows ? { rendering: await digestOf(document.getElementById(shows).textContent) } : {};
}

for (const form of document.querySelectorAll('form[data-act]')) {
  const status = document.createElement('p');
  status.className = 'sign-status';
  status.setAttribute('role', 'status');
  status.setAttribute('aria-live', 'polite');
  const text = document.createElement('pre');
  text.className = 'signed-text';
  text.tabIndex = 0;
  text.setAttribute('aria-label', 'The exact text that is signed');
  text.hidden = true;
  const ask = form.querySelector('button');
  const sign = document.createElement('button');
  sign.type = 'button';
  sign.className = 'primary';
  sign.textContent = 'Sign it with your passkey';
  sign.hidden = true;
  form.append(text, sign, status);
  let start;

  const reset = () => { start = undefined; text.hidden = true; sign.hidden = true; ask.hidden = false; };

  form.addEventListener('input', reset);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    guarded(status, [ask], async () => {
      say(status, 'The server writes down what you sign…');
      start = await post(`${form.dataset.act}/options`, { ...fieldsOf(form), ...await displayedElsewhere(form) });
      text.textContent = start.text;
      text.hidden = false;
      sign.hidden = false;
      sign.disabled = false;
      ask.hidden = true;
      ask.disabled = false;
      say(status, 'Read it, then sign it within three minutes.');
      sign.focus();
    });
  });
  sign.addEventListener('click', () => guarded(status, [sign], async () => {
    const credential = await navigator.credentials.get({ publicKey: requestOptions(start.options) });
    say(status, 'The server checks your signature and the text that you saw…');
    await post(form.dataset.act, { credential: credential.toJSON(), displayedDigest: await digestOf(text.textContent) });
    location.assign(form.dataset.next);
    if (location.pathname === form.dataset.next.split('#')[0]) {
      location.reload();
    }
  }));
}
