import { Guarded } from './guard.ts';
import { options } from './options.ts';

/** app.commandLine: what was given, and what is handed on to Chromium. */
export class CommandLine extends Guarded {
  readonly #appended: string[] = [];

  constructor() {
    super('app.commandLine');
  }

  appendSwitch(name: string, value?: string): void {
    this.#appended.push(value ? `--${name}=${value}` : `--${name}`);
  }

  appendArgument(value: string): void {
    this.#appended.push(value);
  }

  hasSwitch(name: string): boolean {
    return this.#all().some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  }

  getSwitchValue(name: string): string {
    const prefix = `--${name}=`;
    return (
      this.#all()
        .find((arg) => arg.startsWith(prefix))
        ?.slice(prefix.length) ?? ''
    );
  }

  #all(): string[] {
    return [...options.args, ...this.#appended];
  }

  /** Not Electron's: the switches for Chromium. */
  static appended(commandLine: CommandLine): string[] {
    return [...commandLine.#appended];
  }
}
