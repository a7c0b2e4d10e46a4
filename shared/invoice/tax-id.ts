const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether an 18-character unified social credit code carries the right check character (GB 32100-2015, mod 31). */
export function hasValidCheckCharacter(creditCode: string): boolean {
  if (creditCode.length !== 18) return false;
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    const value = alphabet.indexOf(creditCode.charAt(index));
    if (value < 0) return false;
    sum += value * weight;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31) === creditCode.charAt(17);
}

/** Appends the check character to the first 17 characters of a credit code. */
export function completeCreditCode(first17: string): string {
  const last = [...alphabet].find((character) => hasValidCheckCharacter(first17 + character));
  if (last === undefined) throw new RangeError(`not 17 characters of a credit code: ${first17}`);
  return first17 + last;
}
