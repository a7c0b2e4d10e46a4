import { createHash } from 'node:crypto';
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib';

/** What the standard fills passwords up with. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const md5 = (...parts: readonly Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);

/** RC4, which Node's OpenSSL no longer offers. */
function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    [state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
  };
  for (let index = 0, other = 0; index < 256; index += 1) {
    other = (other + (state[index] ?? 0) + (key[index % key.length] ?? 0)) & 255;
    swap(index, other);
  }
  let [i, j] = [0, 0];
  return Uint8Array.from(data, (byte) => {
    i = (i + 1) & 255;
    j = (j + (state[i] ?? 0)) & 255;
    swap(i, j);
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
  });
}

function keyOf(ownerEntry: Uint8Array, userPassword: string, permissions: number, id: Buffer): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  return md5(padded(userPassword), ownerEntry, flags, id).subarray(0, 5);
}

function encryptStream(document: PDFDocument, ref: PDFRef, stream: PDFRawStream, key: Buffer): void {
  const number = Buffer.from([
    ref.objectNumber & 255,
    (ref.objectNumber >> 8) & 255,
    (ref.objectNumber >> 16) & 255,
    0,
    0,
  ]);
  const own = md5(key, number).subarray(0, 10);
  document.context.assign(ref, PDFRawStream.of(stream.dict, rc4(own, stream.contents)));
}

/**
 * Protects a document by the standard's first method (RC4, 40 bit), as old programs do. The document must hold no texts
 * outside its streams. With an empty user password it opens for everybody and only forbids changes.
 */
export function encrypt(document: PDFDocument, passwords: { readonly user: string; readonly owner: string }): void {
  const { context } = document;
  const permissions = -44;
  const id = md5(Buffer.from(passwords.owner));
  const ownerEntry = rc4(md5(padded(passwords.owner)).subarray(0, 5), padded(passwords.user));
  const key = keyOf(ownerEntry, passwords.user, permissions, id);
  for (const [ref, object] of context.enumerateIndirectObjects())
    if (object instanceof PDFRawStream) encryptStream(document, ref, object, key);
  delete context.trailerInfo.Info;
  const dictionary = context.obj({ Filter: 'Standard', V: 1, R: 2, P: permissions });
  if (!(dictionary instanceof PDFDict)) throw new TypeError('not a dictionary');
  dictionary.set(PDFName.of('O'), PDFHexString.of(Buffer.from(ownerEntry).toString('hex')));
  dictionary.set(PDFName.of('U'), PDFHexString.of(Buffer.from(rc4(key, padding)).toString('hex')));
  context.trailerInfo.Encrypt = context.register(dictionary);
  const idText = PDFHexString.of(id.toString('hex'));
  context.trailerInfo.ID = context.obj([idText, idText]);
}
