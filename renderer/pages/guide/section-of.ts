import type { GuideNode, GuideText } from './guide-text.ts';

const levels: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3 };

const levelOf = (node: GuideNode): number => (typeof node === 'string' ? 0 : (levels[node.tag] ?? 0));

const holds = (node: GuideNode, anchor: string): boolean =>
  typeof node !== 'string' && (node.id === anchor || node.children.some((inner) => holds(inner, anchor)));

/** The heading an anchor belongs to, with what stands below it; nothing where there is no such anchor. */
export function sectionOf({ body }: GuideText, anchor: string): readonly GuideNode[] {
  const place = body.findIndex((node) => holds(node, anchor));
  if (place < 0) return [];
  const first = body.findLastIndex((node, index) => index <= place && levelOf(node) > 0);
  const level = levelOf(body[first] ?? '');
  const last = body.findIndex((node, index) => index > place && levelOf(node) > 0 && levelOf(node) <= level);
  return body.slice(first, last < 0 ? undefined : last);
}
