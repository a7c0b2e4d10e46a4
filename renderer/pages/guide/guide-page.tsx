import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import './guide.css';
import { anchorId, GuideBody } from './guide-body.tsx';
import { GuideContents } from './guide-contents.tsx';
import type { GuidePage as Page } from './guide-modules.ts';
import { placesToLook } from './places-to-look.ts';
import { withGuide } from './with-guide.tsx';

function placeOf(anchor: string | undefined): HTMLElement | undefined {
  if (anchor === undefined) return undefined;
  return placesToLook(anchor)
    .map((place) => document.getElementById(anchorId(place)))
    .find((place) => place !== null);
}

/** Whether the guide was opened from another page, to which one can go back. */
const cameFromElsewhere = () => window.history.length > 1;

function Neighbours({ pages, current }: { readonly pages: readonly Page[]; readonly current: Page }) {
  const { t } = useTranslation();
  const place = pages.indexOf(current);
  const previous = pages[place - 1];
  const next = pages[place + 1];
  return (
    <nav className="guide-neighbours" aria-label={t('guide.neighbours')}>
      {previous && <a href={`#/guide/${previous.name}`}>{t('guide.previous', { title: previous.title })}</a>}
      {next && (
        <a className="guide-next" href={`#/guide/${next.name}`}>
          {t('guide.next', { title: next.title })}
        </a>
      )}
    </nav>
  );
}

function Reader({ pages }: { readonly pages: readonly [Page, ...Page[]] }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { page: name, anchor } = useParams<{ readonly page?: string; readonly anchor?: string }>();
  const current = pages.find((page) => page.name === name) ?? pages[0];
  const text = useRef<HTMLElement>(null);
  const side = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies(current): another page begins at its top
  useEffect(() => {
    const place = placeOf(anchor);
    if (place) place.scrollIntoView?.({ block: 'start' });
    else if (text.current) text.current.scrollTop = 0;
    (place ?? text.current)?.focus({ preventScroll: true });
    side.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current, anchor]);
  return (
    <div className="guide">
      <div ref={side} className="guide-side">
        <Button
          icon={<ArrowLeftOutlined aria-hidden="true" />}
          onClick={() => (cameFromElsewhere() ? window.history.back() : navigate('/'))}
        >
          {t('guide.back')}
        </Button>
        <GuideContents pages={pages} current={current} />
      </div>
      <section
        ref={text}
        className="guide-text"
        aria-label={current.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
        tabIndex={0}
      >
        <GuideBody body={current.body} />
        <Neighbours pages={pages} current={current} />
      </section>
    </div>
  );
}

/** The user guide, which is part of the program and needs no network. */
export const GuidePage = withGuide<object>(Reader);
