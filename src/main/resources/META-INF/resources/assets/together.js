// Several requests, one signature: the server signs each text's digest into one tree and checks what this browser displayed.
import { digestOf, guarded, post, requestOptions, say } from './ceremony.js';

const items = [...document.querySelectorAll('.batch-item')];
const textOf = (item) => item.querySelector('.signed-text').textContent;
const boxOf = (item) => item.querySelector('input[name="approve"]');
const chosen = () => items.filter((item) => boxOf(item).checked);

for (const item of items) {
  const check = item.querySelector('.signed-check');
  const same = await digestOf(textOf(item)) === check.previousElementSibling.querySelector('code').title;
  check.textContent = same ? '✓ computed again by this browser' : 'This browser computed another digest. Do not sign; load the page again.';
  check.classList.add(same ? 'good' : 'bad');
}

const bar = document.getElementById('together');
if (bar) {
  const button = document.getElementById('approve-together');
  const words = document.getElementById('chosen');
  const count = () => {
    const many = chosen().length;
    button.disabled = many < 2;
    words.textContent = many === 0 ? 'Nothing is ticked. Tick two or more.'
      : many === 1 ? 'One is ticked: tick another, or decide it on its own page.'
        : `You sign the ${many} texts that you ticked, each usable once.`;
  };
  items.forEach((item) => boxOf(item).addEventListener('change', count));
  count();
  button.addEventListener('click', () => {
    const status = document.getElementById('sign-status');
    const picked = chosen();
    guarded(status, [button, ...items.map(boxOf)], async () => {
      say(status, 'Step 1 of 3: the server makes one challenge for all of them…');
      const requests = picked.map((item) => ({ request: item.dataset.request }));
      const start = await post('/together/options', { requests });
      say(status, 'Step 2 of 3: sign with your passkey…');
      const credential = await navigator.credentials.get({ publicKey: requestOptions(start.options) });
      say(status, 'Step 3 of 3: the server checks your signature and the texts that you saw…');
      const shown = await Promise.all(picked.map(async (item) => (
        { request: item.dataset.request, displayedDigest: await digestOf(textOf(item)) })));
      await post('/together', { requests: shown, credential: credential.toJSON() });
      location.assign('/#decided');
    });
  });
}
