/** Asked of either side: to start, or to say what it holds. */
export type RelayTask = { readonly kind: 'start'; readonly folder: string } | { readonly kind: 'memory' };

export interface RelayAnswer {
  /** Where pushes are posted to. */
  readonly pushUrl: string;
  readonly url: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly pairingCode: string;
  /** Resident bytes after a collection. */
  readonly rss: number;
}
