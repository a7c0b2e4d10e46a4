import type { Random } from '../../../scripts/samples/random.ts';

const longestBytes = 200_000;

/**
 * A file with up to five things done to it: a byte changed, some taken out, some written in, or a part of it twice.
 * @param marks what its format is made of, to be written in
 */
export function bendBytes(bytes: Buffer, chance: Random, marks: readonly string[]): Buffer {
  let bent = Buffer.from(bytes);
  for (let times = 1 + chance.below(5); times > 0; times -= 1) {
    const at = chance.below(bent.byteLength + 1);
    const kind = chance.below(4);
    if (kind === 0 && at < bent.byteLength) bent[at] = chance.below(256);
    else if (kind === 1) bent = Buffer.concat([bent.subarray(0, at), bent.subarray(at + chance.below(40))]);
    else if (kind === 2)
      bent = Buffer.concat([bent.subarray(0, at), Buffer.from(chance.pick(marks)), bent.subarray(at)]);
    else bent = Buffer.concat([bent, bent.subarray(0, at)]).subarray(0, longestBytes);
  }
  return bent;
}
