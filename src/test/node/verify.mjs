// Checks a grant, a stretch of the audit log, its checkpoints or a proof, with nothing but Node's own library. It shares no
// code with the program: what both accept is what docs/formats/ says.
//
//   node verify.mjs grant GRANT.json KEYS.json FOLDER --environment NAME [--plan FILE] [--at TIME] [--log-key KEY]
//   node verify.mjs statement STATEMENT.json KEYS.json FOLDER
//   node verify.mjs log ENTRIES.jsonl [PREVIOUS_CHAIN_HASH]
//   node verify.mjs checkpoint KEY CHECKPOINT [ENTRIES.jsonl] [--second KEY]
//   node verify.mjs inclusion KEY CHECKPOINT PROOF.json ENTRIES.jsonl
//   node verify.mjs proof KEY ENTRY.tlog-proof
//   node verify.mjs consistency KEY OLDER_CHECKPOINT CHECKPOINT PROOF.json
//
// Prints one JSON document {"ok": …, "problems": […]} and ends with 0 or 1. Where this Node knows no ML-DSA, "skipped" says so.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, readdirSync, lstatSync } from 'node:fs';
import { join } from 'node:path';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const DOMAIN = Buffer.from('devops-pack/approval-decision/v1\0', 'ascii');
const ACT_DOMAIN = 'devops-pack/act/v1\0';
const BATCH_DOMAIN = 'devops-pack/approval-batch/v1\0';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const digest = (bytes) => 'sha256:' + sha256(bytes).toString('hex');

// RFC 8785 for strings, integers, booleans, lists and objects.
const canonical = (value) => {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (value !== null && typeof value === 'object') {
    const members = Object.keys(value).sort();
    return '{' + members.map((k) => JSON.stringify(k) + ':' + canonical(value[k])).join(',') + '}';
  }
  return JSON.stringify(value);
};
const parseCanonical = (text, what) => {
  const value = JSON.parse(text);
  if (canonical(value) !== text) throw new Error(what + ' is not in canonical form');
  return value;
};
const strictBase64 = (text, encoding) => {
  const bytes = Buffer.from(text, encoding);
  if (bytes.toString(encoding) !== text) throw new Error('a value is not in ' + encoding);
  return bytes;
};

// The map of integers and byte strings that a COSE key is.
const coseKey = (bytes) => {
  let at = 0;
  const head = () => {
    const first = bytes[at++];
    const kind = first >> 5;
    let number = first & 31;
    if (number === 24) number = bytes[at++];
    else if (number === 25) { number = bytes.readUInt16BE(at); at += 2; }
    else if (number > 25) throw new Error('the key holds more than a key');
    return [kind, number];
  };
  const item = () => {
    const [kind, number] = head();
    if (kind === 0) return number;
    if (kind === 1) return -1 - number;
    if (kind === 2) { at += number; return bytes.subarray(at - number, at); }
    throw new Error('the key holds more than a key');
  };
  const [kind, count] = head();
  if (kind !== 5) throw new Error('the key is no map');
  const map = new Map();
  for (let i = 0; i < count; i++) { const key = item(); map.set(key, item()); }
  if (at !== bytes.length) throw new Error('something follows the key');
  return map;
};
const b64u = (bytes) => bytes.toString('base64url');
const verifyByCose = (cose, data, signature) => {
  const map = coseKey(strictBase64(cose, 'base64url'));
  const jwk = (key) => createPublicKey({ key, format: 'jwk' });
  switch (map.get(3)) {
    case -7:
      return verify('sha256', data, {
        key: jwk({ kty: 'EC', crv: 'P-256', x: b64u(map.get(-2)), y: b64u(map.get(-3)) }),
        dsaEncoding: 'der',
      }, signature);
    case -8:
      return verify(null, data, jwk({ kty: 'OKP', crv: 'Ed25519', x: b64u(map.get(-2)) }), signature);
    case -257:
      return verify('sha256', data, jwk({ kty: 'RSA', n: b64u(map.get(-1)), e: b64u(map.get(-2)) }), signature);
    default:
      throw new Error('the key\'s algorithm is not known');
  }
};

