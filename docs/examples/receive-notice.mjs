// Receives notices and believes only those that the server signed (RFC 9421, Ed25519, RFC 9530).
// Node 20 or newer, no dependency:
//
//   node receive-notice.mjs PORT https://hooks.example.com/PATH keys.json
//
// The address is the one in devopspack.notify.hooks.NAME.url; keys.json is what the server publishes at
// /.well-known/devops-pack/notice-keys.json. Fetch it once, over a way you trust, and keep it.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, address, keyFile] = process.argv.slice(2);
const keys = new Map(JSON.parse(readFileSync(keyFile, 'utf8')).keys.map((jwk) => [jwk.kid, jwk]));
const MAX_BYTES = 100_000;
const MAX_AGE_SECONDS = 300;
const COMPONENTS = '("@method" "@target-uri" "content-type" "content-digest")';
const seen = new Set(); // in production: a table with the ids of the last days

/** @returns why the message is not to be believed; nothing where it is */
function refusal(request, body) {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  if (request.headers['content-digest'] !== digest) return 'the body is not what was signed';
  const input = /^devops-pack=(\(.*\);created=(\d+);keyid="([\w-]+)";alg="ed25519")$/.exec(request.headers['signature-input'] ?? '');
  const signature = /^devops-pack=:([\w+/=]+):$/.exec(request.headers.signature ?? '');
  if (!input || !signature || !input[1].startsWith(COMPONENTS)) return 'it carries no signature that we know';
  const jwk = keys.get(input[3]);
  if (!jwk) return 'it was signed with a key that we do not trust';
  if (Math.abs(Date.now() / 1000 - Number(input[2])) > MAX_AGE_SECONDS) return 'it is old';
  const base = [
    `"@method": ${request.method}`,
    `"@target-uri": ${address}`,
    `"content-type": ${request.headers['content-type']}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${input[1]}`,
  ].join('\n');
  const good = verify(null, Buffer.from(base), createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature[1], 'base64'));
  return good ? undefined : 'the signature is not valid';
}

createServer((request, response) => {
  const parts = [];
  let size = 0;
  request.on('data', (part) => {
    size += part.length;
    if (size > MAX_BYTES) request.destroy();
    parts.push(part);
  });
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const problem = refusal(request, body);
    if (problem) {
      console.log(`refused: ${problem}`);
      response.writeHead(401).end();
      return;
    }
    const event = JSON.parse(body.toString('utf8'));
    const id = `${event.source} ${event.id}`;
    if (!seen.has(id)) {
      seen.add(id);
      console.log(`${event.type}: ${event.data.title} ${event.data.link}`);
    }
    response.writeHead(204).end();
  });
}).listen(Number(port), () => console.log('listening'));
