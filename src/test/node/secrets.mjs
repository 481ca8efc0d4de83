// Opens what was sealed, with other implementations than the program's own.
//   secrets.mjs age MODULES IDENTITY < file        prints the value
//   secrets.mjs identity MODULES                    prints an identity and its recipient
//   secrets.mjs open PRIVATE_KEY_PEM LABEL < base64 prints the value
//   secrets.mjs seal SEAL_JS PUBLIC_KEY LABEL VALUE prints what the page's own script seals
import { createDecipheriv, constants, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [command, ...args] = process.argv.slice(2);
const given = () => readFileSync(0, 'utf8');
const age = (modules) => import(pathToFileURL(join(modules, 'age-encryption', 'dist', 'index.js')));

switch (command) {
  case 'identity': {
    const { generateIdentity, identityToRecipient } = await age(args[0]);
    const identity = await generateIdentity();
    console.log(identity);
    console.log(await identityToRecipient(identity));
    break;
  }
  case 'age': {
    const { Decrypter, armor } = await age(args[0]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(args[1]);
    process.stdout.write(await decrypter.decrypt(armor.decode(given()), 'text'));
    break;
  }
  case 'open': {
    const sealed = Buffer.from(given(), 'base64');
    const length = sealed.readUInt16BE(0);
    const session = privateDecrypt(
      { key: readFileSync(args[0]), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(args[1]) },
      sealed.subarray(2, 2 + length),
    );
    const decipher = createDecipheriv('aes-256-gcm', session, Buffer.alloc(12));
    decipher.setAuthTag(sealed.subarray(-16));
    process.stdout.write(Buffer.concat([decipher.update(sealed.subarray(2 + length, -16)), decipher.final()]));
    break;
  }
  case 'seal': {
    const { seal } = await import(pathToFileURL(resolve(args[0])));
    process.stdout.write(await seal(args[1], args[2], new TextEncoder().encode(args[3])));
    break;
  }
  default:
    throw new Error(`no command ${command}`);
}
