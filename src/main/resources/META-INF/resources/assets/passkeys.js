// The ceremonies: enrol, add another passkey, sign in, decide. The server makes each challenge and checks each answer.

import { digestOf, guarded, post, requestOptions, say } from './ceremony.js';

const creationOptions = (json) => PublicKeyCredential.parseCreationOptionsFromJSON(json);

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

const another = document.getElementById('another-passkey');
another?.addEventListener('submit', (event) => {
  event.preventDefault();
  const status = document.getElementById('another-status');
  guarded(status, [...another.querySelectorAll('button')], async () => {
    say(status, 'Step 1 of 2: prove with a passkey that you have…');
    const start = await post('/access/passkeys/another/options', {});
    const credential = await navigator.credentials.get({ publicKey: requestOptions(start.options) });
    say(status, 'Step 2 of 2: the server checks it…');
    const { page } = await post('/access/passkeys/another', { credential: credential.toJSON() });
    location.assign(page);
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
const displayedDigest = () => digestOf(document.getElementById('signed-text').textContent);

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
if (bar?.querySelector('#deny')) {
  const denyForm = document.getElementById('deny-form');
  const buttons = document.getElementById('sign-buttons');
  const showDeny = (shown) => { 
    denyForm.hidden = !shown;
    buttons.hidden = shown;
    document.getElementById('deny-means').hidden = !shown;
    document.getElementById('sign-means').hidden = shown;
  };
  document.getElementById('approve')?.addEventListener('click', () => decide(bar, 'APPROVE', null));
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
