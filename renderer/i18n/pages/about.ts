import { inBoth } from '../in-both.ts';

/** The panels of Settings → About that are about the program as a product. */
export const aboutTexts = inBoth(
  {
    licences: {
      title: '开源软件',
      text: '这个程序使用了以下开源软件。点开可以看许可证原文。',
      show: '显示名单',
      name: '软件包',
      version: '版本',
      licence: '许可证',
      read: '原文',
      readName: '查看 {{name}} 的许可证原文',
      textName: '{{name}} 的许可证',
      close: '关闭',
      none: '这份程序没有带名单：它从源代码运行，没有经过打包。',
    },
  },
  {
    licences: {
      title: 'Open source',
      text: 'The program is made with these. Each can be opened to read its licence.',
      show: 'Show the list',
      name: 'Package',
      version: 'Version',
      licence: 'Licence',
      read: 'Text',
      readName: 'Read the licence of {{name}}',
      textName: 'Licence of {{name}}',
      close: 'Close',
      none: 'This copy of the program has no list: it runs from its sources and was not built.',
    },
  },
);
