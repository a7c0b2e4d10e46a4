import { basename } from 'node:path';
import type { Plugin } from 'vite';
import type { GuideNode } from '../../renderer/pages/guide/guide-text.ts';
import { readGuidePage } from './read-page.ts';

const guideFile = /[\\/]docs[\\/]guide[\\/][\w-]+[\\/]([\w-]+)\.md$/;

function picturesIn(nodes: readonly GuideNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    return [...(node.src === undefined ? [] : [node.src]), ...picturesIn(node.children)];
  });
}

/**
 * Makes a module of each Markdown file of the guide: its text as data, its pictures as files of the build. The page puts
 * elements together of it; no HTML is ever taken over.
 */
export function guidePages(): Plugin {
  return {
    name: 'fapiao-guide',
    enforce: 'pre',
    transform(source, id) {
      if (!guideFile.test(id)) return undefined;
      const page = readGuidePage(source);
      const pictures = [...new Set(picturesIn(page.body))];
      const imports = pictures.map(
        (picture, index) => `import picture${index} from ${JSON.stringify(`./${picture}?url`)};`,
      );
      const places = pictures.map((picture, index) => `${JSON.stringify(picture)}: picture${index}`);
      return {
        code: [
          ...imports,
          `const pictures = {${places.join(', ')}};`,
          `export const name = ${JSON.stringify(basename(id, '.md'))};`,
          `export const page = JSON.parse(${JSON.stringify(JSON.stringify(page))}, (key, value) => key === 'src' ? pictures[value] : value);`,
        ].join('\n'),
        map: null,
      };
    },
  };
}
