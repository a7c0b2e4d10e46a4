/** A defect put into one source while it is loaded; the file on the disk stays as it is. */
export interface SourcePlant {
  readonly name: string;
  /** From the project's root. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** @throws Error where the source has changed and the defect has no place any more */
export function plantInto({ from, to, name }: SourcePlant, source: string): string {
  if (source.split(from).length !== 2) throw new Error(`no single place for: ${name}`);
  return source.replace(from, () => to);
}
