// Wide characters of East Asian writing, full-width forms and pictographs; WeChat counts each as one Chinese character.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u;

/** Width of a text as WeChat counts it: a Chinese character 2, any other 1. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Length in UTF-8 bytes; an unpaired surrogate counts as the replacement character that is sent for it. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Whether WeChat takes a text where its limit is `chinese` Chinese characters. Nobody outside knows whether it counts
 * widths or bytes, so both must fit (API section 2 and the reports of refused cards).
 */
export function fitsWeChatLength(text: string, limit: { readonly chinese: number }): boolean {
  return displayWidth(text) <= 2 * limit.chinese && utf8Length(text) <= 3 * limit.chinese;
}

/** Longest texts of an invoice card template (API section 2), in Chinese characters. */
export const templateLimits = {
  title: { chinese: 9 },
  customUrlName: { chinese: 5 },
  customUrlSubTitle: { chinese: 6 },
  promotionUrlName: { chinese: 5 },
  promotionUrlSubTitle: { chinese: 6 },
} as const;

/** WeChat publishes no size limit for invoice PDFs; reports say that large ones are refused. */
export const pdfSizeLimitBytes = 10 * 1024 * 1024;

/** An uploaded PDF not linked to a card is erased after three days (API section 3). */
export const pdfLifetimeSeconds = 3 * 24 * 60 * 60;

/** A PDF's address is valid for two hours (API section 4). */
export const pdfUrlLifetimeSeconds = 7200;

/** A logo must be smaller than this (media/uploadimg). */
export const logoSizeLimitBytes = 1024 * 1024;
