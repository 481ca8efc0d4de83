// Seals a value in the browser for one Sealed Secrets controller, one namespace and one name: what leaves this
// page can be opened in that cluster only. The same bytes as `kubeseal` makes.

const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const base64Of = (bytes) => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/**
 * @param {string} publicKey SubjectPublicKeyInfo of an RSA key, in base64
 * @param {string} label namespace and name, divided by '/'
 * @param {Uint8Array} value is overwritten with zeros
 * @returns {Promise<string>} base64: two bytes of length, the sealed key, the sealed value
 */
export async function seal(publicKey, label, value) {
  const session = crypto.getRandomValues(new Uint8Array(32));
  try {
    const rsa = await crypto.subtle.importKey('spki', bytesOf(publicKey), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
    const aes = await crypto.subtle.importKey('raw', session, 'AES-GCM', false, ['encrypt']);
    const key = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP', label: new TextEncoder().encode(label) }, rsa, session));
    // No key is used twice, so the nonce is zero, as the controller expects.
    const text = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, aes, value));
    const all = new Uint8Array(2 + key.length + text.length);
    all[0] = key.length >> 8;
    all[1] = key.length & 0xff;
    all.set(key, 2);
    all.set(text, 2 + key.length);
    return base64Of(all);
  } finally {
    session.fill(0);
    value.fill(0);
  }
}
