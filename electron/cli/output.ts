import type { EventMap } from '../../shared/contract/events.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { inLanguage, type Language, type Text } from '../../shared/text.ts';

export interface Output {
  readonly language: Language;
  /** A line for people; with --json it is left out. */
  say(text: Text): void;
  /** A line for people that is no result: on stderr, whatever the form of the results. */
  note(text: Text): void;
  /** The result: with --json one object a line, else only what `say` said. */
  result(value: unknown): void;
  error(error: AppError): void;
  progress(payload: EventMap['batch.progress']): void;
}

/** A value as one line of JSON; bytes become Base64. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
  );
}

function progressLine({ counts, ratePerMinute, secondsLeft }: EventMap['batch.progress'], language: Language): string {
  const done = counts.issued + counts.rejected + counts.unknown;
  const all = done + counts.waiting;
  const left =
    secondsLeft === null
      ? ''
      : inLanguage({ zhCN: `，约剩 ${secondsLeft} 秒`, en: `, ${secondsLeft} s left` }, language);
  return inLanguage(
    {
      zhCN: `[${done}/${all}] 已开具 ${counts.issued}，被拒 ${counts.rejected}，待确认 ${counts.unknown}（每分钟 ${ratePerMinute}${left}）`,
      en: `[${done}/${all}] issued ${counts.issued}, rejected ${counts.rejected}, unknown ${counts.unknown} (${ratePerMinute} a minute${left})`,
    },
    language,
  );
}

const plainLinesEveryMs = 1000;

/** Where a command's words go: stdout for results, stderr for errors and progress. */
export function createOutput(
  streams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream },
  { json, language }: { readonly json: boolean; readonly language: Language },
): Output {
  let lastPlainAt = 0;
  return {
    language,
    say(text) {
      if (!json) streams.stdout.write(`${inLanguage(text, language)}\n`);
    },
    note(text) {
      streams.stderr.write(`${inLanguage(text, language)}\n`);
    },
    result(value) {
      if (json) streams.stdout.write(`${toJson(value)}\n`);
    },
    error(error) {
      if (json) streams.stdout.write(`${toJson({ ok: false, error })}\n`);
      const text = inLanguage(error.text, language);
      const nextStep = inLanguage(error.nextStep, language);
      streams.stderr.write(`${text}\n${nextStep}\n`);
    },
    progress(payload) {
      const { issued, rejected, unknown, waiting } = payload.counts;
      if (issued + rejected + unknown + waiting === 0) return;
      if (json) streams.stdout.write(`${toJson({ event: 'batch.progress', ...payload })}\n`);
      else if (streams.stderr.isTTY)
        streams.stderr.write(`\r\u001b[K${progressLine(payload, language)}${payload.running ? '' : '\n'}`);
      else if (!payload.running || Date.now() - lastPlainAt >= plainLinesEveryMs) {
        lastPlainAt = Date.now();
        streams.stderr.write(`${progressLine(payload, language)}\n`);
      }
    },
  };
}
