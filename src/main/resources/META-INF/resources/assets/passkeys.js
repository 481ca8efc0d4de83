// The three ceremonies: enrol, sign in, decide. The server makes each challenge and checks each answer.

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? '';

/** Sends JSON and gives the answer; a refusal becomes an Error in the server's own words. */
async function post(path, body) {
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

function say(element, text, tone = '') {
  element.textContent = text;
  element.classList.toggle('bad', tone === 'bad');
}

async function guarded(status, buttons, work) {
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await work();
  } catch (error) {
    say(status, inWords(error), 'bad');
    buttons.forEach((button) => { button.disabled = false; });
  }
}

const creationOptions = (json) => PublicKeyCredential.parseCreationOptionsFromJSON(json);
const requestOptions = (json) => PublicKeyCredential.parseRequestOptionsFromJSON(json);

const enrol = document.getElementById('enrol');
enrol?.addEventListener('submit', (event) => {
  event.preventDefault();
  const status = document.getElementById('ceremony-status');
  const { link } = enrol.dataset;
  guarded(status, [...enrol.querySelectorAll('button')], async () => {
    say(status, 'Step 1 of 3: asking the server…');
    const start = await post('/enrol/options', { link });
    say(status, 'Step 2 of 3: your device creates the key…');
    const credential = await navigator.credentials.create({ publicKey: creationOptions(start.options) });
    say(status, 'Step 3 of 3: the server keeps its public half…');
    await post('/enrol', {
      link, name: enrol.elements.name.value.trim(), label: enrol.elements.label.value.trim(), credential: credential.toJSON(),
    });
    location.replace('/');
  });
});

const signIn = document.getElementById('sign-in');
signIn?.addEventListener('submit', (event) => {
  event.preventDefault();
  const status = document.getElementById('ceremony-status');
  guarded(status, [...signIn.querySelectorAll('button')], async () => {
    say(status, 'Waiting for your passkey…');
    const start = await post('/sign-in/options', {});
    const credential = await navigator.credentials.get({ publicKey: requestOptions(start.options) });
    await post('/sign-in', { credential: credential.toJSON() });
    location.assign(signIn.dataset.next);
  });
});

/** The digest of the text as it stands on this page, character for character. */
async function displayedDigest() {
  const text = document.getElementById('signed-text').textContent;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${[...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function decide(bar, decision, reason) {
  const changeSet = bar.dataset.changeSet;
  const status = document.getElementById('sign-status');
  const buttons = [...bar.querySelectorAll('button')];
  await guarded(status, buttons, async () => {
    const asked = { request: bar.dataset.request, decision };
    say(status, 'Step 1 of 3: the server makes the challenge…');
    const start = await post(`/change-sets/${changeSet}/decision/options`, asked);
    say(status, 'Step 2 of 3: sign with your passkey…');
    const credential = await navigator.credentials.get({ publicKey: requestOptions(start.options) });
    say(status, 'Step 3 of 3: the server checks your signature and the text that you saw…');
    await post(`/change-sets/${changeSet}/decision`, {
      ...asked, reason, displayedDigest: await displayedDigest(), credential: credential.toJSON(),
    });
    location.assign(`/change-sets/${changeSet}#outcome`);
    location.reload();
  });
}

const bar = document.querySelector('.sign-bar');
if (bar?.querySelector('#approve')) {
  const denyForm = document.getElementById('deny-form');
  const buttons = document.getElementById('sign-buttons');
  const showDeny = (shown) => { denyForm.hidden = !shown; buttons.hidden = shown; };
  document.getElementById('approve').addEventListener('click', () => decide(bar, 'APPROVE', null));
  document.getElementById('deny').addEventListener('click', () => { showDeny(true); document.getElementById('deny-reason').focus(); });
  document.getElementById('deny-cancel').addEventListener('click', () => { showDeny(false); document.getElementById('deny').focus(); });
  denyForm.addEventListener('submit', (event) => {
    event.preventDefault();
    decide(bar, 'DENY', document.getElementById('deny-reason').value.trim());
  });
}

const check = document.getElementById('signed-check');
if (check) {
  const shown = await displayedDigest();
  const same = shown === check.previousElementSibling.querySelector('code').title;
  check.textContent = same ? '✓ computed again by this browser' : 'This browser computed another digest. Do not sign; load the page again.';
  check.className = same ? 'good' : 'bad';
}
