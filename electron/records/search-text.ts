/**
 * How invoices are found by any part of their texts. The index holds one gram a character: it and the two after it, or
 * the one after it where it is no ASCII character. Two characters are what a Chinese word has at least; of digits so
 * short a gram would stand in nearly every invoice. In a gram each ASCII character stands as one of the letters from
 * U+0100 on: to the tokenizer those are parts of words, and to the language of queries plain text, quotes and all.
 */
const asciiGram = 3;
const otherGram = 2;
const ascii = 128;
/** Thaana and N'Ko. */
const firstStandIn = 0x780;
/** Where those letters themselves go, so that they are not taken for what they stand for. */
const elsewhere = 0xf0000;

const upperAscii = /[A-Z]/g;
const fullWidth = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF08\uFF09\uFF0D]/g;
const controls = /\p{Cc}/gu;

/** Upper case and full width, as they are the same to one who searches: `ＡＢ１（` becomes `ab1(`. */
function fold(text: string): string {
  return text
    .replaceAll(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll(upperAscii, (character) => character.toLowerCase());
}

/** The words of a search, each of which has to occur in an invoice. */
export function readTerms(text: string): readonly string[] {
  const words = fold(text.toWellFormed())
    .replaceAll(controls, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
  return [...new Set(words)];
}

const standIns = Array.from({ length: ascii }, (_, code) => String.fromCharCode(firstStandIn + code));

function standInOf(character: string): string {
  const code = character.charCodeAt(0);
  const isTaken = code >= firstStandIn && code < firstStandIn + ascii;
  return standIns[code] ?? (isTaken ? String.fromCodePoint(elsewhere + code) : character);
}

interface Gram {
  readonly text: string;
  /** Characters up to where it would end; beyond the end of the text it is cut off. */
  readonly end: number;
}

/** The grams of a folded text, one a character. */
function cutGrams(folded: string): readonly Gram[] {
  const characters = [...folded];
  const shown = characters.map(standInOf);
  return characters.map((character, index) => {
    const length = character.charCodeAt(0) < ascii ? asciiGram : otherGram;
    const third = length === asciiGram ? (shown[index + 2] ?? '') : '';
    return { text: `${shown[index] ?? ''}${shown[index + 1] ?? ''}${third}`, end: index + length };
  });
}

/** What the index holds of a text of {@link searchTextSql}. */
export function gramsOf(text: string): string {
  return cutGrams(fold(text))
    .map((gram) => gram.text)
    .join(' ');
}

interface TermPlan {
  /** FTS5's words for it; undefined where it is shorter than a gram. */
  readonly phrase: string | undefined;
  /** Whether each invoice with the phrase has the term, too. */
  readonly isExact: boolean;
}

function planTerm(term: string): TermPlan {
  const all = cutGrams(term);
  // Up to the first that is cut off: a phrase is of grams that follow each other.
  const cutOff = all.findIndex(({ end }) => end > all.length);
  const grams = cutOff < 0 ? all : all.slice(0, cutOff);
  if (grams.length === 0) return { phrase: undefined, isExact: false };
  return { phrase: `"${grams.map(({ text }) => text).join(' ')}"`, isExact: grams.at(-1)?.end === all.length };
}

export interface TextPlan {
  readonly terms: readonly string[];
  /** What FTS5 is asked. */
  readonly match: string;
  /** Terms that are looked for in what FTS5 finds, too. */
  readonly unproven: readonly string[];
  /** No term is as long as a gram: FTS5 has to put together all grams that begin like it. */
  readonly isShort: boolean;
}

/** How to ask the index for invoices that hold each of the terms. */
export function planText(terms: readonly string[]): TextPlan {
  const plans = terms.map(planTerm);
  const phrases = plans.flatMap(({ phrase }) => phrase ?? []);
  if (phrases.length > 0)
    return {
      terms,
      match: phrases.join(' AND '),
      unproven: terms.filter((_, index) => plans[index]?.isExact === false),
      isShort: false,
    };
  return {
    terms,
    match: terms.map((term) => `"${cutGrams(term)[0]?.text}" *`).join(' AND '),
    unproven: [],
    isShort: true,
  };
}

/** An invoice's texts as they stand in the index; no term can go from one into the next. */
export const searchTextSql = `invoice.billing_no || char(31) || invoice.billing_code || char(31) || invoice.order_id
  || char(31) || invoice.title || char(31) || invoice.buyer_number || char(31) || invoice.remarks`;

/** Whether a text of {@link searchTextSql} has each of the terms. */
export function hasTerms(text: string, terms: readonly string[]): boolean {
  const folded = fold(text);
  return terms.every((term) => folded.includes(term));
}
