import './guide.css';
import { GuideBody } from './guide-body.tsx';
import type { GuidePage } from './guide-modules.ts';
import { placesToLook } from './places-to-look.ts';
import { sectionOf } from './section-of.ts';
import { withGuide } from './with-guide.tsx';

function Excerpt({ pages, code }: { readonly pages: readonly GuidePage[]; readonly code: string }) {
  const errors = pages.find(({ name }) => name === 'errors');
  const sections = errors ? placesToLook(code).map((place) => sectionOf(errors, place)) : [];
  return (
    <div className="guide-text guide-excerpt">
      <GuideBody body={sections.find(({ length }) => length > 0) ?? []} />
    </div>
  );
}

/** What the guide says about one error. */
export const GuideExcerpt = withGuide<{ readonly code: string }>(Excerpt);
