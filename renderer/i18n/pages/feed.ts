import { inBoth } from '../in-both.ts';

export const feedTexts = inBoth(
  {
    empty: '还没有内容',
  },
  {
    empty: 'Nothing here yet',
  },
);
