/** One numbered step of the schema. Released ones are never edited. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
