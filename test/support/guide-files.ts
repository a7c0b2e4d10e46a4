import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GuideElement, GuideNode, GuideText } from '../../renderer/pages/guide/guide-text.ts';
import { plainText, readGuidePage } from '../../scripts/guide/read-page.ts';
import type { Language } from '../../shared/text.ts';

export const guideFolder = (language: Language): string =>
  join(import.meta.dirname, '..', '..', 'docs', 'guide', language);

export const pageFile = (language: Language, name: string): string =>
  readFileSync(join(guideFolder(language), `${name}.md`), 'utf8');

/** The names of the pages that have a file. */
export const pageFiles = (language: Language): readonly string[] =>
  readdirSync(guideFolder(language))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length));

export const readPage = (language: Language, name: string): GuideText => readGuidePage(pageFile(language, name));

/** Every element of a page, however deep it stands. */
export function elementsOf(nodes: readonly GuideNode[]): readonly GuideElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsOf(node.children)]));
}

/** The anchors of a page, in their order. */
export const anchorsOf = ({ body }: GuideText): readonly string[] =>
  elementsOf(body).flatMap(({ id }) => (id === undefined ? [] : [id]));

/** What a part of a page quotes from the screen, in its order. */
export const quotedIn = (nodes: readonly GuideNode[]): readonly string[] =>
  elementsOf(nodes)
    .filter(({ tag }) => tag === 'strong')
    .map(({ children }) => plainText(children));
