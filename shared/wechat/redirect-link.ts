import { toHalfWidth } from '../invoice/money.ts';
import { fail, ok, type Result } from '../result.ts';

/** What was put right in a link, in the order in which it was done. */
export const linkRepairs = [
  'full-width',
  'surroundings',
  'percent-once',
  'percent-twice',
  'spaces',
  'padding',
] as const;
export type LinkRepair = (typeof linkRepairs)[number];

/** Why a line gives no encrypt_code. `no-code`: nothing looks like one; `not-base64`: foreign characters; `cut-off`. */
export type LinkFault = 'no-code' | 'not-base64' | 'cut-off';

/** What a redirect link carries (API section 8). */
export interface RedirectLink {
  readonly encryptCode: string;
  /** Null where the link has none. */
  readonly cardId: string | null;
  readonly repairs: readonly LinkRepair[];
}

/** Marks that end a code in running text; a base64 text, percent-encoded or not, has none of them. */
const stops = /[^A-Za-z0-9+/=%_. -]+/u;
const invisible = /[\u00AD\u200B-\u200F\u2060\uFEFF]/gu;
/** A wide comma or colon of the sentence around it is not among them. */
const wide = /[０-９Ａ-Ｚａ-ｚ＋／＝％＆？＿]/u;
/** A word of the sentence around it is no code. */
const shortestBareCode = 16;
/** Nothing is encoded more often than this by mistake. */
const mostDecodings = 3;

const percentEscape = /%([0-7][0-9a-f])/gi;
const decodeOnce = (text: string) =>
  text.replaceAll(percentEscape, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Decodes percent escapes until none is left, and tells how often that took. */
function decodeFully(text: string): { readonly decoded: string; readonly times: number } {
  let decoded = text;
  let times = 0;
  while (times < mostDecodings && decoded.search(percentEscape) !== -1) {
    decoded = decodeOnce(decoded);
    times += 1;
  }
  return { decoded, times };
}

interface Found {
  /** As it stands in the line, spaces at its ends included. */
  readonly raw: string;
  readonly cardId: string | null;
  /** How often a person or a program had encoded it beyond what its place asks for. */
  readonly encodings: number;
  readonly hasSurroundings: boolean;
}

const parameter = /(?:^|[^a-z])(encrypt_code)\s*=/i;
const cardIdParameter = /(?:^|[^a-z_])card_id\s*=\s*([\w%-]+)/i;
const addressStart = /^(?:https?:\/\/\S*|[?&\w=%-]*)$/i;

function cardIdIn(text: string): string | null {
  const { decoded } = decodeFully(cardIdParameter.exec(text)?.[1] ?? '');
  return decoded === '' ? null : decoded;
}

function findInAddress(line: string): Found | undefined {
  let text = line;
  let wholeTimes = 0;
  // The whole address may have been encoded, the sign before the value included.
  while (wholeTimes < mostDecodings && !parameter.test(text) && /encrypt_code\s*%/i.test(text)) {
    text = decodeOnce(text);
    wholeTimes += 1;
  }
  const match = parameter.exec(text);
  if (!match) return undefined;
  const value = text.slice(match.index + match[0].length).split(/[&#]/, 1)[0] ?? '';
  const [raw = '', ...outside] = value.split(stops);
  const before = text.slice(0, match.index + match[0].indexOf(match[1] ?? '')).trimStart();
  return {
    raw,
    cardId: cardIdIn(text),
    // Once is how an address carries a value.
    encodings: wholeTimes + Math.max(0, decodeFully(raw).times - 1),
    hasSurroundings: outside.length > 0 || !addressStart.test(before),
  };
}

function findBare(line: string): Found | undefined {
  const parts = line
    .replace(cardIdParameter, '|')
    .replaceAll(/encrypt_code/gi, '|')
    .split(stops);
  const raw = parts.reduce((longest, part) => (part.trim().length > longest.trim().length ? part : longest), '');
  if (raw.trim().length < shortestBareCode) return undefined;
  return {
    raw,
    cardId: cardIdIn(line),
    encodings: decodeFully(raw).times,
    hasSurroundings: raw.trim() !== line.trim(),
  };
}

/** Spaces at the ends are what is left of plus signs only where they make the length whole. */
function trimTo(text: string): string {
  const trimmed = text.trim();
  const candidates = [trimmed, text, text.trimStart(), text.trimEnd()];
  return candidates.find(({ length }) => length > 0 && length % 4 === 0) ?? trimmed;
}

/** Takes what follows the padding away: a code has ended there. */
function cutAfterPadding(text: string): string {
  const end = /={1,2}(?=[^=])/.exec(text);
  return end ? text.slice(0, end.index + end[0].length) : text;
}

function repairCode({ raw, cardId, encodings, hasSurroundings }: Found, isWide: boolean) {
  const { decoded } = decodeFully(raw);
  const cut = cutAfterPadding(decoded);
  const spaced = trimTo(cut);
  const code = spaced.replaceAll(' ', '+');
  if (code === '') return fail<LinkFault>('no-code');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(code)) return fail<LinkFault>('not-base64');
  const body = code.replace(/=+$/, '');
  if (body.length % 4 === 1) return fail<LinkFault>('cut-off');
  const encryptCode = body.padEnd(Math.ceil(body.length / 4) * 4, '=');
  const repairs = {
    'full-width': isWide,
    surroundings: hasSurroundings || cut.trim() !== decoded.trim(),
    'percent-once': encodings === 1,
    'percent-twice': encodings > 1,
    spaces: spaced.includes(' '),
    padding: encryptCode !== code,
  } satisfies Record<LinkRepair, boolean>;
  return ok<RedirectLink>({ encryptCode, cardId, repairs: linkRepairs.filter((repair) => repairs[repair]) });
}

/**
 * Reads one line that a person pasted: a whole redirect link, its query, or a bare encrypt_code, as mail programs, chat
 * windows and spreadsheets leave them behind. What was put right is told.
 */
export function readRedirectLink(line: string): Result<RedirectLink, LinkFault> {
  const text = toHalfWidth(line)
    .replaceAll(invisible, '')
    .replaceAll(/[\t\r\n\u00A0]/g, ' ');
  const found = findInAddress(text) ?? findBare(text);
  return found ? repairCode(found, wide.test(line)) : fail('no-code');
}

/** The lines of a pasted text that hold anything. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n|\u2028|\u2029/).filter((line) => line.trim() !== '');
}
