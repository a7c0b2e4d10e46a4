import type { PdfFieldName, PdfLine } from '../../shared/contract/pdf-operations.ts';
import type { Glyph, PageContent } from './page-content.ts';
import { type Box, boxAround, type Match, printedOf } from './text-lines.ts';

/** What one channel says about a field. */
export interface Claim {
  readonly value: string | number;
  readonly box: Box | null;
}

export type Claims = Partial<Record<PdfFieldName, Claim>>;

/** What one channel says about the whole invoice. */
export interface ChannelAnswer {
  readonly claims: Claims;
  readonly lines: readonly PdfLine[];
}

/** A claim about characters of a page; none where there are none. */
export function claimOf(
  page: PageContent,
  glyphs: readonly Glyph[] | undefined,
  value?: string | number,
): Claim | undefined {
  if (!glyphs || glyphs.length === 0) return undefined;
  return { value: value ?? printedOf(glyphs), box: boxAround(page, glyphs) };
}

export function claimOfMatch(page: PageContent, match: Match | undefined): Claim | undefined {
  return match && claimOf(page, match.glyphs);
}

/** Leaves out the fields nothing is said about. */
export function toClaims(claims: Readonly<Partial<Record<PdfFieldName, Claim | undefined>>>): Claims {
  // The keys are those of the parameter.
  return Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim !== undefined)) as Claims;
}
