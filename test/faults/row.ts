/** How a row is run: a short form for every change, a long one for the figures. */
export interface FaultOptions {
  readonly long: boolean;
  /** Every random choice comes from it; the same seed does the same again. */
  readonly seed: number;
  /** Milliseconds since 1970: no further case is begun after it. */
  readonly endsAt: number;
  /** Progress for people; a failing case says here how to replay it. */
  readonly say: (line: string) => void;
}

/** A defect planted on purpose: a row that does not catch it proves nothing. */
export interface Bite {
  readonly name: string;
  readonly caught: boolean;
}

export interface FaultResult {
  /** What was reached, in figures. */
  readonly figure: string;
  readonly ok: boolean;
  /**
   * Cases played, of those the form wants, where a row may end before it has them all. One that has played fewer does not
   * pass, whatever it found.
   */
  readonly reached?: { readonly done: number; readonly wanted: number };
  readonly bites: readonly Bite[];
  /** What this computer lacks for the row, where it could not be run at all. */
  readonly notRun?: string;
}

/** One row of the acceptance table. */
export interface FaultRow {
  readonly id: string;
  readonly title: string;
  readonly run: (options: FaultOptions) => Promise<FaultResult>;
}
