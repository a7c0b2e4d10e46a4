import { createElement, type ReactNode } from 'react';
import type { GuideElement, GuideNode, GuideTag } from './guide-text.ts';

/** The window has a first heading already. */
const shownAs: Readonly<Partial<Record<GuideTag, string>>> = { h1: 'h2', h2: 'h3', h3: 'h4' };

/** The anchor in the document: apart from those of the page around it. */
export const anchorId = (id: string): string => `guide-${id}`;

function show(node: GuideNode, key: number): ReactNode {
  return typeof node === 'string' ? node : showElement(node, key);
}

function showElement({ tag, children, id, href, src, alt }: GuideElement, key: number): ReactNode {
  const properties = {
    key,
    // A place to which somebody was led takes the focus.
    ...(id === undefined ? {} : { id: anchorId(id), tabIndex: -1 }),
    ...(href === undefined ? {} : { href, ...(href.startsWith('#') ? {} : { target: '_blank', rel: 'noreferrer' }) }),
    ...(src === undefined ? {} : { src, alt }),
  };
  const element = createElement(shownAs[tag] ?? tag, properties, ...children.map(show));
  if (tag !== 'table') return element;
  return (
    <div key={key} className="guide-table">
      {element}
    </div>
  );
}

/** The text of a page, put together of elements. */
export function GuideBody({ body }: { readonly body: readonly GuideNode[] }) {
  return <>{body.map(show)}</>;
}