const serverSigned = (envelope, payload, jwks, signedAt = JSON.parse(payload).predicate.issuedAt) => {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  const message = Buffer.concat([Buffer.from(head, 'ascii'), payload]);
  return envelope.signatures.some((signed) => {
    const key = jwks.keys.find((k) => k.kid === signed.keyid && k.crv === 'Ed25519');
    if (!key) return false;
    const required = { crv: key.crv, kty: key.kty, x: key.x };
    if (b64u(sha256(canonical(required))) !== key.kid) return false;
    const issued = Date.parse(signedAt) / 1000;
    return issued >= key.nbf && (key.exp === undefined || issued < key.exp)
      && verify(null, message, createPublicKey({ key: required, format: 'jwk' }), strictBase64(signed.sig, 'base64'));
  });
};

const checkPerson = (decision, grant, manifest) => {
  const challenge = parseCanonical(decision.challenge, 'a challenge');
  const same = {
    request: grant.id, digest: grant.digest, verdicts: grant.verdicts, rendering: grant.rendering.digest,
    decision: 'approve', environment: grant.environment, approver: decision.approver, uses: 1,
    policy: grant.policy,
  };
  for (const [name, value] of Object.entries(same)) {
    if (challenge[name] !== value) throw new Error(`the person signed another '${name}'`);
  }
  if (Object.keys(challenge).length !== 12) throw new Error('the challenge is not of format v1');
  if (Date.parse(grant.notBefore) < Date.parse(challenge.notBefore)
    || Date.parse(grant.executeBy) > Date.parse(challenge.executeBy)) {
    throw new Error('the person signed another time');
  }
  const batch = decision.batch;
  if (batch === undefined) {
    checkSignature(decision, grant, manifest, sha256(DOMAIN, decision.challenge));
    return;
  }
  if (Object.keys(batch).sort().join() !== 'index,path,root,size') throw new Error('the batch is not of format v1');
  if (!(batch.size >= 2 && batch.size <= 20) || !(batch.index >= 0 && batch.index < batch.size)) {
    throw new Error('the batch has no such decision');
  }
  const leaf = sha256(Buffer.of(0), sha256(DOMAIN, decision.challenge));
  if (!rootByInclusion(batch.index, batch.size, leaf, batch.path.map(hashOf)).equals(hashOf(batch.root))) {
    throw new Error('the decision is not among those that were signed together');
  }
  checkSignature(decision, grant, manifest, sha256(BATCH_DOMAIN, canonical({ root: batch.root, size: batch.size })));
};

// Who let it through alone signed an act about exactly this grant.
const checkAlone = (alone, grant, manifest) => {
  const act = parseCanonical(alone.challenge, 'an act');
  const facts = act.facts;
  const same = {
    request: grant.id, digest: grant.digest, verdicts: grant.verdicts, rendering: grant.rendering.digest,
    environment: grant.environment, policy: grant.policy, uses: '1',
  };
  if (act.act !== 'break-glass' || act.person !== alone.approver) throw new Error('the person signed another act');
  for (const [name, value] of Object.entries(same)) {
    if (facts[name] !== value) throw new Error(`the person signed another '${name}'`);
  }
  if (Date.parse(grant.notBefore) < Date.parse(facts.notBefore)
    || Date.parse(grant.executeBy) > Date.parse(facts.executeBy)) {
    throw new Error('the person signed another time');
  }
  if ('batch' in alone) throw new Error('an act is never signed together with others');
  checkSignature(alone, grant, manifest, sha256(ACT_DOMAIN, alone.challenge));
};

