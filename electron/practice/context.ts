import type { Books } from './books.ts';
import { createJournal, type Journal } from './call-journal.ts';
import { createMisbehaviours, type Misbehaviours } from './misbehaviour.ts';
import { defaultPracticeSettings, type PracticeSettings, practiceSettingsSchema } from './practice-types.ts';

/** What every part of the practice server works with. */
export interface PracticeContext {
  readonly books: Books;
  readonly journal: Journal;
  readonly misbehaviours: Misbehaviours;
  /** `http://127.0.0.1:PORT`, known once it listens. */
  url(): string;
  /** Milliseconds since 1970, with what `/practice/advance` added. */
  now(): number;
  advance(seconds: number): void;
  settings(): PracticeSettings;
  changeSettings(change: Partial<PracticeSettings>): void;
}

export function createContext(books: Books, realNow: () => number, url: () => string): PracticeContext {
  const stored = practiceSettingsSchema.partial().safeParse(books.meta.get('settings') ?? {});
  const context: PracticeContext = {
    books,
    journal: createJournal(),
    misbehaviours: createMisbehaviours(),
    url,
    now: () => realNow() + Number(books.meta.get('clockOffsetMs') ?? 0),
    advance: (seconds) => {
      books.meta.put('clockOffsetMs', Number(books.meta.get('clockOffsetMs') ?? 0) + seconds * 1000);
    },
    // Kept as one object in the table, so that reading it costs nothing.
    settings: () => (books.meta.get('settings') ?? defaultPracticeSettings) as PracticeSettings,
    changeSettings: (change) => {
      books.meta.put('settings', { ...context.settings(), ...change });
    },
  };
  // Books of an earlier version may lack a switch.
  if (stored.success && books.meta.has('settings'))
    context.changeSettings({ ...defaultPracticeSettings, ...withoutUndefined(stored.data) });
  return context;
}

function withoutUndefined(settings: Readonly<Record<string, unknown>>): Partial<PracticeSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
