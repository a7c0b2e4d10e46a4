import { inBoth } from '../in-both.ts';

export const guideTexts = inBoth(
  {
    open: '使用手册',
    about: '了解更多',
    back: '返回',
    search: '查找标题',
    contents: '目录',
    nothing: '没有这样的标题。换一个词试试。',
    neighbours: '上一页和下一页',
    previous: '上一页：{{title}}',
    next: '下一页：{{title}}',
  },
  {
    open: 'User guide',
    about: 'More about this',
    back: 'Back',
    search: 'Find a heading',
    contents: 'Contents',
    nothing: 'No heading like this. Try another word.',
    neighbours: 'Previous and next page',
    previous: 'Previous: {{title}}',
    next: 'Next: {{title}}',
  },
);
