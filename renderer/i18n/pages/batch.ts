import { inBoth } from '../in-both.ts';

export const batchTexts = inBoth(
  {
    empty: '还没有内容',
  },
  {
    empty: 'Nothing here yet',
  },
);