const checkSignature = (decision, grant, manifest, challenge) => {
  if (decision.approver === manifest.requester.person) throw new Error('the human who asked approved');
  const client = strictBase64(decision.clientDataJSON, 'base64url');
  const data = JSON.parse(client);
  if (data.type !== 'webauthn.get') throw new Error('it is no assertion');
  if (data.challenge !== b64u(challenge)) throw new Error('another challenge was signed');
  if (!grant.site.origins.includes(data.origin) || data.crossOrigin === true) throw new Error('signed on another site');
  const authenticator = strictBase64(decision.authenticatorData, 'base64url');
  if (!authenticator.subarray(0, 32).equals(sha256(grant.site.id))) throw new Error('made for another site');
  if ((authenticator[32] & 0x05) !== 0x05) throw new Error('the person was not verified');
  const signed = Buffer.concat([authenticator, sha256(client)]);
  if (!verifyByCose(decision.publicKey, signed, strictBase64(decision.signature, 'base64url'))) {
    throw new Error('the person\'s signature does not fit');
  }
};

const filesOf = (folder, prefix = '') => {
  const found = new Map();
  for (const name of readdirSync(folder)) {
    if (prefix === '' && name === '.git') continue;
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) for (const [n, d] of filesOf(path, prefix + name + '/')) found.set(n, d);
    else if (stat.isFile()) found.set(prefix + name, sha256(readFileSync(path)).toString('hex'));
    else throw new Error(prefix + name + ' is no plain file');
  }
  return found;
};

// What a statement says of itself besides its subjects: when, and the verdicts.
const STATEMENTS = {
  'https://in-toto.io/attestation/svr/v0.1': (p) => [p.timeCreated, !!p.verifier?.id && Array.isArray(p.properties)],
  'https://slsa.dev/verification_summary/v1': (p) => [p.timeVerified, !!p.verifier?.id && !!p.resourceUri && !!p.policy
    && ['PASSED', 'FAILED'].includes(p.verificationResult) && Array.isArray(p.verifiedLevels)],
};

const checkStatement = ([file, keysFile, folder], problems) => {
  const envelope = JSON.parse(readFileSync(file, 'utf8'));
  if (envelope.payloadType !== PAYLOAD_TYPE) throw new Error('it is no in-toto statement');
  const payload = strictBase64(envelope.payload, 'base64');
  const statement = parseCanonical(payload.toString('utf8'), 'the statement');
  const read = STATEMENTS[statement.predicateType];
  if (statement._type !== 'https://in-toto.io/Statement/v1' || !read) throw new Error('it is no statement about verdicts');
  const [at, whole] = read(statement.predicate);
  if (!whole) throw new Error('a member of the predicate is missing');
  if (!serverSigned(envelope, payload, JSON.parse(readFileSync(keysFile, 'utf8')), at)) throw new Error('no pinned key signed it');
  const subjects = new Map(statement.subject.map((s) => [s.name, s.digest.sha256]));
  const files = filesOf(folder);
  for (const [name, hash] of files) if (subjects.get(name) !== hash) problems.push(name + ' is no subject as it is');
  for (const name of subjects.keys()) if (!name.includes(':') && !files.has(name)) problems.push(name + ' is missing');
};

