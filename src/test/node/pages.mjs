// Drives the pages in Chromium with a virtual authenticator: enrol, sign in, ask, read, approve, deny,
// see the grant, consume it. Prints one line a step; ends with 1 at the first thing that is not so.
//
//   node pages.mjs BASE ENROL_LINK TOKEN CHROMIUM [SCREENSHOTS]
//
// playwright-core is found over NODE_PATH.
import { createRequire } from 'node:module';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const [base, enrolLink, token, executablePath, screenshots] = process.argv.slice(2);

const task = (name) => `task:
  type: devops.terraform
  input:
    provider: "aws"
    resources:
      - type: "eks_cluster"
        name: "${name}"
        node_count: 3
    environment: "production"
`;

async function call(method, path, body, type = 'application/json') {
  const response = await fetch(base + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': type }), 'User-Agent': 'claude-code/1.0' },
    body,
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

const profile = mkdtempSync(join(tmpdir(), 'devops-pack-pages-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  viewport: { width: 1280, height: 900 },
  // A picture shows where a change of colours ends, not its way there.
  reducedMotion: 'reduce',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = context.pages()[0];
const complaints = [];
page.on('console', (message) => {
  if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
});
page.on('pageerror', (error) => complaints.push(error.message));

let shot = 0;
async function done(step) {
  console.log(`ok ${step}`);
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  const name = join(screenshots, `${String(++shot).padStart(2, '0')}-${step.replaceAll(/\W+/g, '-')}`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${name}.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${name}-phone.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Nothing on the page is wider than a phone. */
async function fitsPhone() {
  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(width <= 390, `${page.url()} is ${width} pixels wide on a phone of 390`);
}

/** Of the entries that scroll on a phone, the current one is in sight. */
async function showsWhereOneIs() {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  const current = await page.locator('.top nav [aria-current]').boundingBox();
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(current.x >= 0 && current.x + current.width <= 390, `${page.url()}: the entry is at ${current.x}`);
}

/** Clicks and waits for the page that follows, or gives the words of the refusal. */
async function signed(button, status, arrives) {
  await button.click();
  await Promise.race([
    page.waitForURL(arrives, { timeout: 30_000 }),
    page.locator(`${status}.bad`).waitFor({ timeout: 30_000 }).then(async () => {
      throw new Error(await page.locator(status).textContent());
    }),
  ]);
}

try {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const authenticator = {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: authenticator });

  await page.goto(`${base}/change-sets`);
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await done('a stranger is led to sign in');

  await page.goto(enrolLink);
  await page.fill('#name', 'Ada Example');
  await done('the enrolment link opens');
  await signed(page.locator('#enrol button'), '#ceremony-status', `${base}/`);
  await page.getByRole('heading', { level: 1, name: 'Hello, Ada Example' }).waitFor();
  await done('a passkey is enrolled and its person signed in');

  const cookie = (await context.cookies()).find((one) => one.name.includes('devops-pack'));
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, 'Strict');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${base}/sign-in`);
  const stale = await context.request.get(`${base}/change-sets`, { maxRedirects: 0, headers: { Cookie: `${cookie.name}=${cookie.value}` } });
  assert.equal(stale.status(), 303, 'the old session is over');
  await done('signing out ends the session');

  await page.goto(enrolLink);
  await page.getByText('used or expired').waitFor();
  await done('the link works once');

  await page.goto(`${base}/sign-in?next=%2Fchange-sets`);
  await signed(page.locator('#sign-in button'), '#ceremony-status', `${base}/change-sets`);
  await done('the passkey signs in and comes back to the page');

  // Another tab leads on, and who is signed in can enrol a second passkey.
  await page.goto(`${base}/sign-in?next=%2Ftry`);
  assert.equal(new URL(page.url()).pathname, '/try');
  await page.goto(`${base}/access`);
  await signed(page.locator('#another-passkey button'), '#another-status', /\/enrol\//);
  const second = page.url();
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  const { authenticatorId: key } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: authenticator });
  await page.goto(second);
  await page.fill('#label', 'the second key');
  await signed(page.locator('#enrol button'), '#ceremony-status', `${base}/`);
  await done('a second passkey is enrolled by who is signed in');

  // The session ends while somebody types: nothing is lost, and the way back is one click.
  await page.goto(`${base}/try`);
  await page.fill('#task', '# an hour of work\n');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('alert').filter({ hasText: 'not signed in any more' }).waitFor();
  assert.equal(await page.inputValue('#task'), '# an hour of work\n');
  await done('a form of an ended session keeps what was typed');
  await page.goto(`${base}/sign-in`);
  await signed(page.locator('#sign-in button'), '#ceremony-status', `${base}/`);

  const run = await call('POST', '/api/v1/tasks', task('production'), 'application/yaml');
  assert.equal(run.status, 200, JSON.stringify(run.body));
  assert.equal(run.body.approval?.status, 'PENDING', JSON.stringify(run.body.verdicts?.map((v) => [v.gate, v.status, v.why, v.findings.slice(0, 3).map((f) => `${f.file}:${f.line} ${f.message}`)])));
  const { changeSet, approval } = run.body;

  // The overview shows the nearest deadlines; other tests of the same server may have filled it.
  await page.goto(base);
  await page.locator('#waiting-list a').first().waitFor();
  await page.goto(`${base}/change-sets`);
  await page.getByRole('link', { name: changeSet.code }).first().click();
  await page.waitForURL(`${base}/change-sets/${changeSet.id}`);
  await page.getByText('computed again by this browser').waitFor();
  await fitsPhone();
  await done('the change set waits with the text to sign');

  await page.locator('.file > summary').first().click();
  await page.locator('.file .code-lines').first().waitFor();

  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: key, isUserVerified: false });
  await page.locator('#approve').click();
  await page.locator('#sign-status.bad').waitFor();
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: key, isUserVerified: true });
  await done('without the person nothing is signed');

  await page.reload();
  const real = await page.locator('#signed-text').textContent();
  await page.locator('#signed-text').evaluate((text) => { text.textContent = text.textContent.replace('production', 'staging'); });
  await page.locator('#approve').click();
  await page.locator('#sign-status.bad').waitFor();
  await done('a text that was changed on the way is not signed');

  await page.reload();
  assert.equal(await page.locator('#signed-text').textContent(), real);
  await page.locator('#approve').click();
  await page.locator('#outcome').waitFor({ timeout: 30_000 });
  await page.getByText('Approved: a pipeline may apply exactly these bytes').waitFor();
  await done('approved with the grant');

  const grant = await context.request.get(`${base}/change-sets/${changeSet.id}/grant`);
  assert.equal(grant.status(), 200);
  assert.equal(JSON.parse(await grant.text()).payloadType, 'application/vnd.in-toto+json');

  const forged = await call('POST', `/change-sets/${changeSet.id}/decision`, '{}');
  assert.ok([401, 403].includes(forged.status), `a token decided: ${forged.status}`);

  const claim = {
    digest: changeSet.digest, environment: 'production',
    files: Object.fromEntries(changeSet.files.map(({ name, sha256 }) => [name, `sha256:${sha256}`])),
  };
  const other = structuredClone(claim);
  other.files[changeSet.files[0].name] = `sha256:${'0'.repeat(64)}`;
  const changed = await call('POST', `/api/v1/approvals/${approval.id}/consume`, JSON.stringify(other));
  assert.equal(changed.status, 409);
  const used = await call('POST', `/api/v1/approvals/${approval.id}/consume`, JSON.stringify(claim));
  assert.equal(used.status, 200, JSON.stringify(used.body));
  assert.equal(used.body.status, 'CONSUMED');
  const again = await call('POST', `/api/v1/approvals/${approval.id}/consume`, JSON.stringify(claim));
  assert.equal(again.status, 409);
  console.log(`ok consumed once: ${again.body.error.problem}`);
  await page.reload();
  await page.getByText('the grant was used and cannot be used again').waitFor();
  await done('the page says that it was consumed');

  await page.goto(`${base}/try`);
  await done('the editor');
  await page.fill('#task', task('production').replace('eks_cluster', 'eks_clutser'));
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('.problem').waitFor({ timeout: 30_000 });
  await fitsPhone();
  await done('a mistake is answered with its place and mend');
  await page.goto(`${base}/try`);
  await page.fill('#task', task('second'));
  await page.getByRole('button', { name: 'Run' }).click();
  await page.waitForURL(`${base}/runs/*`);
  const ran = page.url();
  await page.waitForURL(`${base}/change-sets/*`, { timeout: 60_000 });
  const made = new URL(page.url()).pathname;
  const later = await (await context.request.get(ran)).text();
  assert.ok(later.includes('<h1>Done</h1>') && later.includes(`href="${made}"`), later);
  assert.equal(await page.locator('#approve').count(), 0, 'nobody decides on what he asked for');
  await done('a task of my own is for somebody else to decide');

  await page.goto(`${base}/try`);
  await page.fill('#task', `tasks:
  - {type: devops.incident_runbook, input: {incident_type: disk_full, services: [api], severity: high}}
  - {type: devops.incident_runbook, input: {incident_type: dns_failure, services: [api], severity: low}}
`);
  await page.getByRole('button', { name: 'Run' }).click();
  await page.waitForURL(`${base}/runs/*`);
  await page.getByRole('heading', { name: 'Done' }).waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('.steps a').count(), 2, 'a link to what each task made');
  await fitsPhone();
  await done('two tasks are one run');
  await page.locator('.steps a').first().click();
  await page.waitForURL(`${base}/change-sets/*`);
  await page.getByText(/^\d+ files?, no infrastructure resources$/).first().waitFor();
  await fitsPhone();
  await done('a runbook with a long name');
  const long = await call('POST', '/api/v1/change-sets', JSON.stringify({
    stack: 'journey/a-module-with-a-long-name', environment: 'production',
    files: [{ name: 'modules/a_folder_with_a_rather_long_name/another_folder_with_a_long_name/main.tf', content: `resource "aws_db_instance" "a_resource_with_a_rather_long_name_that_nobody_would_type_by_hand" {\n  publicly_accessible = true\n}\n` }],
  }));
  assert.equal(long.status, 200, JSON.stringify(long.body));
  await page.goto(`${base}/change-sets/${long.body.changeSet.id}`);
  await page.locator('.file > summary').first().click();
  await page.locator('.file .code-lines').first().waitFor();
  // Its first patch is one that git applies, told by signs.
  const patch = page.locator('.finding .patch-head .copy').first();
  assert.match(await patch.getAttribute('data-copy'), /^--- a\/modules\/[^\n]+\n\+\+\+ b\/modules\/[^\n]+\n@@ /);
  const signs = await page.locator('.finding .diff').first().locator('.sign').allTextContents();
  assert.ok(signs.includes('+'), `the patch adds no line: ${signs}`);
  await fitsPhone();
  await done('findings with long names');

  await page.goto(`${base}/try`);
  await page.getByRole('button', { name: 'Scan' }).click();
  await page.locator('#scan-result .finding').first().waitFor();
  await done('a pasted file is scanned');

  const third = await call('POST', '/api/v1/tasks', task('third'), 'application/yaml');
  await page.goto(`${base}/change-sets/${third.body.changeSet.id}`);
  await page.locator('#deny').click();
  assert.equal(await page.locator('#sign-means').isVisible(), false, 'who denies is not told that the text is used');
  await page.getByText('You sign a no to the text above').waitFor();
  await page.fill('#deny-reason', 'Three nodes are too few for this cluster');
  // Meanwhile another tab has signed out and in again.
  const tab = await context.newPage();
  const tabCdp = await context.newCDPSession(tab);
  await tabCdp.send('WebAuthn.enable');
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: key });
  const { authenticatorId: copy } = await tabCdp.send('WebAuthn.addVirtualAuthenticator', { options: authenticator });
  const counted = (more) => ({ ...credentials[0], signCount: credentials[0].signCount + more });
  await tabCdp.send('WebAuthn.addCredential', { authenticatorId: copy, credential: counted(1) });
  await tab.goto(base);
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.waitForURL(`${base}/sign-in`);
  await tab.locator('#sign-in button').click();
  await tab.waitForURL(`${base}/`);
  await tab.close();
  // The same key in one device: its counter goes on.
  await cdp.send('WebAuthn.clearCredentials', { authenticatorId: key });
  await cdp.send('WebAuthn.addCredential', { authenticatorId: key, credential: counted(9) });
  await page.getByRole('button', { name: 'Deny with your passkey' }).click();
  await page.locator('#outcome').waitFor({ timeout: 30_000 });
  await page.getByText('Three nodes are too few').first().waitFor();
  await fitsPhone();
  await done('denied with its reason');

  const written = await call('POST', '/api/v1/change-sets', JSON.stringify({
    stack: 'journey/written', environment: 'production', authors: ['ada@journey.example'],
    files: [{ name: 'notes.md', content: 'by Ada, who approves' }],
  }));
  assert.equal(written.status, 200, JSON.stringify(written.body));
  await page.goto(`${base}/change-sets/${written.body.changeSet.id}`);
  await page.getByText('claimed by who asked and not checked').first().waitFor();
  assert.equal(await page.locator('#approve').count(), 0, 'nobody approves what he is said to have written');
  await fitsPhone();
  await page.locator('#deny').click();
  await page.fill('#deny-reason', 'I never wrote this');
  await page.getByRole('button', { name: 'Deny with your passkey' }).click();
  await page.locator('#outcome').waitFor({ timeout: 30_000 });
  await page.getByText('I never wrote this').first().waitFor();
  await done('who is said to have written it can still deny');

  // Forms that are signed: the text is shown first, then signed; the virtual authenticator answers at once.
  await page.goto(`${base}/pauses`);
  await page.getByLabel('one environment').check();
  await page.locator('input[name="environment"]').fill('journey');
  await page.locator('form[data-act="/pauses"] input[name="reason"]').fill('a rehearsal');
  await page.getByRole('button', { name: 'Pause…' }).click();
  const act = page.locator('form[data-act="/pauses"] pre.signed-text');
  await act.waitFor();
  assert.match(await act.textContent(), /^devops-pack\/act\/v1\nPAUSE WORK\n {2}scope {9}"ENVIRONMENT"\n/);
  await done('what pausing means is shown before it is signed');
  await page.getByRole('button', { name: 'Sign it with your passkey' }).first().click();
  await page.getByText('the environment journey is paused since').first().waitFor({ timeout: 30_000 });
  const paused = await call('POST', '/api/v1/change-sets', JSON.stringify({ stack: 'journey/paused', environment: 'journey', files: [{ name: 'a.md', content: 'a' }] }));
  assert.equal(paused.status, 409, JSON.stringify(paused.body));
  await done('an environment is paused');
  // Other pauses may stand beside it.
  const mine = page.getByRole('listitem').filter({ hasText: 'the environment journey' });
  const lift = mine.locator('form[data-act="/pauses/lift"]');
  await lift.locator('input[name="reason"]').fill('it was a rehearsal');
  await lift.locator('button').first().click();
  await lift.locator('pre.signed-text').waitFor();
  await lift.locator('pre.signed-text').evaluate((text) => { text.textContent += 'x'; });
  await lift.locator('.primary').click();
  await lift.locator('.sign-status.bad').waitFor();
  await page.reload();
  await lift.locator('input[name="reason"]').fill('it was a rehearsal');
  await lift.locator('button').first().click();
  await lift.locator('.primary').click();
  await mine.waitFor({ state: 'detached', timeout: 30_000 });
  await done('the pause is lifted, and not with another text than the one shown');

  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "system:anonymous"}]
`;
  const open = await call('POST', '/api/v1/change-sets', JSON.stringify({ stack: 'journey/waived', environment: 'production', files: [{ name: 'binding.yaml', content: binding }] }));
  assert.equal(open.status, 200, JSON.stringify(open.body));
  await page.goto(`${base}/change-sets/${open.body.changeSet.id}`);
  await page.locator('.waive > summary').first().click();
  await page.locator('.waive input[name="reason"]').first().fill('the readers of this journey are known');
  await page.locator('.waive button').first().click();
  await page.locator('.waive pre.signed-text').first().waitFor();
  await page.locator('.waive .primary').first().click();
  await page.getByText('1 waived').first().waitFor({ timeout: 30_000 });
  await done('a finding is waived and the gates judged again');
  const together = [];
  for (const number of [1, 2, 3]) {
    const asked = await call('POST', '/api/v1/change-sets', JSON.stringify({
      stack: 'journey/together', environment: 'production',
      files: [{ name: 'notes.md', content: `${Date.now()} ${number}\n` }],
    }));
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    together.push(asked.body);
  }
  const statusOf = async (one) => (await call('GET', `/api/v1/change-sets/${one.changeSet.id}`)).body.approval.status;
  await page.goto(base);
  await page.getByRole('link', { name: 'Decide several with one signature' }).click();
  await page.waitForURL(`${base}/together`);
  await page.fill('input[name="stack"]', 'journey/together');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/stack=journey/);
  const item = (number) => page.locator(`.batch-item[data-request="${together[number].approval.id}"]`);
  await page.locator('.signed-check.good').nth(2).waitFor();
  assert.equal(await page.locator('#approve-together').isDisabled(), true, 'nothing is ticked');
  await item(0).locator('input[type="checkbox"]').check();
  assert.equal(await page.locator('#approve-together').isDisabled(), true, 'one alone is no batch');
  await item(1).locator('input[type="checkbox"]').check();
  await done('several requests with the whole text of each');
  await item(1).locator('.signed-text').evaluate((text) => { text.textContent = text.textContent.replace('production', 'staging'); });
  await page.locator('#approve-together').click();
  await page.locator('#sign-status.bad').waitFor();
  assert.match(await page.locator('#sign-status').textContent(), new RegExp(together[1].approval.id));
  assert.deepEqual([await statusOf(together[0]), await statusOf(together[1])], ['PENDING', 'PENDING']);
  await done('one text that was changed on the way keeps all of them unsigned');
  await page.reload();
  await item(0).locator('input[type="checkbox"]').check();
  await item(1).locator('input[type="checkbox"]').check();
  await signed(page.locator('#approve-together'), '#sign-status', `${base}/#decided`);
  assert.deepEqual(await Promise.all(together.map(statusOf)), ['APPROVED', 'APPROVED', 'PENDING']);
  await done('one signature approves two and leaves the third alone');

  await page.goto(`${base}/waivers`);
  await page.getByText('the readers of this journey are known').first().waitFor();
  await done('the list of waivers');
  await page.goto(`${base}/delegations`);
  await done('the list of delegations');
  await page.goto(`${base}/break-glass`);
  await done('what one person let through alone');

  await page.goto(`${base}/audit`);
  await page.locator('.verify-result.good').waitFor();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText('computed again from the first entry').waitFor();
  await page.locator('.entries summary').first().click();
  await done('the audit log verifies');
  await page.locator('input[name="kind"]').fill('approval.decided');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/kind=approval.decided/);
  await page.locator('.entries > li').nth(1).waitFor();
  assert.deepEqual(await page.locator('.entries .kind').allTextContents().then((kinds) => [...new Set(kinds)]), ['approval.decided']);
  await done('the audit log narrows');
  await page.goto(`${base}/audit?agent=devops_terraform`);
  const ofAgent = await page.locator('.entries .kind').allTextContents();
  assert.ok(ofAgent.includes('change_set.stored') && ofAgent.includes('task.received') && !ofAgent.includes('approval.decided'), String(ofAgent));
  await done('the audit log of one agent');

  await page.goto(`${base}/access`);
  await fitsPhone();
  await showsWhereOneIs();
  await done('access');

  await page.goto(`${base}/catalogue`);
  await page.fill('#q', 'CKV_AWS_58');
  await page.waitForFunction(() => document.querySelectorAll('#rule-list li').length === 1);
  await done('the catalogue finds a rule by the name another tool gives it');
  await page.click('#rule-list a');
  await page.waitForSelector('#condition');
  await done('a rule with its reason and examples');
  await page.goto(`${base}/catalogue/gates/gate.security.infra`);
  await done('a gate and how it counts');
  await page.goto(`${base}/catalogue`);
  await page.click('.link-card >> nth=0');
  assert.match(await page.textContent('table'), /apply-to-production/);
  await done('the manager and what it refuses');
  await page.goto(`${base}/catalogue/agents/devops_terraform`);
  assert.match(await page.textContent('.inputs'), /node_count/);
  await done('an agent with what it can be asked for');
  await page.click('text=Try it >> nth=-1');
  assert.match(await page.inputValue('#task'), /type: devops\.terraform/);
  await done('its example in the editor');
  await page.goto(base);
  await done('the overview');
  await page.goto(`${base}/nothing-here`);
  await page.getByText('404').waitFor();
  await done('an address without a page');

  assert.deepEqual(complaints, [], 'the browser complained');
} catch (error) {
  console.log(`not ok at ${page.url()}: ${error.stack}`);
  console.log(await page.locator('main').innerText().catch(() => ''));
  console.log(complaints.join('\n'));
  process.exitCode = 1;
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
