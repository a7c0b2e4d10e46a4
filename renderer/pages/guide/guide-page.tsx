import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { Language } from '../../../shared/text.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import './guide.css';
import { anchorId, GuideBody } from './guide-body.tsx';
import { GuideContents } from './guide-contents.tsx';
import type { GuidePage as Page } from './guide-modules.ts';

/** A code that only WeChat knows is told about as one of those. */
const unknownWeChatCode = /^wechat\.-?\d+$/;

function placeOf(anchor: string | undefined): HTMLElement | null {
  if (anchor === undefined) return null;
  const place = document.getElementById(anchorId(anchor));
  return place ?? (unknownWeChatCode.test(anchor) ? document.getElementById(anchorId('wechat.other')) : null);
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

/** The text of either language is read when somebody first opens the guide in it. */
function readerOf(load: () => Promise<{ readonly guidePages: readonly Page[] }>) {
  return lazy(async () => {
    const [first, ...others] = (await load()).guidePages;
    if (!first) throw new Error('The guide has no pages');
    return { default: () => <Reader pages={[first, ...others]} /> };
  });
}

const readers: Readonly<Record<Language, ReturnType<typeof readerOf>>> = {
  'zh-CN': readerOf(() => import('./guide-zh-cn.ts')),
  en: readerOf(() => import('./guide-en.ts')),
};

/** The user guide, which is part of the program and needs no network. */
export function GuidePage() {
  const { language } = useLanguage();
  const View = readers[language];
  return <View />;
}