const checkGrant = (args, problems) => {
  const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const [grantFile, keysFile, folder] = args;
  const envelope = JSON.parse(readFileSync(grantFile, 'utf8'));
  if (envelope.payloadType !== PAYLOAD_TYPE) throw new Error('it is no in-toto statement');
  const payload = strictBase64(envelope.payload, 'base64');
  if (!serverSigned(envelope, payload, JSON.parse(readFileSync(keysFile, 'utf8')))) {
    throw new Error('no pinned key signed it');
  }
  const statement = parseCanonical(payload.toString('utf8'), 'the statement');
  const grant = statement.predicate;
  if (statement._type !== 'https://in-toto.io/Statement/v1'
    || !['v1', 'v2', 'v3', 'v4'].some((version) => statement.predicateType === 'https://devopspack.dev/grant/' + version)
    || (statement.predicateType.endsWith('/v1') && 'breakGlass' in grant)
    || (statement.predicateType.endsWith('/v2') && !('breakGlass' in grant))) throw new Error('it is no grant of format v1 to v4');
  if (grant.decisions.some((decision) => 'batch' in decision) !== statement.predicateType.endsWith('/v4')) {
    throw new Error('the format does not fit how the decisions were signed');
  }
  const proven = /\/v[34]$/.test(statement.predicateType);
  const manifest = parseCanonical(grant.manifest, 'the manifest');
  const need = (holds, problem) => { if (!holds) problems.push(problem); };

  need(digest(grant.manifest) === grant.digest, 'the digest is not the manifest\'s');
  need(manifest.target.environment === grant.environment, 'the manifest names another environment');
  need(manifest.policy === grant.policy, 'the manifest names another policy');
  need(grant.environment === option('--environment'), 'another environment was approved');
  const now = option('--at') ? Date.parse(option('--at')) : Date.now();
  need(now >= Date.parse(grant.notBefore) && now < Date.parse(grant.executeBy), 'it is out of time');
  need(grant.uses === 1, 'it is not for one use');

  const approved = new Map(manifest.artifacts.map((a) => [a.name, a.sha256]));
  const subjects = new Map(statement.subject.map((s) => [s.name, s.digest.sha256]));
  const plan = manifest.plan?.fileSha256;
  const expected = new Map(approved);
  if (plan) expected.set('plan:terraform', plan);
  need(canonical([...expected].sort()) === canonical([...subjects].sort()), 'the subjects are not the manifest\'s');
  const files = filesOf(folder);
  for (const [name, hash] of approved) {
    need(files.has(name), name + ' is missing');
    need(!files.has(name) || files.get(name) === hash, name + ' was changed');
  }
  for (const name of files.keys()) need(approved.has(name), name + ' was not approved');
  const planFile = option('--plan');
  const given = planFile ? sha256(readFileSync(planFile)).toString('hex') : undefined;
  need(given === plan, 'the plan is not the approved one');

  const people = new Set();
  const keys = new Set();
  for (const decision of grant.decisions) {
    try {
      checkPerson(decision, grant, manifest);
      if (!keys.has(decision.publicKey)) people.add(decision.approver);
      keys.add(decision.publicKey);
    } catch (e) {
      problems.push(`person ${decision.approver}: ${e.message}`);
    }
  }
  if (grant.breakGlass) {
    try {
      checkAlone(grant.breakGlass, grant, manifest);
    } catch (e) {
      problems.push(`person ${grant.breakGlass.approver}: ${e.message}`);
    }
  } else {
    need(grant.quorum >= 1 && people.size >= grant.quorum, `${people.size} of ${grant.quorum} people approved`);
  }
  const logKey = option('--log-key');
  for (const approved of [...grant.decisions, ...(grant.breakGlass ? [grant.breakGlass] : [])]) {
    if (('leaf' in approved.log) !== proven) throw new Error('the format does not fit the proofs of the log');
    if (!proven) continue;
    try {
      checkEntry(approved, approved === grant.breakGlass, grant, logKey);
    } catch (e) {
      problems.push(`person ${approved.approver}: ${e.message}`);
    }
  }
  if (logKey && !proven) problems.push('it holds no proof of the log');
};

