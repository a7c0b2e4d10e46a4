import { Marked, type MarkedToken, type Token, type Tokens } from 'marked';
import type {
  GuideElement,
  GuideHeading,
  GuideNode,
  GuideTag,
  GuideText,
} from '../../renderer/pages/guide/guide-text.ts';

/** An address or a mailbox in a sentence stays text: only what is written as a link leads somewhere. */
const markdown = new Marked({ tokenizer: { url: () => undefined } });

/** GitHub reads this form of an anchor as well. */
const anchorPattern = /^<a id="([\w.-]+)">$/;
const ownPage = /^([\w-]+)\.md(?:#([\w.-]+))?$/;
/** The only places outside that the window opens (electron/shell/guard-contents.ts). */
const outside = /^https:\/\/(mp|developers)\.weixin\.qq\.com\//;

/** The address of a link inside the window. A link within its own page is written with the page's name as well. */
function hrefOf(href: string): string {
  const [, page, anchor] = ownPage.exec(href) ?? [];
  if (page !== undefined) return `#/guide/${page}${anchor === undefined ? '' : `/${anchor}`}`;
  if (outside.test(href)) return href;
  throw new Error(`The guide cannot link to ${href}`);
}

/** The written text of what is shown, without its marks. */
export function plainText(nodes: readonly GuideNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : plainText(node.children))).join('');
}

interface Inline {
  readonly id?: string;
  readonly children: readonly GuideNode[];
}

interface OpenTag {
  readonly tag: 'a' | 'kbd';
  readonly id?: string;
  readonly children: GuideNode[];
}

function openTag(raw: string): OpenTag | undefined {
  if (raw === '<kbd>') return { tag: 'kbd', children: [] };
  const id = anchorPattern.exec(raw)?.[1];
  return id === undefined ? undefined : { tag: 'a', id, children: [] };
}

/**
 * Keys and anchors are written as HTML, since Markdown has no sign for them. An anchor without content is that of what it
 * stands in.
 */
function readInline(tokens: readonly Token[] = []): Inline {
  const children: GuideNode[] = [];
  let own: { readonly id?: string } = {};
  let open: OpenTag | undefined;
  for (const token of tokens) {
    if (token.type !== 'html') {
      (open?.children ?? children).push(...readNode(token));
      continue;
    }
    const raw = token.raw.trim();
    if (open && raw === `</${open.tag}>`) {
      if (open.tag === 'a' && open.children.length === 0) own = open.id === undefined ? {} : { id: open.id };
      else children.push(open);
      open = undefined;
      continue;
    }
    open = open ? undefined : openTag(raw);
    if (!open) throw new Error(`The guide has no place for ${raw}`);
  }
  return { ...own, children };
}

function element(tag: GuideTag, tokens: readonly Token[] | undefined, more: Partial<GuideElement> = {}): GuideElement {
  return { tag, ...more, ...readInline(tokens) };
}

function readRow(tag: 'th' | 'td', cells: readonly Tokens.TableCell[]): GuideElement {
  const read = cells.map((cell) => element(tag, cell.tokens));
  const id = read.find((cell) => cell.id !== undefined)?.id;
  // The anchor of a row stands in one of its cells.
  const children = read.map(({ id: _id, ...cell }) => cell);
  return { tag: 'tr', children, ...(id === undefined ? {} : { id }) };
}

function readTable({ header, rows }: Tokens.Table): GuideElement {
  return {
    tag: 'table',
    children: [
      { tag: 'thead', children: [readRow('th', header)] },
      { tag: 'tbody', children: rows.map((row) => readRow('td', row)) },
    ],
  };
}

const headingTags = ['h1', 'h2', 'h3'] as const;

function readHeading({ depth, tokens }: Tokens.Heading): GuideElement {
  const tag = headingTags[depth - 1];
  if (!tag) throw new Error(`A heading of depth ${depth} is too deep for the guide`);
  return element(tag, tokens);
}

/** What a token of Markdown becomes: a closed list, so that no HTML can get in. */
function readNode(token: Token): readonly GuideNode[] {
  // The library's union ends in a shape that fits any type, which keeps its parts from being told apart.
  const known = token as MarkedToken;
  switch (known.type) {
    case 'space':
      return [];
    case 'text':
      return known.tokens ? readInline(known.tokens).children : [known.text];
    case 'escape':
      return [known.text];
    case 'strong':
    case 'em':
    case 'br':
    case 'hr':
    case 'blockquote':
      return [element(known.type, 'tokens' in known ? known.tokens : [])];
    case 'paragraph':
      return [element('p', known.tokens)];
    case 'heading':
      return [readHeading(known)];
    case 'codespan':
      return [{ tag: 'code', children: [known.text] }];
    case 'code':
      return [{ tag: 'pre', children: [known.text] }];
    case 'link':
      return [element('a', known.tokens, { href: hrefOf(known.href) })];
    case 'image':
      return [{ tag: 'img', children: [], src: known.href, alt: known.text }];
    case 'list':
      return [{ tag: known.ordered ? 'ol' : 'ul', children: known.items.map((item) => element('li', item.tokens)) }];
    case 'table':
      return [readTable(known)];
    default:
      throw new Error(`The guide has no place for ${token.type}: ${token.raw.slice(0, 40)}`);
  }
}

function readHeadings(body: readonly GuideNode[]): readonly GuideHeading[] {
  return body.flatMap((node) => {
    if (typeof node === 'string') return [];
    // Any tag may be looked for among those of headings.
    const level = (headingTags as readonly GuideTag[]).indexOf(node.tag) + 1;
    if (level === 0) return [];
    const text = plainText(node.children).trim();
    if (node.id === undefined) throw new Error(`The heading "${text}" has no anchor`);
    return [{ level, id: node.id, text }];
  });
}

/** Reads a page of the guide. Throws where it holds what the window would not show, or a heading without an anchor. */
export function readGuidePage(text: string): GuideText {
  const body = markdown.lexer(text.replace(/^<!--.*?-->\s*/s, '')).flatMap(readNode);
  const headings = readHeadings(body);
  const [first] = headings;
  if (first?.level !== 1) throw new Error('A page of the guide begins with its title');
  return { title: first.text, headings, body };
}
