import type { Point } from './matrix.ts';
import type { Drawing, PageContent, Rule } from './page-content.ts';

const shortest = 12;
/** Lines are drawn as lines or as very flat boxes. */
const thickest = 2.2;
const nearby = 1.5;

function boxOf(polygon: readonly Point[]) {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The lines of a shape as flat boxes: its sides where it is drawn by its outline, itself where it is filled. */
function flatBoxes(drawing: Drawing) {
  if (drawing.kind !== 'shape' || (drawing.paint === 'fill' && drawing.grey > 200)) return [];
  if (drawing.paint === 'fill') return drawing.polygons.map(boxOf);
  return drawing.polygons.flatMap((polygon) =>
    polygon.slice(1).flatMap((point, index) => (polygon[index] ? [boxOf([polygon[index], point])] : [])),
  );
}

/** Joins lines that lie on one another or follow each other. */
function join(rules: readonly Rule[]): Rule[] {
  const joined: Rule[] = [];
  for (const rule of rules.toSorted((one, other) => one.at - other.at || one.from - other.from)) {
    const index = joined.findIndex(
      ({ at, from, to }) => Math.abs(at - rule.at) < nearby && rule.from <= to + nearby && rule.to >= from - nearby,
    );
    const known = joined[index];
    if (known) joined[index] = { at: known.at, from: Math.min(known.from, rule.from), to: Math.max(known.to, rule.to) };
    else joined.push(rule);
  }
  return joined;
}

/** The straight lines of a page, by which tables are ruled. */
export function findRules(drawings: readonly Drawing[]): PageContent['rules'] {
  const boxes = drawings.flatMap(flatBoxes);
  const horizontal = boxes
    .filter(({ left, right, top, bottom }) => bottom - top < thickest && right - left > shortest)
    .map(({ left, right, top, bottom }) => ({ at: (top + bottom) / 2, from: left, to: right }));
  const vertical = boxes
    .filter(({ left, right, top, bottom }) => right - left < thickest && bottom - top > shortest)
    .map(({ left, right, top, bottom }) => ({ at: (left + right) / 2, from: top, to: bottom }));
  return { horizontal: join(horizontal), vertical: join(vertical) };
}
