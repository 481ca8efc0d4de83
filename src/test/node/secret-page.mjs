// Drives the page of a secret in Chromium with a virtual authenticator: a person enrols, types a value, which the
// browser seals, then approves it. Nothing that leaves the browser may hold the value.
//
//   node secret-page.mjs BASE ENROL_LINK TOKEN CHROMIUM VALUE [SCREENSHOTS]
//
// Prints the file that the assistant gets. playwright-core is found over NODE_PATH.
import { createRequire } from 'node:module';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const [base, enrolLink, token, executablePath, value, screenshots] = process.argv.slice(2);

const call = (path, body) => fetch(base + path, {
  method: body ? 'POST' : 'GET',
  headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
  body: body && JSON.stringify(body),
});

const profile = mkdtempSync(join(tmpdir(), 'devops-pack-secret-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  viewport: { width: 1280, height: 900 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = context.pages()[0];
const complaints = [];
page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
page.on('pageerror', (error) => complaints.push(error.message));
const sent = [];
page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));

let shot = 0;
async function picture(name) {
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${++shot}-${name}.png`), fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(screenshots, `${shot}-${name}-phone.png`), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
}

try {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  await page.goto(enrolLink);
  await page.fill('#name', 'Grace Example');
  await page.locator('#enrol button').click();
  await page.waitForURL(`${base}/`);

  const asked = await (await call('/api/v1/secrets', {
    flow: 'typed', environment: 'production', place: 'payments', name: 'browser', recipient: 'cluster',
    reason: 'typed in a <b>browser</b>',
  })).json();
  assert.equal(asked.status, 'PENDING');

  await page.goto(`${base}/secrets`);
  await picture('secrets');
  await page.getByRole('link', { name: asked.secret }).click();
  await page.waitForURL(`${base}/secrets/${asked.id}`);
  assert.equal(await page.getByRole('button', { name: 'Approve…' }).count(), 0, 'nothing to approve before it is typed');
  await picture('request');
  await page.fill('#typed-value', value);
  await page.getByRole('button', { name: 'Seal it and send it' }).click();
  await page.getByText('Sealed value').waitFor({ timeout: 30_000 });
  await picture('typed');

  await page.getByRole('button', { name: 'Approve…' }).click();
  const text = page.locator('form[data-act="/secrets/approval"] pre.signed-text');
  await text.waitFor();
  assert.match(await text.textContent(), /APPROVE A SECRET[^]*payments\/browser#password[^]*sealed +"sha256:/);
  await picture('signing');
  await page.locator('form[data-act="/secrets/approval"]').getByRole('button', { name: 'Sign it with your passkey' }).click();
  await page.getByRole('link', { name: 'browser.sealed-secret.yaml' }).waitFor({ timeout: 30_000 });
  await picture('done');

  assert.deepEqual(sent.filter((request) => request.includes(value)), [], 'the value left the browser');
  assert.deepEqual(complaints, []);
  const done = await (await call(`/api/v1/secrets/${asked.id}`)).json();
  assert.equal(done.status, 'DONE');
  process.stdout.write(await (await call(done.files[0].path)).text());
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
