import type { Glyph, Run } from './page-content.ts';
import { toRun } from './text-lines.ts';

const sideWords = /(购买方|销售方|购方|销方)(信息)?|密码区|备注|下载次数:?/g;

/** Words printed down the side, one character a line, which would land inside the values beside them. */
function findSideWords(runs: readonly Run[]): Set<Run> {
  const single = runs.filter(({ glyphs }) => glyphs.length === 1 && /\p{Script=Han}/u.test(glyphs[0]?.printed ?? ''));
  const columns: Run[][] = [];
  for (const run of single.toSorted((one, other) => one.y - other.y)) {
    const middle = (run.left + run.right) / 2;
    const column = columns.find((known) => {
      const last = known.at(-1);
      return (
        last !== undefined &&
        Math.abs((last.left + last.right) / 2 - middle) < 2 &&
        run.y - last.y > 0.6 * run.size &&
        run.y - last.y < 4 * run.size
      );
    });
    if (column) column.push(run);
    else columns.push([run]);
  }
  // Other single characters may stand above or below them, such as the beginnings of wrapped lines.
  const wordsOf = (column: readonly Run[]) => {
    const text = column.map(({ glyphs }) => glyphs[0]?.folded.charAt(0) ?? ' ').join('');
    return [...text.matchAll(sideWords)].flatMap(({ index, 0: word }) => column.slice(index, index + word.length));
  };
  return new Set(columns.flatMap(wordsOf));
}

const tripled = /发发发票票票|(发票号码:?){3}|开开开票票票/;

/** One of three: every character three times, or the whole three times. */
function collapse(run: Run): Run {
  const third = run.glyphs.length / 3;
  const words = run.glyphs.map(({ folded }) => folded);
  if (!Number.isInteger(third)) return run;
  const isEach = words.every((word, index) => word === words[index - (index % 3)]);
  const isWhole = words.every((word, index) => word === words[index % third]);
  const keep = (glyph: Glyph, index: number) => (isEach ? index % 3 === 0 : index < third) && glyph;
  return isEach || isWhole ? toRun(run.glyphs.filter(keep)) : run;
}

/** Takes out what is printed beside the content, and two of three copies where a page is printed three times over. */
export function cleanRuns(runs: readonly Run[]): Run[] {
  const sides = findSideWords(runs);
  const content = runs.filter((run) => !sides.has(run));
  const text = content.map(({ glyphs }) => glyphs.map(({ folded }) => folded).join('')).join('');
  return tripled.test(text) ? content.map(collapse) : content;
}
