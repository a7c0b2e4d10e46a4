/** How much one address may ask for. */
export interface RateLimits {
  /** Requests a second, over time. */
  readonly perSecond: number;
  /** Requests at once. */
  readonly burst: number;
  /** Wrong keys a minute, after which its keys are not looked at any more. */
  readonly wrongKeysPerMinute: number;
}

export const usualLimits: RateLimits = { perSecond: 30, burst: 60, wrongKeysPerMinute: 10 };

interface Bucket {
  tokens: number;
  at: number;
}

/** Addresses that are remembered; the ones not heard of for longest are forgotten first. */
const mostAddresses = 10_000;

function createBuckets(perMillisecond: number, burst: number, now: () => number) {
  const buckets = new Map<string, Bucket>();
  const fill = (address: string): Bucket => {
    const at = now();
    const known = buckets.get(address);
    const bucket = known
      ? { tokens: Math.min(burst, known.tokens + Math.max(0, at - known.at) * perMillisecond), at }
      : { tokens: burst, at };
    // Set anew, so that the map keeps them in the order in which they were last heard of.
    buckets.delete(address);
    buckets.set(address, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > mostAddresses && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  };
  return {
    take(address: string): boolean {
      const bucket = fill(address);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    hasAny: (address: string): boolean => fill(address).tokens >= 1,
  };
}

/** Whom to answer: a bucket of requests, and one of wrong keys, for each address. */
export function createLimiter(limits: RateLimits, now: () => number) {
  const requests = createBuckets(limits.perSecond / 1000, limits.burst, now);
  const wrongKeys = createBuckets(limits.wrongKeysPerMinute / 60_000, limits.wrongKeysPerMinute, now);
  return {
    mayAsk: (address: string): boolean => requests.take(address),
    mayTryKeys: (address: string): boolean => wrongKeys.hasAny(address),
    noteWrongKey(address: string): void {
      wrongKeys.take(address);
    },
  };
}
export type Limiter = ReturnType<typeof createLimiter>;
