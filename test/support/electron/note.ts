/** Remarks of the stand-in itself go to stderr, clearly marked, so that they are not taken for the app's output. */
export function note(message: string): void {
  if (process.env['STANDIN_QUIET'] !== '1') process.stderr.write(`[stand-in] ${message}\n`);
}
