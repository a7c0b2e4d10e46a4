import type { RelayedPush } from '../../shared/relay/relay-wire.ts';

/** A push that passed its signature, before it is stored. */
export interface CheckedPush extends Omit<RelayedPush, 'cursor'> {
  readonly channel: string;
  /** Equal for the same message sent again with the same signature: what was stored once is not stored twice. */
  readonly digest: string;
}

/** Where a push stands among those of its store: a number, or an id of the store's own. Later ones are after earlier ones. */
export type Position = string;

export interface StoredPush extends CheckedPush {
  readonly position: Position;
  /** Chance letters, by which a position is known to be that of the same push: a store put back from a copy counts on from there. */
  readonly check: string;
}

export interface Channel {
  readonly id: string;
  /** The Token of WeChat's console. It checks signatures; it decrypts nothing. */
  readonly token: string;
  readonly mode: 'safe' | 'plain';
  /** Where every request goes on to; null: nowhere. */
  readonly forwardUrl: string | null;
}

/** A desktop that reads a channel. Its key is known by its hash only. */
export interface Device {
  readonly id: string;
  readonly channel: string;
}

/** What survives the relay. Every promise that is fulfilled is durable: it survives a power cut. */
export interface RelayStore {
  /** Made with the store; another one means another memory. */
  readonly epoch: string;
  /** @returns whether it is new; false: it was stored before */
  append(push: CheckedPush): Promise<boolean>;
  /** Pushes of a channel after a position, oldest first. */
  read(channel: string, after: Position | null, limit: number): Promise<readonly StoredPush[]>;
  /** Whether this store has, at that position, the push that had this check. */
  knows(channel: string, position: Position, check: string): Promise<boolean>;
  findChannel(id: string): Promise<Channel | undefined>;
  saveChannel(channel: Channel): Promise<void>;
  listChannels(): Promise<readonly Channel[]>;
  /** @param keyHash hex SHA-256 of its key */
  addDevice(device: Device, keyHash: string, at: number): Promise<void>;
  /** The device of a key. A new key that is used for the first time puts the old one out of use. */
  findDevice(keyHash: string): Promise<Device | undefined>;
  /** A second key of a device, which takes over when it is used. */
  offerKey(deviceId: string, keyHash: string): Promise<void>;
  listDevices(channel: string): Promise<readonly (Device & { readonly seenAt: number })[]>;
  /** Its key is void, and nothing is kept for it any more. */
  forgetDevice(deviceId: string): Promise<boolean>;
  /** The device has stored everything up to there. @param at milliseconds since 1970 */
  acknowledge(deviceId: string, position: Position, at: number): Promise<void>;
  /**
   * Removes pushes received before a time, but never one that a device of its channel has not acknowledged, nor the last
   * one it has.
   * @returns how many
   */
  prune(before: number): Promise<number>;
  /** Hears of new pushes, also those that another relay on the same store took in. */
  listen(heard: (channel: string) => void): () => void;
  close(): Promise<void>;
}
