// The form in which a person types a secret: the value is sealed here and the field is emptied before anything is sent.
import { guarded, post, say } from './ceremony.js';
import { seal } from './seal.js';

const form = document.getElementById('typed');
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const status = document.getElementById('typed-status');
  const field = document.getElementById('typed-value');
  guarded(status, [...form.querySelectorAll('button')], async () => {
    const value = new TextEncoder().encode(field.value);
    field.value = '';
    say(status, 'Step 1 of 2: sealing in this browser…');
    const sealed = await seal(form.dataset.key, form.dataset.label, value);
    say(status, 'Step 2 of 2: sending the sealed form…');
    await post('/secrets/typed', { request: form.dataset.request, sealed });
    location.reload();
  });
});
