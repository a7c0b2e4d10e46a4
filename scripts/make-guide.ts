import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languages } from '../shared/text.ts';
import { errorsPage } from './guide/errors-page.ts';
import { projectRoot } from './run.ts';

// npm run guide: the page of errors; the others are written by hand.
for (const language of languages)
  await writeFile(join(projectRoot, 'docs', 'guide', language, 'errors.md'), errorsPage(language));
