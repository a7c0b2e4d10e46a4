import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuidePage } from './guide-modules.ts';
import type { GuideHeading } from './guide-text.ts';

interface Entry {
  readonly page: GuidePage;
  readonly headings: readonly GuideHeading[];
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** The headings that hold what is looked for; a page whose own title does is there even without any. */
function find(pages: readonly GuidePage[], wanted: string): readonly Entry[] {
  const part = fold(wanted.trim());
  return pages
    .map((page) => ({
      page,
      headings: page.headings.filter(({ level, text }) => level > 1 && fold(text).includes(part)),
    }))
    .filter(({ page, headings }) => headings.length > 0 || fold(page.title).includes(part));
}

/** The pages, with the headings of the one that is read. */
function outline(pages: readonly GuidePage[], current: GuidePage): readonly Entry[] {
  return pages.map((page) => ({
    page,
    headings: page === current ? page.headings.filter(({ level }) => level === 2) : [],
  }));
}

function EntryItem({ entry: { page, headings }, isCurrent }: { readonly entry: Entry; readonly isCurrent: boolean }) {
  return (
    <li>
      <a href={`#/guide/${page.name}`} {...(isCurrent ? { 'aria-current': 'page' } : {})}>
        {page.title}
      </a>
      {headings.length > 0 && (
        <ul>
          {headings.map(({ id, text }) => (
            <li key={id}>
              <a href={`#/guide/${page.name}/${id}`}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The pages of the guide, and what is found among their headings. */
export function GuideContents(props: { readonly pages: readonly GuidePage[]; readonly current: GuidePage }) {
  const { pages, current } = props;
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const entries = wanted.trim() === '' ? outline(pages, current) : find(pages, wanted);
  return (
    <div className="guide-contents">
      <Input
        type="search"
        allowClear
        prefix={<SearchOutlined aria-hidden="true" />}
        aria-label={t('guide.search')}
        placeholder={t('guide.search')}
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      <nav aria-label={t('guide.contents')}>
        {entries.length === 0 ? (
          <p className="lead">{t('guide.nothing')}</p>
        ) : (
          <ul>
            {entries.map((entry) => (
              <EntryItem key={entry.page.name} entry={entry} isCurrent={entry.page === current} />
            ))}
          </ul>
        )}
      </nav>
    </div>
  );
}