// The entry in the audit log is about this very signature, and in the tree of the grant's checkpoint.
const checkEntry = (approved, alone, grant, logKey) => {
  const { leaf: text, sequence, leafHash, inclusion } = approved.log;
  const leaf = parseCanonical(text, 'the entry');
  const signed = digest(approved.signature);
  const facts = alone
    ? { approval: grant.id, act: digest(Buffer.concat([Buffer.from(ACT_DOMAIN, 'ascii'), Buffer.from(approved.challenge)])), assertion: signed }
    : {
      approval: grant.id, digest: grant.digest, decision: 'APPROVE', assertion: signed,
      challenge: digest(Buffer.concat([DOMAIN, Buffer.from(approved.challenge)])),
    };
  if (leaf.format !== 'devops-pack/audit-leaf/v1' || leaf.sequence !== sequence || leaf.actor !== 'person:' + approved.approver
    || leaf.kind !== (alone ? 'break_glass.used' : 'approval.decided')) throw new Error('the entry is about something else');
  for (const [name, value] of Object.entries(facts)) if (leaf.facts[name] !== value) throw new Error(`the entry has another '${name}'`);
  const hash = sha256(Buffer.of(0), text);
  if ('sha256:' + hash.toString('hex') !== leafHash) throw new Error('the entry was changed');
  const { size, root } = logKey ? checkpointIn(logKey, Buffer.from(grant.checkpoint)) : unsignedCheckpoint(grant.checkpoint);
  if (sequence < 1 || sequence > size) throw new Error('the checkpoint is older than the entry');
  if (!rootByInclusion(sequence - 1, size, hash, inclusion.map(hashOf)).equals(root)) throw new Error('the entry is not in the log');
};
// What a checkpoint says, whoever signed it.
const unsignedCheckpoint = (note) => {
  const [, size, root] = note.split('\n');
  return { size: Number(size), root: strictBase64(root, 'base64') };
};

const checkLog = ([file, previous], problems) => {
  let chain = previous ? Buffer.from(previous.replace('sha256:', ''), 'hex') : Buffer.alloc(32);
  let expected;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const entry = JSON.parse(line);
    const sequence = BigInt(entry.sequence);
    expected ??= previous ? sequence : 1n;
    if (sequence !== expected) throw new Error(`entry ${expected} is missing`);
    const leafHash = sha256(Buffer.of(0), entry.leaf);
    if ('sha256:' + leafHash.toString('hex') !== entry.leafHash) throw new Error(`entry ${sequence} was edited`);
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(sequence);
    chain = sha256(chain, number, leafHash);
    if ('sha256:' + chain.toString('hex') !== entry.chainHash) throw new Error(`the chain breaks at entry ${sequence}`);
    if (parseCanonical(entry.leaf, `entry ${sequence}`).sequence !== entry.sequence) {
      throw new Error(`entry ${sequence} says that it is another one`);
    }
    expected = sequence + 1n;
  }
};

// NAME+ID+BASE64; base64 may hold a + too.
const keyParts = (text) => (text.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/) ?? ['']).slice(1);

// A C2SP signed note with a tree head in it, believed only if the pinned key signed it.
const readCheckpoint = (keyText, file) => checkpointIn(keyText, readFileSync(file));
const checkpointIn = (keyText, bytes) => {
  const [name, id, encoded] = keyParts(keyText);
  const typed = strictBase64(encoded ?? '', 'base64');
  if (typed.length !== 33 || typed[0] !== 1) throw new Error('the pinned key is no Ed25519 key');
  const keyId = sha256(name, '\n', typed).subarray(0, 4);
  if (keyId.toString('hex') !== id) throw new Error('the id of the pinned key is another one\'s');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: b64u(typed.subarray(1)) }, format: 'jwk' });
  const note = bytes.toString('utf8');
  if (!Buffer.from(note, 'utf8').equals(bytes)) throw new Error('the checkpoint is not in UTF-8');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new Error('it is no signed note');
  const text = note.slice(0, end + 1);
  let signed = 0;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [mark, signer, signature, ...more] = line.split(' ');
    if (mark !== '\u2014' || !signer || !signature || more.length) throw new Error('a line is no signature');
    const packed = strictBase64(signature, 'base64');
    if (signer !== name || !packed.subarray(0, 4).equals(keyId)) continue;
    if (!verify(null, Buffer.from(text, 'utf8'), key, packed.subarray(4))) throw new Error('the signature does not hold');
    signed++;
  }
  if (signed === 0) throw new Error('the pinned key did not sign it');
  const lines = text.split('\n');
  const [origin, size, root] = lines;
  if (lines.length !== 4 || origin !== name || !/^(0|[1-9][0-9]{0,15})$/.test(size)) throw new Error('it is no checkpoint of this log');
  return { size: Number(size), root: strictBase64(root, 'base64') };
};

const hashOf = (text) => {
  if (!/^sha256:[0-9a-f]{64}$/.test(text)) throw new Error('a hash is not of the form sha256:HEX');
  return Buffer.from(text.slice(7), 'hex');
};
const node = (left, right) => sha256(Buffer.of(1), left, right);
// The definition of RFC 6962, not the way in which the program computes it.
const treeHash = (leaves) => {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return node(treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
};
const leavesOf = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean)
  .map((line) => sha256(Buffer.of(0), JSON.parse(line).leaf));

// A line of C2SP tlog-cosignature by the log's ML-DSA-44 key over the same checkpoint.
const MLDSA44_SPKI = Buffer.from('30820532300b06096086480165030403110382052100', 'hex');
const checkSecond = (keyText, file, { size, root }) => {
  const [name, id, encoded] = keyParts(keyText);
  const typed = strictBase64(encoded ?? '', 'base64');
  if (typed.length !== 1313 || typed[0] !== 6) throw new Error('the second key is no ML-DSA-44 key');
  const keyId = sha256(name, '\n', typed).subarray(0, 4);
  if (keyId.toString('hex') !== id) throw new Error('the id of the second key is another one\'s');
  const note = readFileSync(file, 'utf8');
  const origin = note.slice(0, note.indexOf('\n'));
  const own = note.slice(note.lastIndexOf('\n\n') + 2, -1).split('\n').map((line) => line.split(' '))
    .filter(([, signer, signature]) => signer === name && strictBase64(signature, 'base64').subarray(0, 4).equals(keyId));
  if (own.length === 0) throw new Error('the second key did not sign it');
  let key;
  try {
    key = createPublicKey({ key: Buffer.concat([MLDSA44_SPKI, typed.subarray(1)]), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ml-dsa-44') throw new Error('unsupported');
  } catch {
    return 'the second key\'s signature: this Node knows no ML-DSA-44';
  }
  for (const [, , signature] of own) {
    const packed = strictBase64(signature, 'base64').subarray(4);
    const numbers = Buffer.alloc(16);
    numbers.writeBigUInt64BE(BigInt(size), 8);
    const message = Buffer.concat([Buffer.from('subtree/v1\n\0', 'ascii'), Buffer.of(name.length), Buffer.from(name, 'ascii'),
      packed.subarray(0, 8), Buffer.of(origin.length), Buffer.from(origin, 'ascii'), numbers, root]);
    if (!verify(null, message, key, packed.subarray(8))) throw new Error('the second key\'s signature does not hold');
  }
  return undefined;
};

const checkCheckpoint = (args, problems) => {
  const at = args.indexOf('--second');
  const [key, file, entries] = at < 0 ? args : args.slice(0, at);
  const { size, root } = readCheckpoint(key, file);
  if (at >= 0) skipped = checkSecond(args[at + 1], file, { size, root });
  if (entries === undefined) return;
  const leaves = leavesOf(entries);
  if (leaves.length < size) problems.push(`the log ends at entry ${leaves.length}, before ${size}`);
  else if (!treeHash(leaves.slice(0, size)).equals(root)) problems.push('the entries are not those that were signed');
};

// RFC 6962 section 2.1: what the proof's hashes lead to, by the definition's own recursion.
const rootByInclusion = (index, size, leaf, hashes) => {
  if (size === 1) {
    if (hashes.length) throw new Error('the proof is too long');
    return leaf;
  }
  if (!hashes.length) throw new Error('the proof is too short');
  let left = 1;
  while (left * 2 < size) left *= 2;
  const last = hashes[hashes.length - 1];
  const rest = hashes.slice(0, -1);
  return index < left
    ? node(rootByInclusion(index, left, leaf, rest), last)
    : node(last, rootByInclusion(index - left, size - left, leaf, rest));
};
const checkInclusion = ([key, file, proofFile, entries], problems) => {
  const { size, root } = readCheckpoint(key, file);
  const proof = JSON.parse(readFileSync(proofFile, 'utf8'));
  const index = proof.sequence - 1;
  if (proof.size !== size) throw new Error('the proof is for another size');
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new Error('there is no such entry');
  const leaf = leavesOf(entries)[index];
  if (!leaf || !leaf.equals(hashOf(proof.leafHash))) problems.push(`entry ${proof.sequence} is another one`);
  else if (!rootByInclusion(index, size, leaf, proof.hashes.map(hashOf)).equals(root)) {
    problems.push(`entry ${proof.sequence} is not in the signed log`);
  }
};

// C2SP tlog-proof with the entry as its extra data: the only file that is needed besides the pinned key.
const checkProof = ([key, file], problems) => {
  const bytes = readFileSync(file);
  const end = bytes.indexOf('\n\n');
  const lines = bytes.subarray(0, end).toString('utf8').split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('it is no proof of format v1');
  const [extra, index, ...hashes] = lines;
  if (!extra?.startsWith('extra ') || !/^index (0|[1-9][0-9]{0,15})$/.test(index)) throw new Error('it does not name its entry');
  const leaf = strictBase64(extra.slice(6), 'base64');
  const at = Number(index.slice(6));
  const { size, root } = checkpointIn(key, bytes.subarray(end + 2));
  if (at >= size) throw new Error('there is no such entry');
  if (parseCanonical(leaf.toString('utf8'), 'the entry').sequence !== at + 1) throw new Error('it is another entry');
  const found = rootByInclusion(at, size, sha256(Buffer.of(0), leaf), hashes.map((hash) => strictBase64(hash, 'base64')));
  if (!found.equals(root)) problems.push(`entry ${at + 1} is not in the signed log`);
};

// Both roots that the proof's hashes lead to.
const rootsByConsistency = (older, newer, whole, olderRoot, hashes) => {
  if (older === newer) {
    if (hashes.length !== (whole ? 0 : 1)) throw new Error('the proof has another length');
    const hash = whole ? olderRoot : hashes[0];
    return [hash, hash];
  }
  if (!hashes.length) throw new Error('the proof is too short');
  let left = 1;
  while (left * 2 < newer) left *= 2;
  const last = hashes[hashes.length - 1];
  const rest = hashes.slice(0, -1);
  if (older <= left) {
    const [a, b] = rootsByConsistency(older, left, whole, olderRoot, rest);
    return [a, node(b, last)];
  }
  const [a, b] = rootsByConsistency(older - left, newer - left, false, olderRoot, rest);
  return [node(last, a), node(last, b)];
};
const checkConsistency = ([key, olderFile, newerFile, proofFile], problems) => {
  const older = readCheckpoint(key, olderFile);
  const newer = readCheckpoint(key, newerFile);
  const proof = JSON.parse(readFileSync(proofFile, 'utf8'));
  if (proof.from !== older.size || proof.to !== newer.size) throw new Error('the proof is for other sizes');
  if (older.size < 1 || older.size > newer.size) throw new Error('the log became shorter');
  const [a, b] = rootsByConsistency(older.size, newer.size, true, older.root, proof.hashes.map(hashOf));
  if (!a.equals(older.root) || !b.equals(newer.root)) problems.push('the log was forked or rewritten');
};

const problems = [];
let skipped;
try {
  const [what, ...rest] = process.argv.slice(2);
  if (what === 'grant') checkGrant(rest, problems);
  else if (what === 'statement') checkStatement(rest, problems);
  else if (what === 'log') checkLog(rest, problems);
  else if (what === 'checkpoint') checkCheckpoint(rest, problems);
  else if (what === 'inclusion') checkInclusion(rest, problems);
  else if (what === 'proof') checkProof(rest, problems);
  else if (what === 'consistency') checkConsistency(rest, problems);
  else throw new Error('use: verify.mjs grant|statement|log|checkpoint|inclusion|proof|consistency …');
} catch (e) {
  problems.push(e.message);
}
console.log(JSON.stringify({ ok: problems.length === 0, problems, skipped }));
process.exitCode = problems.length === 0 ? 0 : 1;
